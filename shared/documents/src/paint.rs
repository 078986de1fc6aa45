//! Pages painted as PDF/A-2a. The same pages give the same bytes: there is no clock, and every identifier is made of what is drawn.

use crate::font::{Weight, glyph, weights, width};
use crate::page::{Area, BOTTOM, HEIGHT, MARGIN, MEASURE, Mark, Page, Placed, Text, WIDTH};
use crate::paragraph::QUIET;
use crate::structure::Structure;
use crate::{Moment, TEMPLATE, Undrawable};
use krilla::color::luma;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

/// The language of every document.
pub(crate) const LANGUAGE: &str = "zh-CN";
/// How thick the stroke is that makes a regular glyph bold, in parts of the size.
const EMBOLDEN: f32 = 0.032;
/// Of running heads and feet.
const SMALL: f32 = 7.5;
/// Of the watermark.
const WATERMARK: f32 = 76.0;
const WATERMARK_SHADE: u8 = 232;

/// What stands on every page, and what the file says of itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Frame {
    /// Name of the document, for the file and the heads of further pages.
    pub(crate) title: String,
    /// Beside it: a number, or whose document it is.
    pub(crate) reference: String,
    /// At the foot, to the left.
    pub(crate) foot: String,
    pub(crate) watermark: Option<String>,
    pub(crate) drawn_at: Moment,
}

/// Both weights.
struct Fonts {
    regular: Font,
    bold: Font,
}

/// Paints the pages.
pub(crate) fn paint(frame: &Frame, pages: &[Page], mut structure: Structure) -> Result<Vec<u8>, Undrawable> {
    let fonts = weights().map(|(regular, bold)| Fonts { regular, bold }).ok_or_else(|| failed("the typeface cannot be read"))?;
    let configuration = ConfigurationBuilder::new().with_archival_validator(Archival::A2_A).finish().map_err(failed_as)?;
    let mut document = Document::new_with(SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() });
    document.set_metadata(metadata(frame));
    for (number, page) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| failed("a page without a size"))?;
        let mut sheet = document.start_page_with(settings);
        {
            let mut brush = Brush { surface: sheet.surface(), fonts: &fonts };
            brush.ground(frame, page);
            brush.content(page, &mut structure);
            brush.margins(frame, number + 1, pages.len());
        }
        sheet.finish();
    }
    document.set_tag_tree(structure.into_tags());
    document.finish().map_err(failed_as)
}

fn failed(reason: &str) -> Undrawable {
    Undrawable::Failed(reason.to_owned())
}

fn failed_as(error: impl std::fmt::Debug) -> Undrawable {
    Undrawable::Failed(format!("{error:?}"))
}

fn metadata(frame: &Frame) -> Metadata {
    let at = frame.drawn_at;
    let date = DateTime::new(at.year).month(at.month).day(at.day).hour(at.hour).minute(at.minute).second(at.second);
    Metadata::new()
        .title(format!("{} {}", frame.title, frame.reference).trim().to_owned())
        .description(format!("模板版本 {TEMPLATE}"))
        .language(LANGUAGE.into())
        .creator("网签".into())
        .producer("krilla".into())
        .document_id(format!("{} {} {}", frame.title, frame.reference, frame.foot))
        .creation_date(date.utc_offset_hour(8).utc_offset_minute(0))
}

/// What a page is painted with.
struct Brush<'a, 's> {
    surface: Surface<'s>,
    fonts: &'a Fonts,
}

impl Brush<'_, '_> {
    /// What lies below the text: filled cells, above them the watermark, above that the lines.
    fn ground(&mut self, frame: &Frame, page: &Page) {
        let marks = || page.placed.iter().map(|placed| &placed.mark);
        self.adorn(ArtifactType::Layout, |brush| {
            for mark in marks() {
                if let Mark::Fill(area, shade) = mark {
                    brush.fill(&[*area], *shade);
                }
            }
        });
        if let Some(watermark) = &frame.watermark {
            self.adorn(ArtifactType::Watermark, |brush| brush.watermark(watermark));
        }
        self.adorn(ArtifactType::Layout, |brush| marks().for_each(|mark| brush.lines(mark)));
    }

    /// The text and the codes, each mark under the part of the document that it belongs to.
    fn content(&mut self, page: &Page, structure: &mut Structure) {
        let content: Vec<&Placed> = page.placed.iter().filter(|placed| matches!(placed.mark, Mark::Text(_) | Mark::Squares(_))).collect();
        for group in content.chunk_by(|one, next| one.of == next.of) {
            let of = group.first().and_then(|placed| placed.of);
            let downwards = downwards(group);
            let tag = match of {
                Some(_) => ContentTag::Span(SpanTag::empty().with_actual_text(downwards.as_deref())),
                None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
            };
            let identifier = self.surface.start_tagged(tag);
            for placed in group {
                self.mark(&placed.mark);
            }
            self.surface.end_tagged();
            if let Some(node) = of {
                structure.mark(node, identifier);
            }
        }
    }

    /// The heads of all pages but the first, and the feet.
    fn margins(&mut self, frame: &Frame, number: usize, of: usize) {
        let rule = |y| Mark::Rule(MARGIN, y, MEASURE, 150);
        if number > 1 {
            let y = 42.0;
            self.adorn(ArtifactType::Header, |brush| {
                brush.small(&frame.title, y, false);
                brush.small(&frame.reference, y, true);
                brush.lines(&rule(y + 5.0));
            });
        }
        let y = BOTTOM + 30.0;
        self.adorn(ArtifactType::Footer, |brush| {
            brush.lines(&rule(y - 12.0));
            brush.small(&frame.foot, y, false);
            brush.small(&format!("第 {number} 页 共 {of} 页"), y, true);
        });
    }

    fn small(&mut self, text: &str, baseline: f32, right: bool) {
        let x = if right { MARGIN + MEASURE - width(text, Weight::Regular, SMALL) } else { MARGIN };
        let words = vec![text.to_owned()];
        self.text(&Text { x, baseline, size: SMALL, weight: Weight::Regular, shade: QUIET, words, stretch: 0.0 });
    }

    /// Three times along the diagonal, as outlines: the words are not part of the text that can be copied.
    fn watermark(&mut self, text: &str) {
        let wide = width(text, Weight::Bold, WATERMARK);
        for (x, y) in [(0.32, 0.22), (0.5, 0.5), (0.68, 0.78)] {
            self.surface.push_transform(&Transform::from_translate(WIDTH * x, HEIGHT * y));
            self.surface.push_transform(&Transform::from_rotate(-38.0));
            let baseline = WATERMARK * 0.36;
            let words = vec![text.to_owned()];
            let text =
                Text { x: -wide / 2.0, baseline, size: WATERMARK, weight: Weight::Bold, shade: WATERMARK_SHADE, words, stretch: 0.0 };
            self.glyphs(&text, true);
            self.surface.pop();
            self.surface.pop();
        }
    }

    /// Draws what is no part of the content.
    fn adorn(&mut self, kind: ArtifactType, draw: impl FnOnce(&mut Self)) {
        let _no_part = self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        draw(self);
        self.surface.end_tagged();
    }

    fn lines(&mut self, mark: &Mark) {
        let (path, thick, shade) = match mark {
            Mark::Frame(area, thick, shade) => (outline(&[*area]), *thick, *shade),
            Mark::Rule(x, y, length, shade) => (straight(*x, *y, *length), 0.5, *shade),
            Mark::Text(_) | Mark::Fill(..) | Mark::Squares(_) => return,
        };
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke { paint: luma::Color::new(shade).into(), width: thick, ..Stroke::default() }));
        if let Some(path) = path {
            self.surface.draw_path(&path);
        }
        self.surface.set_stroke(None);
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Text(text) => self.text(text),
            Mark::Squares(areas) => self.fill(areas, 0),
            Mark::Fill(..) | Mark::Frame(..) | Mark::Rule(..) => {}
        }
    }

    fn fill(&mut self, areas: &[Area], shade: u8) {
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(solid(shade)));
        if let Some(path) = outline(areas) {
            self.surface.draw_path(&path);
        }
    }

    fn text(&mut self, text: &Text) {
        self.glyphs(text, false);
    }

    fn glyphs(&mut self, text: &Text, outlined: bool) {
        let glyphs = spaced(text);
        let mut x = text.x;
        for run in glyphs.chunk_by(|one, next| one.weight == next.weight) {
            let Some(weight) = run.first().map(|glyph| glyph.weight) else { continue };
            let font = if weight == Weight::Bold { &self.fonts.bold } else { &self.fonts.regular };
            // A bold text in regular glyphs: the bold weight lacks them.
            let stroke = (weight != text.weight).then(|| embolden(text));
            self.surface.set_fill(Some(solid(text.shade)));
            self.surface.set_stroke(stroke);
            let (shown, shapes) = shapes(run);
            self.surface.draw_glyphs(Point::from_xy(x, text.baseline), &shapes, font.clone(), &shown, text.size, outlined);
            x += run.iter().map(|glyph| glyph.advance).sum::<f32>() * text.size;
        }
        self.surface.set_stroke(None);
    }
}

/// A text that runs downwards, one character a line: it is read, and copied, in one.
fn downwards(group: &[&Placed]) -> Option<String> {
    let character = |placed: &&Placed| match &placed.mark {
        Mark::Text(text) => text.words.first().filter(|word| text.words.len() == 1 && word.chars().count() == 1).cloned(),
        Mark::Fill(..) | Mark::Frame(..) | Mark::Rule(..) | Mark::Squares(_) => None,
    };
    if group.len() > 1 { group.iter().map(character).collect() } else { None }
}

/// A glyph on its place in a line.
struct Spaced {
    character: char,
    id: u32,
    /// With what is added behind it, in parts of the size.
    advance: f32,
    weight: Weight,
}

/// The glyphs of a text, those at the ends of words widened.
fn spaced(text: &Text) -> Vec<Spaced> {
    let mut spaced = Vec::new();
    for word in &text.words {
        let glyphs = word.chars().filter_map(|character| glyph(character, text.weight).map(|glyph| (character, glyph)));
        spaced.extend(glyphs.map(|(character, glyph)| Spaced { character, id: glyph.id, advance: glyph.advance, weight: glyph.weight }));
        if let Some(last) = spaced.last_mut() {
            last.advance += text.stretch / text.size;
        }
    }
    spaced
}

fn shapes(run: &[Spaced]) -> (String, Vec<KrillaGlyph>) {
    let mut shown = String::new();
    let mut shapes = Vec::new();
    for glyph in run {
        let from = shown.len();
        shown.push(glyph.character);
        shapes.push(KrillaGlyph::new(GlyphId::new(glyph.id), glyph.advance, 0.0, 0.0, 0.0, from..shown.len(), None));
    }
    (shown, shapes)
}

fn embolden(text: &Text) -> Stroke {
    Stroke { paint: luma::Color::new(text.shade).into(), width: text.size * EMBOLDEN, ..Stroke::default() }
}

fn solid(shade: u8) -> Fill {
    Fill { paint: luma::Color::new(shade).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn outline(areas: &[Area]) -> Option<Path> {
    let mut path = PathBuilder::new();
    let rects = areas.iter().filter_map(|area| Rect::from_xywh(area.x, area.y, area.width, area.height));
    rects.for_each(|rect| path.push_rect(rect));
    path.finish()
}

fn straight(x: f32, y: f32, length: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(x, y);
    path.line_to(x + length, y);
    path.finish()
}
