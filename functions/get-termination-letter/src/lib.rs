//! 下载解约函: the letter that a certified termination leaves.

use api::views::{DocumentDownloadView, DocumentView, FetchView};
use api::{Problem, ProblemKind};
use domain::agreement::Stage;
use domain::values::TerminationId;
use domain::{DocumentKind, labels};
use files::{ADDRESS_HOLDS_S, Kind, Shelf, document_key};
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
    let standing = call.caller.termination(store, &call.body).await?;
    let agreement = &standing.agreement.value;
    let Stage::Terminated(terminated) = &agreement.stage else { return Err(ProblemKind::NotFound.into()) };
    if terminated.termination != call.body || agreement.anonymised_at.is_some() {
        return Err(ProblemKind::NotFound.into());
    }
    let kind = DocumentKind::TerminationLetter;
    let document = store.document(&agreement.id, kind).await?.ok_or(ProblemKind::NotFound)?;
    let issued = document.issued.as_ref().ok_or_else(|| Problem::from(ProblemKind::DocumentAwaited))?;
    let file_name = format!("{}-{}.pdf", labels::document(kind).0, terminated.certified.number.as_str());
    let url = shelf.link(&document_key(&agreement.id, issued), &file_name, Kind::PDF).await?;
    let download = FetchView { url, expires_in_s: ADDRESS_HOLDS_S, file_name };
    Ok(DocumentDownloadView { document: DocumentView::new(kind, document.at, Some(issued)), download }.into())
}
