//! Graduation years and response periods.

use super::Invalid;
use super::schema::{of, schema};
use serde_json::json;
use unicode_normalization::UnicodeNormalization as _;

const FIRST_YEAR: u16 = 2000;
const LAST_YEAR: u16 = 2099;

/// A graduation year (毕业届), 2000 to 2099.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct GraduationYear(u16);

impl GraduationYear {
    /// Reads `2027` or `2027届`.
    ///
    /// # Errors
    /// [`Invalid::Malformed`] for anything but four digits, [`Invalid::OutOfRange`] for another century.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let normal: String = text.trim().nfkc().collect();
        let digits = normal.strip_suffix('届').unwrap_or(&normal);
        if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Invalid::Malformed);
        }
        digits.parse::<u16>().map_err(|_| Invalid::Malformed)?.try_into()
    }
}

impl GraduationYear {
    /// Every year that there can be, for what looks through all of them.
    pub fn all() -> impl Iterator<Item = Self> {
        (FIRST_YEAR..=LAST_YEAR).map(Self)
    }
}

impl TryFrom<u16> for GraduationYear {
    type Error = Invalid;

    fn try_from(year: u16) -> Result<Self, Invalid> {
        if (FIRST_YEAR..=LAST_YEAR).contains(&year) {
            Ok(Self(year))
        } else {
            Err(Invalid::OutOfRange(i64::from(FIRST_YEAR), i64::from(LAST_YEAR)))
        }
    }
}

impl From<GraduationYear> for u16 {
    fn from(year: GraduationYear) -> Self {
        year.0
    }
}

impl std::fmt::Display for GraduationYear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// How many days a graduate has to answer a letter (学生签约反馈期限, SR-30): 1 to 30, narrower by school policy, 5 unless set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct ResponsePeriod {
    days: u8,
}

impl ResponsePeriod {
    /// The platform's bounds, which win over any school's.
    pub const BOUNDS: (i64, i64) = (1, 30);
    /// What holds when the employer sets nothing (SR-30).
    pub const DEFAULT: Self = Self { days: 5 };

    /// Takes whole days within the bounds.
    ///
    /// # Errors
    /// [`Invalid::OutOfRange`].
    pub fn from_days(days: i64) -> Result<Self, Invalid> {
        let (min, max) = Self::BOUNDS;
        match u8::try_from(days) {
            Ok(whole) if (min..=max).contains(&days) => Ok(Self { days: whole }),
            _ => Err(Invalid::OutOfRange(min, max)),
        }
    }

    /// Whole days of 24 hours.
    #[must_use]
    pub fn days(self) -> i64 {
        i64::from(self.days)
    }
}

impl TryFrom<i64> for ResponsePeriod {
    type Error = Invalid;

    fn try_from(days: i64) -> Result<Self, Invalid> {
        Self::from_days(days)
    }
}

impl From<ResponsePeriod> for i64 {
    fn from(period: ResponsePeriod) -> Self {
        period.days()
    }
}

schema!(
    GraduationYear,
    "GraduationYear",
    of(json!({ "type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR, "description": "毕业届: a year." }))
);
schema!(
    ResponsePeriod,
    "ResponsePeriod",
    of(
        json!({ "type": "integer", "minimum": Self::BOUNDS.0, "maximum": Self::BOUNDS.1, "description": "学生签约反馈期限: days of 24 hours." })
    )
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_taken_with_and_without_their_suffix() {
        assert_eq!(GraduationYear::parse("2027届").unwrap(), GraduationYear::parse(" ２０２７ ").unwrap());
        for (wrong, why) in [
            ("27", Invalid::Malformed),
            ("1999", Invalid::OutOfRange(2000, 2099)),
            ("20277", Invalid::Malformed),
            ("20 7", Invalid::Malformed),
        ] {
            assert_eq!(GraduationYear::parse(wrong), Err(why), "{wrong}");
        }
    }

    #[test]
    fn periods_are_one_to_thirty_days() {
        for days in [1, 5, 30] {
            assert_eq!(ResponsePeriod::from_days(days).unwrap().days(), days);
        }
        for days in [0, 31, -1, i64::MAX, 256 + 5] {
            assert_eq!(ResponsePeriod::from_days(days), Err(Invalid::OutOfRange(1, 30)), "{days}");
        }
    }
}
