//! 发送签约邀请 (SR-25, SR-28): one letter to everybody named, a transaction a row.

use api::requests::SendInvitations;
use api::views::{BatchRow, BatchView};
use api::{FieldError, Problem};
use domain::Refusal;
use domain::candidate::Candidate;
use domain::letter::Letter;
use domain::policy::Policy;
use domain::values::{Invalid, SchoolId};
use lambda::{Call, Employer, Fault, Reply, row_problem};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Error, RowAnswer, Store, Table};

/// How many rows are sent on one look at the employer: a school that bars it, or an operator who suspends it, stops a batch that is
/// under way within so many.
const ROWS_PER_LOOK: usize = 10;

/// Sends the letter to each student of the send list. Rows stand for themselves: one that is refused stops no other. What is not
/// reached in time is said so, and the same key resumes.
///
/// # Errors
/// The employer may not invite (SR-10, SR-12); the batch mixes positions; the key was used for another batch.
pub async fn send_invitations<T: Table>(store: &Store<T>, call: Call<Employer, SendInvitations>) -> Reply<BatchView> {
    let employer = store.active_employer(&call.caller.id).await?;
    let letter = call.body.letter.from(call.caller.id.clone(), employer.active()?);
    let candidates = store.candidates_named(&call.caller.id, &call.body.student_refs).await?;
    one_position(&call.body.student_refs, &candidates)?;
    let resumed = !call.body.dry_run && store.open_batch(&call.context).await?;
    let mut batch = Batch { store, call: &call, employer: Ok(employer), letter, resumed, policies: BTreeMap::new() };
    let mut rows = Vec::with_capacity(call.body.student_refs.len());
    for (i, student_ref) in call.body.student_refs.iter().enumerate() {
        let candidate = candidates.get(student_ref);
        rows.push(if call.budget.allows_another_row() {
            batch.attempt(i, student_ref, candidate).await?
        } else {
            BatchRow { not_attempted: true, ..row(student_ref, candidate) }
        });
    }
    Ok(BatchView::of(rows, call.body.dry_run).into())
}

fn row(student_ref: &str, candidate: Option<&Candidate>) -> BatchRow {
    BatchRow {
        student_ref: student_ref.to_owned(),
        masked_name: candidate.map(|candidate| candidate.masked_name.clone()),
        college: candidate.map(|candidate| candidate.college_name.as_str().to_owned()),
        invitation_id: None,
        emailed: None,
        problem: None,
        not_attempted: false,
    }
}

fn sent_row(student_ref: &str, sent: RowAnswer) -> BatchRow {
    let RowAnswer { invitation_id, masked_name, college, emailed } = sent;
    BatchRow {
        invitation_id: Some(invitation_id),
        emailed: Some(emailed),
        masked_name: Some(masked_name),
        college: Some(college),
        ..row(student_ref, None)
    }
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
    /// As last looked at, or why it may not go on.
    employer: Result<domain::employer::Employer, Refusal>,
    /// As confirmed when the batch began: one letter for everybody.
    letter: Letter,
    resumed: bool,
    policies: BTreeMap<SchoolId, Arc<Policy>>,
}

impl<T: Table> Batch<'_, T> {
    /// One row. What was sent under this key before, or is being sent by a repeat at this moment, is this row's answer too.
    async fn attempt(&mut self, i: usize, student_ref: &str, candidate: Option<&Candidate>) -> Result<BatchRow, Fault> {
        if self.resumed
            && let Some(sent) = self.store.row_answer(&self.call.context, i).await?
        {
            return Ok(sent_row(student_ref, sent));
        }
        match self.send(i, candidate).await {
            Ok(Some(sent)) => Ok(sent_row(student_ref, sent)),
            Ok(None) => Ok(row(student_ref, candidate)),
            Err(error) => {
                let problem = row_problem(error)?;
                let twin = if self.call.body.dry_run { None } else { self.store.row_answer(&self.call.context, i).await? };
                Ok(twin
                    .map_or_else(|| BatchRow { problem: Some(problem), ..row(student_ref, candidate) }, |sent| sent_row(student_ref, sent)))
            }
        }
    }

    /// Sends the row; a rehearsal stops before. A lapsed letter that another request expires meanwhile is looked at again.
    async fn send(&mut self, i: usize, candidate: Option<&Candidate>) -> Result<Option<RowAnswer>, Error> {
        self.look_again(i).await?;
        let candidate = candidate.ok_or(Refusal::NotACandidate)?;
        let school = candidate.student.school();
        self.employer.as_ref().map_err(Clone::clone)?.may_invite_students_of(&school)?;
        let policy = self.policy(school).await?;
        let terms = policy.terms(self.call.body.response_period)?;
        let mut sent = Err(Error::Moved);
        for _ in 0..2 {
            let recipient = self.store.recipient(&self.call.caller.id, candidate, self.call.now()).await?;
            policy.signs(recipient.graduation_year())?;
            if self.call.body.dry_run {
                return Ok(None);
            }
            sent = self.store.send(&self.call.context, i, &recipient, &self.letter, terms.clone()).await;
            if !matches!(sent, Err(Error::Moved)) {
                break;
            }
        }
        sent.map(Some)
    }

    /// What has been decided on the employer meanwhile holds for this row and all that follow.
    async fn look_again(&mut self, i: usize) -> Result<(), Error> {
        if i > 0 && i.is_multiple_of(ROWS_PER_LOOK) {
            self.employer = match self.store.active_employer(&self.call.caller.id).await {
                Ok(employer) => Ok(employer),
                Err(Error::Refused(refusal)) => Err(refusal),
                Err(other) => return Err(other),
            };
        }
        Ok(())
    }

    /// Read once a school, not once a row.
    async fn policy(&mut self, school: SchoolId) -> Result<Arc<Policy>, Error> {
        if let Some(policy) = self.policies.get(&school) {
            return Ok(Arc::clone(policy));
        }
        let policy = Arc::new(self.store.policy(&school).await?);
        self.policies.insert(school, Arc::clone(&policy));
        Ok(policy)
    }
}
