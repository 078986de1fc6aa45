//! Names that a scan has no use for: what runs, acts, carries another file, or reaches outside.

use super::lexer::{Bracket, Token, is_regular, unescaped};
use super::stream::MAX_SIDE;
use domain::upload::Reason;
use std::borrow::Cow;

/// Names that random bytes hold too seldom to matter: in the raw file, also where the walk sees only the inside of a stream, because
/// another reader may look for objects there.
const SHORTEST_RAW: usize = 5;

/// Longest name that is looked at in the raw file, escapes included.
const LONGEST_RAW: usize = 64;

/// Links that act only when clicked, and only by opening a page or a letter. Every word processor writes them.
const LINKS: [&[u8]; 4] = [b"http://", b"https://", b"mailto:", b"tel:"];

/// What a name by itself says against a file.
fn verdict(name: &[u8]) -> Option<Reason> {
    let reason = match name {
        b"JavaScript" | b"JS" => Reason::Script,
        b"AA" | b"Launch" | b"SubmitForm" | b"ResetForm" | b"ImportData" | b"RichMedia" | b"3D" | b"OnInstantiate" | b"Rendition"
        | b"Movie" | b"Sound" | b"RichMediaExecute" | b"GoToDp" => Reason::Action,
        b"EmbeddedFile" | b"EmbeddedFiles" | b"EF" | b"FileAttachment" | b"Collection" => Reason::EmbeddedFile,
        b"GoToR" | b"GoToE" | b"Thread" | b"UF" => Reason::ExternalReference,
        b"XFA" => Reason::FormXfa,
        b"Encrypt" => Reason::Encrypted,
        _ => return None,
    };
    Some(reason)
}

/// Looks for long names in all bytes, whatever they belong to.
pub(super) fn check_raw(bytes: &[u8]) -> Result<(), Reason> {
    for name in raw(bytes) {
        // Sounds and films are also words, and text stands in streams.
        if name.len() >= SHORTEST_RAW && !matches!(name.as_ref(), b"Movie" | b"Sound" | b"Collection" | b"Rendition" | b"Thread") {
            verdict(&name).map_or(Ok(()), Err)?;
        }
    }
    Ok(())
}

/// How often the names of streams that hold structure stand in all bytes, whatever they belong to.
pub(super) fn count_structures(bytes: &[u8]) -> usize {
    raw(bytes).filter(|name| is_structure(name)).count()
}

/// Whether this is what a stream that holds structure is called: objects, or cross-references.
pub(super) fn is_structure(name: &[u8]) -> bool {
    matches!(name, b"ObjStm" | b"XRef")
}

fn raw(bytes: &[u8]) -> impl Iterator<Item = Cow<'_, [u8]>> {
    bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(i, _)| {
        let rest = bytes.get(i + 1..).unwrap_or_default();
        let length = rest.iter().take(LONGEST_RAW).take_while(|byte| is_regular(**byte)).count();
        unescaped(rest.get(..length).unwrap_or_default())
    })
}

/// Looks at every name among the tokens of an object, and at what some of them stand before.
pub(super) fn check(tokens: &[Token<'_>]) -> Result<(), Reason> {
    for (i, token) in tokens.iter().enumerate() {
        let Token::Name(name) = token else { continue };
        verdict(name).map_or(Ok(()), Err)?;
        let value = tokens.get(i + 1..).unwrap_or_default();
        let next = value.first();
        match name.as_ref() {
            // A place to open at is an array; anything else acts.
            b"OpenAction" if next != Some(&Token::Open(Bracket::Array)) => return Err(Reason::Action),
            b"Filespec" => {
                let embedded = tokens.iter().any(|token| token.is_name(b"EF"));
                return Err(if embedded { Reason::EmbeddedFile } else { Reason::ExternalReference });
            }
            b"F" if !keeps_inside(value) => return Err(Reason::ExternalReference),
            // Of fax pictures, and of rows that are predicted, also when these parameters are an object of their own.
            b"Columns" | b"Rows" if !is_side(value) => return Err(Reason::TooManyPixels),
            b"URI" if !is_link(next) => return Err(Reason::ExternalReference),
            _ => {}
        }
    }
    Ok(())
}

/// Whether what follows `/F` is the flags of an annotation, the packing of a stream, or nothing: anything else may be a file, also if it
/// is looked up elsewhere.
fn keeps_inside(value: &[Token<'_>]) -> bool {
    match value {
        [_, _, Token::Word(b"R"), ..] => false,
        [Token::Word([b'0'..=b'9' | b'+' | b'-' | b'.', ..]) | Token::Name(_) | Token::Close(_), ..] | [] => true,
        [Token::Open(Bracket::Array), names @ ..] => {
            let other = names.iter().find(|token| !matches!(token, Token::Name(_)));
            matches!(other, Some(Token::Close(Bracket::Array)))
        }
        _ => false,
    }
}

/// Whether what follows is a side that a picture may have, or no value.
fn is_side(value: &[Token<'_>]) -> bool {
    match value {
        [_, _, Token::Word(b"R"), ..] => false,
        [first @ Token::Word(_), ..] => first.number().is_some_and(|side| side <= MAX_SIDE),
        _ => true,
    }
}

/// Whether what follows `/URI` is an address that may be clicked, or nothing: then the name is the kind of the action.
fn is_link(next: Option<&Token<'_>>) -> bool {
    match next {
        Some(Token::Text(address)) => is_web(address),
        Some(Token::Hex(digits)) => is_web(&from_hex(digits)),
        Some(Token::Name(_) | Token::Close(_)) => true,
        Some(Token::Word(_) | Token::Open(_)) | None => false,
    }
}

fn is_web(address: &[u8]) -> bool {
    LINKS.iter().any(|link| address.get(..link.len()).is_some_and(|start| start.eq_ignore_ascii_case(link)))
}

fn from_hex(digits: &[u8]) -> Vec<u8> {
    let values: Vec<u8> =
        digits.iter().filter_map(|digit| char::from(*digit).to_digit(16)).filter_map(|value| u8::try_from(value).ok()).collect();
    values.chunks(2).map(|pair| pair.iter().fold(0, |byte, value| byte << 4 | value)).collect()
}
