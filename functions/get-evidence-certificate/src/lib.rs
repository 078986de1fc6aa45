//! 存证证明: who did what, when and how, with the hashes that show that nothing was changed since.

use api::ProblemKind;
use api::views::{CertificateView, Reader, may_fetch};
use domain::DocumentKind;
use domain::values::AgreementId;
use files::{Kind, Shelf};
use lambda::{Anyone, Call, Fault, Reply};
use sealing::{Proven, Readers};
use store::{Store, Table};
use vault::Vault;

/// The certificate as of now, and the same for programs, for the agreement's parties and the officers of its school and college. It is drawn
/// when it is asked for: each says up to where the records are sealed.
///
/// # Errors
/// Not there, or not the caller's: alike.
pub async fn get_evidence_certificate<T: Table, F: Shelf>(
    store: &Store<T>,
    vault: &Vault,
    shelf: &F,
    link: &str,
    call: Call<Anyone, AgreementId>,
) -> Reply<CertificateView> {
    let signing = call.caller.signing(store, &call.body).await?;
    let (agreement, reader) = (&signing.agreement.value, call.caller.reader());
    if !may_fetch(agreement, DocumentKind::Final, reader) {
        return Err(ProblemKind::NotFound.into());
    }
    let internal = |cause: String| Fault::Logged(ProblemKind::Internal, format!("{}: {cause}", call.body));
    let readers = if matches!(reader, Reader::Officer(_)) { Readers::Officers } else { Readers::Parties };
    let Proven { bundle, holds } = sealing::bundle(store, shelf, &signing, readers).await?;
    if !holds {
        return Err(internal("the chain does not say what was sealed".to_owned()));
    }
    let address = papers::address(link, &vault.verification_code(&call.body));
    let drawn = papers::certificate(&signing, &bundle, &address, call.now()).map_err(|cause| internal(cause.to_string()))?;
    let json = serde_json::to_vec_pretty(&bundle).map_err(|error| internal(error.to_string()))?;
    let name = agreement.number().map_or_else(|| call.body.to_string(), |number| number.as_str().to_owned());
    let certificate = papers::hand_out(store, shelf, &format!("存证证明-{name}.pdf"), Kind::PDF, drawn, call.now()).await?;
    let bundle = papers::hand_out(store, shelf, &format!("存证包-{name}.json"), Kind::JSON, json, call.now()).await?;
    Ok(CertificateView { certificate, bundle }.into())
}
