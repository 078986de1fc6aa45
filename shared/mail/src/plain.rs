//! A mail as plain text.

use crate::part::{Language, Part};

/// Both parts, one below the other.
pub(crate) fn render(parts: &[Part], link: &str) -> String {
    let parts: Vec<String> = parts.iter().map(|part| part_lines(part, link).join("\n")).collect();
    parts.join("\n\n────────────────────\n\n") + "\n"
}

fn part_lines(part: &Part, link: &str) -> Vec<String> {
    let colon = part.language.of(("：", ": "));
    let facts = part.facts.iter().map(|fact| format!("{}{colon}{}{}", fact.label, fact.value, fact.remark));
    let mut lines = vec![heading(part), String::new(), part.greeting.clone(), String::new(), part.said.to_owned(), String::new()];
    lines.extend(facts);
    lines.extend([String::new(), format!("{}{}", part.action, colon.trim_end()), link.to_owned(), String::new()]);
    lines.extend(part.notes.iter().map(|note| (*note).to_owned()));
    lines
}

fn heading(part: &Part) -> String {
    match part.language {
        Language::Chinese => format!("【网签】{}", part.title),
        Language::English => part.title.to_owned(),
    }
}
