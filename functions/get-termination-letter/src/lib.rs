//! 下载解约函: the letter that a certified termination leaves.

use api::views::DocumentDownloadView;
use domain::DocumentKind;
use domain::agreement::Stage;
use domain::values::TerminationId;
use files::Shelf;
use lambda::{Anyone, Call, Reply};
use store::{Store, Table};

/// 解约函 with a short-lived address, for the parties and the officers of school and college.
///
/// # Errors
/// Not there, not certified, or not the caller's: alike. It is still being drawn.
pub async fn get_termination_letter<T: Table, F: Shelf>(
    store: &Store<T>,
    shelf: &F,
    call: Call<Anyone, TerminationId>,
) -> Reply<DocumentDownloadView> {
    let signing = call.caller.signing(store, &call.body.agreement()).await?;
    let agreement = &signing.agreement.value;
    let ended = matches!(&agreement.stage, Stage::Terminated(terminated) if terminated.termination == call.body);
    let letter = signing.documents.iter().find(|document| ended && document.kind == DocumentKind::TerminationLetter);
    lambda::download(shelf, agreement, letter).await
}
