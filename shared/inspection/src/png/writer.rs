//! Writing a PNG, row by row and no further than a limit: the encoder of the library packs a whole picture before it writes any of it,
//! and a picture that was packed well may be packed badly by another.

use super::SIGNATURE;
use crate::{Limited, predictor};
use domain::upload::Reason;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use image::DynamicImage;
use std::io::{self, Write as _};

/// Writes a picture of eight bits a channel.
pub(super) fn write(image: &DynamicImage, max_bytes: usize) -> Result<Vec<u8>, Reason> {
    let (channels, bytes) = (image.color().channel_count(), image.color().bytes_per_pixel());
    let colours = match channels {
        _ if bytes != channels => return Err(Reason::UnsupportedColours),
        1 => 0,
        2 => 4,
        3 => 2,
        4 => 6,
        _ => return Err(Reason::UnsupportedColours),
    };
    let (width, height) = (image.width(), image.height());
    let (across, channels) = (usize::try_from(width).map_err(|_| Reason::TooManyPixels)?, usize::from(channels));
    let pixels = pack(image.as_bytes(), across * channels, channels, max_bytes)?;
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, colours, 0, 0, 0]].concat();
    let mut file = Limited::new(max_bytes);
    let mut write = || {
        file.write_all(SIGNATURE)?;
        chunk(&mut file, *b"IHDR", &header)?;
        chunk(&mut file, *b"IDAT", &pixels)?;
        chunk(&mut file, *b"IEND", &[])
    };
    let whole = write().is_ok();
    file.written(whole)
}

/// Packs the rows, each as its differences to what the predictor foretells that foretells it best.
fn pack(rows: &[u8], length: usize, channels: usize, max_bytes: usize) -> Result<Vec<u8>, Reason> {
    let mut packed = ZlibEncoder::new(Limited::new(max_bytes), Compression::default());
    let first = vec![0; length];
    let mut above = first.as_slice();
    let (mut best, mut other) = (Vec::with_capacity(length), Vec::with_capacity(length));
    for row in rows.chunks_exact(length) {
        let mut least = (u64::MAX, 0);
        for kind in 0..predictor::KINDS {
            predictor::filter(kind, row, above, channels, &mut other);
            let sum = other.iter().map(|byte| u64::from(byte.cast_signed().unsigned_abs())).sum();
            if sum < least.0 {
                least = (sum, kind);
                std::mem::swap(&mut best, &mut other);
            }
        }
        let written = packed.write_all(&[least.1]).and_then(|()| packed.write_all(&best));
        if written.is_err() {
            return Err(Reason::TooLarge);
        }
        above = row;
    }
    packed.finish().map_err(|_| Reason::TooLarge)?.written(true)
}

fn chunk(file: &mut Limited, kind: [u8; 4], data: &[u8]) -> io::Result<()> {
    let mut checksum = Crc::new();
    checksum.update(&kind);
    checksum.update(data);
    let length = u32::try_from(data.len()).map_err(io::Error::other)?;
    file.write_all(&length.to_be_bytes())?;
    file.write_all(&kind)?;
    file.write_all(data)?;
    file.write_all(&checksum.sum().to_be_bytes())
}
