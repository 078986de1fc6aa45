//! 下载协议书 (SR-31, SR-54, A-3): the agreement as it was drawn.

use api::requests::GetAgreementDocument;
use api::views::{DocumentDownloadView, DocumentView, FetchView, may_fetch};
use api::{Problem, ProblemKind};
use domain::{DocumentKind, labels};
use files::{ADDRESS_HOLDS_S, Kind, Shelf, document_key};
use lambda::{Anyone, Call, Reply};
use store::{Store, Table};

/// The document with a short-lived address, for the agreement's parties and the officers of its school and college. Each reading leaves
/// the reader's account in the log.
///
/// # Errors
/// Not there, not called for, or not the caller's: alike. It is still being drawn.
pub async fn get_agreement_document<T: Table, F: Shelf>(
    store: &Store<T>,
    shelf: &F,
    call: Call<Anyone, GetAgreementDocument>,
) -> Reply<DocumentDownloadView> {
    let GetAgreementDocument { id, kind } = &call.body;
    let signing = call.caller.signing(store, id).await?;
    let agreement = &signing.agreement.value;
    let asked = |of: DocumentKind| kind.map_or(of != DocumentKind::TerminationLetter, |kind| kind == of);
    let theirs = |of: DocumentKind| asked(of) && may_fetch(agreement, of, call.caller.reader());
    let document = signing.documents.iter().rfind(|document| theirs(document.kind));
    let document = document.ok_or(ProblemKind::NotFound)?;
    let issued = document.issued.as_ref().ok_or_else(|| Problem::from(ProblemKind::DocumentAwaited))?;
    let number = agreement.number().map(|number| format!("-{}", number.as_str())).unwrap_or_default();
    let file_name = format!("{}{number}.pdf", labels::document(document.kind).0);
    let url = shelf.link(&document_key(id, issued), &file_name, Kind::PDF).await?;
    let document = DocumentView::new(document.kind, document.at, Some(issued));
    Ok(DocumentDownloadView { document, download: FetchView { url, expires_in_s: ADDRESS_HOLDS_S, file_name } }.into())
}
