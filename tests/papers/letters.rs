//! 邀请函: what was offered, until when it can be answered, and nothing that a stranger to it may not know.

use super::scene::{EMPLOYER, MOBILE, NAME, RESIDENT_ID, bare_letter, letter, student};
use super::story::{after, sent};
use super::{said, says, says_nothing_of};
use domain::values::ResponsePeriod;
use papers::Unissuable;

const STUDIES: &str = "网签示范大学　计算机科学与技术学院　计算机应用技术";

#[test]
fn a_letter_says_what_was_offered_and_until_when_in_beijing_time() {
    let letter = sent(&student(), letter()).next;
    let text = said(papers::invitation(&letter, NAME, Some(STUDIES)));
    says(&text, &[NAME, STUDIES, EMPLOYER, "软件开发工程师", "其他企业", "湖北洪山区", "工程技术人员", "人才服务机构托管", "档案管理部"]);
    says(&text, &["8,000.00 元/月", "1,234,567.89 元/月", "3 个月", "36 个月", "2027-07-01", "武汉市关东街派出所"]);
    says(&text, &["2026-11-28 17:02（北京时间）", "2026-11-23 17:02（北京时间）发送", letter.id.as_str(), &letter.letter_hash]);
    says(&text, &["2026-11-23T17:02:11+08:00"]);
    says_nothing_of(&text, &[RESIDENT_ID, MOBILE]);
}

#[test]
fn a_letter_of_bare_facts_has_dashes_and_no_probation() {
    let text = said(papers::invitation(&sent(&student(), bare_letter()).next, NAME, None));
    says(&text, &["试用期无", "试用期月薪—", "0.01 元/月", "福利—", "□ 接收　■ 不接收"]);
}

#[test]
fn a_deadline_that_was_put_off_is_shown_as_it_stands() {
    let letter = sent(&student(), letter()).next.extend(ResponsePeriod::from_days(7).unwrap(), after(10)).unwrap().next;
    says(&said(papers::invitation(&letter, NAME, None)), &["2026-11-30 17:02（北京时间）"]);
}

#[test]
fn a_letter_of_nobody_is_not_drawn() {
    let letter = sent(&student(), letter()).next.withdraw(after(10)).unwrap().next.anonymise(after(20)).next;
    assert_eq!(papers::invitation(&letter, NAME, None), Err(Unissuable::Overtaken));
}
