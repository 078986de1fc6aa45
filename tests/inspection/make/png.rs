//! PNGs: some from an encoder, and chunks put into them.

use super::picture;
use flate2::Crc;
use image::codecs::png::PngEncoder;
use image::{ColorType, DynamicImage, ImageBuffer, ImageEncoder as _, Rgb};

/// A plain PNG.
pub(in crate::inspection) fn png() -> Vec<u8> {
    encoded(&picture().into())
}

/// A PNG without colours.
pub(in crate::inspection) fn grey_png() -> Vec<u8> {
    encoded(&DynamicImage::from(picture()).into_luma8().into())
}

/// A PNG whose rows are each predicted best in another way: even ones, repeated ones, slopes and noise.
pub(in crate::inspection) fn drawn_png(colours: ColorType) -> Vec<u8> {
    let (width, height) = (61, 40);
    let row = u32::from(colours.channel_count()) * width;
    let mut noise = 1_u32;
    let samples = (0..row * height).map(|at| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let (x, y) = (at % row, at / row);
        [7, x * x, x * 3 + y * 5, noise >> 24, (noise >> 28) + x * y / 8][usize::try_from(y / 8).unwrap()].to_le_bytes()[0]
    });
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&samples.collect::<Vec<u8>>(), width, height, colours.into()).unwrap();
    bytes
}

/// A PNG of 16 bits a channel.
pub(in crate::inspection) fn rgb16_png() -> Vec<u8> {
    encoded(&ImageBuffer::<Rgb<u16>, _>::from_pixel(4, 4, Rgb([1000, 2000, 3000])).into())
}

/// A PNG with a chunk right after its header.
pub(in crate::inspection) fn png_with(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    png_with_many(kind, data, 1)
}

/// A PNG with so many of a chunk right after its header.
pub(in crate::inspection) fn png_with_many(kind: [u8; 4], data: &[u8], count: usize) -> Vec<u8> {
    let plain = png();
    let header = 8 + 25;
    [&plain[..header], &chunk(kind, data).repeat(count), &plain[header..]].concat()
}

/// A PNG that claims these sides and has next to no pixels.
pub(in crate::inspection) fn png_of(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let pixels = super::deflated(&[0; 64]);
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(*b"IHDR", &header), &chunk(*b"IDAT", &pixels), &chunk(*b"IEND", &[])].concat()
}

fn encoded(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.write_with_encoder(PngEncoder::new(&mut bytes)).unwrap();
    bytes
}

fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut checksum = Crc::new();
    checksum.update(&kind);
    checksum.update(data);
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], &kind, data, &checksum.sum().to_be_bytes()].concat()
}
