//! Files made in code, ordinary and hostile: no hostile file lies in the repository.

mod jpeg;
mod pdf;
mod png;

pub(super) use jpeg::{gps_exif, jpeg, jpeg_with, jpeg_with_frame, orientation_exif};
pub(super) use pdf::{Pdf, page_tree, plain_pdf, stream};
pub(super) use png::{drawn_png, grey_png, png, png_of, png_with, png_with_many, rgb16_png};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::RgbImage;
use std::io::Write as _;

/// A small picture with some structure.
fn picture() -> RgbImage {
    RgbImage::from_fn(48, 32, |x, y| {
        let shade = u8::try_from((x * 5 + y * 3) % 256).unwrap();
        image::Rgb([shade, 255 - shade, if (x / 8 + y / 8) % 2 == 0 { 40 } else { 200 }])
    })
}

/// Deflated.
pub(super) fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// So many zeros, deflated a thousand to one.
pub(super) fn bomb(mebibytes: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    for _ in 0..mebibytes {
        encoder.write_all(&vec![0; 1 << 20]).unwrap();
    }
    encoder.finish().unwrap()
}

/// A zip of one entry; with bit 0 of its flags, under a password.
pub(super) fn zip(flags: u8, name: &str, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_le_bytes();
    let name_length = u16::try_from(name.len()).unwrap().to_le_bytes();
    let common = [&[20, 0, flags, 0][..], &[0; 10], &length, &length, &name_length, &[0, 0]].concat();
    let local = [&b"PK\x03\x04"[..], &common, name.as_bytes(), content].concat();
    let central = [&b"PK\x01\x02\x14\0"[..], &common, &[0; 14], name.as_bytes()].concat();
    let (start, size) = (u32::try_from(local.len()).unwrap(), u32::try_from(central.len()).unwrap());
    let end = [&b"PK\x05\x06\0\0\0\0\x01\0\x01\0"[..], &size.to_le_bytes(), &start.to_le_bytes(), &[0, 0]].concat();
    [local, central, end].concat()
}

/// The test virus, which every scanner knows; put together here so that no scanner finds this file.
pub(super) fn eicar() -> Vec<u8> {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-", "TEST-FILE!$H+H*"].concat().into_bytes()
}

/// Where some bytes occur.
pub(super) fn positions<'a>(bytes: &'a [u8], wanted: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    bytes.windows(wanted.len()).enumerate().filter(move |(_, window)| *window == wanted).map(|(at, _)| at)
}

/// The bytes with others in place of the first occurrence of some.
pub(super) fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let at = positions(bytes, old).next().unwrap();
    [&bytes[..at], new, &bytes[at + old.len()..]].concat()
}
