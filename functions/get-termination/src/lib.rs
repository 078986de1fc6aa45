//! 查看解约 (SR-42, SR-60): a request to terminate.

use api::views::TerminationView;
use domain::values::TerminationId;
use lambda::{Anyone, Call, Reply};
use store::{Store, Table};

/// The request for its parties and for the officers of its school and college. The party that is to answer is shown 解约须知.
///
/// # Errors
/// Not there, or not the caller's: alike.
pub async fn get_termination<T: Table>(store: &Store<T>, call: Call<Anyone, TerminationId>) -> Reply<TerminationView> {
    let standing = call.caller.termination(store, &call.body).await?;
    Ok(TerminationView::new(&standing.termination.value, standing.termination.version, call.caller.reader()).into())
}
