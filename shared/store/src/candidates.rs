//! The send list (签约发送列表, 拟签约名单): an employer's own note of whom to invite. It has no stages and no audit chain;
//! what leaves a trace is the letter.

use crate::Store;
use crate::aggregate::{list_in, parse, plain};
use crate::change::Change;
use crate::commit::{Committed, Role};
use crate::context::Context;
use crate::error::Error;
use crate::keys::{self, lists};
use crate::table::{Condition, Index, Item, Table};
use domain::Refusal;
use domain::candidate::Candidate;
use domain::retention::Day;
use domain::values::EmployerId;
use futures_util::future::join_all;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Most entries that one transaction takes off a list, with room for the caller and the answer.
pub const MAX_REMOVALS: usize = 90;

impl<T: Table> Store<T> {
    /// Puts an entry on the employer's list; one that stands there already stays as it is.
    ///
    /// # Errors
    /// [`Error::AlreadyThere`], or as [`Store::commit`]'s.
    pub async fn add_candidate<R>(
        &self,
        employer: &EmployerId,
        candidate: &Candidate,
        context: &Context,
        answer: R,
    ) -> Result<Committed<R>, Error>
    where
        R: Serialize + DeserializeOwned + Send + Sync,
    {
        self.commit(Change::new().adds(Role::ListCandidate, listed(employer, candidate)?), context, answer).await
    }

    /// Puts entries on the employer's list, at most [`MAX_REMOVALS`] at once: all of them, or none if one stands there already.
    ///
    /// # Errors
    /// [`Error::AlreadyThere`], or as [`Store::commit`]'s.
    pub async fn add_candidates(&self, employer: &EmployerId, candidates: &[Candidate], context: &Context) -> Result<(), Error> {
        let mut change = Change::new();
        for candidate in candidates {
            change = change.adds(Role::ListCandidate, listed(employer, candidate)?);
        }
        self.commit(change, &Context { idempotency: None, ..context.clone() }, ()).await.map(|_| ())
    }

    /// 移出签约发送列表 (SR-24): takes entries off the employer's list, at most [`MAX_REMOVALS`] at once. Letters that were sent are
    /// untouched.
    ///
    /// # Errors
    /// [`Error::Moved`] if one has left the list meanwhile, or as [`Store::commit`]'s.
    pub async fn remove_candidates<R>(
        &self,
        employer: &EmployerId,
        student_refs: &[&str],
        context: &Context,
        answer: R,
    ) -> Result<Committed<R>, Error>
    where
        R: Serialize + DeserializeOwned + Send + Sync,
    {
        let removal = |change: Change, student_ref: &&str| {
            change.removes(Role::RemoveCandidate, keys::candidate(employer, student_ref), Condition::Present)
        };
        self.commit(student_refs.iter().fold(Change::new(), removal), context, answer).await
    }

    /// An entry of the employer's list.
    ///
    /// # Errors
    /// [`Refusal::NotACandidate`] if it is not on the list.
    pub async fn candidate(&self, employer: &EmployerId, student_ref: &str) -> Result<Candidate, Error> {
        match self.table.get(&keys::candidate(employer, student_ref)).await? {
            Some(item) => parse(&item),
            None => Err(Refusal::NotACandidate.into()),
        }
    }

    /// Those of these entries that are on the employer's list, twenty reads at a time.
    ///
    /// # Errors
    /// As the table's.
    pub async fn candidates_named(&self, employer: &EmployerId, student_refs: &[String]) -> Result<BTreeMap<String, Candidate>, Error> {
        let mut found = BTreeMap::new();
        for some in student_refs.chunks(20) {
            for candidate in join_all(some.iter().map(|student_ref| self.candidate(employer, student_ref))).await {
                match candidate {
                    Ok(candidate) => drop(found.insert(candidate.student_ref.clone(), candidate)),
                    Err(Error::Refused(_)) => {}
                    Err(other) => return Err(other),
                }
            }
        }
        Ok(found)
    }
}

/// An entry of a send list, as stored.
fn listed(employer: &EmployerId, candidate: &Candidate) -> Result<Item, Error> {
    let mut attributes = plain(candidate)?;
    let order = format!("{}#{}", candidate.added_at, candidate.student_ref);
    list_in(&mut attributes, Index::Employer, lists::employer_candidates(employer), order);
    let row = attributes.get("data").cloned().unwrap_or_else(|| "".into());
    attributes.insert("summary".to_owned(), row);
    // Whom it names has found work, or stopped looking, by then.
    let day = Day::after_seeking(candidate.graduation_year, candidate.added_at);
    list_in(&mut attributes, Index::Due, lists::due_retention(&day), candidate.student_ref.clone());
    Ok(Item { key: keys::candidate(employer, &candidate.student_ref), attributes })
}
