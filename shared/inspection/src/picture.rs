//! Pictures: what is too large to draw, and drawing one anew so that nothing of the uploaded file is left but its pixels.

use crate::guarded;
use domain::upload::Reason;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageResult};
use std::io::Cursor;

/// Pixels of an A4 page at 500 dpi; a phone's photograph has half.
const MAX_PIXELS: u64 = 25_000_000;
const MAX_SIDE: u32 = 10_000;

/// What a decoder may allocate, the picture included.
const DECODER_BYTES: u64 = 200_000_000;

/// Where differences to the original can no longer be seen in print.
const JPEG_QUALITY: u8 = 90;

/// A picture without its metadata, as the decoder gets it.
pub(crate) struct Lean {
    pub(crate) bytes: Vec<u8>,
    /// How it is meant to be seen.
    pub(crate) orientation: Orientation,
}

/// Checks the sides that a header claims.
pub(crate) fn check_sides(width: u32, height: u32) -> Result<(), Reason> {
    if width == 0 || height == 0 {
        return Err(Reason::Corrupt);
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > MAX_SIDE || height > MAX_SIDE || pixels > MAX_PIXELS { Err(Reason::TooManyPixels) } else { Ok(()) }
}

/// Checks what decoding will take.
pub(crate) fn check_memory(bytes: u64) -> Result<(), Reason> {
    if bytes > DECODER_BYTES { Err(Reason::TooManyPixels) } else { Ok(()) }
}

/// Draws a JPEG anew.
pub(crate) fn redraw_jpeg(lean: Lean) -> Result<Vec<u8>, Reason> {
    let image = draw(|bytes| JpegDecoder::new(Cursor::new(bytes)), lean)?;
    let mut bytes = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY)).map_err(|_| Reason::Corrupt)?;
    Ok(bytes)
}

/// Draws a PNG anew.
pub(crate) fn redraw_png(lean: Lean) -> Result<Vec<u8>, Reason> {
    let image = draw(|bytes| PngDecoder::with_limits(Cursor::new(bytes), limits()), lean)?;
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
    image.write_with_encoder(encoder).map_err(|_| Reason::Corrupt)?;
    Ok(bytes)
}

fn draw<D: ImageDecoder>(open: impl FnOnce(Vec<u8>) -> ImageResult<D>, lean: Lean) -> Result<DynamicImage, Reason> {
    let Lean { bytes, orientation } = lean;
    let draw = || {
        let mut decoder = open(bytes)?;
        decoder.set_limits(limits())?;
        DynamicImage::from_decoder(decoder)
    };
    let mut image = guarded(|| draw().map_err(|_: ImageError| Reason::Corrupt))?;
    image.apply_orientation(orientation);
    Ok(image)
}

fn limits() -> image::Limits {
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(DECODER_BYTES);
    limits
}
