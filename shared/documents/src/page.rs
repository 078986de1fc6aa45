//! A page: marks at their places, in points from its upper left corner.

use crate::font::Weight;
use crate::structure::NodeId;

/// A4.
pub(crate) const WIDTH: f32 = 595.28;
/// A4.
pub(crate) const HEIGHT: f32 = 841.89;
/// Room to the left and to the right.
pub(crate) const MARGIN: f32 = 56.0;
/// Where the text begins.
pub(crate) const TOP: f32 = 56.0;
/// Where the text ends.
pub(crate) const BOTTOM: f32 = HEIGHT - 64.0;
/// How wide the text is.
pub(crate) const MEASURE: f32 = WIDTH - 2.0 * MARGIN;

/// A shade of grey, from black at 0.
pub(crate) type Shade = u8;

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

/// What is drawn in one go.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mark {
    Text(Text),
    /// An area filled. Lies below everything else.
    Fill(Area, Shade),
    /// The outline of an area, so thick.
    Frame(Area, f32, Shade),
    /// A straight line from left to right: where, how long, how thick.
    Rule(f32, f32, f32, Shade),
    /// Black squares: the modules of a QR code, each row's in runs.
    Squares(Vec<Area>),
}

/// Text in one line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Text {
    pub(crate) x: f32,
    /// Of the line that the characters stand on.
    pub(crate) baseline: f32,
    pub(crate) size: f32,
    pub(crate) weight: Weight,
    pub(crate) shade: Shade,
    pub(crate) words: Vec<String>,
    /// What is added between words.
    pub(crate) stretch: f32,
}

/// A mark, and the part of the document that it belongs to: none for what only adorns or repeats.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placed {
    pub(crate) mark: Mark,
    pub(crate) of: Option<NodeId>,
}

/// The marks of a page in the order in which they are read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Page {
    pub(crate) placed: Vec<Placed>,
}

impl Page {
    pub(crate) fn draw(&mut self, mark: Mark, of: Option<NodeId>) {
        self.placed.push(Placed { mark, of });
    }
}

/// A number of things as a factor of lengths. No document counts to sixty-five thousand.
pub(crate) fn times(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}
