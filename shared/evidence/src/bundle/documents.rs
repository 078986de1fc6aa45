//! The document: that a record in the bundle says it was issued, and that the file is that document.

use super::records::said;
use super::{Bundle, Document};
use crate::fault::{DocumentFault, Fault};
use crate::hash::{hex, sha256};
use crate::verdict::NamedDocument;

/// Checks the bundle's document against what the records say was issued, and the file against the document.
pub(super) fn check(bundle: &Bundle, issued: &[(u64, Document)], file: Option<&[u8]>) -> Result<Option<NamedDocument>, Fault> {
    let Some(document) = &bundle.document else {
        return if file.is_some() { Err(Fault::Document(DocumentFault::NotNamed)) } else { Ok(None) };
    };
    let (seq, _) = issued.iter().find(|(_, named)| named == document).ok_or(Fault::Document(DocumentFault::NotRecorded))?;
    if let Some(file) = file {
        compare(document, file).map_err(Fault::Document)?;
    }
    let later = issued.iter().rev().find(|(later, named)| later > seq && named.kind == document.kind && named != document);
    let record = bundle.records.iter().find(|record| record.seq == *seq);
    Ok(Some(NamedDocument {
        document: document.clone(),
        seq: *seq,
        seal: record.and_then(|record| record.proof.as_ref()).map(|proof| proof.seal),
        compared: file.is_some(),
        superseded: later.map(|(seq, _)| *seq),
    }))
}

/// The document that this file is, of those that the bundle's records say were issued.
pub(super) fn recorded(bundle: &Bundle, file: &[u8]) -> Option<Document> {
    let mut issued = bundle.records.iter().rev().filter_map(|record| said(record.bytes.as_deref()?));
    issued.find(|document| compare(document, file).is_ok())
}

fn compare(document: &Document, file: &[u8]) -> Result<(), DocumentFault> {
    if file.len() as u64 != document.length {
        return Err(DocumentFault::Length);
    }
    if hex(&sha256(&[file])) == document.sha256 { Ok(()) } else { Err(DocumentFault::Hash) }
}
