//! PDFs, written object by object, with a table or a stream of cross-references.

use super::deflated;
use std::fmt::Write as _;

/// A PDF in the making: the catalogue is object 1.
#[derive(Default)]
pub(in crate::inspection) struct Pdf {
    bytes: Vec<u8>,
    /// Type, offset or container, generation or index: of object 1 and on.
    places: Vec<(u8, usize, usize)>,
    /// What stands in the trailer besides size and root.
    trailer: String,
}

impl Pdf {
    pub(in crate::inspection) fn new() -> Self {
        Self { bytes: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), ..Self::default() }
    }

    /// With these objects.
    pub(in crate::inspection) fn of(objects: &[Vec<u8>]) -> Self {
        objects.iter().fold(Self::new(), Self::object)
    }

    pub(in crate::inspection) fn object(mut self, content: impl AsRef<[u8]>) -> Self {
        let id = self.places.len() + 1;
        self.places.push((1, self.bytes.len(), 0));
        self.bytes.extend_from_slice(format!("{id} 0 obj\n").as_bytes());
        self.bytes.extend_from_slice(content.as_ref());
        self.bytes.extend_from_slice(b"\nendobj\n");
        self
    }

    /// These objects in an object stream that is the object after them.
    pub(in crate::inspection) fn packed(mut self, objects: &[&str]) -> Self {
        let (mut index, mut content) = (String::new(), String::new());
        let container = self.places.len() + objects.len() + 1;
        for (i, object) in objects.iter().enumerate() {
            write!(index, "{} {} ", self.places.len() + 1, content.len()).unwrap();
            write!(content, "{object} ").unwrap();
            self.places.push((2, container, i));
        }
        let entries = format!("/Type /ObjStm /N {} /First {} /Filter /FlateDecode", objects.len(), index.len());
        self.object(stream(&entries, &deflated((index + &content).as_bytes())))
    }

    /// Bytes where they stand.
    pub(in crate::inspection) fn raw(mut self, bytes: &[u8]) -> Self {
        self.bytes.extend_from_slice(bytes);
        self
    }

    pub(in crate::inspection) fn trailer(mut self, entries: &str) -> Self {
        entries.clone_into(&mut self.trailer);
        self
    }

    /// Where the next thing will be.
    pub(in crate::inspection) fn length(&self) -> usize {
        self.bytes.len()
    }

    /// The file, with a table.
    pub(in crate::inspection) fn table(mut self) -> Vec<u8> {
        let start = self.bytes.len();
        let size = self.places.len() + 1;
        let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n");
        for (_, offset, generation) in &self.places {
            writeln!(table, "{offset:010} {generation:05} n ").unwrap();
        }
        write!(table, "trailer\n<< /Size {size} /Root 1 0 R {} >>\nstartxref\n{start}\n%%EOF\n", self.trailer).unwrap();
        self.bytes.extend_from_slice(table.as_bytes());
        self.bytes
    }

    /// The file, with a stream; its rows predicted from those above, as writers do.
    pub(in crate::inspection) fn stream(mut self) -> Vec<u8> {
        let start = self.bytes.len();
        let size = self.places.len() + 2;
        self.places.push((1, start, 0));
        let mut above = [0_u8; 6];
        let mut rows = Vec::new();
        for (kind, second, third) in [(0, 0, 0)].iter().chain(&self.places) {
            let second = u32::try_from(*second).unwrap().to_be_bytes();
            let row = [*kind, second[0], second[1], second[2], second[3], u8::try_from(*third).unwrap()];
            rows.push(2);
            rows.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
            above = row;
        }
        let parameters = "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 6 >>";
        let entries = format!("/Type /XRef /Size {size} /W [1 4 1] /Root 1 0 R {parameters} {}", self.trailer);
        self.places.pop();
        let file = self.object(stream(&entries, &deflated(&rows)));
        file.raw(format!("startxref\n{start}\n%%EOF\n").as_bytes()).bytes
    }
}

/// A stream with these entries beside its length.
pub(in crate::inspection) fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    [format!("<< {entries} /Length {} >>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}

/// Catalogue, page tree and pages, as objects 1 and on; with something more in the catalogue.
pub(in crate::inspection) fn page_tree(pages: usize, catalogue: &str) -> Vec<Vec<u8>> {
    let kids = (3..pages + 3).map(|id| format!("{id} 0 R")).collect::<Vec<_>>().join(" ");
    let root = format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>");
    let tree = format!("<< /Type /Pages /Kids [{kids}] /Count {pages} >>");
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>";
    let all = [root, tree].into_iter().chain((0..pages).map(|_| page.to_owned()));
    all.map(String::into_bytes).collect()
}

/// An ordinary PDF of so many pages.
pub(in crate::inspection) fn plain_pdf(pages: usize) -> Vec<u8> {
    let text = stream("/Filter /FlateDecode", &deflated(b"BT /F1 12 Tf 72 720 Td (Employment certificate) Tj ET"));
    Pdf::of(&page_tree(pages, "/OpenAction [3 0 R /Fit]")).object(text).table()
}
