//! Facts in the words of documents: money, months, moments.

use documents::Moment;
use domain::party::Initiator;
use domain::values::{Text, Timestamp};

/// In the place of what a document has to say and nobody knows.
pub(crate) const UNKNOWN: &str = "—";

/// What people wrote. The typeface has spaces, and no tabs.
pub(crate) fn text<const MAX: usize>(text: &Text<MAX>) -> String {
    text.as_str().replace('\t', " ")
}

/// What people wrote, if they did.
pub(crate) fn written<const MAX: usize>(field: Option<&Text<MAX>>) -> Option<String> {
    field.map(text)
}

/// Monthly pay: 10,000.00 元/月.
pub(crate) fn monthly(fen: u64) -> String {
    let yuan = (fen / 100).to_string();
    let mut grouped = String::new();
    for (place, digit) in yuan.chars().enumerate() {
        if place > 0 && (yuan.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped}.{:02} 元/月", fen % 100)
}

/// So many months.
pub(crate) fn months(number: u16) -> String {
    format!("{number} 个月")
}

/// A day that is written yyyyMMdd, as yyyy-MM-dd.
pub(crate) fn day(digits: &str) -> Option<String> {
    Some(format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?))
}

/// One of the two parties.
pub(crate) fn party(party: Initiator) -> &'static str {
    match party {
        Initiator::Student => "毕业生",
        Initiator::Employer => "用人单位",
    }
}

/// An instant in Beijing time, as files have it.
pub(crate) fn moment(at: Timestamp) -> Moment {
    let shown = at.in_shanghai_to_the_second();
    let numbers: Vec<u16> = shown.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
    let number = |place: usize| numbers.get(place).copied().unwrap_or_default();
    let small = |place: usize| u8::try_from(number(place)).unwrap_or_default();
    Moment { year: number(0), month: small(1), day: small(2), hour: small(3), minute: small(4), second: small(5) }
}
