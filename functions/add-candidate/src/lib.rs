//! 加入 (SR-20): a graduate who was found joins the send list.

use api::ProblemKind;
use api::requests::AddCandidate;
use api::views::ListedView;
use domain::candidate::Candidate;
use lambda::{Answer, Call, Employer, Fault, Reply};
use store::{Error, Store, Table};
use vault::Vault;

/// Puts a graduate on the employer's send list: 201, or 200 with the entry that stands there already.
///
/// # Errors
/// The employer may not invite yet (SR-10, SR-12), or the reference was not given to this employer.
pub async fn add_candidate<T: Table>(store: &Store<T>, vault: &Vault, call: Call<Employer, AddCandidate>) -> Reply<ListedView> {
    let (employer, AddCandidate { student_ref, position, remark }) = (&call.caller.id, call.body.clone());
    let id = vault.open_student_ref(employer, &student_ref).map_err(|_| ProblemKind::NotFound);
    store.active_employer(employer).await?;
    let student = store.student(&id?).await?;
    let candidate = Candidate::of(&student, student_ref, position, remark, call.now());
    match store.add_candidate(employer, &candidate, &call.context, ListedView::from(&candidate)).await {
        Ok(committed) => Ok(committed.into()),
        Err(Error::AlreadyThere) => {
            // An entry that is sent at this very moment is gone again: the handler is run once more.
            let standing = store.candidate(employer, &candidate.student_ref).await.map_err(|_| Fault::Moved)?;
            Ok(Answer::from(ListedView::from(&standing)).with_status(200))
        }
        Err(other) => Err(other.into()),
    }
}
