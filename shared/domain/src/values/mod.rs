//! Values with their checks (domain 4.5): parsed once at the edge, valid ever after.

mod code;
mod codes;
mod contact;
mod graduation;
mod identity;
mod ids;
mod organisation;
pub(crate) mod schema;
mod text;
mod timestamp;
mod week;

pub use code::VerificationCode;
pub use codes::{
    Code, CodeTable, Destination, DestinationGroup, Education, Ethnicity, Industry, JobCategory, PoliticalStatus, Region,
    TerminationReason, TrainingMode, UnitNature,
};
pub use contact::{Email, Mobile, Phone, Postcode};
pub use graduation::{GraduationYear, ResponsePeriod};
pub(crate) use identity::mask;
pub use identity::{Identifier, PersonName, ResidentId, Sealed};
pub use ids::{
    AccountId, AgreementId, AgreementNumber, CollegeId, EmployerId, InvitationId, JobId, PersonId, RegistrationId, SchoolId, StudentId,
    TerminationId, UploadId,
};
pub use organisation::{CreditCode, OrganisationCode};
pub use text::{Text, without_controls};
pub use timestamp::{Date, Timestamp};
pub use week::Week;

/// What is wrong with a value. Carries no text: the words in Chinese and English stand in the catalogue of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invalid {
    /// The field is absent, null or blank although it is required.
    Missing,
    /// The JSON value has another type than the field.
    WrongType,
    /// The field does not exist, or is not for the caller to set.
    Unknown,
    /// More characters (or entries) than the given maximum.
    TooLong(usize),
    /// Fewer characters (or entries) than the given minimum.
    TooShort(usize),
    /// Not the form that the value has: wrong characters or wrong length.
    Malformed,
    /// The check character does not fit the rest.
    WrongCheckCharacter,
    /// The date inside does not exist, or is not plausible.
    WrongDate,
    /// The first two digits name no province.
    UnknownProvince,
    /// Not an entry of its code table.
    NotInCodeTable,
    /// Outside the bounds, both ends allowed.
    OutOfRange(i64, i64),
    /// The same entry twice.
    Duplicate,
    /// Control characters or other characters that do not belong in text.
    ForbiddenCharacter,
    /// The typeface of the documents lacks this character.
    Unprintable(char),
    /// Must be ticked (sent as `true`).
    NotConfirmed,
    /// Must lie between two other fields, both ends allowed.
    OutOfOrder,
    /// The batch mixes several intended positions.
    MixedPositions,
    /// The file is not there, another's, for something else, not clean, or handed in already.
    UnusableFile,
    /// A cell that holds a number where digits stand for themselves: its leading zeros, or its last digits, may be lost.
    NumberCell,
    /// A cell that holds a formula.
    FormulaCell,
    /// The same as in an earlier row of the file.
    RepeatedRow(u32),
}

impl std::fmt::Display for Invalid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Invalid {}

/// Implements serde through the text form of a checked value, so that what is stored is checked again when read.
macro_rules! serde_as_text {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::parse(&text).map_err(|invalid| serde::de::Error::custom(format_args!("{}: {invalid:?}", stringify!($name))))
            }
        }
    };
}
pub(crate) use serde_as_text;

#[cfg(test)]
mod tests {
    use super::*;

    /// Every vector of the reference file, through the type that its kind names.
    #[test]
    fn every_check_vector_is_judged_as_published() {
        let mut seen = 0;
        for line in include_str!("../../reference/check_vectors.csv").lines().skip(1) {
            let mut cells = line.splitn(4, ',');
            let (kind, value, expected) = (cells.next().unwrap(), cells.next().unwrap(), cells.next().unwrap());
            let valid = match kind {
                "resident_id" => ResidentId::parse(value).is_ok(),
                "uscc" => CreditCode::parse(value).is_ok(),
                "org_code" => OrganisationCode::parse(value).is_ok(),
                // The vector speaks of the bare form; `parse` strips the country code first, as the rule says.
                "mobile" => !value.starts_with('+') && Mobile::parse(value).is_ok(),
                "postcode" => Postcode::parse(value).is_ok(),
                other => panic!("unknown kind {other}"),
            };
            assert_eq!(valid, expected == "valid", "{line}");
            seen += 1;
        }
        assert_eq!(seen, 33);
    }
}
