//! A document that was issued, as an answer.

use crate::call::Reply;
use api::views::{DocumentDownloadView, DocumentView, FetchView};
use api::{Problem, ProblemKind};
use domain::agreement::Agreement;
use domain::labels;
use files::{ADDRESS_HOLDS_S, Kind, Shelf, document_key};
use store::Document;

/// The document with a short-lived address, named after its agreement.
///
/// # Errors
/// None that the caller may fetch; it is still being drawn.
pub async fn download<F: Shelf>(shelf: &F, agreement: &Agreement, document: Option<&Document>) -> Reply<DocumentDownloadView> {
    let Document { kind, at, issued } = document.ok_or(ProblemKind::NotFound)?;
    let issued = issued.as_ref().ok_or_else(|| Problem::from(ProblemKind::DocumentAwaited))?;
    let number = agreement.number().map(|number| format!("-{}", number.as_str())).unwrap_or_default();
    let file_name = format!("{}{number}.pdf", labels::document(*kind).0);
    let url = shelf.link(&document_key(&agreement.id, issued), &file_name, Kind::PDF).await?;
    let download = FetchView { url, expires_in_s: ADDRESS_HOLDS_S, file_name };
    Ok(DocumentDownloadView { document: DocumentView::new(*kind, *at, Some(issued)), download }.into())
}
