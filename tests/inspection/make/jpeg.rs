//! JPEGs: one from an encoder, and segments put into it.

use super::picture;
use image::codecs::jpeg::JpegEncoder;

/// A plain JPEG.
pub(in crate::inspection) fn jpeg() -> Vec<u8> {
    let mut bytes = Vec::new();
    picture().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 80)).unwrap();
    bytes
}

/// A JPEG with a segment right after its start.
pub(in crate::inspection) fn jpeg_with(marker: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len() + 2).unwrap().to_be_bytes();
    let plain = jpeg();
    [&plain[..2], &[0xFF, marker], &length, payload, &plain[2..]].concat()
}

/// A JPEG whose frame is replaced: coding, bits, height, width, and sampling of each component.
pub(in crate::inspection) fn jpeg_with_frame(marker: u8, bits: u8, height: u16, width: u16, sampling: &[u8]) -> Vec<u8> {
    let plain = jpeg();
    let start = plain.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    let old = usize::from(u16::from_be_bytes([plain[start + 2], plain[start + 3]])) + 2;
    let count = u8::try_from(sampling.len()).unwrap();
    let components: Vec<u8> = (1..).zip(sampling).flat_map(|(id, sampling)| [id, *sampling, 0]).collect();
    let length = u16::try_from(components.len() + 8).unwrap().to_be_bytes();
    let frame = [&[0xFF, marker][..], &length, &[bits], &height.to_be_bytes(), &width.to_be_bytes(), &[count], &components].concat();
    [&plain[..start], &frame, &plain[start + old..]].concat()
}

/// Exif that says where the photograph was taken.
pub(in crate::inspection) fn gps_exif() -> Vec<u8> {
    exif(0x8825, 4, 26)
}

/// Exif that says which way up it is.
pub(in crate::inspection) fn orientation_exif(orientation: u8) -> Vec<u8> {
    exif(0x0112, 3, u32::from(orientation))
}

/// One directory with one entry, then a directory of GPS tags.
fn exif(tag: u16, kind: u16, value: u32) -> Vec<u8> {
    let entry =
        |tag: u16, kind: u16, value: u32| [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &[1, 0, 0, 0], &value.to_le_bytes()].concat();
    let directory = |entry: &[u8]| [&[1, 0][..], entry, &[0; 4]].concat();
    let gps = entry(1, 2, u32::from(b'N'));
    let first = directory(&entry(tag, kind, value));
    [&b"Exif\0\0II*\0\x08\0\0\0"[..], &first, &directory(&gps), b"31 14 GPS-POSITION"].concat()
}
