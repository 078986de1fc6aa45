//! Documents: the papers of the product, drawn as PDF. So far: the typeface.

mod font;

pub use font::Font;
