//! What is asked of the typeface: which glyph a character has, and how wide it is.

use krilla::Data;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider as _};
use std::sync::LazyLock;
use typeface::{BOLD, REGULAR};

/// How dark a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// How one character is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) id: u32,
    /// Its width in parts of the size.
    pub(crate) advance: f32,
    /// The weight that it is taken from.
    pub(crate) weight: Weight,
}

/// What is asked of one weight: which glyph, and how wide.
struct Face {
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units_per_em: f32,
}

/// No outlines, should the bytes be no font: then every text lacks its characters and no document is drawn.
static FACES: LazyLock<Option<(Face, Face)>> = LazyLock::new(|| face(REGULAR).zip(face(BOLD)));

fn face(bytes: &'static [u8]) -> Option<Face> {
    let font = FontRef::new(bytes).ok()?;
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let units_per_em = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
    Some(Face { charmap: font.charmap(), metrics, units_per_em: f32::from(units_per_em) })
}

impl Face {
    fn glyph(&self, character: char, weight: Weight) -> Option<Glyph> {
        let glyph = self.charmap.map(character)?;
        let advance = self.metrics.advance_width(glyph)? / self.units_per_em;
        Some(Glyph { id: glyph.to_u32(), advance, weight })
    }
}

/// The glyph of a character. What the bold weight lacks is taken from the regular one, and made bold when it is drawn.
pub(crate) fn glyph(character: char, weight: Weight) -> Option<Glyph> {
    let (regular, bold) = FACES.as_ref()?;
    let heavy = (weight == Weight::Bold).then(|| bold.glyph(character, Weight::Bold)).flatten();
    heavy.or_else(|| regular.glyph(character, Weight::Regular))
}

/// How wide a text is that is set in one line.
pub(crate) fn width(text: &str, weight: Weight, size: f32) -> f32 {
    text.chars().filter_map(|character| glyph(character, weight)).map(|glyph| glyph.advance).sum::<f32>() * size
}

/// Both weights as the drawing library takes them: regular, bold.
pub(crate) fn weights() -> Option<(krilla::text::Font, krilla::text::Font)> {
    let font = |bytes: &'static [u8]| krilla::text::Font::new(Data::from(bytes), 0);
    font(REGULAR).zip(font(BOLD))
}
