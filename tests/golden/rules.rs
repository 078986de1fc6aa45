//! `rules.txt`: every rule (SR-n), reading (A-n) and scenario (S-n) of the domain, and the tests that name it in the line above them.

use crate::contract::sources;
use crate::support::check_golden;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// What the parts built so far must keep, each with a test at least.
const PROVEN: [(&str, RangeInclusive<u32>); 14] = [
    ("SR", 9..=92),
    ("A", 1..=2),
    ("A", 4..=31),
    ("A", 33..=39),
    ("S", 1..=7),
    ("S", 10..=15),
    ("S", 17..=20),
    ("S", 22..=27),
    ("S", 30..=30),
    ("S", 32..=34),
    ("S", 36..=37),
    ("S", 39..=40),
    ("S", 42..=46),
    ("S", 50..=50),
];

/// Scenarios that the domain has: their numbers have gaps.
const SCENARIOS: [u32; 39] = [
    1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 17, 18, 19, 20, 22, 23, 24, 25, 26, 27, 28, 29, 30, 32, 33, 34, 36, 37, 39, 40, 42, 43,
    44, 45, 46, 50,
];

/// A kind and a number: `("SR", 10)`.
type Rule = (&'static str, u32);

#[test]
fn every_rule_is_told_by_the_tests_that_name_it() {
    let told = told();
    let mut page = String::from("# rule | tests that name it\n");
    for (title, kind, numbers) in sections() {
        write!(page, "\n## {title}\n\n").unwrap();
        for number in numbers {
            let tests = told.get(&(kind, number)).map(|tests| tests.iter().cloned().collect::<Vec<_>>().join(", "));
            writeln!(page, "{}", format!("{kind}-{number} | {}", tests.unwrap_or_default()).trim_end()).unwrap();
        }
    }
    check_golden("rules.txt", &page);
}

#[test]
fn no_rule_of_what_is_built_is_without_a_test() {
    let told = told();
    let proven = PROVEN.into_iter().flat_map(|(kind, numbers)| numbers.map(move |number| (kind, number)));
    let missing: Vec<Rule> = proven.filter(|rule| !told.contains_key(rule)).collect();
    assert!(missing.is_empty(), "no test names {missing:?}");
}

#[test]
fn tests_name_only_rules_that_there_are() {
    let known: BTreeSet<Rule> =
        sections().into_iter().flat_map(|(_, kind, numbers)| numbers.into_iter().map(move |number| (kind, number))).collect();
    for (rule, tests) in told() {
        assert!(known.contains(&rule), "{}-{} is named by {tests:?}", rule.0, rule.1);
    }
}

#[test]
fn rules_are_read_as_they_are_written() {
    let read = |text| rules(text).into_iter().collect::<Vec<_>>();
    assert_eq!(read("SR-10, SR-17: S-1"), [("S", 1), ("SR", 10), ("SR", 17)]);
    assert_eq!(read("SR-13 to SR-15 and A-2; (A-9)."), [("A", 2), ("A", 9), ("SR", 13), ("SR", 14), ("SR", 15)]);
    assert_eq!(read("SHA-256 of ES-1 to S-x, 2-3"), []);
    let text =
        "/// SR-1\nstruct A;\n\n/// SR-2\n/// A-3\n#[test]\nfn b() {}\n\n/// SR-4\nasync fn c() {}\n#[tokio::test(x)]\nasync fn d() {}\n";
    assert_eq!(tests(text), [("b".to_owned(), " SR-2 A-3".to_owned()), ("d".to_owned(), String::new())]);
}

fn sections() -> [(&'static str, &'static str, Vec<u32>); 3] {
    [("Rules", "SR", (1..=92).collect()), ("Readings", "A", (1..=39).collect()), ("Scenarios", "S", SCENARIOS.to_vec())]
}

/// The tests of every rule that is named.
fn told() -> BTreeMap<Rule, BTreeSet<String>> {
    let mut told: BTreeMap<Rule, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in sources() {
        let Some(module) = path.strip_prefix("tests/").and_then(|path| path.strip_suffix(".rs")) else { continue };
        let module = module.trim_end_matches("/mod").replace('/', "::");
        for (name, words) in tests(&text) {
            for rule in rules(&words) {
                told.entry(rule).or_default().insert(format!("{module}::{name}"));
            }
        }
    }
    assert!(told.len() > 50, "{told:?}");
    told
}

/// Test functions of a file with the words of their documentation.
fn tests(text: &str) -> Vec<(String, String)> {
    let (mut found, mut words, mut is_test) = (Vec::new(), String::new(), false);
    for line in text.lines().map(str::trim_start) {
        let function = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ");
        if let Some(said) = line.strip_prefix("///") {
            words.push_str(said);
        } else if line.starts_with("#[") {
            is_test |= line.starts_with("#[test") || line.starts_with("#[tokio::test");
        } else {
            if let Some((name, _)) = function.filter(|_| is_test).and_then(|function| function.split_once('(')) {
                found.push((name.to_owned(), std::mem::take(&mut words)));
            }
            (words, is_test) = (String::new(), false);
        }
    }
    found
}

/// The rules that a text names, with all between where it says `SR-13 to SR-16`.
fn rules(text: &str) -> BTreeSet<Rule> {
    let mut rules = BTreeSet::new();
    let (mut last, mut goes_on) = (None, false);
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()) {
        let rule = rule(word);
        if let Some((kind, number)) = rule {
            let first = match last {
                Some((before, first)) if goes_on && before == kind => first,
                _ => number,
            };
            rules.extend((first..=number).map(|number| (kind, number)));
        }
        goes_on = word == "to" && last.is_some();
        last = if goes_on { last } else { rule };
    }
    rules
}

fn rule(word: &str) -> Option<Rule> {
    let (given, number) = word.split_once('-')?;
    let kind = ["SR", "A", "S"].into_iter().find(|kind| *kind == given)?;
    Some((kind, number.parse().ok()?))
}
