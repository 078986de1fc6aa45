//! Pages: tables go on across them, numbers count them, and nothing stands beyond their edges or on something else.

use super::every_kind;
use super::reading::{Line, Read, read};
use super::scene::{DRAWN_AT, evidence, letter, long_agreement, long_text, paper};

const MARGIN: f32 = 56.0;
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
/// Rounding, in points.
const HAIR: f32 = 0.3;

fn evidence_of(steps: usize) -> Read {
    read(&documents::evidence_certificate(&evidence(steps), DRAWN_AT).unwrap())
}

#[test]
fn a_table_shows_its_head_again_on_every_page_that_it_goes_on() {
    let read = evidence_of(90);
    assert!(read.pages() >= 5);
    let heads: Vec<(u32, bool)> =
        read.lines.iter().filter(|line| line.text == "存证链摘要").map(|line| (line.page, line.artifact)).collect();
    let pages: Vec<u32> = heads.iter().map(|(page, _)| *page).collect();
    let last = *pages.last().unwrap();
    assert_eq!(pages, (1..=last).collect::<Vec<_>>(), "once on each page");
    assert!(heads.iter().all(|(page, artifact)| *artifact == (*page > 1)), "only the first is part of the content: {heads:?}");
}

#[test]
fn no_row_of_a_table_is_lost_or_told_twice() {
    let read = evidence_of(90);
    let first_column = |line: &&Line| !line.artifact && line.x < 90.0 && line.text.parse::<usize>().is_ok();
    let numbers: Vec<usize> = read.lines.iter().filter(first_column).map(|line| line.text.parse().unwrap()).collect();
    assert_eq!(numbers, (1..=90).collect::<Vec<_>>());
}

#[test]
fn a_row_that_goes_on_shows_its_label_again_and_loses_no_word() {
    let mut letter = letter();
    letter.terms.remarks = Some(long_text(3_000));
    let read = read(&documents::invitation(&letter, DRAWN_AT).unwrap());
    let labels: Vec<(u32, bool)> = read.lines.iter().filter(|line| line.text == "备注").map(|line| (line.page, line.artifact)).collect();
    assert_eq!(
        labels,
        [(1, false), (2, true)].into_iter().chain((3..=read.pages()).map(|page| (page, true))).take(labels.len()).collect::<Vec<_>>()
    );
    assert!(labels.len() > 1);
    assert!(read.running().contains(&long_text(3_000)));
}

#[test]
fn five_pages_are_numbered_from_one_to_five() {
    let read = (60..90).map(evidence_of).find(|read| read.pages() == 5).unwrap();
    let numbers: Vec<&str> =
        read.lines.iter().filter(|line| line.text.starts_with('第') && line.artifact).map(|line| line.text.as_str()).collect();
    assert_eq!(numbers, ["第 1 页 共 5 页", "第 2 页 共 5 页", "第 3 页 共 5 页", "第 4 页 共 5 页", "第 5 页 共 5 页"]);
}

#[test]
fn nothing_stands_beyond_the_margins_or_on_something_else() {
    let long = documents::paper_agreement(&long_agreement(), &paper(), DRAWN_AT).unwrap();
    let documents = every_kind().into_iter().chain([("long paper", long)]);
    for (name, bytes) in documents {
        let lines = read(&bytes).lines;
        for line in &lines {
            assert!(line.x >= MARGIN - HAIR && line.x + line.trimmed() <= WIDTH - MARGIN + HAIR, "{name}: {line:?}");
            assert!(line.baseline - line.size > 20.0 && line.baseline < HEIGHT - 20.0, "{name}: {line:?}");
        }
        for (number, one) in lines.iter().enumerate() {
            let below = |other: &&Line| other.page == one.page && one.overlaps(other);
            assert_eq!(lines[number + 1..].iter().find(below), None, "{name}: {one:?}");
        }
    }
}

#[test]
fn a_table_breaks_well_wherever_it_begins() {
    for length in (0..2_400).step_by(60) {
        let mut letter = letter();
        letter.terms.benefits = Some(long_text(length));
        let read = read(&documents::invitation(&letter, DRAWN_AT).unwrap());
        for page in 1..=read.pages() {
            let content = read.lines.iter().filter(|line| line.page == page && !line.artifact).count();
            assert!(content > 1, "{length}: page {page} of {} is all but empty", read.pages());
        }
        assert!(read.running().contains(&long_text(length)), "{length}");
    }
}

#[test]
fn what_closes_a_letter_never_stands_on_a_page_alone() {
    for length in (0..2_400).step_by(60) {
        let mut letter = letter();
        letter.terms.benefits = Some(long_text(length));
        let lines = read(&documents::invitation(&letter, DRAWN_AT).unwrap()).lines;
        let closing = lines.iter().find(|line| line.text.ends_with("发送")).unwrap();
        assert!(lines.iter().any(|line| line.page == closing.page && line.text == "备注"), "{length}");
    }
}

#[test]
fn what_a_certificate_means_stands_with_what_it_is_about() {
    assert_eq!(evidence_of(3).pages(), 1);
    for steps in 1..40 {
        let lines = evidence_of(steps).lines;
        let page = |text: &str| lines.iter().find(|line| line.text.contains(text)).unwrap().page;
        assert_eq!(page("封存根"), page("本证明由系统生成"), "{steps}");
    }
}

#[test]
fn a_heading_stays_with_what_it_heads() {
    for steps in 1..40 {
        let read = evidence_of(steps);
        for heading in ["存证文件", "签约过程记录", "存证链", "说明"] {
            let at = read.lines.iter().position(|line| line.text == heading).unwrap();
            assert_eq!(read.lines[at].page, read.lines[at + 1].page, "{heading} of {steps}");
        }
    }
}

impl Line {
    /// How wide it is without the space at its end.
    fn trimmed(&self) -> f32 {
        if self.text.ends_with(' ') { self.width - self.size * 0.2 } else { self.width }
    }

    fn overlaps(&self, other: &Line) -> bool {
        let apart = self.x + self.trimmed() <= other.x + HAIR || other.x + other.trimmed() <= self.x + HAIR;
        !apart && (self.baseline - other.baseline).abs() < self.size.max(other.size) * 0.95
    }
}
