//! Aggregates that one transaction moves together: a letter and its agreement, a request to terminate and its agreement, a roster record
//! and its log-in, a draft and the agreement on paper, a file and what it was handed in for.

use super::claims::holds_slot;
use super::facts::Facts;
use super::finding::Finding;
use crate::aggregate::parse;
use crate::keys;
use crate::table::{Item, Key};
use domain::account::Account;
use domain::agreement::{Agreement, Origin, Stage};
use domain::invitation::{self, Invitation};
use domain::offline_draft::OfflineDraft;
use domain::student::Student;
use domain::termination::{self, Termination};
use domain::upload::{self, Upload};
use domain::values::{GraduationYear, TerminationId, Timestamp};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What is kept of an agreement.
#[derive(Debug)]
struct Signed {
    /// The letter that it came of; none on paper.
    letter: Option<String>,
    names: Option<TerminationId>,
    ended_by: Option<TerminationId>,
    requested: u32,
    /// The draft that it came of, while it holds the slot.
    draft: Option<String>,
}

/// What is kept of each.
#[derive(Debug, Default)]
pub(super) struct Partners {
    letters: BTreeMap<String, (invitation::StageName, String)>,
    /// Letters that wait for their answer, by pair and by when they were sent.
    waiting: BTreeMap<Key, BTreeMap<Timestamp, String>>,
    /// Files that may be handed in.
    clean: BTreeSet<String>,
    /// Files that are handed in.
    attached: BTreeSet<String>,
    /// Files that something says it was handed in with.
    named: BTreeMap<String, String>,
    agreements: BTreeMap<String, Signed>,
    terminations: BTreeMap<TerminationId, termination::StageName>,
    drafts: BTreeMap<String, Option<String>>,
    /// Verified roster records, and by which log-in.
    verified: BTreeMap<String, (String, GraduationYear)>,
    /// Roster records that a log-in is bound to.
    bound: BTreeMap<(String, String), GraduationYear>,
}

impl Partners {
    pub(super) fn read(&mut self, id: &str, item: &Item) {
        let id = id.to_owned();
        if item.key.sk != "UPLOAD" {
            self.named.extend(handed_in(item).into_iter().map(|file| (file, id.clone())));
        }
        match item.key.sk.as_str() {
            keys::INVITATION => self.letter(id, parse(item).ok()),
            keys::AGREEMENT => self.agreement(id, parse(item).ok()),
            "STUDENT" => self.student(id, parse(item).ok()),
            "UPLOAD" => match parse::<Upload>(item).map(|upload| upload.stage) {
                Ok(upload::Stage::Clean(_)) => drop(self.clean.insert(id)),
                Ok(upload::Stage::Attached(_)) => drop(self.attached.insert(id)),
                _ => {}
            },
            "ACCOUNT" => self.account(&id, parse(item).ok()),
            sk if sk.starts_with(keys::TERMINATION) => {
                if let Ok(asked) = parse::<Termination>(item) {
                    self.terminations.insert(asked.id.clone(), asked.stage_name());
                }
            }
            sk if sk.starts_with(keys::OFFLINE_DRAFT) => {
                if let Ok(draft) = parse::<OfflineDraft>(item) {
                    self.drafts.insert(id, draft.generated.map(|agreement| agreement.to_string()));
                }
            }
            _ => {}
        }
    }

    fn letter(&mut self, id: String, letter: Option<Invitation>) {
        if let Some(letter) = letter {
            if letter.stage_name() == invitation::StageName::Pending {
                let pair = keys::pair(&letter.letter.employer_id, &letter.person);
                self.waiting.entry(pair).or_default().insert(letter.sent_at, id.clone());
            }
            self.letters.insert(id, (letter.stage_name(), letter.id.agreement().to_string()));
        }
    }

    fn agreement(&mut self, id: String, agreement: Option<Agreement>) {
        let Some(agreement) = agreement else { return };
        let letter = if let Origin::Online { invitation, .. } = &agreement.origin { Some(invitation.to_string()) } else { None };
        let ended_by = if let Stage::Terminated(ended) = &agreement.stage { Some(ended.termination.clone()) } else { None };
        let student = &agreement.student;
        let draft =
            (letter.is_none() && holds_slot(&agreement)).then(|| format!("{}/offline-draft/{}", student.person, student.graduation_year));
        let names = agreement.open_termination().map(|open| open.id.clone());
        let requested = agreement.terminations_requested;
        self.agreements.insert(id, Signed { letter, names, ended_by, requested, draft });
    }

    fn student(&mut self, id: String, student: Option<Student>) {
        if let Some((student, verified)) = student.and_then(|student| Some((student.graduation_year, student.verified?))) {
            self.verified.insert(id, (format!("account/{}", verified.account), student));
        }
    }

    fn account(&mut self, id: &str, account: Option<Account>) {
        for record in account.and_then(|account| account.binding).into_iter().flat_map(|binding| binding.records) {
            self.bound.insert((id.to_owned(), record.student.to_string()), record.graduation_year);
        }
    }

    /// Who stands apart.
    pub(super) fn judged(&self, facts: &Facts) -> Vec<Finding> {
        let mut findings = self.letters_and_agreements();
        findings.extend(self.requests());
        findings.extend(self.bindings());
        findings.extend(self.papers());
        findings.extend(self.overtaken());
        findings.extend(self.files(facts));
        findings.extend(self.without_origin(facts));
        findings
    }

    fn letters_and_agreements(&self) -> Vec<Finding> {
        let gone = self
            .letters
            .iter()
            .filter(|(_, (stage, agreement))| *stage == invitation::StageName::Accepted && !self.agreements.contains_key(agreement));
        let gone = gone.map(|(id, (_, agreement))| apart(id, agreement, "it is accepted, and its agreement is not there"));
        let pending = self.agreements.iter().filter_map(|(id, signed)| {
            let letter = signed.letter.as_ref()?;
            let accepted = self.letters.get(letter).is_none_or(|(stage, _)| *stage == invitation::StageName::Accepted);
            (!accepted).then(|| apart(letter, id, "its agreement is there, and it is not accepted"))
        });
        gone.chain(pending).collect()
    }

    fn requests(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (id, signed) in &self.agreements {
            if let Some(named) = &signed.names {
                let open = self.terminations.get(named).is_some_and(|stage| stage.is_open());
                if !open {
                    findings.push(apart(id, named.as_str(), "it names a request that is not open"));
                }
            }
            if let Some(by) = &signed.ended_by
                && self.terminations.get(by).is_some_and(|stage| stage.is_open())
            {
                findings.push(apart(by.as_str(), id, "its agreement is terminated, and it is open"));
            }
        }
        for (id, stage) in &self.terminations {
            let agreement = id.agreement().to_string();
            let Some(signed) = self.agreements.get(&agreement) else {
                findings.push(apart(id.as_str(), &agreement, "its agreement is not there"));
                continue;
            };
            let named = signed.names.as_ref() == Some(id) || signed.ended_by.as_ref() == Some(id);
            if stage.is_open() && !named || signed.requested < id.serial() {
                findings.push(apart(&agreement, id.as_str(), "a request is open that it does not name"));
            }
        }
        findings
    }

    fn bindings(&self) -> Vec<Finding> {
        let unbound =
            self.verified.iter().filter(|(student, (account, year))| self.bound.get(&(account.clone(), (*student).clone())) != Some(year));
        let unbound = unbound.map(|(student, (account, _))| apart(account, student, "it is not bound to the record that it has verified"));
        let unverified = self.bound.keys().filter(|(account, student)| self.verified.get(student).is_none_or(|(by, _)| by != account));
        let unverified = unverified.map(|(account, student)| apart(account, student, "it is bound to a record that it has not verified"));
        unbound.chain(unverified).collect()
    }

    fn papers(&self) -> Vec<Finding> {
        let gone = self.drafts.iter().filter_map(|(id, generated)| {
            let agreement = generated.as_ref().filter(|agreement| !self.agreements.contains_key(*agreement))?;
            Some(apart(id, agreement, "what was generated of it is not there"))
        });
        let open = self.agreements.iter().filter_map(|(id, signed)| {
            let draft = signed.draft.as_ref()?;
            let generated = self.drafts.get(draft)?;
            (generated.as_ref() != Some(id)).then(|| apart(draft, id, "an agreement was generated of it that it does not know"))
        });
        gone.chain(open).collect()
    }

    /// A letter is sent to whom an earlier one waits for only once that one has lapsed.
    fn overtaken(&self) -> Vec<Finding> {
        let earlier = |letters: &BTreeMap<Timestamp, String>| {
            let newest = letters.values().next_back().cloned();
            let earlier = letters.values().rev().skip(1).cloned().collect::<Vec<_>>();
            newest.into_iter().flat_map(move |newest| earlier.clone().into_iter().map(move |id| (id, newest.clone())))
        };
        let earlier = self.waiting.values().flat_map(|letters| earlier(letters).collect::<Vec<_>>());
        earlier.map(|(id, newest)| apart(&id, &newest, "it waits for its answer, and a later letter has taken its place")).collect()
    }

    /// Files are handed in with something, or not at all.
    fn files(&self, facts: &Facts) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (event, beside) in facts.beside.iter().filter(|(event, _)| facts.happened(event)) {
            if facts.happened(beside) {
                continue;
            }
            let file = |event: &str| {
                let (id, _) = event.rsplit_once('@')?;
                let is_file = facts.chains.get(id).is_some_and(|chain| chain.key.pk.starts_with("UPLOAD#"));
                is_file.then(|| id.to_owned())
            };
            if let Some(id) = file(event) {
                findings.push(apart(&id, beside, "it is handed in with what has not happened"));
            } else if let Some(id) = file(beside).filter(|id| self.clean.contains(id)) {
                findings.push(apart(&id, event, "it is not handed in with what has happened"));
            }
        }
        // Where no record says with what.
        let with = |id: &String| findings.iter().any(|finding| matches!(finding, Finding::Apart { id: found, .. } if found == id));
        let of_nothing = self.attached.iter().filter(|id| !facts.handed_in.contains(*id) && !self.named.contains_key(*id));
        let of_nothing = of_nothing.map(|id| apart(id, "nothing that stands", "it is handed in with what has not happened"));
        let forgotten = self.named.iter().filter(|(id, _)| self.clean.contains(*id));
        let forgotten = forgotten.map(|(id, by)| apart(id, by, "it is not handed in with what has happened"));
        let more: Vec<Finding> =
            of_nothing.chain(forgotten).filter(|finding| !matches!(finding, Finding::Apart { id, .. } if with(id))).collect();
        findings.extend(more);
        findings
    }

    /// What an agreement came of or was ended by is not there at all: nobody can say what it was.
    fn without_origin(&self, facts: &Facts) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (id, signed) in &self.agreements {
            let Some(chain) = facts.chains.get(id) else { continue };
            let letter = signed.letter.as_ref().filter(|letter| !self.letters.contains_key(*letter));
            let asked = signed.ended_by.as_ref().filter(|asked| !self.terminations.contains_key(asked));
            let gone = letter.map(|id| format!("the letter that it came of is not there ({id})"));
            let gone = gone.into_iter().chain(asked.map(|id| format!("the request that has ended it is not there ({id})")));
            findings.extend(gone.map(|why| Finding::Foreign { key: chain.key.clone(), why }));
        }
        findings
    }
}

/// The files that an aggregate says it was handed in with.
fn handed_in(item: &Item) -> Vec<String> {
    fn walk(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                let file = fields.get("upload").filter(|_| fields.contains_key("sha256")).and_then(Value::as_str);
                found.extend(file.map(str::to_owned));
                fields.values().for_each(|value| walk(value, found));
            }
            Value::Array(values) => values.iter().for_each(|value| walk(value, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let data = item.text("data").filter(|data| data.contains("\"upload\":")).and_then(|data| serde_json::from_str(data).ok());
    let mut found = Vec::new();
    if let Some(data) = data {
        walk(&data, &mut found);
    }
    found
}

fn apart(id: &str, other: &str, how: &'static str) -> Finding {
    Finding::Apart { id: id.to_owned(), other: other.to_owned(), how }
}
