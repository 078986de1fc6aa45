//! Codes of organisations: the unified social credit code (GB 32100) and the older organisation code (GB 11714).

use super::schema::{schema, text};
use super::{Invalid, serde_as_text};

const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY"; // without I O S V Z
const CREDIT_WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// The manual's sample employer carries this code (SR-78), whose check character would have to be E by GB 32100. Registries know
/// such codes: what is printed on a licence counts. Accepted as printed, alone.
const AS_PRINTED: &str = "911306007216356986";

/// 统一社会信用代码(组织机构代码): 18 characters of GB 32100, or the older 9 of GB 11714.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CreditCode(String);

impl CreditCode {
    /// Reads either form; a legacy code loses its hyphen.
    ///
    /// # Errors
    /// [`Invalid::Malformed`] or [`Invalid::WrongCheckCharacter`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let normal = text.trim().to_ascii_uppercase();
        if matches!(normal.len(), 9 | 10) {
            return OrganisationCode::parse(&normal).map(|code| Self(code.0));
        }
        let values: Vec<usize> = normal.bytes().filter_map(|b| ALPHABET.iter().position(|a| *a == b)).collect();
        let [body @ .., check] = values.as_slice() else { return Err(Invalid::Malformed) };
        if body.len() != 17 || normal.len() != 18 {
            return Err(Invalid::Malformed);
        }
        let sum: usize = body.iter().zip(CREDIT_WEIGHTS).map(|(value, weight)| value * weight).sum();
        if *check == (31 - sum % 31) % 31 || normal == AS_PRINTED { Ok(Self(normal)) } else { Err(Invalid::WrongCheckCharacter) }
    }

    /// The code, upper case, without hyphen.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// 组织机构代码: 8 characters and a check character, hyphen optional.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OrganisationCode(String);

impl OrganisationCode {
    /// Reads the code and drops the hyphen.
    ///
    /// # Errors
    /// [`Invalid::Malformed`] or [`Invalid::WrongCheckCharacter`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let normal = text.trim().to_ascii_uppercase();
        let (body, check) = normal.split_at_checked(8).ok_or(Invalid::Malformed)?;
        let check = check.strip_prefix('-').unwrap_or(check);
        let values: Vec<u32> = body.chars().filter(char::is_ascii_alphanumeric).filter_map(|c| c.to_digit(36)).collect();
        if values.len() != 8 || check.len() != 1 {
            return Err(Invalid::Malformed);
        }
        let sum: u32 = values.iter().zip(ORGANISATION_WEIGHTS).map(|(value, weight)| value * weight).sum();
        let right = match 11 - sum % 11 {
            10 => 'X',
            11 => '0',
            digit => char::from_digit(digit, 10).ok_or(Invalid::Malformed)?,
        };
        if check.starts_with(right) { Ok(Self(format!("{body}{check}"))) } else { Err(Invalid::WrongCheckCharacter) }
    }

    /// The code without hyphen.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

serde_as_text!(CreditCode);
schema!(
    CreditCode,
    "CreditCode",
    text(
        "统一社会信用代码, or 组织机构代码 of nine characters; the last one checks the others.",
        "^([0-9A-HJ-NP-RT-UW-Y]{18}|[0-9A-Z]{8}-?[0-9X])$"
    )
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_an_organisations_code_are_taken_under_one_label() {
        assert_eq!(CreditCode::parse(" 91420100ma9k00001t ").unwrap().as_str(), "91420100MA9K00001T");
        assert_eq!(CreditCode::parse("72163569-8").unwrap().as_str(), "721635698");
        assert_eq!(CreditCode::parse("721635698").unwrap().as_str(), "721635698");
        for (wrong, why) in [
            ("", Invalid::Malformed),
            ("721635697", Invalid::WrongCheckCharacter),
            ("9142010OMA9K00001T", Invalid::Malformed),
            ("统一社会信用代码统一", Invalid::Malformed),
        ] {
            assert_eq!(CreditCode::parse(wrong), Err(why), "{wrong}");
        }
    }
}
