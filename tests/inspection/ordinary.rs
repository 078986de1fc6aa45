//! Ordinary files pass: pictures lose what is not picture, PDFs lose nothing.

use super::make::{self, Pdf, deflated, page_tree, plain_pdf, stream};
use super::{LIMITS, inspect};
use domain::upload::MediaType::{self, Jpeg, Pdf as PdfType, Png};
use domain::upload::Reason;
use image::{ColorType, GenericImageView as _};
use inspection::Limits;
use std::fmt::Write as _;

/// Pages of a PDF that must pass, unchanged.
fn pages(bytes: &[u8]) -> u32 {
    let cleaned = inspect(bytes, PdfType).unwrap();
    assert_eq!(cleaned.bytes, bytes, "a PDF is kept byte for byte");
    cleaned.pages.unwrap()
}

/// Files as scanners, phones and word processors make them.
pub(super) fn ordinary() -> Vec<(&'static str, MediaType, Vec<u8>)> {
    vec![
        ("jpeg", Jpeg, make::jpeg()),
        ("jpeg from a phone", Jpeg, make::jpeg_with(0xE1, &make::gps_exif())),
        ("png", Png, make::png()),
        ("grey png", Png, make::grey_png()),
        ("png with text", Png, make::png_with(*b"tEXt", b"Software\0scanner")),
        ("pdf", PdfType, plain_pdf(1)),
        ("pdf of three pages", PdfType, plain_pdf(3)),
        ("pdf with an object stream", PdfType, object_stream_pdf()),
        ("pdf of a scan", PdfType, scanned_pdf()),
        ("pdf of a library", PdfType, armoured_pdf()),
        ("pdf with a link", PdfType, linking_pdf("/A << /S /URI /URI (https://example.edu.cn/check) >>")),
        ("pdf, saved again", PdfType, updated_pdf()),
        ("pdf of a word processor", PdfType, hybrid_pdf()),
        ("pdf for the web", PdfType, linearized_pdf()),
    ]
}

fn object_stream_pdf() -> Vec<u8> {
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>";
    let tree = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 >>", page, page, page, "41"];
    Pdf::new().packed(&tree).object(stream_of_length("6 0 R", &[b'q'; 41])).stream()
}

/// A picture whose length is an object of its own, as scanners write it.
fn scanned_pdf() -> Vec<u8> {
    let picture = make::jpeg();
    let entries = "/Type /XObject /Subtype /Image /Width 48 /Height 32 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode";
    let scan = [b"<< ", entries.as_bytes(), b" /Length 5 0 R >>\r\nstream\r\n", &picture, b"\r\nendstream"].concat();
    let length = picture.len().to_string();
    Pdf::of(&page_tree(1, "")).object(scan).object(length).table()
}

fn stream_of_length(length: &str, data: &[u8]) -> Vec<u8> {
    [format!("<< /Length {length} >>\nstream\n").as_bytes(), data, b"\nendstream"].concat()
}

/// Deflated, and then written in base 85: five characters for four bytes.
fn armoured_pdf() -> Vec<u8> {
    let mut text = String::new();
    for part in deflated(b"0 0 m 10 10 l S").chunks(4) {
        let mut group = [0; 4];
        group[..part.len()].copy_from_slice(part);
        let value = u32::from_be_bytes(group);
        let digits: Vec<char> =
            (0..5).rev().map(|place| char::from(b'!' + u8::try_from(value / 85_u32.pow(place) % 85).unwrap())).collect();
        text.extend(&digits[..=part.len()]);
    }
    let page = stream("/Filter [/ASCII85Decode /FlateDecode]", (text + "~>").as_bytes());
    Pdf::of(&page_tree(1, "")).object(page).table()
}

pub(super) fn linking_pdf(entries: &str) -> Vec<u8> {
    Pdf::of(&page_tree(1, "")).object(format!("<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /F 4 {entries} >>")).table()
}

/// Where a file says its cross-references are.
pub(super) fn start(file: &[u8]) -> String {
    let before = file.windows(9).rposition(|window| window == b"startxref").unwrap();
    file[before + 9..].iter().map(|byte| char::from(*byte)).filter(char::is_ascii_digit).collect()
}

/// With a table for old readers, and a section that completes it by a stream for others.
fn hybrid_pdf() -> Vec<u8> {
    let pdf = Pdf::of(&page_tree(1, ""));
    let completing = pdf.length();
    let file = pdf.object(stream("/Type /XRef /Size 5 /Index [0 1] /W [1 2 1] /Root 1 0 R", &[0, 0, 0, 255])).table();
    let trailer = format!("<</Size 5/Root 1 0 R/Prev {}/XRefStm {completing}>>", start(&file));
    let section = format!("xref\r\n0 0\r\ntrailer\r\n{trailer}\r\nstartxref\r\n{}\r\n%%EOF", file.len());
    [file, section.into_bytes()].concat()
}

/// As written for the web: the section of the first page stands before the objects, and the file ends with where it is.
pub(super) fn linearized_pdf() -> Vec<u8> {
    let [catalogue, tree, page] = page_tree(1, "").try_into().unwrap();
    let head = b"%PDF-1.7\n4 0 obj\n<< /Linearized 1 >>\nendobj\n";
    let first = |previous: usize| {
        format!("xref\n4 1\n0000000009 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R /Prev {previous:010} >>\nstartxref\n0\n%%EOF\n")
    };
    let mut file = [&head[..], first(0).as_bytes()].concat();
    let mut main = String::from("xref\n0 4\n0000000000 65535 f \n");
    for (id, object) in (1..).zip([catalogue, tree, page]) {
        writeln!(main, "{:010} 00000 n ", file.len()).unwrap();
        file = [&file[..], format!("{id} 0 obj\n").as_bytes(), &object, b"\nendobj\n"].concat();
    }
    let section = head.len();
    write!(main, "trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{section:010}\n%%EOF\n").unwrap();
    let file = make::replaced(&file, first(0).as_bytes(), first(file.len()).as_bytes());
    [file, main.into_bytes()].concat()
}

fn updated_pdf() -> Vec<u8> {
    let first = plain_pdf(1);
    let previous = start(&first);
    let page = b"3 0 obj\n<< /Type /Page /Parent 2 0 R /Rotate 90 >>\nendobj\n";
    let (offset, table) = (first.len(), first.len() + page.len());
    let trailer =
        format!("xref\n3 1\n{offset:010} 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R /Prev {previous} >>\nstartxref\n{table}\n%%EOF");
    [first, page.to_vec(), trailer.into_bytes()].concat()
}

#[test]
fn ordinary_files_pass() {
    for (name, declared, bytes) in ordinary() {
        let cleaned = inspect(&bytes, declared).unwrap_or_else(|reason| panic!("{name}: {reason:?}"));
        assert_eq!((cleaned.media_type, cleaned.pages.is_some()), (declared, declared == PdfType), "{name}");
        assert!(cleaned.bytes.len() <= LIMITS.max_bytes, "{name}");
    }
}

#[test]
fn pages_are_counted() {
    assert_eq!(pages(&plain_pdf(1)), 1);
    assert_eq!(pages(&plain_pdf(50)), 50);
    assert_eq!(pages(&object_stream_pdf()), 3);
    assert_eq!(pages(&updated_pdf()), 1);
}

#[test]
fn a_picture_keeps_its_pixels_and_loses_where_it_was_taken() {
    let photograph = make::jpeg_with(0xE1, &make::gps_exif());
    assert!(photograph.windows(12).any(|window| window == b"GPS-POSITION"));
    let cleaned = inspect(&photograph, Jpeg).unwrap().bytes;
    assert!(!cleaned.windows(4).any(|window| window == b"Exif"));
    let (before, after) = (image::load_from_memory(&photograph).unwrap(), image::load_from_memory(&cleaned).unwrap());
    assert_eq!(before.dimensions(), after.dimensions());
    let worst = before.to_rgb8().iter().zip(after.to_rgb8().iter()).map(|(one, other)| one.abs_diff(*other)).max().unwrap();
    assert!(worst < 60, "{worst}");
}

#[test]
fn a_png_keeps_every_pixel_and_loses_its_text() {
    let scan = make::png_with(*b"tEXt", b"Author\0somebody");
    let cleaned = inspect(&scan, Png).unwrap().bytes;
    assert!(!cleaned.windows(4).any(|window| window == b"tEXt"));
    assert_eq!(image::load_from_memory(&scan).unwrap(), image::load_from_memory(&cleaned).unwrap());
}

#[test]
fn a_png_of_any_colours_keeps_every_pixel() {
    for colours in [ColorType::L8, ColorType::La8, ColorType::Rgb8, ColorType::Rgba8] {
        let drawing = make::drawn_png(colours);
        let cleaned = inspect(&drawing, Png).unwrap().bytes;
        let [before, after] = [drawing, cleaned].map(|bytes| image::load_from_memory(&bytes).unwrap());
        assert_eq!((after.color(), after), (colours, before));
    }
}

#[test]
fn a_png_is_seen_as_it_is_stored() {
    let exif = make::orientation_exif(6);
    let turned = make::png_with(*b"eXIf", exif.strip_prefix(b"Exif\0\0").unwrap());
    let cleaned = inspect(&turned, Png).unwrap().bytes;
    assert_eq!(image::load_from_memory(&make::png()).unwrap(), image::load_from_memory(&cleaned).unwrap());
}

#[test]
fn a_picture_that_grows_beyond_the_limit_is_refused() {
    for (declared, bytes) in [(Jpeg, make::jpeg()), (Png, make::png()), (Jpeg, make::jpeg_with(0xE1, &make::orientation_exif(6)))] {
        let length = inspect(&bytes, declared).unwrap().bytes.len();
        let at = |max_bytes| inspection::inspect(&bytes, declared, &Limits { max_bytes }).map(|cleaned| cleaned.bytes.len());
        assert_eq!(at(length.max(bytes.len())), Ok(length), "{declared:?}");
        assert_eq!(at(length - 1), Err(Reason::TooLarge), "{declared:?}");
    }
}

#[test]
fn a_photograph_is_turned_the_way_it_was_taken() {
    let upright = image::load_from_memory(&inspect(&make::jpeg(), Jpeg).unwrap().bytes).unwrap();
    let turned = make::jpeg_with(0xE1, &make::orientation_exif(6));
    let turned = image::load_from_memory(&inspect(&turned, Jpeg).unwrap().bytes).unwrap();
    assert_eq!(turned.dimensions(), (upright.height(), upright.width()));
}
