//! Labels of the documents that the product issues.

use crate::transition::DocumentKind;

/// Label of a document, in Chinese and English.
#[must_use]
pub fn document(kind: DocumentKind) -> (&'static str, &'static str) {
    match kind {
        DocumentKind::Uncertified => ("协议书（待鉴证）", "Agreement, not certified"),
        DocumentKind::Printable => ("协议书（签字盖章用）", "Agreement to be signed and stamped"),
        DocumentKind::Final => ("电子协议书", "Certified agreement"),
        DocumentKind::TerminationLetter => ("解约函", "Termination letter"),
    }
}
