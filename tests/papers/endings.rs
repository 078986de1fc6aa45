//! 解约函: both parties hold it, so it names them in full; numbers of persons it has none.

use super::scene::{EMPLOYER, MOBILE, NAME, RESIDENT_ID};
use super::story::{NUMBER, REASON, Story, after};
use super::{said, says, says_nothing_of};
use papers::Unissuable;

const ADDRESS: &str = "https://wq.example.edu.cn/verify/7Q3K9ZP1M5X8T2VB4N6DWHCRY0";

fn letter(story: &Story) -> Result<Vec<u8>, Unissuable> {
    papers::termination_letter(&story.agreement, story.termination.as_ref().unwrap(), ADDRESS, after(700))
}

#[test]
fn a_termination_letter_says_who_asked_why_and_when_it_was_certified() {
    let story = Story::signed_online().approved_by_the_college().certified().ending().ended();
    let text = said(letter(&story));
    says(&text, &[NAME, EMPLOYER, "911306007216356986", NUMBER, "20191009", "线上签约", "提出方毕业生", &format!("家庭原因：{REASON}")]);
    // Certified, asked for, consented to, ended.
    says(&text, &["2026-11-23 23:42:11", "2026-11-24 01:22:11", "2026-11-24 03:02:11", "2026-11-24 04:42:11"]);
    says(&text, &["解约证明材料—", &story.termination.unwrap().hash()]);
    says_nothing_of(&text, &[RESIDENT_ID, MOBILE]);
}

#[test]
fn of_an_agreement_on_paper_it_tells_of_the_proof_instead_of_a_consent() {
    let story = Story::drawn_up().returned().approved_by_the_college().certified().ending().ended();
    says(&said(letter(&story)), &["线下签约", "对方同意时间—", "解约证明材料2 份文件"]);
}

#[test]
fn a_request_that_is_not_certified_or_is_anothers_has_no_letter() {
    let story = Story::signed_online().approved_by_the_college().certified().ending();
    assert_eq!(letter(&story), Err(Unissuable::Missing));
    let ended = story.ended();
    let other = Story { agreement: Story::drawn_up().agreement, ..ended.clone() };
    assert_eq!(letter(&other), Err(Unissuable::Missing));
    let agreement = ended.agreement.clone().anonymise(after(900)).next;
    assert_eq!(letter(&Story { agreement, ..ended }), Err(Unissuable::Overtaken));
}
