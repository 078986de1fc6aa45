//! Names of cells and areas as sheets write them: `B7`, `A1:C3`. Rows and columns count from 1.

/// The last row that there is.
pub(crate) const LAST_ROW: u32 = 1_048_576;
/// The last column that there is, XFD.
pub(crate) const LAST_COLUMN: u32 = 16_384;

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) row: u32,
    pub(crate) column: u32,
}

impl Place {
    /// The cell of a name, with or without the dollar signs of an absolute one.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let name = name.strip_prefix('$').unwrap_or(name);
        let letters = name.find(|character: char| !character.is_ascii_alphabetic())?;
        let (letters, digits) = name.split_at_checked(letters)?;
        let digits = digits.strip_prefix('$').unwrap_or(digits);
        if letters.is_empty() || letters.len() > 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let value = |letter: u8| u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        let column = letters.bytes().fold(0, |column, letter| column * 26 + value(letter));
        Some(Self { row: row(digits)?, column: (column <= LAST_COLUMN).then_some(column)? })
    }
}

/// The row of a number.
pub(crate) fn row(digits: &str) -> Option<u32> {
    digits.parse().ok().filter(|row| (1..=LAST_ROW).contains(row))
}

/// An area, from its first cell to its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) first: Place,
    pub(crate) last: Place,
}

impl Area {
    /// The area of a name; one cell is an area too.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let (first, last) = name.split_once(':').unwrap_or((name, name));
        let (first, last) = (Place::parse(first)?, Place::parse(last)?);
        (first.row <= last.row && first.column <= last.column).then_some(Self { first, last })
    }

    /// Whether it is more than one cell.
    pub(crate) fn is_wide(self) -> bool {
        self.first != self.last
    }

    pub(crate) fn has_row(self, row: u32) -> bool {
        (self.first.row..=self.last.row).contains(&row)
    }

    pub(crate) fn has(self, place: Place) -> bool {
        self.has_row(place.row) && (self.first.column..=self.last.column).contains(&place.column)
    }

    /// The smallest area with both.
    pub(crate) fn with(self, other: Self) -> Self {
        let first = Place { row: self.first.row.min(other.first.row), column: self.first.column.min(other.first.column) };
        let last = Place { row: self.last.row.max(other.last.row), column: self.last.column.max(other.last.column) };
        Self { first, last }
    }
}
