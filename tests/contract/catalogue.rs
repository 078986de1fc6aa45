//! The catalogue of problems: each with a name and words of its own, for people of both languages.

use api::{Problem, ProblemKind};
use serde_json::Value;
use std::collections::BTreeSet;

/// 401 who are you, 403 wrong role or not entitled, 404 not there, 409 moved, 410 too late, 413 and 415 the body, 422 a field,
/// 429 and 503 try again.
const STATUSES: [u16; 13] = [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503];

fn distinct<T: Ord>(of: impl Fn(ProblemKind) -> T) -> usize {
    ProblemKind::ALL.iter().map(|kind| of(*kind)).collect::<BTreeSet<_>>().len()
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

#[test]
fn every_problem_has_a_name_and_words_of_its_own() {
    let all = ProblemKind::ALL.len();
    assert!(all > 20, "{all}");
    assert_eq!(distinct(ProblemKind::slug), all, "slugs");
    assert_eq!(distinct(ProblemKind::zh), all, "Chinese titles");
    assert_eq!(distinct(ProblemKind::en), all, "English titles");
}

#[test]
fn every_problem_is_told_in_chinese_and_in_english() {
    for kind in ProblemKind::ALL {
        let (slug, zh, en) = (kind.slug(), kind.zh(), kind.en());
        assert!(slug.len() > 3 && slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{slug}");
        assert!(zh.chars().any(is_han), "{slug}: {zh}");
        assert!(!en.trim().is_empty() && en.is_ascii() && en.contains(' ') || *kind == ProblemKind::NotFound, "{slug}: {en}");
        assert!(!zh.ends_with(['。', '.']) && !en.ends_with('.'), "{slug}: a title is no sentence with a stop");
    }
}

#[test]
fn every_problem_has_a_status_that_clients_know() {
    for kind in ProblemKind::ALL {
        assert!(STATUSES.contains(&kind.status()), "{} has {}", kind.slug(), kind.status());
        assert!(!matches!(kind.status(), 429 | 503) || kind.retryable(), "{} may be tried again", kind.slug());
    }
}

#[test]
fn who_may_try_again_is_told_when() {
    for kind in ProblemKind::ALL {
        assert_eq!(Problem::from(*kind).retry_after_s.is_some(), kind.retryable(), "{}", kind.slug());
    }
}

#[test]
fn a_problem_document_says_what_the_catalogue_says() {
    for kind in ProblemKind::ALL {
        let document: Value = serde_json::from_str(&Problem::from(*kind).document("request-1")).unwrap();
        assert_eq!(document["type"], format!("urn:wangqian:problem:{}", kind.slug()));
        assert_eq!(document["status"], kind.status());
        assert_eq!((document["title"].as_str(), document["title_en"].as_str()), (Some(kind.zh()), Some(kind.en())));
        assert_eq!(document["retryable"], kind.retryable());
        assert_eq!(document["request_id"], "request-1");
        assert!(document.get("errors").is_none() && document.get("current").is_none(), "{document}");
    }
}
