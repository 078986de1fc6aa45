//! 下载协议书 (SR-31, SR-54, A-3): the agreement as it was drawn.

use api::requests::GetAgreementDocument;
use api::views::{DocumentDownloadView, may_fetch};
use domain::DocumentKind;
use files::Shelf;
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
    lambda::download(shelf, agreement, signing.documents.iter().rfind(|document| theirs(document.kind))).await
}
