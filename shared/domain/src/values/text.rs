//! Free text of people: trimmed, NFC, of bounded length, without what cannot be seen.

use super::Invalid;
use super::schema::of;
use unicode_normalization::UnicodeNormalization as _;

/// Texts up to this length are one line: positions, names, addresses. Longer ones may have paragraphs.
const ONE_LINE: usize = 200;

/// Non-blank text of at most `MAX` characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// Trims, normalises to NFC, strips control characters (tabs become spaces, line breaks one kind, or spaces in a one-line text) and checks.
    ///
    /// # Errors
    /// [`Invalid::Missing`] when blank, [`Invalid::TooLong`], [`Invalid::ForbiddenCharacter`] for invisible characters and marks that
    /// turn the direction of text: what is signed must be what is seen.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        let broken = |c: char| if c == '\t' || (MAX <= ONE_LINE && c == '\n') { ' ' } else { c };
        let normal = without_controls(&lines.nfc().map(broken).collect::<String>()).trim().to_owned();
        match normal.chars().count() {
            0 => Err(Invalid::Missing),
            n if n > MAX => Err(Invalid::TooLong(MAX)),
            _ if normal.chars().any(deceives) => Err(Invalid::ForbiddenCharacter),
            _ => Ok(Self(normal)),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text without control characters, but for line breaks and tabs: what is kept of what people write.
#[must_use]
pub fn without_controls(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

fn deceives(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
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

/// As long as it may be, in place: a length is no name.
impl<const MAX: usize> schemars::JsonSchema for Text<MAX> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Text{MAX}").into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        of(serde_json::json!({ "type": "string", "minLength": 1, "maxLength": MAX, "pattern": "\\S" }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_bounded_and_shows_what_it_is() {
        assert_eq!(Text::<4>::parse("  签约 \n").map(|t| t.as_str().to_owned()), Ok("签约".to_owned()));
        assert_eq!(Text::<4>::parse(" \t\n\u{3000}"), Err(Invalid::Missing));
        assert_eq!(Text::<4>::parse("一二三四五"), Err(Invalid::TooLong(4)));
        for bad in ["a\u{202E}b", "a\u{200B}b", "\u{FEFF}ab"] {
            assert_eq!(Text::<9>::parse(bad), Err(Invalid::ForbiddenCharacter), "{bad:?}");
        }
        assert_eq!(Text::<9>::parse("e\u{301}").map(|t| t.as_str().to_owned()), Ok("é".to_owned()));
    }

    #[test]
    fn control_characters_are_stripped_and_line_breaks_are_one_kind() {
        let kept = |text: &str| Text::<500>::parse(text).unwrap().as_str().to_owned();
        assert_eq!(kept("一\r\n二\r三\0\u{7}四\t五"), "一\n二\n三四 五");
        assert_eq!(Text::<200>::parse("会\n计\t师").unwrap().as_str(), "会 计 师");
        assert_eq!(Text::<500>::parse("\0\u{7}"), Err(Invalid::Missing));
    }
}
