//! Reads documents as a stranger's program would: lines with their places, tags, dark squares. Pure Rust, over `lopdf`.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

/// A line of text on a page, in points from its upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) page: u32,
    pub(crate) x: f32,
    pub(crate) baseline: f32,
    pub(crate) width: f32,
    pub(crate) size: f32,
    pub(crate) text: String,
    /// Whether it is no part of the content: a running head, a page number, what is shown again.
    pub(crate) artifact: bool,
}

/// A document that was read.
pub(crate) struct Read {
    pub(crate) document: Document,
    pub(crate) lines: Vec<Line>,
    /// Corners of dark squares that make a code: left, top, right, bottom.
    pub(crate) squares: Vec<[f32; 4]>,
    /// What is to be read in the place of several lines.
    pub(crate) actual: Vec<String>,
}

/// What a font of the file says of its glyphs.
struct Face {
    unicode: BTreeMap<u16, String>,
    widths: BTreeMap<u16, f32>,
    default_width: f32,
}

const HEIGHT: f32 = 841.89;

pub(crate) fn read(bytes: &[u8]) -> Read {
    let document = Document::load_mem(bytes).unwrap();
    let mut read = Read { document, lines: Vec::new(), squares: Vec::new(), actual: Vec::new() };
    for (number, page) in read.document.get_pages() {
        let faces = faces(&read.document, page);
        let content = Content::decode(&read.document.get_page_content(page)).unwrap();
        let mut reader = Reader { page: number, artifact: false, font: (Vec::new(), 0.0), at: (0.0, 0.0), faces, path: Vec::new() };
        for operation in &content.operations {
            read.lines.extend(reader.line(operation));
            read.actual.extend(actual(operation));
            read.squares.extend(reader.squares(operation).into_iter().flatten());
        }
    }
    read
}

impl Read {
    pub(crate) fn pages(&self) -> u32 {
        u32::try_from(self.document.get_pages().len()).unwrap()
    }

    /// All lines of the content, each on one line, pages apart.
    pub(crate) fn text(&self) -> String {
        let mut page = 0;
        let mut text = String::new();
        for line in &self.lines {
            if line.page != page {
                page = line.page;
                text.extend(["--- ", &page.to_string(), "\n"]);
            }
            let mark = if line.artifact { "* " } else { "" };
            text.extend([mark, line.text.trim_end(), "\n"]);
        }
        text
    }

    /// The content without line breaks and without what is shown again.
    pub(crate) fn running(&self) -> String {
        self.lines.iter().filter(|line| !line.artifact).map(|line| line.text.as_str()).collect()
    }

    /// How often each kind of tag is there.
    pub(crate) fn tags(&self) -> BTreeMap<String, usize> {
        let mut tags = BTreeMap::new();
        let elements = self.document.objects.values().filter_map(|object| object.as_dict().ok());
        for element in elements.filter(|element| element.get(b"Type").and_then(Object::as_name).is_ok_and(|name| name == b"StructElem")) {
            let kind = String::from_utf8(element.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
            *tags.entry(kind).or_insert(0) += 1;
        }
        tags
    }

    /// What the file says of itself, as XML.
    pub(crate) fn metadata(&self) -> String {
        let catalog = self.document.catalog().unwrap();
        let (_, stream) = self.document.dereference(catalog.get(b"Metadata").unwrap()).unwrap();
        let stream = stream.as_stream().unwrap();
        String::from_utf8(stream.get_plain_content().unwrap_or_else(|_| stream.content.clone())).unwrap()
    }
}

/// Goes through the operations of a page.
struct Reader {
    page: u32,
    artifact: bool,
    font: (Vec<u8>, f32),
    at: (f32, f32),
    faces: BTreeMap<Vec<u8>, Face>,
    path: Vec<(f32, f32)>,
}

impl Reader {
    fn line(&mut self, operation: &Operation) -> Option<Line> {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BMC" | "BDC" => self.artifact = operands[0].as_name().unwrap() == b"Artifact",
            "Tf" => self.font = (operands[0].as_name().unwrap().to_vec(), operands[1].as_float().unwrap()),
            "Tm" => self.at = (operands[4].as_float().unwrap(), operands[5].as_float().unwrap()),
            "Tj" => return Some(self.shown(operands)),
            "TJ" => return Some(self.shown(operands[0].as_array().unwrap())),
            _ => {}
        }
        None
    }

    fn shown(&self, pieces: &[Object]) -> Line {
        let face = &self.faces[&self.font.0];
        let (mut text, mut width) = (String::new(), 0.0);
        for piece in pieces {
            if let Ok(codes) = piece.as_str() {
                for code in codes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])) {
                    text += &face.unicode[&code];
                    width += face.widths.get(&code).copied().unwrap_or(face.default_width);
                }
            } else {
                width -= piece.as_float().unwrap();
            }
        }
        let size = self.font.1;
        // The page is drawn upside down, as its origin is to be the upper left corner.
        let (x, baseline) = self.at;
        Line { page: self.page, x, baseline, width: width / 1_000.0 * size, size, text, artifact: self.artifact }
    }

    /// The rectangles of a path that is filled and no adornment.
    fn squares(&mut self, operation: &Operation) -> Option<Vec<[f32; 4]>> {
        if self.artifact {
            return None;
        }
        match operation.operator.as_str() {
            "m" | "l" => self.path.push((operation.operands[0].as_float().unwrap(), operation.operands[1].as_float().unwrap())),
            "f" => {
                let path = std::mem::take(&mut self.path);
                return Some(path.chunks(4).map(|corners| [corners[0].0, corners[0].1, corners[2].0, corners[2].1]).collect());
            }
            "S" | "n" => self.path.clear(),
            _ => {}
        }
        None
    }
}

/// The text that marks what follows, in UTF-16 with a byte order mark.
fn actual(operation: &Operation) -> Option<String> {
    let properties = operation.operands.get(1).filter(|_| operation.operator == "BDC")?.as_dict().ok()?;
    let units: Vec<u16> =
        properties.get(b"ActualText").ok()?.as_str().ok()?.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    Some(String::from_utf16(&units).unwrap().trim_start_matches('\u{FEFF}').to_owned())
}

fn faces(document: &Document, page: ObjectId) -> BTreeMap<Vec<u8>, Face> {
    document.get_page_fonts(page).unwrap().into_iter().map(|(name, font)| (name, face(document, font))).collect()
}

fn face(document: &Document, font: &Dictionary) -> Face {
    let follow = |object: &Object| document.dereference(object).unwrap().1.clone();
    let cmap = follow(font.get(b"ToUnicode").unwrap());
    let cmap = cmap.as_stream().unwrap();
    let cmap = String::from_utf8(cmap.decompressed_content().unwrap_or_else(|_| cmap.content.clone())).unwrap();
    let descendants = follow(font.get(b"DescendantFonts").unwrap());
    let descendant = follow(&descendants.as_array().unwrap()[0]);
    let descendant = descendant.as_dict().unwrap();
    let default_width = descendant.get(b"DW").map_or(1_000.0, |width| width.as_float().unwrap());
    let widths = descendant.get(b"W").map_or_else(|_| BTreeMap::new(), |widths| runs(follow(widths).as_array().unwrap()));
    Face { unicode: unicode(&cmap), widths, default_width }
}

/// The lines `<code> <UTF-16>` of a map.
fn unicode(cmap: &str) -> BTreeMap<u16, String> {
    let hex = |text: &str| text.trim_matches(['<', '>']).to_owned();
    let pairs = cmap.lines().filter_map(|line| line.split_once("> <")).filter(|(_, to)| !to.contains("> <"));
    let pair = |(code, to): (&str, &str)| {
        let units: Vec<u16> =
            hex(to).as_bytes().chunks(4).map(|unit| u16::from_str_radix(std::str::from_utf8(unit).unwrap(), 16).unwrap()).collect();
        u16::from_str_radix(&hex(code), 16).ok().map(|code| (code, String::from_utf16(&units).unwrap()))
    };
    pairs.filter_map(pair).collect()
}

/// Widths by `first last width` and `first [widths]`.
fn runs(array: &[Object]) -> BTreeMap<u16, f32> {
    let number = |object: &Object| u16::try_from(object.as_i64().unwrap()).unwrap();
    let mut widths = BTreeMap::new();
    let mut rest = array;
    while let [first, second, more @ ..] = rest {
        let first = number(first);
        if let Ok(list) = second.as_array() {
            widths.extend((first..).zip(list.iter().map(|width| width.as_float().unwrap())));
            rest = more;
        } else {
            let width = more[0].as_float().unwrap();
            widths.extend((first..=number(second)).map(|code| (code, width)));
            rest = &more[1..];
        }
    }
    widths
}

/// What a camera sees of the squares, and what a decoder reads from it.
pub(crate) fn decoded(squares: &[[f32; 4]]) -> String {
    const SCALE: f32 = 6.0;
    let dark =
        |x: f32, y: f32| squares.iter().any(|[left, top, right, bottom]| (*left..*right).contains(&x) && (*top..*bottom).contains(&y));
    let side = |length: f32| format!("{:.0}", length * SCALE).parse::<usize>().unwrap();
    let place = |pixel: usize| (f32::from(u16::try_from(pixel).unwrap()) + 0.5) / SCALE;
    let (left, width, height) = (440.0, side(155.0), side(HEIGHT / 5.0));
    let shade = |x, y| if dark(left + place(x), place(y)) { 0 } else { 255 };
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, shade);
    picture.detect_grids()[0].decode().unwrap().1
}
