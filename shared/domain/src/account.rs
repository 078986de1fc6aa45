//! Log-ins: the roster records that a graduate's log-in has verified itself as (SR-44), and whether its tokens hold.

use crate::Refusal;
use crate::event::Event;
use crate::student::Student;
use crate::transition::Transition;
use crate::values::{AccountId, GraduationYear, PersonId, StudentId, Text, Timestamp};
use serde::{Deserialize, Serialize};

/// What the platform knows of a log-in besides what its tokens say. Of most there is nothing to know, and no item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// `sub` of its tokens.
    pub id: AccountId,
    /// Who the graduate is, once verified.
    pub binding: Option<Binding>,
    /// Whether the platform's operators have shut it.
    #[serde(default)]
    pub disabled: bool,
    /// Tokens issued before this second since 1970 are refused, `i64::MAX`: all.
    #[serde(default)]
    pub valid_after_s: Option<i64>,
}

/// The person behind a graduate's log-in, and the roster records that it has verified itself as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// The person that all of them are.
    pub person: PersonId,
    /// The records, newest graduation year first; one a year.
    pub records: Vec<BoundRecord>,
}

/// A roster record that a log-in is bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoundRecord {
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// The record.
    pub student: StudentId,
}

impl BoundRecord {
    /// The binding to this record.
    #[must_use]
    pub fn of(student: &Student) -> Self {
        Self { graduation_year: student.graduation_year, student: student.id.clone() }
    }
}

impl Account {
    /// A log-in of which nothing is known yet.
    #[must_use]
    pub fn new(id: AccountId) -> Self {
        Self { id, binding: None, disabled: false, valid_after_s: None }
    }

    /// Binds the log-in to a roster record that it has verified itself as (SR-44).
    ///
    /// # Errors
    /// [`Refusal::AccountBound`] if it is another person's, or has another record of the same year.
    pub fn bind(self, student: &Student) -> Result<Transition<Self>, Refusal> {
        let mut records = match self.binding {
            None => Vec::new(),
            Some(binding) if binding.person == student.person => binding.records,
            Some(_) => return Err(Refusal::AccountBound),
        };
        if records.iter().any(|record| record.graduation_year == student.graduation_year) {
            return Err(Refusal::AccountBound);
        }
        records.push(BoundRecord::of(student));
        records.sort_by_key(|record| std::cmp::Reverse(record.graduation_year));
        let binding = Some(Binding { person: student.person.clone(), records });
        let event = Event::AccountBound { student: student.id.clone() };
        Ok(Transition { next: Self { binding, ..self }, event, effects: Vec::new() })
    }

    /// A roster record of the log-in has another graduation year now.
    #[must_use]
    pub fn rebind(self, student: &Student) -> Transition<Self> {
        let moved = |mut binding: Binding| {
            binding.records.retain(|record| record.student != student.id);
            binding.records.push(BoundRecord::of(student));
            binding.records.sort_by_key(|record| std::cmp::Reverse(record.graduation_year));
            binding
        };
        let binding = self.binding.map(moved);
        let event = Event::AccountBound { student: student.id.clone() };
        Transition { next: Self { binding, ..self }, event, effects: Vec::new() }
    }

    /// Takes a roster record away from the log-in, by the school's correction.
    #[must_use]
    pub fn unbind(self, student: &StudentId) -> Transition<Self> {
        let without = |mut binding: Binding| {
            binding.records.retain(|record| record.student != *student);
            (!binding.records.is_empty()).then_some(binding)
        };
        let binding = self.binding.and_then(without);
        let event = Event::AccountUnbound { student: student.clone() };
        Transition { next: Self { binding, ..self }, event, effects: Vec::new() }
    }

    /// Shuts the log-in: no token of it holds any more.
    #[must_use]
    pub fn disable(self, reason: Text<500>) -> Transition<Self> {
        let next = Self { disabled: true, valid_after_s: Some(i64::MAX), ..self };
        Transition { next, event: Event::AccountDisabled { reason }, effects: Vec::new() }
    }

    /// Opens the log-in again, for tokens issued from now on.
    #[must_use]
    pub fn enable(self, reason: Text<500>, now: Timestamp) -> Transition<Self> {
        let next = Self { disabled: false, valid_after_s: Some(now.millis() / 1000), ..self };
        Transition { next, event: Event::AccountEnabled { reason }, effects: Vec::new() }
    }

    /// The stage's name, as stored.
    #[must_use]
    pub fn stage_name(&self) -> &'static str {
        if self.disabled { "disabled" } else { "active" }
    }
}
