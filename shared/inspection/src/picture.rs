//! Pictures: what is too large to draw, and drawing one anew so that nothing of the uploaded file is left but its pixels.

use crate::{Limited, guarded};
use domain::upload::Reason;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageResult};
use std::io::Cursor;

/// Pixels of an A4 page at 500 dpi; a phone's photograph has half.
const MAX_PIXELS: u64 = 25_000_000;
const MAX_SIDE: u32 = 10_000;

/// What a decoder may allocate, the picture included.
const DECODER_BYTES: u64 = 200_000_000;

/// Where differences to the original can no longer be seen in print.
const JPEG_QUALITY: u8 = 90;

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

/// Draws a JPEG anew, the way it is meant to be seen.
pub(crate) fn redraw_jpeg(bytes: Vec<u8>, orientation: Orientation, max_bytes: usize) -> Result<Vec<u8>, Reason> {
    guarded(|| {
        let mut image = draw(JpegDecoder::new(Cursor::new(bytes)))?;
        image.apply_orientation(orientation);
        let mut file = Limited::new(max_bytes);
        let drawn = image.write_with_encoder(JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY));
        file.written(drawn.is_ok())
    })
}

/// Draws a PNG.
pub(crate) fn draw_png(bytes: Vec<u8>) -> Result<DynamicImage, Reason> {
    guarded(|| draw(PngDecoder::with_limits(Cursor::new(bytes), limits())))
}

fn draw(decoder: ImageResult<impl ImageDecoder>) -> Result<DynamicImage, Reason> {
    let drawn = decoder.and_then(|mut decoder| {
        decoder.set_limits(limits())?;
        DynamicImage::from_decoder(decoder)
    });
    drawn.map_err(|_| Reason::Corrupt)
}

fn limits() -> image::Limits {
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(DECODER_BYTES);
    limits
}
