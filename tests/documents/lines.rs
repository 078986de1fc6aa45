//! Where lines end: the rules of UAX 14 that Chinese readers expect, as cases.

use super::reading::read;
use super::scene::{DRAWN_AT, letter, long_text};

/// So many Chinese characters fit into a line of the remarks.
const ROOM: usize = 39;

/// The lines in which a text stands among the remarks.
fn lines(text: &str) -> Vec<String> {
    let mut letter = letter();
    letter.terms.remarks = Some(text.into());
    let lines = read(&documents::invitation(&letter, DRAWN_AT).unwrap()).lines;
    let from = lines.iter().position(|line| line.text == "备注").unwrap() + 1;
    let x = lines[from].x;
    let remarks = lines[from..].iter().filter(|line| !line.artifact).take_while(|line| (line.x - x).abs() < 0.1);
    remarks.map(|line| line.text.clone()).collect()
}

#[test]
fn a_line_of_remarks_holds_as_many_characters_as_the_cases_below_suppose() {
    let full = "文".repeat(ROOM);
    assert_eq!(lines(&full), [full.as_str()]);
    assert_eq!(lines(&format!("{full}文")), [full.as_str(), "文"]);
}

#[test]
fn a_line_never_begins_with_what_belongs_to_the_one_before_nor_ends_with_what_opens() {
    // What follows so many characters, and what of it goes to the second line, with how many of those characters.
    let cases = [
        (ROOM, "，后", 1, "，后"),
        (ROOM, "。后", 1, "。后"),
        (ROOM, "、后", 1, "、后"),
        (ROOM, "；后", 1, "；后"),
        (ROOM, "：后", 1, "：后"),
        (ROOM, "！后", 1, "！后"),
        (ROOM, "？后", 1, "？后"),
        (ROOM, "）后", 1, "）后"),
        (ROOM, "》后", 1, "》后"),
        (ROOM, "」后", 1, "」后"),
        (ROOM, "”后", 1, "”后"),
        (ROOM, "……后", 1, "……后"),
        (ROOM, "）。后", 1, "）。后"),
        (ROOM - 1, "（后）", 0, "（后）"),
        (ROOM - 1, "《后》", 0, "《后》"),
        (ROOM - 1, "「后」", 0, "「后」"),
        (ROOM - 1, "“后”", 1, "“后”"),
        (ROOM - 1, "——后", 0, "——后"),
        (ROOM, "··后", 1, "··后"),
        (ROOM - 1, "2027年", 0, "2027年"),
        (ROOM - 1, "1,500元", 0, "1,500元"),
        (ROOM - 1, "99.5%的", 0, "99.5%的"),
        (ROOM - 1, "Wangqian后", 0, "Wangqian后"),
        (ROOM - 1, "O'Brien后", 0, "O'Brien后"),
        (ROOM - 1, "2027-07-01前", 0, "2027-07-01前"),
        (ROOM - 1, "元/月", 0, "元/月"),
        (ROOM, "后", 0, "后"),
    ];
    for (count, tail, carried, expected) in cases {
        let first = "文".repeat(count - carried);
        let second = format!("{}{expected}", "文".repeat(carried));
        assert_eq!(lines(&format!("{}{tail}", "文".repeat(count))), [first, second], "{tail}");
    }
}

#[test]
fn words_keep_the_space_between_them_when_a_line_ends_there() {
    let text = "Noto Serif ".repeat(12);
    let lines = lines(text.trim_end());
    assert!(lines.len() > 1, "{lines:?}");
    assert_eq!(lines.concat(), text.trim_end());
    assert!(lines.iter().all(|line| line.starts_with("Noto") || line.starts_with("Serif")), "{lines:?}");
}

#[test]
fn a_word_wider_than_a_line_is_cut_where_the_line_is_full() {
    let digest = "0123456789abcdef".repeat(12);
    let lines = lines(&digest);
    assert!(lines.len() > 1 && lines.concat() == digest, "{lines:?}");
}

#[test]
fn an_end_of_line_in_a_text_is_one_in_the_document() {
    assert_eq!(lines("第一行\n第二行"), ["第一行", "第二行"]);
}

#[test]
fn no_line_of_a_long_text_breaks_a_rule_wherever_it_begins() {
    const NEVER_FIRST: &str = "、。，；：！？）》」”’…·%";
    const NEVER_LAST: &str = "（《「“‘";
    for shift in 0..41 {
        let text = format!("{}{}", "文".repeat(shift), long_text(400));
        let lines = lines(&text);
        assert_eq!(lines.concat(), text);
        for pair in lines.windows(2) {
            let (last, first) = (pair[0].chars().next_back().unwrap(), pair[1].chars().next().unwrap());
            assert!(!NEVER_LAST.contains(last) && !NEVER_FIRST.contains(first), "{pair:?}");
            assert!(!(last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric()), "{pair:?}");
        }
    }
}
