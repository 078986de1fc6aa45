//! Files that one reader sees differently from another: what a lenient reader would find, and the walk would not, is refused.

use super::inspect;
use super::make::{self, Pdf, page_tree, plain_pdf, replaced, stream};
use super::ordinary::{linearized_pdf, linking_pdf, start};
use domain::upload::MediaType::{Pdf as PdfType, Png};
use domain::upload::Reason;

fn refused(name: &str, bytes: &[u8], reason: Reason) {
    assert_eq!(inspect(bytes, PdfType).map(|cleaned| cleaned.pages), Err(reason), "{name}");
}

fn with_object(object: impl AsRef<[u8]>) -> Vec<u8> {
    Pdf::of(&page_tree(1, "")).object(object).table()
}

/// A whole object stream as bytes.
fn hidden(name: &str) -> Vec<u8> {
    format!("\n9 0 obj\n<< /Type /{name} /N 1 /First 4 /Length 9 >>\nstream\n1 0 <<>>\nendstream\nendobj\n").into_bytes()
}

#[test]
fn every_section_is_one_that_the_file_ends_with() {
    let web = linearized_pdf();
    let [first, main] = [make::positions(&web, b"xref\n").next(), make::positions(&web, b"xref\n0 ").next()].map(Option::unwrap);
    let (said, other) = (format!("startxref\n{first:010}"), format!("startxref\n{main:010}"));
    refused("first page's section that none refers to", &replaced(&web, said.as_bytes(), other.as_bytes()), Reason::Corrupt);
    let plain = plain_pdf(1);
    let later = format!("%startxref 17\n%startxref {}\n%%EOF", start(&plain));
    refused("start in a comment", &replaced(&plain, b"%%EOF", later.as_bytes()), Reason::Corrupt);
}

#[test]
fn a_container_is_an_object_stream_wherever_it_is_defined() {
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>";
    let tree = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page];
    let other = [b"4 0 obj\n".to_vec(), stream("/N 1 /First 4", b"1 0 <<>>"), b"\nendobj\n".to_vec()].concat();
    refused("container defined twice", &Pdf::new().raw(&other).packed(&tree).stream(), Reason::Corrupt);
    let inside = Pdf::new().packed(&tree).packed(&["5"]).stream();
    assert_eq!(inspect(&inside, PdfType).map(|cleaned| cleaned.pages), Ok(Some(1)));
}

#[test]
fn no_structure_hides_where_only_a_search_finds_it() {
    for name in ["ObjStm", "XRef", "Ob#6aStm", "#58Ref"] {
        let bytes = hidden(name);
        refused("in a stream", &with_object(stream("", &bytes)), Reason::Corrupt);
        refused("in a string", &with_object([b"(", &bytes[..], b")"].concat()), Reason::Corrupt);
        let comment = format!("%9 0 obj << /Type /{name} >>\n");
        refused("in a comment", &Pdf::of(&page_tree(1, "")).raw(comment.as_bytes()).table(), Reason::Corrupt);
    }
    let tree = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] >>"];
    let packed = Pdf::new().packed(&tree).object(stream("", &hidden("ObjStm"))).stream();
    refused("beside true ones", &packed, Reason::Corrupt);
}

#[test]
fn a_table_does_not_begin_with_a_free_object_of_number_one() {
    let catalogue = page_tree(1, "").swap_remove(0);
    let first = with_object(catalogue);
    let (previous, table) = (start(&first), first.len());
    let update = |freed: &str| {
        let trailer = format!("trailer\n<< /Size 5 /Root 4 0 R /Prev {previous} >>\nstartxref\n{table}\n%%EOF");
        [&first[..], format!("xref\n{freed}").as_bytes(), trailer.as_bytes()].concat()
    };
    assert!(inspect(&update("0 2\n0000000001 65535 f \n0000000000 00001 f \n"), PdfType).is_ok());
    refused("free one", &update("1 1\n0000000000 00001 f \n"), Reason::Corrupt);
    refused("free one, later", &update("0 1\n0000000001 65535 f \n1 1\n0000000000 00001 f \n"), Reason::Corrupt);
}

#[test]
fn a_header_is_a_line() {
    let with = |header: &str| replaced(&plain_pdf(1), b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", header.as_bytes());
    for header in ["%PDF-1.7;id\n", "%PDF-1.7 ; rm -r x\n", "%PDF-1.77\n", "%PDF-1.7/\n"] {
        refused(header, &with(header), Reason::PdfHeader);
    }
    let spaced = make::replaced(&plain_pdf(1), b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", b"%PDF-1.7 \r\n%\xe2\xe3\n");
    assert!(inspect(&spaced, PdfType).is_ok());
}

#[test]
fn no_entry_names_a_file_in_another_object() {
    for entry in ["/F 9 0 R", "/F << /A 1 >>", "/F [(a)]", "/F [9 0 R]", "/F true", "/UF 9 0 R", "/UF (a)", "/UF << /A 1 >>", "/UF [/A]"] {
        refused(entry, &with_object(format!("<< /Type /XObject {entry} >>")), Reason::ExternalReference);
    }
    for entry in ["/F 4", "/F /Fl", "/F [/A85 /Fl]", "/F [/A85]", "/H /F"] {
        assert!(inspect(&with_object(format!("<< /Type /XObject {entry} >>")), PdfType).is_ok(), "{entry}");
    }
    refused("thread", &linking_pdf("/A << /S /Thread /D 0 >>"), Reason::ExternalReference);
    refused("play", &linking_pdf("/A << /S /RichMediaExecute /TA 9 0 R >>"), Reason::Action);
    refused("part", &linking_pdf("/A << /S /GoToDp /Dp 9 0 R >>"), Reason::Action);
}

#[test]
fn a_picture_has_no_longer_sides_inside_than_its_object_says() {
    let picture = |filter: &str, data: &[u8]| with_object(stream(&format!("/Subtype /Image /Width 48 /Height 32 /Filter {filter}"), data));
    let large = make::jpeg_with_frame(0xC0, 8, 65_000, 65_000, &[0x11; 3]);
    let many = make::jpeg_with_frame(0xC2, 8, 14_000, 14_000, &[0x11; 3]);
    let inks = make::jpeg_with_frame(0xC0, 8, 32, 48, &[0x11; 4]);
    for (filter, pack) in [("/DCTDecode", <[u8]>::to_vec as fn(&[u8]) -> Vec<u8>), ("[/FlateDecode /DCTDecode]", make::deflated)] {
        refused(filter, &picture(filter, &pack(&large)), Reason::TooManyPixels);
        refused(filter, &picture(filter, &pack(&many)), Reason::TooManyPixels);
        refused(filter, &picture(filter, &pack(&make::png())), Reason::Corrupt);
        refused(filter, &picture(filter, &pack(&make::jpeg_with_frame(0xC0, 8, 0, 48, &[0x11; 3]))), Reason::Corrupt);
        for ordinary in [make::jpeg(), inks.clone()] {
            assert!(inspect(&picture(filter, &pack(&ordinary)), PdfType).is_ok(), "{filter}");
        }
    }
    let fax = |parameters: &str| picture(&format!("/CCITTFaxDecode /DecodeParms {parameters}"), b"\0");
    assert!(inspect(&fax("<< /K -1 /Columns 4960 /Rows 7016 >>"), PdfType).is_ok());
    for entry in ["/Columns 65000", "/Rows 99999999999", "/Columns -5", "/Rows 9 0 R"] {
        refused(entry, &fax(&format!("<< /K -1 {entry} >>")), Reason::TooManyPixels);
        refused(entry, &with_object(format!("<< /K -1 {entry} >>")), Reason::TooManyPixels);
    }
}

#[test]
fn chunks_that_do_not_draw_are_counted() {
    let many = |kind: [u8; 4], data: &[u8], count: usize| inspect(&make::png_with_many(kind, data, count), Png).map(|_| ());
    assert_eq!(many(*b"tEXt", b"a\0b", 256), Ok(()));
    assert_eq!(many(*b"tEXt", b"a\0b", 257), Err(Reason::TooComplex));
    let packed = [b"a\0\0".to_vec(), make::deflated(b"b")].concat();
    assert_eq!(many(*b"zTXt", &packed, 16), Ok(()));
    assert_eq!(many(*b"zTXt", &packed, 17), Err(Reason::TooComplex));
}
