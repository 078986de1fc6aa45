//! 发送签约邀请 (SR-25, SR-28): one letter to everybody named, a transaction a row.

use api::requests::SendInvitations;
use api::views::{BatchRow, BatchView};
use api::{FieldError, Problem, ProblemKind};
use domain::candidate::Candidate;
use domain::letter::Letter;
use domain::policy::Policy;
use domain::values::{Invalid, SchoolId};
use lambda::{Call, Employer, Fault, Reply};
use std::collections::BTreeMap;
use store::{Error, Store, Table};

/// Sends the letter to each student of the send list. Rows stand for themselves: one that is refused stops no other. What is not
/// reached in time is said so, and the same key resumes.
///
/// # Errors
/// The employer may not invite (SR-10, SR-12); the batch mixes positions; the key was used for another batch.
pub async fn send_invitations<T: Table>(store: &Store<T>, call: Call<Employer, SendInvitations>) -> Reply<BatchView> {
    let letter = call.body.letter.from(store.active_employer(&call.caller.id).await?);
    let resumed = !call.body.dry_run && store.open_batch(&call.context).await?;
    let candidates = store.candidates_named(&call.caller.id, &call.body.student_refs).await?;
    one_position(&call.body.student_refs, &candidates)?;
    let mut batch = Batch { store, call: &call, letter, resumed, policies: BTreeMap::new() };
    let mut rows = Vec::with_capacity(call.body.student_refs.len());
    for (i, student_ref) in call.body.student_refs.iter().enumerate() {
        let row = BatchRow { student_ref: student_ref.clone(), invitation_id: None, problem: None, not_attempted: false };
        rows.push(if call.budget.allows_another_row() {
            batch.attempt(i, candidates.get(student_ref), row).await?
        } else {
            BatchRow { not_attempted: true, ..row }
        });
    }
    Ok(BatchView::of(rows, call.body.dry_run).into())
}

/// Rows with different intended positions do not belong into one batch; rows without one take the letter's.
fn one_position(student_refs: &[String], candidates: &BTreeMap<String, Candidate>) -> Result<(), Fault> {
    let position = |student_ref: &String| candidates.get(student_ref).and_then(|candidate| candidate.position.as_ref());
    let Some(first) = student_refs.iter().find_map(position) else { return Ok(()) };
    let others = student_refs.iter().enumerate().filter(|(_, student_ref)| position(student_ref).is_some_and(|other| other != first));
    let errors: Vec<_> = others.map(|(i, _)| FieldError::body(format!("/student_refs/{i}"), Invalid::MixedPositions)).collect();
    if errors.is_empty() { Ok(()) } else { Err(Problem::fields(errors).into()) }
}

struct Batch<'a, T> {
    store: &'a Store<T>,
    call: &'a Call<Employer, SendInvitations>,
    letter: Letter,
    resumed: bool,
    policies: BTreeMap<SchoolId, Policy>,
}

impl<T: Table> Batch<'_, T> {
    /// One row: a rule in its way is the row's problem, a table that does not answer is the whole request's.
    async fn attempt(&mut self, i: usize, candidate: Option<&Candidate>, row: BatchRow) -> Result<BatchRow, Fault> {
        if self.resumed
            && let Some(sent) = self.store.row_answer(&self.call.context, i).await?
        {
            return Ok(BatchRow { invitation_id: Some(sent.invitation_id), ..row });
        }
        let mut sent = self.send(i, candidate).await;
        if matches!(sent, Err(Error::Moved)) {
            sent = self.send(i, candidate).await;
        }
        match sent {
            Ok(invitation_id) => Ok(BatchRow { invitation_id, ..row }),
            Err(Error::Refused(refusal)) => Ok(BatchRow { problem: Some(refusal.into()), ..row }),
            Err(Error::Moved) => Ok(BatchRow { problem: Some(ProblemKind::Unavailable.into()), ..row }),
            Err(other) => Err(other.into()),
        }
    }

    async fn send(&mut self, i: usize, candidate: Option<&Candidate>) -> Result<Option<domain::values::InvitationId>, Error> {
        let candidate = candidate.ok_or(domain::Refusal::NotACandidate)?;
        let period = self.call.body.response_period;
        self.policy(candidate.student.school()).await?.allows(period)?;
        let recipient = self.store.recipient(&self.call.caller.id, candidate, self.call.now()).await?;
        if self.call.body.dry_run {
            return Ok(None);
        }
        let sent = self.store.send(&self.call.context, i, &recipient, &self.letter, period).await?;
        Ok(Some(sent.invitation_id))
    }

    /// Read once a school, not once a row.
    async fn policy(&mut self, school: SchoolId) -> Result<Policy, Error> {
        if let Some(policy) = self.policies.get(&school) {
            return Ok(*policy);
        }
        let policy = self.store.policy(&school).await?;
        self.policies.insert(school, policy);
        Ok(policy)
    }
}
