//! 协议书: what was accepted, what was certified, what is printed, what is previewed. All but the copy that waits for certification hold the numbers in full.

use super::scene::{EMPLOYER, MOBILE, NAME, RESIDENT_ID, bare_letter, bare_student, letter, offline_text, student, vault};
use super::story::{NUMBER, Story, after};
use super::{said, says, says_nothing_of};
use crate::documents::reading::{decoded, read};
use domain::values::Text;
use papers::Unissuable;
use vault::{Keys, Vault};

const ADDRESS: &str = "https://wq.example.edu.cn/verify/7Q3K9ZP1M5X8T2VB4N6DWHCRY0";

fn uncertified(story: &Story) -> Result<Vec<u8>, Unissuable> {
    papers::uncertified_agreement(&story.agreement, story.letter.as_ref().unwrap(), &story.process, &vault(), after(90))
}

fn certified(story: &Story) -> Result<Vec<u8>, Unissuable> {
    papers::certified_agreement(&story.agreement, &story.process, &vault(), ADDRESS, after(400))
}

fn paper(story: &Story) -> Result<Vec<u8>, Unissuable> {
    papers::paper_agreement(&story.agreement, &vault(), ADDRESS, after(0))
}

#[test]
fn every_form_names_its_graduate_in_full_and_all_but_the_uncertified_copy_the_identity_number() {
    let online = Story::signed_online();
    let preview = papers::preview(&offline_text(letter()), &student(), &vault(), after(0));
    let certificate = certified(&online.clone().approved_by_the_college().certified());
    let number = [
        (uncertified(&online), "42**************13"),
        (certificate, RESIDENT_ID),
        (paper(&Story::drawn_up()), RESIDENT_ID),
        (preview, RESIDENT_ID),
    ];
    for (form, number) in number {
        let text = said(form);
        says(&text, &[NAME, number, MOBILE, "2003-01-15", "土家族", "中共预备党员", "4 年", "非定向", "湖北恩施市", "23420101110001"]);
        says(&text, &["本科毕业", "软件3班", "2027 届", "20191009", "zhang@example.com", EMPLOYER, "1,234,567.89 元/月", "第八条"]);
    }
}

#[test]
fn an_uncertified_copy_says_what_was_accepted_even_if_an_officer_has_corrected_it() {
    let accepted = Story::signed_online();
    let corrected = accepted.clone().approved_by_the_college();
    assert_ne!(accepted.agreement.text_hash(), corrected.agreement.text_hash());
    let text = said(uncertified(&corrected));
    says(&text, &["单位行业—", "院系意见—", &accepted.agreement.text_hash(), "等待签约鉴证", "鉴证通过后生成"]);
    says_nothing_of(&text, &["信息传输", &corrected.agreement.text_hash(), NUMBER]);
    assert_eq!(uncertified(&accepted), uncertified(&corrected), "whenever it is drawn");
}

#[test]
fn an_online_agreement_says_who_did_what_and_when_in_beijing_time() {
    let acts = ["发送签约邀请", "2026-11-23 17:02:11", "同意签约", "2026-11-23 18:32:11"];
    let story = Story::signed_online();
    says(&said(uncertified(&story)), &acts);
    let story = story.approved_by_the_college().certified();
    says(&said(certified(&story)), &acts);
    let without_letter = Story { process: story.process[1..].to_vec(), ..story };
    says(&said(certified(&without_letter)), &["星光智能装备（武汉）股份有限公司—乙方 毕业生同意签约"]);
}

#[test]
fn a_certified_agreement_says_what_was_certified_by_whom_and_when() {
    let story = Story::signed_online().approved_by_the_college().certified();
    let document = certified(&story).unwrap();
    assert_eq!(decoded(&read(&document).squares), ADDRESS);
    let text = said(Ok(document));
    says(&text, &["信息传输、软件和信息技术服务业", NUMBER, "签约鉴证通过", "2026-11-23 23:42:11", &story.agreement.text_hash()]);
    says(&text, &["院系意见同意", "部门意见同意（王老师）", "经办人王老师", "鉴证人王老师"]);
}

#[test]
fn an_agreement_that_its_college_certified_says_so() {
    let text = said(certified(&Story::signed_online().certified_by_the_college()));
    says(&text, &["院系意见同意（赵老师）", "部门意见同意（由院系鉴证）", "鉴证人赵老师（计算机科学与技术学院）"]);
}

#[test]
fn what_was_certified_can_be_shown_after_it_has_ended() {
    let story = Story::signed_online().approved_by_the_college().certified();
    let standing = certified(&story);
    assert_eq!(certified(&story.clone().revoked()), standing);
    assert_eq!(certified(&story.ending().ended()), standing, "the approvals of a request to terminate are its own");
}

#[test]
fn an_agreement_on_paper_is_certified_without_a_record_of_signing_online() {
    let text = said(certified(&Story::drawn_up().returned().approved_by_the_college().certified()));
    says(&text, &["签约方式：线下签约", NUMBER, "院系意见同意", "本协议经学校鉴证"]);
    says_nothing_of(&text, &["签约记录", "发送签约邀请"]);
}

#[test]
fn an_agreement_to_be_signed_on_paper_is_as_the_graduate_generated_it_or_not_drawn_any_more() {
    let story = Story::drawn_up().returned();
    says(&said(paper(&story)), &[NUMBER, "甲方盖章", &story.agreement.text_hash()]);
    assert_eq!(paper(&story.approved_by_the_college()), Err(Unissuable::Overtaken));
}

#[test]
fn a_preview_has_neither_number_nor_code_and_the_hash_of_what_is_generated() {
    let document = papers::preview(&offline_text(letter()), &student(), &vault(), after(0)).unwrap();
    assert_eq!(read(&document).squares, Vec::<[f32; 4]>::new());
    let text = said(Ok(document));
    says(&text, &["协议编号：生成后编号", "甲方盖章", &Story::drawn_up().agreement.text_hash()]);
    says_nothing_of(&text, &["99001-2027"]);
}

#[test]
fn a_bare_agreement_has_dashes() {
    let text = said(uncertified(&Story::signed_by(&bare_student(), bare_letter())));
    says(&text, &["性别—", "民族—", "学历—", "班级—", "生源地—", "单位性质—", "试用期无", "备注—", "李明"]);
}

#[test]
fn a_signing_has_only_the_documents_of_its_own_way_and_stage() {
    let (online, offline) = (Story::signed_online(), Story::drawn_up());
    assert_eq!(certified(&online), Err(Unissuable::Missing));
    assert_eq!(paper(&online), Err(Unissuable::Missing));
    assert_eq!(uncertified(&Story { agreement: offline.agreement, ..online.clone() }), Err(Unissuable::Missing));
    let mut other = online.clone();
    other.letter.as_mut().unwrap().letter_hash = "0".repeat(64);
    assert_eq!(uncertified(&other), Err(Unissuable::Missing), "another letter");
}

#[test]
fn numbers_that_do_not_open_refuse_the_document() {
    let story = Story::signed_online();
    let ones = format!("{}8=", "A".repeat(42));
    let other = Vault::open(&Keys { sealing: ones.clone(), lookup: ones }).unwrap();
    let drawn = papers::uncertified_agreement(&story.agreement, story.letter.as_ref().unwrap(), &story.process, &other, after(90));
    assert!(matches!(drawn, Err(Unissuable::Sealed(_))), "{drawn:?}");
}

#[test]
fn what_has_left_the_archive_is_not_drawn() {
    let story = Story::signed_online().approved_by_the_college().certified().revoked();
    let agreement = story.agreement.clone().anonymise(after(900)).next;
    assert_eq!(certified(&Story { agreement, ..story }), Err(Unissuable::Overtaken));
}

#[test]
fn a_character_that_the_typeface_lacks_refuses_the_document_by_name() {
    let mut letter = letter();
    letter.signing.remark = Some(Text::parse("欢迎加入😀").unwrap());
    let drawn = uncertified(&Story::signed_by(&student(), letter));
    assert_eq!(drawn, Err(Unissuable::Undrawable(documents::Undrawable::Glyphs(vec!['😀']))));
}

#[test]
fn the_template_names_both_wordings() {
    assert_eq!(papers::template(), format!("{}/2026-1", documents::TEMPLATE));
}
