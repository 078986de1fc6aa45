//! From a signing as the store has it to the document that is called for, or asked for.

use crate::{
    EvidenceParts, SealedRoot, Unissuable, certified_agreement, evidence_certificate, paper_agreement, termination_letter,
    uncertified_agreement,
};
use domain::DocumentKind;
use domain::agreement::Stage;
use domain::document::Issued;
use domain::values::{Timestamp, VerificationCode};
use evidence::Bundle;
use store::{AuditRecord, Recorded, Signing};
use vault::Vault;

/// Where a stranger verifies what bears this code: what the QR code says.
#[must_use]
pub fn address(portal: &str, code: &VerificationCode) -> String {
    format!("{}/verify/{code}", portal.trim_end_matches('/'))
}

/// The document that an event of the signing has called for at this moment.
///
/// # Errors
/// Why it is not issued.
pub fn issue(kind: DocumentKind, signing: &Signing, vault: &Vault, address: &str, at: Timestamp) -> Result<Vec<u8>, Unissuable> {
    let agreement = &signing.agreement.value;
    let process: Vec<AuditRecord> = signing.process.iter().map(|recorded| recorded.record.clone()).collect();
    match kind {
        DocumentKind::Uncertified => {
            let letter = signing.letter.as_ref().ok_or(Unissuable::Missing)?;
            uncertified_agreement(agreement, letter, &process, vault, at)
        }
        DocumentKind::Printable => paper_agreement(agreement, vault, address, at),
        DocumentKind::Final => certified_agreement(agreement, &process, vault, address, at),
        DocumentKind::TerminationLetter => {
            let Stage::Terminated(terminated) = &agreement.stage else { return Err(Unissuable::Missing) };
            let asked = signing.terminations.iter().find(|asked| asked.value.id == terminated.termination);
            termination_letter(agreement, &asked.ok_or(Unissuable::Missing)?.value, address, at)
        }
    }
}

/// 存证证明 as of now, with what its bundle proves.
///
/// # Errors
/// Why it is not issued.
pub fn certificate(signing: &Signing, bundle: &Bundle, address: &str, made_at: Timestamp) -> Result<Vec<u8>, Unissuable> {
    let told = |recorded: &&Recorded| recorded.record.what.is_told();
    let process: Vec<_> = signing.process.iter().filter(told).map(|recorded| (recorded.record.clone(), recorded.hash.clone())).collect();
    let documents: Vec<Issued> = signing.documents.iter().filter_map(|document| document.issued.clone()).collect();
    evidence_certificate(EvidenceParts {
        agreement: &signing.agreement.value,
        letter: signing.letter.as_ref(),
        process: &process,
        documents: &documents,
        chain_head: bundle.records.last().map_or("", |record| record.hash.as_str()),
        sealed: sealed(bundle),
        address: documents.iter().any(|issued| issued.kind.bears_code()).then_some(address),
        made_at,
    })
}

/// The seal that the last record is under.
fn sealed(bundle: &Bundle) -> Option<SealedRoot> {
    let number = bundle.records.last()?.proof.as_ref()?.seal;
    let seal = bundle.seals.iter().filter_map(evidence::Sealed::read).find(|seal| seal.number == number)?;
    let at = Timestamp::parse(&seal.to.replace("00Z", "00.000Z")).ok()?;
    Some(SealedRoot { root: seal.root, at, key: seal.key })
}
