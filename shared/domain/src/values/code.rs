//! The code under which strangers verify documents.

use super::Invalid;
use super::schema::{schema, text};
use std::fmt::{self, Display, Formatter};

/// Crockford's alphabet: no letter looks like a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 128 bits, five in a letter.
const LENGTH: usize = 26;

/// 128 bits in 26 letters and digits, as the QR code bears them and people type them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerificationCode(String);

impl VerificationCode {
    /// The code of these bits.
    #[must_use]
    pub fn of(bits: u128) -> Self {
        let digits = (0..LENGTH).rev().map(|place| usize::try_from(bits >> (5 * place) & 31).unwrap_or_default());
        Self(digits.filter_map(|digit| ALPHABET.get(digit)).map(|letter| char::from(*letter)).collect())
    }

    /// Reads a code as people type it: small letters, O for 0, I and L for 1.
    ///
    /// # Errors
    /// [`Invalid::Malformed`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let upper = text.trim().to_ascii_uppercase().replace('O', "0").replace(['I', 'L'], "1");
        // The first letter holds but three bits.
        let fits = upper.len() == LENGTH && upper.bytes().all(|byte| ALPHABET.contains(&byte)) && upper.as_str() < "8";
        if fits { Ok(Self(upper)) } else { Err(Invalid::Malformed) }
    }

    /// As it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Display for VerificationCode {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

schema!(VerificationCode, "VerificationCode", text("The code that a document bears, by its QR code too.", "^[0-7][0-9A-HJKMNP-TV-Z]{25}$"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_typed() {
        assert_eq!(VerificationCode::of(u128::MAX).as_str(), format!("7{}", "Z".repeat(25)));
        assert_eq!(VerificationCode::of(1).as_str(), format!("{}1", "0".repeat(25)));
        let code = VerificationCode::of(0x1234_5678_9abc_def0_0fed_cba9_8765_4321);
        assert_eq!(VerificationCode::parse(&format!(" {} ", code.as_str().to_lowercase())), Ok(code.clone()));
        let sloppy = code.as_str().replace('0', "o").replace('1', "l");
        assert_eq!(VerificationCode::parse(&sloppy), Ok(code));
        for wrong in ["", "7", &"Z".repeat(26), &"0".repeat(27), &format!("{}U", "0".repeat(25))] {
            assert_eq!(VerificationCode::parse(wrong), Err(Invalid::Malformed), "{wrong}");
        }
    }
}
