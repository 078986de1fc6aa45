//! 申请解约 (SR-38 to SR-41, SR-58, SR-59, SR-71): one reason for all agreements named, a transaction a row.

use api::requests::RequestTermination;
use api::views::{RequestedRow, RequestedView};
use domain::Refusal;
use domain::agreement::Agreement;
use domain::party::Initiator;
use domain::termination::{Request, Termination};
use domain::upload::{Attachment, Owner, Purpose, Readers};
use domain::values::{AgreementId, TerminationId};
use lambda::{Call, Fault, Party, Reply, row_problem};
use store::{Change, CleanUploads, Error, Store, Table, Terminable};

/// Raises a request on each agreement. Rows stand for themselves: one that is refused stops no other. What is not reached in time is
/// said so, and the same key resumes.
///
/// # Errors
/// The notice is not agreed to, or there is no reason (SR-39, SR-40); the key was used for another submission.
pub async fn request_termination<T: Table>(store: &Store<T>, call: Call<Party, RequestTermination>) -> Reply<RequestedView> {
    let resumed = store.open_batch(&call.context).await?;
    let mut rows = Vec::with_capacity(call.body.agreement_ids.len());
    for (i, agreement_id) in call.body.agreement_ids.iter().enumerate() {
        let row = RequestedRow { agreement_id: agreement_id.clone(), ..RequestedRow::default() };
        rows.push(if call.budget.allows_another_row() {
            attempt(store, &call, i, row, resumed).await?
        } else {
            RequestedRow { not_attempted: true, ..row }
        });
    }
    Ok(RequestedView::of(rows).into())
}

/// One row. What was raised under this key before, or is being raised by a repeat at this moment, is this row's answer too.
async fn attempt<T: Table>(
    store: &Store<T>,
    call: &Call<Party, RequestTermination>,
    i: usize,
    row: RequestedRow,
    resumed: bool,
) -> Result<RequestedRow, Fault> {
    if resumed && let Some(raised) = store.row_answer(&call.context, i).await? {
        return Ok(RequestedRow { termination_id: Some(raised), ..row });
    }
    match raise(store, call, i, &row.agreement_id).await {
        Ok(raised) => Ok(RequestedRow { termination_id: Some(raised), ..row }),
        Err(Obstacle { error, open }) => {
            let problem = row_problem(error)?;
            let twin = store.row_answer(&call.context, i).await?;
            Ok(match twin {
                Some(raised) => RequestedRow { termination_id: Some(raised), ..row },
                None => RequestedRow { problem: Some(problem), open_termination_id: open, ..row },
            })
        }
    }
}

/// Why a row is refused, and the other side's request if that is why.
struct Obstacle {
    error: Error,
    open: Option<TerminationId>,
}

impl From<Error> for Obstacle {
    fn from(error: Error) -> Self {
        Self { error, open: None }
    }
}

/// Raises the request. If the other side's comes first by a moment, it is looked at again: then that one is open.
async fn raise<T: Table>(
    store: &Store<T>,
    call: &Call<Party, RequestTermination>,
    i: usize,
    agreement_id: &str,
) -> Result<TerminationId, Obstacle> {
    let id = AgreementId::parse(agreement_id).map_err(|_| Error::NotFound)?;
    let mut raised = Err(Error::Moved);
    for _ in 0..2 {
        let (terminable, initiator) = terminable(store, &call.caller, &id).await?;
        let agreement = &terminable.agreement.value;
        let open = agreement.open_termination().map(|open| open.id.clone());
        let proofs = proofs(store, call, agreement).await?;
        let moved = Termination::request(agreement.clone(), request(call, initiator, proofs.files()), terminable.used)
            .map_err(|refusal| Obstacle { error: refusal.into(), open })?;
        let change = Change::new().requests(&call.context, &terminable, &moved)?.attaches(
            &call.context,
            &proofs,
            &Readers::of(&agreement.student),
        )?;
        let answer = moved.termination.next.id.clone();
        raised = store.commit_row(change, &call.context, i, answer).await.map(store::Committed::answer);
        if !matches!(raised, Err(Error::Moved)) {
            break;
        }
    }
    Ok(raised?)
}

async fn terminable<T: Table>(store: &Store<T>, caller: &Party, id: &AgreementId) -> Result<(Terminable, Initiator), Error> {
    Ok(match caller {
        Party::Student(student) => (store.terminable_of_student(&student.account, id).await?, Initiator::Student),
        Party::Employer(employer) => (store.terminable_of_employer(&employer.id, id).await?, Initiator::Employer),
    })
}

/// 解约证明材料, of an agreement on paper (SR-72): its graduate's own.
async fn proofs<T: Table>(store: &Store<T>, call: &Call<Party, RequestTermination>, agreement: &Agreement) -> Result<CleanUploads, Error> {
    let owner = Owner::Student(agreement.student.person.clone());
    match &call.caller {
        Party::Student(_) => store.clean_uploads(&owner, Purpose::TerminationProof, &call.body.upload_ids).await,
        Party::Employer(_) if call.body.upload_ids.is_empty() => Ok(CleanUploads::none()),
        Party::Employer(_) => Err(Refusal::ProofNotTaken.into()),
    }
}

fn request(call: &Call<Party, RequestTermination>, initiator: Initiator, proofs: Vec<Attachment>) -> Request {
    let RequestTermination { notice_version, reason_code, reason, .. } = &call.body;
    Request { initiator, notice_version: *notice_version, reason_code: *reason_code, reason: reason.clone(), proofs, at: call.now() }
}
