//! From blocks to a file.

use crate::Undrawable;
use crate::compose::{Block, Code, compose};
use crate::font::{Weight, glyph};
use crate::page::{Mark, Page};
use crate::paint::{Frame, paint};
use fast_qr::{ECL, QRBuilder};

/// Which wording of their fixed parts the documents are drawn with. It goes up with every change, and stands in the file.
pub const TEMPLATE: &str = "2026-1";

/// When a document is drawn, in Beijing time. It is what the file says of itself, and part of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Of the common era.
    pub year: u16,
    /// From 1.
    pub month: u8,
    /// From 1.
    pub day: u8,
    /// Of 24.
    pub hour: u8,
    /// Of 60.
    pub minute: u8,
    /// Of 60.
    pub second: u8,
}

/// Draws blocks within a frame, or tells what stands in the way.
pub(crate) fn draw(frame: &Frame, blocks: &[Block]) -> Result<Vec<u8>, Undrawable> {
    let (pages, structure) = compose(blocks)?;
    let lacking = lacking(frame, &pages);
    if lacking.is_empty() { paint(frame, &pages, structure) } else { Err(Undrawable::Glyphs(lacking)) }
}

/// What the typeface lacks of everything that is to be shown.
fn lacking(frame: &Frame, pages: &[Page]) -> Vec<char> {
    let content = pages.iter().flat_map(|page| &page.placed).flat_map(|placed| words(&placed.mark));
    let around = [&frame.title, &frame.reference, &frame.foot];
    let shown = content.chain(around).chain(&frame.watermark).flat_map(|text| text.chars());
    let mut lacking = Vec::new();
    for character in shown {
        if glyph(character, Weight::Regular).is_none() && !lacking.contains(&character) {
            lacking.push(character);
        }
    }
    lacking
}

fn words(mark: &Mark) -> &[String] {
    match mark {
        Mark::Text(text) => &text.words,
        Mark::Fill(..) | Mark::Frame(..) | Mark::Rule(..) | Mark::Squares(_) => &[],
    }
}

/// A QR code of an address. A seventh of it may be soiled, and it is still read.
pub(crate) fn code(address: &str, caption: &str) -> Result<Code, Undrawable> {
    let code = QRBuilder::new(address).ecl(ECL::M).build().map_err(|_too_long| Undrawable::Address)?;
    let modules = code.data.chunks(code.size).take(code.size).map(|row| row.iter().map(|module| module.value()).collect());
    Ok(Code { modules: modules.collect(), caption: caption.into(), says: format!("{caption}：{address}") })
}
