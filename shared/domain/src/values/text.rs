//! Free text of people: trimmed, NFC, of bounded length, without control characters.

use super::Invalid;
use unicode_normalization::UnicodeNormalization as _;

/// Non-blank text of at most `MAX` characters on one or several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// Trims, normalises to NFC and checks.
    ///
    /// # Errors
    /// [`Invalid::Missing`] when blank, [`Invalid::TooLong`], [`Invalid::ForbiddenCharacter`] for control characters
    /// (line feed and tab are allowed) and for marks that turn the direction of text.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let normal: String = text.trim().nfc().collect();
        match normal.chars().count() {
            0 => Err(Invalid::Missing),
            n if n > MAX => Err(Invalid::TooLong(MAX)),
            _ if normal.chars().any(forbidden) => Err(Invalid::ForbiddenCharacter),
            _ => Ok(Self(normal)),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn forbidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

impl<const MAX: usize> serde::Serialize for Text<MAX> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de, const MAX: usize> serde::Deserialize<'de> for Text<MAX> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(|invalid| serde::de::Error::custom(format_args!("text: {invalid:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_bounded_and_free_of_control_characters() {
        assert_eq!(Text::<4>::parse("  签约 \n").map(|t| t.as_str().to_owned()), Ok("签约".to_owned()));
        assert_eq!(Text::<4>::parse(" \t\n\u{3000}"), Err(Invalid::Missing));
        assert_eq!(Text::<4>::parse("一二三四五"), Err(Invalid::TooLong(4)));
        for bad in ["a\0b", "a\u{202E}b", "a\u{7}b", "a\rb"] {
            assert_eq!(Text::<9>::parse(bad), Err(Invalid::ForbiddenCharacter), "{bad:?}");
        }
        assert_eq!(Text::<9>::parse("e\u{301}").map(|t| t.as_str().to_owned()), Ok("é".to_owned()));
    }
}
