//! The files: the same bytes for the same input, tagged, and saying what they are.

use super::every_kind;
use super::reading::read;
use super::scene::{DRAWN_AT, letter};
use documents::{Moment, TEMPLATE};
use skrifa::{FontRef, MetadataProvider as _};
use std::path::Path;

#[test]
fn the_same_input_gives_the_same_bytes() {
    for ((name, first), (_, second)) in every_kind().into_iter().zip(every_kind()) {
        assert!(first == second, "{name}");
    }
}

#[test]
fn another_moment_or_another_word_gives_other_bytes() {
    let usual = documents::invitation(&letter(), DRAWN_AT).unwrap();
    let later = documents::invitation(&letter(), Moment { second: 6, ..DRAWN_AT }).unwrap();
    let mut other = letter();
    other.terms.workplace += "。";
    assert!(usual != later && usual != documents::invitation(&other, DRAWN_AT).unwrap());
}

#[test]
fn every_document_is_tagged_and_says_that_it_is_pdf_a() {
    for (name, bytes) in every_kind() {
        let read = read(&bytes);
        let tags = read.tags();
        assert_eq!(tags.get("H1"), Some(&1), "{name}: {tags:?}");
        for tag in ["P", "Table", "TR", "TH", "TD"] {
            assert!(tags.get(tag).is_some_and(|count| *count > 0), "{name}: no {tag}");
        }
        let catalog = read.document.catalog().unwrap();
        assert!(catalog.has(b"StructTreeRoot") && catalog.get(b"Lang").unwrap().as_str().unwrap() == b"zh-CN", "{name}");
        let metadata = read.metadata();
        for said in ["<pdfaid:part>2<", "<pdfaid:conformance>A<", "<rdf:li>zh-CN<", "2026-11-24T15:40:05+08:00", "<dc:title>", TEMPLATE] {
            assert!(metadata.contains(said), "{name}: {said} in {metadata}");
        }
    }
}

#[test]
fn what_is_not_marked_as_an_adornment_is_part_of_the_tags() {
    for (name, bytes) in every_kind() {
        let read = read(&bytes);
        let text = read.running();
        assert!(!text.contains("第 1 页") && !text.contains("SHA-256　"), "{name}: heads and feet are no content");
    }
}

#[test]
fn a_document_neither_acts_nor_reaches_out() {
    for (name, bytes) in every_kind() {
        for object in read(&bytes).document.objects.values().filter_map(|object| object.as_dict().ok()) {
            for key in [&b"JS"[..], b"AA", b"OpenAction", b"URI", b"EmbeddedFiles", b"AcroForm"] {
                assert!(!object.has(key), "{name}: {object:?}");
            }
        }
    }
}

#[test]
fn the_coverage_tells_what_the_typeface_has() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/typeface/font");
    let bytes = std::fs::read(folder.join("serif-regular.otf")).unwrap();
    let charmap = FontRef::new(&bytes).unwrap().charmap();
    let differing: Vec<char> = ('\u{20}'..='\u{3FFFF}')
        .filter(|character| charmap.map(*character).is_some() == typeface::lacks(&character.to_string()).contains(character))
        .collect();
    assert!(differing.is_empty(), "{differing:?}");
}
