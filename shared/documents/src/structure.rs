//! What the marks on the pages are: headings, paragraphs, tables. It becomes the tags of the file, which screen readers follow.

use crate::page::Area;
use krilla::geom::Rect;
use krilla::tagging::{BBox, Identifier, Node as Child, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};
use std::num::{NonZeroU16, NonZeroU32};

/// A part of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeId(usize);

/// What a part of the document is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Role {
    /// A heading of a level, from 1.
    Heading(u16, String),
    Paragraph,
    /// A picture, and where it is.
    Figure {
        /// What it says to those who do not see it.
        says: String,
        page: usize,
        area: Area,
    },
    Table,
    Row,
    /// A cell that names a column.
    ColumnHead(Extent),
    /// A cell that names a row, or several.
    RowHead(Extent),
    Data(Extent),
}

/// Over how many columns and rows a cell reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) across: usize,
    pub(crate) down: usize,
}

#[derive(Debug)]
struct Node {
    role: Role,
    parent: Option<NodeId>,
    marks: Vec<Identifier>,
}

/// The parts of a document in the order in which they are read.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    nodes: Vec<Node>,
}

impl Structure {
    pub(crate) fn add(&mut self, role: Role, parent: Option<NodeId>) -> NodeId {
        self.nodes.push(Node { role, parent, marks: Vec::new() });
        NodeId(self.nodes.len() - 1)
    }

    /// What was drawn belongs to a part.
    pub(crate) fn mark(&mut self, node: NodeId, identifier: Identifier) {
        if let Some(node) = self.nodes.get_mut(node.0) {
            node.marks.push(identifier);
        }
    }

    /// The tags. Parts come after those that they are parts of, so one walk from the last to the first finds each complete.
    pub(crate) fn into_tags(self) -> TagTree {
        let mut children: Vec<Vec<Child>> = self.nodes.iter().map(|_| Vec::new()).collect();
        let mut roots = Vec::new();
        for (number, node) in self.nodes.into_iter().enumerate().rev() {
            let mut inner: Vec<Child> = node.marks.into_iter().map(Child::Leaf).collect();
            inner.extend(children.get_mut(number).map(std::mem::take).unwrap_or_default().into_iter().rev());
            let child = Child::Group(TagGroup::with_children(kind(node.role), inner));
            match node.parent.and_then(|parent| children.get_mut(parent.0)) {
                Some(siblings) => siblings.push(child),
                None => roots.push(child),
            }
        }
        let mut tree = TagTree::new().with_lang(Some(crate::paint::LANGUAGE.into()));
        roots.into_iter().rev().for_each(|root| tree.push(root));
        tree
    }
}

fn kind(role: Role) -> TagKind {
    match role {
        Role::Heading(level, title) => Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(title)).into(),
        Role::Paragraph => Tag::P.into(),
        Role::Figure { says, page, area } => {
            let rect = Rect::from_xywh(area.x, area.y, area.width, area.height);
            Tag::Figure(Some(says)).with_bbox(rect.map(|rect| BBox::new(page, rect))).into()
        }
        Role::Table => Tag::Table.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHead(extent) => head(TableHeaderScope::Column, extent),
        Role::RowHead(extent) => head(TableHeaderScope::Row, extent),
        Role::Data(Extent { across, down }) => Tag::TD.with_col_span(several(across)).with_row_span(several(down)).into(),
    }
}

fn head(scope: TableHeaderScope, extent: Extent) -> TagKind {
    Tag::TH(scope).with_col_span(several(extent.across)).with_row_span(several(extent.down)).into()
}

/// One is what a cell has anyway.
fn several(count: usize) -> Option<NonZeroU32> {
    u32::try_from(count).ok().filter(|&count| count > 1).and_then(NonZeroU32::new)
}
