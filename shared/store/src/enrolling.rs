//! A row of a roster and the roster: what stands there, and what the row writes.

use crate::Store;
use crate::aggregate::{Loaded, json, loaded, parse, plain};
use crate::change::Change;
use crate::commit::Role;
use crate::context::Context;
use crate::error::Error;
use crate::keys;
use crate::people::{Found, SlotState};
use crate::table::{Condition, Item, Key, Table, Write};
use domain::Transition;
use domain::student::{Lookups, Student};
use domain::values::{PersonId, SchoolId, StudentId};
use futures_util::future::try_join;
use std::collections::BTreeSet;

/// What is known of a row's student before it is imported.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The school's record under this student number.
    pub student: Option<Loaded<Student>>,
    /// The person behind this document number.
    pub person: Option<PersonId>,
}

impl<T: Table> Store<T> {
    /// What stands under a student number and behind a document.
    ///
    /// # Errors
    /// As the table's.
    pub async fn standing(&self, school: &SchoolId, number: &str, document: &str) -> Result<Standing, Error> {
        let (by_number, alias) = (keys::student_number(school, number), keys::alias(document));
        let (by_number, person) = try_join(self.table.get(&by_number), self.table.get(&alias)).await?;
        let student = match by_number {
            Some(item) => Some(loaded(&self.item(&keys::student(&parse::<StudentId>(&item)?)).await?)?),
            None => None,
        };
        Ok(Standing { student, person: person.map(|item| parse(&item)).transpose()? })
    }

    /// Whether the student's slot of the year is held: a signing or a registration is open, or in force.
    ///
    /// # Errors
    /// As the table's.
    pub async fn is_signing(&self, student: &Student) -> Result<bool, Error> {
        Ok(self.slot(&student.person, student.graduation_year).await? != SlotState::Free)
    }
}

impl Change {
    /// A student comes onto the roster, with all that finds it. The document is the person's already, or becomes so now.
    ///
    /// # Errors
    /// [`Error::Broken`] if it cannot be written.
    pub fn enrols(self, context: &Context, student: &Transition<Student>, keys_of: &Lookups, known: bool) -> Result<Self, Error> {
        let next = &student.next;
        let found = plain(&Found::of(next))?;
        let number = Item { key: keys::student_number(&next.school, next.student_number.as_str()), attributes: plain(&next.id)? };
        let alias = keys::alias(&keys_of.document);
        let mut change = self.creates(context, student)?.adds(Role::Number, number);
        change = if known {
            let theirs = vec![Condition::Equals("data", json(&next.person)?.into())];
            change.also(Role::Number, Write::Check { key: alias, when: theirs })
        } else {
            change.adds(Role::Number, Item { key: alias, attributes: plain(&next.person)? })
        };
        for hmac in &keys_of.four_fields {
            change = change.adds(Role::Number, Item { key: keys::lookup(&next.school, hmac), attributes: found.clone() });
        }
        Ok(change)
    }

    /// Only if the student's slot of the year is still free when this is written.
    #[must_use]
    pub fn unless_signing(self, student: &Student) -> Self {
        let slot = keys::slot(&student.person, student.graduation_year);
        self.also(Role::Slot, Write::Check { key: slot, when: vec![Condition::Missing("holder")] })
    }

    /// Both changes at once.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.steps.extend(other.steps);
        self.entries.extend(other.entries);
        self
    }

    /// How many items it writes.
    #[must_use]
    pub fn weight(&self) -> usize {
        let steps: usize = self.steps.iter().map(|step| 2 + step.effects.len()).sum();
        steps + self.entries.len()
    }

    /// What it writes, besides consequences of its steps. Two changes that share one are two transactions.
    #[must_use]
    pub fn keys(&self) -> BTreeSet<Key> {
        let entries = self.entries.iter().map(|(_, write)| write.key().clone());
        self.steps.iter().map(|step| step.key.clone()).chain(entries).collect()
    }
}
