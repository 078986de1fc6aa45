//! What each kind of document says.

use super::every_kind;
use super::reading::{decoded, read};
use super::scene::{ADDRESS, DRAWN_AT, RARE, agreement, certification, decided_agreement, evidence, letter, paper, signing, termination};
use crate::support::check_golden;
use documents::{Graduate, Invitation, Undrawable};

#[test]
fn every_document_says_what_its_golden_file_says() {
    for (name, bytes) in every_kind() {
        check_golden(&format!("documents/{name}.txt"), &read(&bytes).text());
    }
}

#[test]
fn a_name_that_runs_downwards_is_copied_in_one() {
    let read = read(&documents::termination_letter(&termination(), DRAWN_AT).unwrap());
    assert!(read.lines.iter().any(|line| line.text == "原") && read.actual.contains(&"原协议".to_owned()), "{:?}", read.actual);
}

#[test]
fn a_certified_agreement_names_certifier_time_and_number_and_never_a_seal() {
    let bytes = documents::certified_agreement(&decided_agreement(), Some(&signing()), &certification(), DRAWN_AT).unwrap();
    let text = read(&bytes).running();
    for said in ["本协议经学校鉴证", "王老师（就业指导中心）", "2026-11-24 15:40:05", "99001-2027-000123", "不加盖学校印章"]
    {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert!(!text.contains("待鉴证"));
}

#[test]
fn an_uncertified_copy_has_neither_number_nor_code_and_says_what_it_is() {
    let read = read(&documents::uncertified_agreement(&agreement(), &signing(), DRAWN_AT).unwrap());
    let text = read.running();
    assert!(text.contains("鉴证通过后生成") && text.contains("等待签约鉴证") && text.contains("不是已经鉴证的协议书"), "{text}");
    assert!(!text.contains("99001-2027") && !text.contains("本协议经学校鉴证") && read.squares.is_empty());
}

#[test]
fn an_agreement_on_paper_has_room_for_signatures_and_seals() {
    let text = read(&documents::paper_agreement(&agreement(), &paper(), DRAWN_AT).unwrap()).running();
    for said in ["甲方盖章", "乙方签字", "学校鉴证", "99001-2027-000123", "年　　月　　日"] {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[test]
fn a_preview_is_the_same_form_with_neither_number_nor_code_and_says_what_it_is() {
    let paper = read(&documents::paper_agreement(&agreement(), &paper(), DRAWN_AT).unwrap());
    let preview = read(&documents::paper_preview(&agreement(), DRAWN_AT).unwrap());
    let form = |text: String| text[text.find("高校毕业生就业协议书").unwrap()..].to_owned();
    assert_eq!(form(preview.running()), form(paper.running()));
    assert!(preview.running().starts_with("协议编号：生成后编号") && preview.squares.is_empty());
    assert!(preview.text().contains(&agreement().hash) && !preview.text().contains("99001-2027"), "{}", preview.text());
}

#[test]
fn a_letter_tells_until_when_it_can_be_answered_and_bears_its_hash() {
    let read = read(&documents::invitation(&letter(), DRAWN_AT).unwrap());
    assert!(read.running().contains("2026-11-28 09:02（北京时间）"), "{}", read.text());
    assert!(read.text().contains(&letter().hash), "{}", read.text());
}

#[test]
fn an_evidence_certificate_says_that_it_is_no_certified_signature() {
    let text = read(&documents::evidence_certificate(&evidence(5), DRAWN_AT).unwrap()).running();
    for said in ["《中华人民共和国电子签名法》", "不是该法第十三条所称的可靠电子签名", "未使用电子认证服务提供者签发的证书"]
    {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[test]
fn what_is_optional_and_empty_is_a_dash_so_that_the_form_keeps_its_shape() {
    let (_, bytes) = every_kind().into_iter().find(|(name, _)| *name == "bare").unwrap();
    let text = read(&bytes).text();
    for label in ["性别\n—", "单位性质\n—", "备注\n—", "鉴证时间\n—"] {
        assert!(text.contains(label), "{label} in {text}");
    }
    assert!(text.contains("档案转递\n□ 接收　■ 不接收\n户口\n□ 接收　■ 不接收"), "{text}");
}

#[test]
fn the_code_says_where_the_document_is_verified() {
    let drawn = [
        documents::certified_agreement(&decided_agreement(), None, &certification(), DRAWN_AT),
        documents::paper_agreement(&agreement(), &paper(), DRAWN_AT),
        documents::termination_letter(&termination(), DRAWN_AT),
        documents::evidence_certificate(&evidence(1), DRAWN_AT),
    ];
    for bytes in drawn {
        assert_eq!(decoded(&read(&bytes.unwrap()).squares), ADDRESS);
    }
}

#[test]
fn an_address_that_no_code_holds_refuses_the_document() {
    let mut long = certification();
    long.address = format!("{ADDRESS}?{}", "x".repeat(4_000));
    assert_eq!(documents::certified_agreement(&agreement(), None, &long, DRAWN_AT), Err(Undrawable::Address));
}

#[test]
fn rare_names_are_shown_and_can_be_copied() {
    assert!(typeface::lacks(RARE).is_empty());
    assert!(typeface::lacks("王囧𬭊𬬻𫓧㐆·阿依古丽 O'Brien\nÉmile").is_empty());
    for (name, bytes) in every_kind().into_iter().filter(|(name, _)| !["bare", "long"].contains(name)) {
        assert!(read(&bytes).running().contains(RARE), "{name}");
    }
}

#[test]
fn a_character_without_a_glyph_is_told_at_entry_and_never_drawn_as_a_box() {
    let name = "张\u{9FEB}😀\u{9FEB}\u{FE00}";
    let lacking = vec!['\u{9FEB}', '😀', '\u{FE00}'];
    assert_eq!(typeface::lacks(name), lacking);
    let letter = Invitation { graduate: name.into(), ..letter() };
    assert_eq!(documents::invitation(&letter, DRAWN_AT), Err(Undrawable::Glyphs(lacking.clone())));
    let usual = agreement();
    let agreement = documents::Agreement { graduate: Graduate { name: name.into(), ..usual.graduate }, ..usual };
    assert_eq!(documents::paper_agreement(&agreement, &paper(), DRAWN_AT), Err(Undrawable::Glyphs(lacking)));
}

#[test]
fn a_text_beyond_reason_refuses_the_document() {
    let mut endless = letter();
    endless.terms.remarks = Some(super::scene::long_text(100_000));
    assert_eq!(documents::invitation(&endless, DRAWN_AT), Err(Undrawable::TooLong));
}
