//! Values between commas, as Excel opens them: UTF-8 with its mark, lines that end with CR LF, quotes as in RFC 4180.

use crate::Unwritable;
use crate::guard::harmless;
use csv::{Terminator, WriterBuilder};

/// The mark without which Excel takes the text for GBK.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A .csv file: the titles as they are, then the rows, with the formula guard on each of their cells and without characters that XML
/// forbids, so that both kinds of file say the same.
///
/// # Errors
/// [`Unwritable::Layout`] if a row has more or fewer cells than there are titles.
pub fn csv(titles: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, Unwritable> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(MARK.to_vec());
    writer.write_record(titles).map_err(|_| Unwritable::Layout)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(|_| Unwritable::Layout)?;
    }
    writer.into_inner().map_err(|_| Unwritable::Failed)
}
