//! What identifies a person. Numbers have no `Display` and no `Serialize`, and print masked: whoever needs one asks for it by name.

use super::schema::{of, schema, text};
use super::{Invalid, serde_as_text};
use unicode_normalization::UnicodeNormalization as _;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

/// A resident identity number (居民身份证号, GB 11643), 18 characters, upper case.
#[derive(Clone, PartialEq, Eq)]
pub struct ResidentId(String);

impl ResidentId {
    /// Reads an 18-character number: known province, existing birth date, right check character. Full-width characters and
    /// a small x are taken; the 15-digit numbers withdrawn in 2013 are not.
    ///
    /// # Errors
    /// [`Invalid::Malformed`], [`Invalid::UnknownProvince`], [`Invalid::WrongDate`] or [`Invalid::WrongCheckCharacter`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let normal = text.trim().nfkc().collect::<String>().to_ascii_uppercase();
        let (body, check) = normal.split_at_checked(17).ok_or(Invalid::Malformed)?;
        let digits: Vec<u32> = body.chars().filter_map(|c| c.to_digit(10)).collect();
        if digits.len() != 17 || body.len() != 17 || check.len() != 1 {
            return Err(Invalid::Malformed);
        }
        let number = |from: usize, to: usize| digits.iter().take(to).skip(from).fold(0, |n, d| n * 10 + d);
        if !matches!(number(0, 2), 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83) {
            return Err(Invalid::UnknownProvince);
        }
        birth_date(number(6, 10), number(10, 12), number(12, 14))?;
        let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
        match CHECKS.get((sum % 11) as usize) {
            Some(right) if check.as_bytes() == [*right] => Ok(Self(normal)),
            _ => Err(Invalid::WrongCheckCharacter),
        }
    }

    /// The number in full, for sealing, keyed hashing and the documents that must show it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The birth date in it, yyyyMMdd.
    #[must_use]
    pub fn born(&self) -> &str {
        self.0.get(6..14).unwrap_or_default()
    }

    /// First two and last two characters.
    #[must_use]
    pub fn masked(&self) -> String {
        mask(&self.0, 2, 2)
    }
}

fn birth_date(year: u32, month: u32, day: u32) -> Result<(), Invalid> {
    let wrong = |_| Invalid::WrongDate;
    let month = u8::try_from(month).map_err(wrong)?.try_into().map_err(|_: time::error::ComponentRange| Invalid::WrongDate)?;
    let day = u8::try_from(day).map_err(wrong)?;
    if !(1800..=2100).contains(&year) {
        return Err(Invalid::WrongDate);
    }
    time::Date::from_calendar_date(i32::try_from(year).map_err(wrong)?, month, day).map_err(|_| Invalid::WrongDate)?;
    Ok(())
}

impl std::fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ResidentId({})", self.masked())
    }
}

/// Keeps `head` and `tail` characters and replaces each of the rest by a star.
pub(crate) fn mask(text: &str, head: usize, tail: usize) -> String {
    let length = text.chars().count();
    text.chars().enumerate().map(|(i, c)| if i < head || i + tail >= length { c } else { '*' }).collect()
}

/// A person's name as printed on documents: 2 to 50 characters, Han with `·`, or Latin for foreign students.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// Normalises (NFKC, one kind of middle dot, single spaces), then checks, so that what looks alike matches. Digits after
    /// Han characters are taken: the manual's own sample student is 黄河水9.
    ///
    /// # Errors
    /// [`Invalid::Missing`], [`Invalid::TooShort`], [`Invalid::TooLong`] or [`Invalid::ForbiddenCharacter`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        // The full-width dot is a middle dot here, and NFKC would make a full stop of it: first the dots, then NFKC.
        let dots: String = text.chars().map(|c| if matches!(c, '•' | '‧' | '．' | '・' | '･') { '·' } else { c }).collect();
        let normal = dots.nfkc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
        let han = normal.chars().any(is_han);
        let belongs = |c: char| if han { is_han(c) || c == '·' || c.is_ascii_digit() } else { is_latin(c) };
        match normal.chars().count() {
            0 => Err(Invalid::Missing),
            1 => Err(Invalid::TooShort(2)),
            n if n > 50 => Err(Invalid::TooLong(50)),
            _ if !normal.chars().all(belongs) => Err(Invalid::ForbiddenCharacter),
            _ => Ok(Self(normal)),
        }
    }

    /// The name in full.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// First and last character with one star between, as in 黄*9; a name of two characters shows only its first.
    #[must_use]
    pub fn masked(&self) -> String {
        let mut chars = self.0.chars();
        match (chars.next(), chars.next_back()) {
            (Some(first), Some(last)) if self.0.chars().count() > 2 => format!("{first}*{last}"),
            (Some(first), _) => format!("{first}*"),
            _ => String::new(),
        }
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | ' ' | '-' | '\'' | '.' | '·')
}

impl std::fmt::Debug for PersonName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PersonName({})", self.masked())
    }
}

serde_as_text!(PersonName);

/// What a search names a student by, besides school, year and name (SR-19): 身份证/手机号.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identifier {
    /// 身份证号.
    ResidentId(ResidentId),
    /// 手机号.
    Mobile(super::Mobile),
}

impl Identifier {
    /// Reads either: 18 characters are an identity number, anything else must be a mobile number.
    ///
    /// # Errors
    /// As of the one that it looks like.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let spoken = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '+')).count();
        if spoken == 18 { ResidentId::parse(text).map(Self::ResidentId) } else { super::Mobile::parse(text).map(Self::Mobile) }
    }
}

/// A personal number at rest: encrypted, with the mask that lists may show. It can be copied from record to record, but
/// only the key crate can open it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sealed {
    /// What the key crate wrote: key version, nonce and ciphertext.
    pub cipher: String,
    /// The masked form.
    pub mask: String,
}

schema!(ResidentId, "ResidentId", text("居民身份证号 of 18 characters; the last one checks the others.", "^[1-8][0-9]{16}[0-9X]$"));
schema!(
    PersonName,
    "PersonName",
    of(serde_json::json!({
        "type": "string", "minLength": 2, "maxLength": 50, "description": "姓名: in Han characters, or in Latin letters."
    }))
);
schema!(Identifier, "Identifier", text("身份证号 or 手机.", "^([1-8][0-9]{16}[0-9X]|1[3-9][0-9]{9})$"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_in_the_forms_people_type() {
        assert_eq!(ResidentId::parse(" 11010519491231002x ").unwrap().expose(), "11010519491231002X");
        assert_eq!(ResidentId::parse("１１０１０５１９４９１２３１００２Ｘ").unwrap().expose(), "11010519491231002X");
        for (wrong, why) in [
            ("11010519491231002", Invalid::Malformed),
            ("110105194912310021", Invalid::WrongCheckCharacter),
            ("11010519491331002X", Invalid::WrongDate),
            ("11010517491231002X", Invalid::WrongDate),
            ("16010519491231002X", Invalid::UnknownProvince),
            ("1101051949123100２XX", Invalid::Malformed),
            ("身份证号一一一一一一", Invalid::Malformed),
        ] {
            assert_eq!(ResidentId::parse(wrong), Err(why), "{wrong}");
        }
    }

    #[test]
    fn a_number_prints_masked() {
        let number = ResidentId::parse("420199200301150013").unwrap();
        assert_eq!(format!("{number:?}"), "ResidentId(42**************13)");
    }

    #[test]
    fn names_that_look_alike_are_alike() {
        for same in ["买买提·艾力", "买买提•艾力", "买买提‧艾力", "买买提．艾力", " 买买提·艾力 "] {
            assert_eq!(PersonName::parse(same).unwrap().as_str(), "买买提·艾力", "{same}");
        }
        assert_eq!(PersonName::parse("Ｊｏｓé  Müller").unwrap().as_str(), "José Müller");
        assert!(PersonName::parse("张㛃𠅤䶮堃").is_ok());
        for (wrong, why) in [
            ("", Invalid::Missing),
            ("黄", Invalid::TooShort(2)),
            ("=HYPERLINK(1)", Invalid::ForbiddenCharacter),
            ("12", Invalid::ForbiddenCharacter),
        ] {
            assert_eq!(PersonName::parse(wrong), Err(why), "{wrong}");
        }
    }

    #[test]
    fn a_masked_name_hides_how_long_it_is() {
        for (name, masked) in [("黄河水9", "黄*9"), ("张三", "张*"), ("欧阳明月", "欧*月")] {
            assert_eq!(PersonName::parse(name).unwrap().masked(), masked);
        }
    }
}
