//! 存证证明: every step with its time and hash, shown to strangers: no full name, no number of a person, no reason.

use super::scene::{EMPLOYER, MASK, MOBILE, NAME, RESIDENT_ID, student};
use super::story::{NUMBER, REASON, Story, after};
use super::{said, says, says_nothing_of};
use domain::document::Issued;
use domain::event::Event;
use domain::{DocumentKind, labels};
use papers::{EvidenceParts, SealedRoot, Unissuable};

const ADDRESS: &str = "https://wq.example.edu.cn/verify/7Q3K9ZP1M5X8T2VB4N6DWHCRY0";

fn issued(kind: DocumentKind, minutes: i64) -> Issued {
    Issued { kind, sha256: format!("{minutes:064x}"), length: 61_234, template: papers::template(), at: after(minutes) }
}

fn certificate(story: &Story, documents: &[Issued], sealed: Option<SealedRoot>) -> Result<Vec<u8>, Unissuable> {
    let process = story.hashed();
    let chain_head = process.last().unwrap().1.clone();
    papers::evidence_certificate(EvidenceParts {
        agreement: &story.agreement,
        letter: story.letter.as_ref(),
        process: &process,
        documents,
        chain_head: &chain_head,
        sealed,
        address: Some(ADDRESS),
        made_at: after(800),
    })
}

#[test]
fn a_certificate_tells_every_step_with_party_time_and_hash() {
    let story = Story::signed_online().approved_by_the_college().certified().ending().ended();
    let sealed = SealedRoot { root: "c".repeat(64), at: after(750), key: "evidence-2026".to_owned() };
    let drawn = [issued(DocumentKind::Final, 400), issued(DocumentKind::Uncertified, 90)];
    let text = said(certificate(&story, &drawn, Some(sealed)));
    for (record, hash) in story.hashed() {
        let (one, other) = hash.split_at(32);
        says(&text, &[labels::event(&record.what), one, other]);
    }
    says(&text, &["2026-11-23", "17:02:11", "甲方 用人单位", "乙方 毕业生", "丙方 院系", "丙方 学校", "登录账号后在系统中确认"]);
    says(&text, &[&"c".repeat(64), "2026-11-24 05:32:11", "evidence-2026", "2026-11-24 06:22:11", NUMBER, EMPLOYER, "已解约"]);
    let at = |name: &str| text.find(name).unwrap();
    assert!(at("邀请函（数据文本）") < at("协议书（待鉴证）"), "in the order of time");
}

#[test]
fn a_certificate_names_no_person_in_full_and_gives_no_reason() {
    let stories = [
        Story::signed_online().approved_by_the_college().certified().revoked(),
        Story::signed_online().approved_by_the_college().certified().ending().ended(),
        Story::drawn_up().returned().approved_by_the_college().certified().ending().ended(),
    ];
    for story in stories {
        assert!(story.process.iter().any(|record| record.what.reason().is_some_and(|reason| reason.as_str() == REASON)));
        let text = said(certificate(&story, &[issued(DocumentKind::Final, 400)], None));
        says(&text, &[MASK, NUMBER]);
        says_nothing_of(&text, &[NAME, RESIDENT_ID, MOBILE, REASON, "李女士", "王老师", "赵老师", "20191009", "zhang@example.com"]);
        for sealed in [&student().resident_id, &student().mobile] {
            says_nothing_of(&text, &[&sealed.mask]);
        }
    }
}

#[test]
fn scans_are_told_by_their_hashes_and_not_by_their_names() {
    let text = said(certificate(&Story::drawn_up().returned(), &[issued(DocumentKind::Printable, 0)], None));
    says(&text, &["协议书（签字盖章用）", "反馈协议书，第 1 次，文件 2", &"b".repeat(32), "线下签约协议书", "等待签约鉴证"]);
    says(&text, &["封存根—", "签名密钥—"]);
}

#[test]
fn what_a_deadline_did_nobody_confirmed() {
    let mut story = Story::signed_online();
    story.process[1].actor = super::story::actor("system");
    story.process[1].what = Event::InvitationExpired;
    says(&said(certificate(&story, &[], None)), &["邀约过期系统期限届满，由系统记录"]);
}

#[test]
fn a_certificate_is_about_one_signing_whose_graduate_is_known() {
    let online = Story::signed_online();
    let mixed = Story { agreement: Story::drawn_up().agreement, ..online.clone() };
    assert_eq!(certificate(&mixed, &[], None), Err(Unissuable::Missing));
    let agreement = online.agreement.clone().anonymise(after(900)).next;
    assert_eq!(certificate(&Story { agreement, ..online }, &[], None), Err(Unissuable::Overtaken));
}
