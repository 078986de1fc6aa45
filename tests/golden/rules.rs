//! `rules.txt`: which tests tell which rule. Read from the first lines of the tests themselves.

use crate::contract::sources;
use crate::support::check_golden;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// How many rules, ambiguities and scenarios the domain has.
const KINDS: [(&str, &str, u32); 3] = [("SR", "rules of the manual", 92), ("A", "settled ambiguities", 39), ("S", "scenarios", 50)];

/// What parts 1 and 2 build, scenarios and ambiguities among it. The rest is the manual's notes, is about screens (SR-18, SR-77, SR-79),
/// or comes with later parts.
const TOLD: [(&str, RangeInclusive<u32>); 21] = [
    ("SR", 9..=15),
    ("SR", 17..=17),
    ("SR", 19..=20),
    ("SR", 24..=28),
    ("SR", 30..=35),
    ("SR", 44..=57),
    ("SR", 75..=76),
    ("SR", 78..=78),
    ("SR", 80..=83),
    ("SR", 91..=92),
    ("A", 10..=16),
    ("A", 28..=28),
    ("A", 31..=31),
    ("A", 33..=36),
    ("A", 38..=38),
    ("S", 1..=6),
    ("S", 10..=13),
    ("S", 15..=15),
    ("S", 17..=20),
    ("S", 22..=27),
    ("S", 43..=45),
];

/// Numbers that no scenario has.
const NO_SCENARIO: [u32; 11] = [8, 9, 16, 21, 31, 35, 38, 41, 47, 48, 49];

type Rules = BTreeMap<(&'static str, u32), BTreeSet<String>>;

#[test]
fn every_rule_of_online_signing_is_told_by_a_test() {
    let mut rules = Rules::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| path.starts_with("tests/")) {
        let module = path.trim_start_matches("tests/").trim_end_matches(".rs").replace('/', "::");
        read(&module, &text, &mut rules);
    }
    let mut page = String::from("# rule | tests that say in their first lines that they tell it\n");
    for (kind, title, last) in KINDS {
        writeln!(page, "\n## {title}").unwrap();
        for n in (1..=last).filter(|n| kind != "S" || !NO_SCENARIO.contains(n)) {
            let tests = rules.get(&(kind, n)).map(|tests| tests.iter().cloned().collect::<Vec<_>>().join(", ")).unwrap_or_default();
            writeln!(page, "{}", format!("{kind}-{n} | {tests}").trim_end()).unwrap();
        }
    }
    check_golden("rules.txt", &page);
    let told = TOLD.into_iter().flat_map(|(kind, range)| range.map(move |n| (kind, n)));
    let untold: Vec<_> = told.filter(|rule| !rules.contains_key(rule)).collect();
    assert_eq!(untold, [], "no test tells these rules");
}

/// The rules that stand in the comment right above a test.
fn read(module: &str, text: &str, rules: &mut Rules) {
    let (mut comment, mut test) = (String::new(), false);
    for line in text.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            comment.push_str(words);
        } else if line.starts_with("#[") {
            test |= line.starts_with("#[tokio::test") || line == "#[test]";
        } else {
            let name = line.trim_start_matches("async ").strip_prefix("fn ").and_then(|rest| rest.split('(').next());
            if let (true, Some(name)) = (test, name) {
                for rule in named(&comment) {
                    rules.entry(rule).or_default().insert(format!("{module}::{name}"));
                }
            }
            (comment, test) = (String::new(), false);
        }
    }
}

/// `SR-10, SR-13 to SR-16, A-5, S-3`.
fn named(comment: &str) -> Vec<(&'static str, u32)> {
    let words: Vec<_> = comment.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric())).collect();
    let rule = |word: &str| {
        let (kind, n) = word.split_once('-')?;
        let (kind, _, last) = KINDS.into_iter().find(|(known, ..)| *known == kind)?;
        n.parse().ok().filter(|n| (1..=last).contains(n)).map(|n| (kind, n))
    };
    let mut found = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let Some((kind, n)) = rule(word) else { continue };
        let up_to = (words.get(i + 1) == Some(&"to")).then(|| words.get(i + 2).and_then(|word| rule(word))).flatten();
        match up_to {
            Some((same, last)) if same == kind => found.extend((n..=last).map(|n| (kind, n))),
            _ => found.push((kind, n)),
        }
    }
    found
}
