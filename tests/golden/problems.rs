//! `problems.md`: the catalogue, and the README's table is the same.

use crate::support::check_golden;
use api::ProblemKind;
use std::fmt::Write as _;

#[test]
fn the_catalogue_of_problems_stands_in_the_readme() {
    let mut table = String::from("| status | type `urn:wangqian:problem:` | 中文 | English |\n|---|---|---|---|\n");
    let mut kinds = ProblemKind::ALL.to_vec();
    kinds.sort_by_key(|kind| (kind.status(), kind.slug()));
    for kind in kinds {
        let again = if kind.retryable() { " (try again)" } else { "" };
        writeln!(table, "| {} | `{}` | {} | {}{again} |", kind.status(), kind.slug(), kind.zh(), kind.en()).unwrap();
    }
    check_golden("problems.md", &table);
    assert!(include_str!("../../README.md").contains(&table), "the README's table is golden/problems.md");
}
