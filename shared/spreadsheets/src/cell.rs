//! One cell: what its element says, kept as it is written.

use crate::Unreadable;
use crate::reference::Area;
use crate::styles::Styles;
use crate::text::{Shared, rich, written};
use crate::xml::{Node, Tag, Xml};

/// Characters of a number as it is written; the longest that a program writes has 24.
const LONGEST_NUMBER: usize = 64;

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing, or a text of no characters but spaces.
    Empty,
    /// A text, as Excel shows it, spaces around it included.
    Text(String),
    /// A number, digit by digit as the file has it, such as `20191009` or `1.10101199003E+17`.
    Number(String),
    /// A day, as `yyyy-mm-dd`: a number in the format of a date.
    Date(String),
    /// A formula, whatever its last result was.
    Formula,
    /// True or false, or an error such as `#N/A`.
    Other,
}

impl Cell {
    /// Whether nothing is seen in it: in a row, such a cell is empty.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_) | Self::Date(_) | Self::Formula | Self::Other => false,
        }
    }
}

/// What cells refer to.
#[derive(Clone, Copy)]
pub(crate) struct Sources<'s> {
    pub(crate) shared: &'s Shared,
    pub(crate) styles: &'s Styles,
    /// Characters that a cell may have.
    pub(crate) most: usize,
}

/// How the value of a cell is written.
#[derive(Clone, Copy)]
enum Kind {
    Shared,
    Inline,
    Text,
    Number,
    Day,
    Other,
}

/// What the start of a cell says.
pub(crate) struct Head {
    /// Its name, if it has one.
    pub(crate) name: Option<String>,
    kind: Kind,
    style: usize,
}

impl Head {
    pub(crate) fn of(tag: &Tag<'_>) -> Result<Self, Unreadable> {
        let [name, style, kind] = tag.attributes(["r", "s", "t"])?;
        let kind = match kind.as_deref() {
            Some("s") => Kind::Shared,
            Some("inlineStr") => Kind::Inline,
            Some("str") => Kind::Text,
            None | Some("n") => Kind::Number,
            Some("d") => Kind::Day,
            Some("b" | "e") => Kind::Other,
            Some(_) => return Err(Unreadable::BrokenXml),
        };
        let style = style.map_or(Ok(0), |style| style.parse()).map_err(|_| Unreadable::BrokenXml)?;
        Ok(Self { name, kind, style })
    }
}

/// A cell, and the area that its formula fills if that is more than itself.
pub(crate) fn read(xml: &mut Xml<'_>, head: &Head, sources: Sources<'_>) -> Result<(Cell, Option<Area>), Unreadable> {
    let inside = xml.depth();
    let (mut value, mut formula, mut fills) = (None, false, None);
    while xml.depth() >= inside {
        enum Next {
            Value,
            Inline,
            Aside,
            Space,
        }
        let next = match xml.next()? {
            Node::Open(tag) => match tag.name() {
                "v" => Next::Value,
                "is" => Next::Inline,
                "f" => {
                    formula = true;
                    fills = area(&tag)?;
                    Next::Aside
                }
                _ => Next::Aside,
            },
            Node::Close | Node::Text(_) => Next::Space,
            Node::End => return Err(Unreadable::BrokenXml),
        };
        match (next, head.kind) {
            (Next::Value, Kind::Text) => value = Some(written(xml, sources.most)?),
            (Next::Value, Kind::Inline) | (Next::Aside, _) => xml.skip()?,
            (Next::Value, _) => value = Some(xml.text(LONGEST_NUMBER)?.trim().to_owned()),
            (Next::Inline, Kind::Inline) => value = Some(rich(xml, sources.most)?),
            (Next::Inline, _) => xml.skip()?,
            (Next::Space, _) => {}
        }
    }
    if formula {
        return Ok((Cell::Formula, fills));
    }
    let cell = value.filter(|value| !value.is_empty()).map_or(Ok(Cell::Empty), |value| meant(value, head, sources))?;
    Ok((cell, None))
}

fn area(formula: &Tag<'_>) -> Result<Option<Area>, Unreadable> {
    let [kind, area] = formula.attributes(["t", "ref"])?;
    match (kind.as_deref(), area) {
        (Some("array" | "dataTable"), Some(area)) => {
            let area = Area::parse(&area).ok_or(Unreadable::BrokenXml)?;
            Ok(Some(area).filter(|area| area.is_wide()))
        }
        _ => Ok(None),
    }
}

fn meant(value: String, head: &Head, sources: Sources<'_>) -> Result<Cell, Unreadable> {
    let text = match head.kind {
        Kind::Text | Kind::Inline => value,
        Kind::Shared => {
            let shared = value.parse().ok().and_then(|number| sources.shared.get(number));
            shared.ok_or(Unreadable::BrokenXml)?.to_owned()
        }
        Kind::Number => return Ok(number(value, head.style, sources.styles)),
        Kind::Day => return Ok(day(&value).map_or(Cell::Other, Cell::Date)),
        Kind::Other => return Ok(Cell::Other),
    };
    // No text has more characters than bytes.
    if text.len() > sources.most && text.chars().count() > sources.most {
        return Err(Unreadable::CellTooLong);
    }
    Ok(if text.is_empty() { Cell::Empty } else { Cell::Text(text) })
}

/// A number stays as it is written: what a program makes of eighteen digits is for the caller to see.
fn number(value: String, style: usize, styles: &Styles) -> Cell {
    let written = value.len() < LONGEST_NUMBER && value.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'+' | b'-' | b'e' | b'E'));
    match value.parse::<f64>() {
        Ok(number) if written => styles.day(style, number).map_or(Cell::Number(value), Cell::Date),
        _ => Cell::Other,
    }
}

/// The day of a time as ISO 8601 writes it.
fn day(value: &str) -> Option<String> {
    let (day, rest) = value.split_at_checked(10)?;
    let form = day.bytes().enumerate().all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    (form && (rest.is_empty() || rest.starts_with('T'))).then(|| day.to_owned())
}
