//! Pages: the parser reads what the walk has found sound, and the page tree is followed once, each node once.

use crate::guarded;
use domain::upload::Reason;
use lopdf::{Dictionary, Document, LoadOptions, Object};
use std::collections::BTreeSet;

/// A transcript has ten; nobody reads a hundred.
const MAX_PAGES: u32 = 50;

/// More than the walk lets any stream of objects unpack to.
const MAX_UNPACKED: usize = 16 << 20;

/// Counts the pages.
pub(super) fn count(bytes: &[u8]) -> Result<u32, Reason> {
    let options = LoadOptions { max_decompressed_size: Some(MAX_UNPACKED), ..LoadOptions::default() };
    let document = guarded(|| Document::load_mem_with_options(bytes, options).map_err(|_| Reason::Corrupt))?;
    // What the parser had to mend, another reader may mend differently.
    if document.xref_recovery.is_some() {
        return Err(Reason::Corrupt);
    }
    if document.trailer.has(b"Encrypt") {
        return Err(Reason::Encrypted);
    }
    let catalogue = document.catalog().map_err(|_| Reason::Corrupt)?;
    if !catalogue.has_type(b"Catalog") {
        return Err(Reason::Corrupt);
    }
    match leaves(&document, catalogue)? {
        0 => Err(Reason::Corrupt),
        pages if pages > MAX_PAGES => Err(Reason::TooManyPages),
        pages => Ok(pages),
    }
}

/// The leaves of the page tree. A node that is met twice would make a tree without end, or pages without number.
fn leaves(document: &Document, catalogue: &Dictionary) -> Result<u32, Reason> {
    let root = catalogue.get(b"Pages").and_then(Object::as_reference).map_err(|_| Reason::Corrupt)?;
    let mut seen = BTreeSet::new();
    let mut open = vec![root];
    let mut pages = 0;
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            return Err(Reason::Corrupt);
        }
        let node = document.get_dictionary(id).map_err(|_| Reason::Corrupt)?;
        if node.has_type(b"Page") {
            pages += 1;
            continue;
        }
        let kids = node.get(b"Kids").and_then(|kids| document.dereference(kids)).and_then(|(_, kids)| kids.as_array());
        for kid in kids.map_err(|_| Reason::Corrupt)? {
            open.push(kid.as_reference().map_err(|_| Reason::Corrupt)?);
        }
    }
    Ok(pages)
}
