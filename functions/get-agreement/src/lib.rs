//! 签约详情 (SR-54, SR-78, SR-80): all sections of an agreement, and how it came about.

use api::ProblemKind;
use api::views::{AgreementParts, AgreementView, DocumentView, ProcessEntryView, Reader, TerminationView, may_fetch};
use domain::agreement::Opening;
use domain::values::AgreementId;
use lambda::{Anyone, Call, Fault, Reply};
use store::{Store, Table};
use vault::Vault;

/// The agreement for its parties and for the officers of its school and college. The parties may call each other now: the
/// graduate's mobile number is shown in full, the identity number never. Each reading leaves the reader's account in the log.
///
/// # Errors
/// Not there, or not the caller's: alike.
pub async fn get_agreement<T: Table>(store: &Store<T>, vault: &Vault, call: Call<Anyone, AgreementId>) -> Reply<AgreementView> {
    let signing = call.caller.signing(store, &call.body).await?;
    let (agreement, reader) = (&signing.agreement.value, call.caller.reader());
    let used_up = match reader.party() {
        Some(party) if agreement.openings().contains(&Opening::Termination) => store.has_used_up(agreement, party).await?,
        _ => false,
    };
    let mobile = vault.open_mobile(&agreement.student.id, &agreement.student.mobile);
    let mobile = mobile.map_err(|error| Fault::Logged(ProblemKind::Internal, format!("{}: mobile {error}", agreement.id)))?;
    let for_officer = matches!(reader, Reader::Officer(_));
    // That a request is open or closed, the request's own records tell.
    let told = signing.process.iter().map(|recorded| &recorded.record).filter(|record| record.what.is_told());
    let process = told.map(|record| ProcessEntryView::new(record.at, &record.actor, &record.what, for_officer));
    let terminations = signing.terminations.iter().map(|asked| TerminationView::new(&asked.value, asked.version, reader));
    let documents = signing.documents.iter().filter(|document| may_fetch(agreement, document.kind, reader));
    let documents = documents.map(|document| DocumentView::new(document.kind, document.at, document.issued.as_ref()));
    let parts = AgreementParts {
        agreement,
        version: signing.agreement.version,
        mobile,
        process: process.collect(),
        documents: documents.collect(),
        plan_record: signing.plan_record.as_ref(),
        terminations: terminations.collect(),
        used_up,
    };
    Ok(AgreementView::new(parts, reader).into())
}
