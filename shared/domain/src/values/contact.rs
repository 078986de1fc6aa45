//! How people and offices are reached.

use super::schema::{of, schema, text};
use super::{Invalid, identity::mask, serde_as_text};
use unicode_normalization::UnicodeNormalization as _;

/// A person's mobile number, 11 digits. A personal number: no `Display`, no `Serialize`, prints masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Mobile(String);

impl Mobile {
    /// Reads `1[3-9]` and nine digits after dropping the country code, spaces and hyphens.
    ///
    /// # Errors
    /// [`Invalid::Malformed`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let normal: String = text.nfkc().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let normal = normal.strip_prefix("+86").or_else(|| normal.strip_prefix("86")).unwrap_or(&normal);
        if is_mobile(normal) { Ok(Self(normal.to_owned())) } else { Err(Invalid::Malformed) }
    }

    /// The number in full, for sealing, keyed hashing and for those who may call it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// First three and last two digits.
    #[must_use]
    pub fn masked(&self) -> String {
        mask(&self.0, 3, 2)
    }
}

impl std::fmt::Debug for Mobile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Mobile({})", self.masked())
    }
}

fn is_mobile(text: &str) -> bool {
    let mut bytes = text.bytes();
    text.len() == 11 && bytes.next() == Some(b'1') && matches!(bytes.next(), Some(b'3'..=b'9')) && bytes.all(|b| b.is_ascii_digit())
}

/// An office telephone: a mobile, or a landline `0xx-xxxxxxxx` with extension. Printed on letters, so not a personal number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Reads either kind.
    ///
    /// # Errors
    /// [`Invalid::Malformed`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let normal: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
        if is_mobile(&normal) || is_landline(&normal) { Ok(Self(normal)) } else { Err(Invalid::Malformed) }
    }

    /// The number as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `^0\d{2,3}-?\d{7,8}(-\d{1,6})?$`
fn is_landline(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    let (number, extension) = match parts.as_slice() {
        [area, local, extension] if matches!(area.len(), 3 | 4) && matches!(local.len(), 7 | 8) => {
            (format!("{area}{local}"), Some(*extension))
        }
        [area, local] if matches!(area.len(), 3 | 4) && matches!(local.len(), 7 | 8) => (format!("{area}{local}"), None),
        [number, extension] => ((*number).to_owned(), Some(*extension)),
        [number] => ((*number).to_owned(), None),
        _ => return false,
    };
    number.starts_with('0')
        && digits(&number)
        && (10..=12).contains(&number.len())
        && extension.is_none_or(|extension| (1..=6).contains(&extension.len()) && digits(extension))
}

/// A postcode of six digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postcode(String);

impl Postcode {
    /// Reads six digits.
    ///
    /// # Errors
    /// [`Invalid::Malformed`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let normal: String = text.trim().nfkc().collect();
        if normal.len() == 6 && normal.bytes().all(|b| b.is_ascii_digit()) { Ok(Self(normal)) } else { Err(Invalid::Malformed) }
    }

    /// The six digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An e-mail address: ASCII, at most 254 characters, one `@`, a dotted domain. Text from users never enters headers, so
/// nothing that could break one passes here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Reads an address.
    ///
    /// # Errors
    /// [`Invalid::TooLong`] or [`Invalid::Malformed`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let normal = text.trim();
        if normal.len() > 254 {
            return Err(Invalid::TooLong(254));
        }
        let (local, domain) = normal.rsplit_once('@').ok_or(Invalid::Malformed)?;
        let atom = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b));
        let label = |part: &str| {
            (1..=63).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !part.starts_with('-')
                && !part.ends_with('-')
        };
        // An encoded word is an address to some readers, and another one to others.
        let well_formed = local.len() <= 64
            && !local.contains("=?")
            && local.split('.').all(atom)
            && domain.contains('.')
            && domain.split('.').all(label);
        if well_formed { Ok(Self(normal.to_owned())) } else { Err(Invalid::Malformed) }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

serde_as_text!(Phone);
serde_as_text!(Postcode);
serde_as_text!(Email);

schema!(Mobile, "Mobile", text("手机: eleven digits.", "^1[3-9][0-9]{9}$"));
schema!(
    Phone,
    "Phone",
    text(
        "电话: a mobile, or a landline with its area code and perhaps an extension.",
        "^(1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,6})?)$"
    )
);
schema!(Postcode, "Postcode", text("邮编: six digits.", "^[0-9]{6}$"));
schema!(
    Email,
    "Email",
    of(serde_json::json!({ "type": "string", "format": "email", "maxLength": 254, "description": "An e-mail address, in ASCII." }))
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mobiles_lose_country_code_and_spaces() {
        for typed in ["+86 138 0013 8000", "+86  138-0013-8000", "8613800138000", "１３８００１３８０００"] {
            assert_eq!(Mobile::parse(typed).unwrap().expose(), "13800138000", "{typed}");
        }
        assert_eq!(format!("{:?}", Mobile::parse("13800138000").unwrap()), "Mobile(138******00)");
        for wrong in ["1380013800", "23800138000", "12800138000", "138001380000", ""] {
            assert_eq!(Mobile::parse(wrong), Err(Invalid::Malformed), "{wrong}");
        }
    }

    #[test]
    fn offices_have_landlines_with_extensions() {
        for right in ["027-87654321", "02787654321", "0312-8765432-123", "010-87654321-8", "13800138000"] {
            assert!(Phone::parse(right).is_ok(), "{right}");
        }
        for wrong in ["87654321", "027-8765432a", "027-876543", "027-87654321-1234567", "1-2-3-4"] {
            assert_eq!(Phone::parse(wrong), Err(Invalid::Malformed), "{wrong}");
        }
    }

    #[test]
    fn addresses_cannot_carry_headers() {
        assert!(Email::parse("hr@stars.example.com").is_ok());
        for wrong in [
            "hr",
            "hr@",
            "@a.b",
            "hr@localhost",
            "a b@c.de",
            "a@c.de\r\nBcc: x@y.z",
            "a,b@c.de",
            "汉@c.de",
            "a@-c.de",
            "a..b@c.de",
            "=?utf-8?q?a?=@c.de",
        ] {
            assert_eq!(Email::parse(wrong), Err(Invalid::Malformed), "{wrong:?}");
        }
    }
}
