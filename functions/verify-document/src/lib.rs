//! 核验: whether a document is ours, and unaltered, by the code or the number that it bears.

use api::requests::VerifyDocument;
use api::views::{DocumentView, FileState, VerificationView, VerifiedDocumentView};
use domain::document::Issued;
use domain::upload::sha256;
use evidence::Bundle;
use files::{Shelf, document_key};
use lambda::{Call, Fault, Public, Reply};
use sealing::Readers;
use store::{Signing, Store, Table, Verifiable};
use vault::Vault;

/// What a stranger is told who holds a document: where its agreement stands, between whom by their masks, and whether the files that we keep
/// are as they were issued; with the proof. Numbers follow each other, so who asks for many is stopped; of a code only wrong ones count.
///
/// # Errors
/// Not there, never issued, or its time is over: alike. Too much was asked from this place.
pub async fn verify_document<T: Table, F: Shelf>(
    store: &Store<T>,
    vault: &Vault,
    shelf: &F,
    call: Call<Public, VerifyDocument>,
) -> Reply<VerificationView<Bundle>> {
    let (place, request_id) = (vault.place_of_net(&call.source), &call.context.request_id);
    let counted = async || store.count_verification(&place, request_id, call.now()).await;
    if matches!(call.body, VerifyDocument::Number(_)) {
        counted().await?;
    }
    let verified = match store.verifiable(call.body.as_str()).await {
        Err(store::Error::NotFound) if matches!(call.body, VerifyDocument::Code(_)) => {
            counted().await?;
            return Err(store::Error::NotFound.into());
        }
        other => other?,
    };
    let Verifiable { signing, holds } = verified;
    let proven = sealing::bundle(store, shelf, &signing, Readers::Strangers).await?;
    let documents = looked_at(shelf, &signing).await?;
    Ok(VerificationView::new(&signing.agreement.value, documents, holds && proven.holds, proven.bundle).into())
}

/// What lies where the documents were laid that bear a code.
async fn looked_at<F: Shelf>(shelf: &F, signing: &Signing) -> Result<Vec<VerifiedDocumentView>, Fault> {
    let mut verified = Vec::new();
    for document in signing.documents.iter().filter(|document| document.kind.bears_code()) {
        let Some(issued) = &document.issued else { continue };
        let file = file(shelf, signing, issued).await?;
        verified.push(VerifiedDocumentView { document: DocumentView::new(document.kind, document.at, Some(issued)), file });
    }
    Ok(verified)
}

async fn file<F: Shelf>(shelf: &F, signing: &Signing, issued: &Issued) -> Result<FileState, Fault> {
    let key = document_key(&signing.agreement.value.id, issued);
    let longest = usize::try_from(issued.length).unwrap_or(usize::MAX);
    Ok(match shelf.take(&key, longest).await? {
        None => FileState::Missing,
        Some(bytes) if sha256(&bytes) == issued.sha256 => FileState::Intact,
        Some(_) => FileState::Altered,
    })
}
