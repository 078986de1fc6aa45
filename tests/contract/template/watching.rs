//! Alarms look at what is really said, and each names a runbook that is there.

use super::super::workspace::{root, sources};
use super::reading::{of_kind, word};
use api::{actions, workers};
use std::collections::BTreeSet;

/// Words in quotes.
fn quoted(pattern: &str) -> Vec<String> {
    pattern.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn a_filter_looks_for_words_that_the_code_says() {
    let code: String = sources()
        .into_iter()
        .filter(|(path, _)| path.starts_with("shared/") || path.starts_with("functions/"))
        .map(|(_, text)| text)
        .collect();
    let filters = of_kind("AWS::Logs::MetricFilter");
    assert!(filters.len() > 15);
    for filter in filters {
        let pattern = word(filter.property("FilterPattern"));
        for words in quoted(&pattern) {
            let named = actions::ALL.iter().any(|action| action.name == words) || workers::ALL.iter().any(|worker| worker.name == words);
            let said = code.contains(&format!("{}\"", words.trim_start_matches('*')));
            assert!(named || said, "{}: nobody says {words:?}", filter.name);
        }
        for field in pattern.split("$.fields.").skip(1) {
            let field: String = field.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            assert!(["action", "status", "worker", "done", "message", "waited_s"].contains(&field.as_str()), "{}: {field}", filter.name);
        }
    }
}

#[test]
fn an_alarm_on_a_figure_of_ours_has_a_filter_that_counts_it() {
    let counted: BTreeSet<_> =
        of_kind("AWS::Logs::MetricFilter").iter().map(|filter| word(filter.property("MetricTransformations/0/MetricName"))).collect();
    for alarm in of_kind("AWS::CloudWatch::Alarm") {
        if alarm.property("Namespace")["Ref"] == "Prefix" {
            assert!(counted.contains(&word(alarm.property("MetricName"))), "{}", alarm.name);
        }
    }
}

#[test]
fn an_alarm_says_what_it_means_and_which_runbook_tells_what_to_do() {
    let alarms = of_kind("AWS::CloudWatch::Alarm");
    assert!(alarms.len() > 20);
    for alarm in alarms {
        let said = word(alarm.property("AlarmDescription"));
        let runbook = said.split(['(', ')']).find(|part| part.starts_with("infra/runbooks/"));
        let runbook = runbook.unwrap_or_else(|| panic!("{}: {said}", alarm.name));
        assert!(root().join(runbook).is_file(), "{}: {runbook}", alarm.name);
        assert!(!alarm.property("AlarmActions/0").is_null(), "{} tells nobody", alarm.name);
    }
}
