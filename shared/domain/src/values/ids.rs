//! Identifiers. Those of tenant data carry their school, so that a key can be built from the id alone and an id of
//! another school can never reach this school's items.

use super::schema::schema;
use super::{GraduationYear, Invalid, serde_as_text};

macro_rules! id {
    ($(#[doc = $doc:literal])* $name:ident, $pattern:literal, $check:expr) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Takes the text over if it has the form of this identifier.
            ///
            /// # Errors
            /// [`Invalid::Malformed`] for anything else.
            pub fn parse(text: &str) -> Result<Self, Invalid> {
                let well_formed: fn(&str) -> bool = $check;
                if well_formed(text) { Ok(Self(text.to_owned())) } else { Err(Invalid::Malformed) }
            }

            /// The identifier as it stands in tokens, paths and keys.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        serde_as_text!($name);
        schema!($name, stringify!($name), super::schema::text(concat!($($doc),*), $pattern));
    };
}

id!(
    /// A log-in: the `sub` of a token, whoever issued it.
    AccountId,
    "^[!-\"$-~]{1,128}$",
    |text| (1..=128).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic() && b != b'#')
);
id!(
    /// A school: its five-digit code of the ministry's table (院校代码).
    SchoolId,
    "^[0-9]{5}$",
    |text| text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit())
);
id!(
    /// A college (学院) within its school.
    CollegeId,
    "^[0-9A-Za-z-]{1,16}$",
    |text| plain(text, 16)
);
id!(
    /// An employer on the platform.
    EmployerId,
    "^[0-9A-Za-z-]{1,40}$",
    |text| plain(text, 40)
);
id!(
    /// A natural person, random; found by the keyed hash of a document number.
    PersonId,
    "^[0-9A-Za-z-]{1,40}$",
    |text| plain(text, 40)
);
id!(
    /// A roster record: one student of one school in one graduation year.
    StudentId,
    "^[0-9]{5}-s[0-9a-z]{20}$",
    |text| tenant_id(text, 's')
);
id!(
    /// A letter of invitation (邀请函).
    InvitationId,
    "^[0-9]{5}-i[0-9a-z]{20}$",
    |text| tenant_id(text, 'i')
);
id!(
    /// An agreement (协议书).
    AgreementId,
    "^[0-9]{5}-a[0-9a-z]{20}$",
    |text| tenant_id(text, 'a')
);
id!(
    /// A registration of employment (就业信息登记).
    RegistrationId,
    "^[0-9]{5}-r[0-9a-z]{20}$",
    |text| tenant_id(text, 'r')
);
id!(
    /// A request to terminate (解约申请): its agreement's suffix, and which of the agreement's requests it is.
    TerminationId,
    "^[0-9]{5}-t[0-9a-z]{20}-[1-9][0-9]*$",
    |text| text.rsplit_once('-').is_some_and(|(of, n)| tenant_id(of, 't') && matches!(n.parse::<u32>(), Ok(1..)) && !n.starts_with(['0', '+']))
);
id!(
    /// A file that somebody hands in.
    UploadId,
    "^u[0-9a-z]{20}$",
    |text| text.strip_prefix('u').is_some_and(is_suffix)
);
id!(
    /// A long import or export of a school.
    JobId,
    "^[0-9]{5}-j[0-9a-z]{20}$",
    |text| tenant_id(text, 'j')
);
id!(
    /// The number printed on a certified agreement: school, graduation year, running number.
    AgreementNumber,
    "^[0-9]{5}-20[0-9]{2}-[0-9]{6,}$",
    |text| matches!(text.split('-').collect::<Vec<_>>()[..], [school, year, serial]
        if SchoolId::parse(school).is_ok() && GraduationYear::parse(year).is_ok() && serial.len() >= 6 && digits(serial))
);

impl AgreementNumber {
    /// The `serial`-th number of a school and graduation year. Numbers need no gaplessness.
    #[must_use]
    pub fn new(school: &SchoolId, year: GraduationYear, serial: u64) -> Self {
        Self(format!("{school}-{year}-{serial:06}"))
    }
}

impl InvitationId {
    /// The agreement that comes of this letter, if one does: an invitation leads to at most one.
    #[must_use]
    pub fn agreement(&self) -> AgreementId {
        AgreementId(self.0.replacen("-i", "-a", 1))
    }
}

impl TerminationId {
    /// The `n`-th request of an agreement, from 1.
    #[must_use]
    pub fn of(agreement: &AgreementId, n: u32) -> Self {
        Self(format!("{}-{n}", agreement.0.replacen("-a", "-t", 1)))
    }

    /// The agreement.
    #[must_use]
    pub fn agreement(&self) -> AgreementId {
        let (of, _) = self.0.rsplit_once('-').unwrap_or((&self.0, ""));
        AgreementId(of.replacen("-t", "-a", 1))
    }

    /// Which of its requests.
    #[must_use]
    pub fn serial(&self) -> u32 {
        self.0.rsplit_once('-').and_then(|(_, n)| n.parse().ok()).unwrap_or_default()
    }
}

impl UploadId {
    /// Builds the id from a suffix of 20 lower-case letters and digits.
    ///
    /// # Errors
    /// [`Invalid::Malformed`] if the suffix has another form.
    pub fn new(suffix: &str) -> Result<Self, Invalid> {
        Self::parse(&format!("u{suffix}"))
    }
}

macro_rules! tenant {
    ($($name:ident $letter:literal),*) => { $(
        impl $name {
            /// Builds the id from its school and a suffix of 20 lower-case letters and digits.
            ///
            /// # Errors
            /// [`Invalid::Malformed`] if the suffix has another form.
            pub fn new(school: &SchoolId, suffix: &str) -> Result<Self, Invalid> {
                Self::parse(&format!("{school}-{}{suffix}", $letter))
            }

            /// The school that the id belongs to.
            #[must_use]
            pub fn school(&self) -> SchoolId {
                SchoolId(self.0.chars().take(5).collect())
            }
        }
    )* };
}
tenant!(StudentId 's', InvitationId 'i', AgreementId 'a', RegistrationId 'r', JobId 'j');

fn plain(text: &str, max: usize) -> bool {
    (1..=max).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn tenant_id(text: &str, letter: char) -> bool {
    text.split_once('-').is_some_and(|(school, rest)| SchoolId::parse(school).is_ok() && rest.strip_prefix(letter).is_some_and(is_suffix))
}

fn is_suffix(text: &str) -> bool {
    text.len() == 20 && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_tenant_data_names_its_school() {
        let id = InvitationId::parse("99001-iabcdefghij0123456789").unwrap();
        assert_eq!(id.school().as_str(), "99001");
        assert_eq!(id.agreement().as_str(), "99001-aabcdefghij0123456789");
        for wrong in ["", "99001", "99001-i", "9900-iabcdefghij0123456789", "99001-aabcdefghij0123456789", "99001-iABCDEFGHIJ0123456789"] {
            assert_eq!(InvitationId::parse(wrong), Err(Invalid::Malformed), "{wrong}");
        }
    }

    #[test]
    fn a_request_to_terminate_names_its_agreement() {
        let agreement = AgreementId::parse("99001-aabcdefghij0123456789").unwrap();
        let second = TerminationId::of(&agreement, 2);
        assert_eq!(second.as_str(), "99001-tabcdefghij0123456789-2");
        assert_eq!((TerminationId::parse(second.as_str()).as_ref(), second.agreement(), second.serial()), (Ok(&second), agreement, 2));
        for wrong in [
            "99001-tabcdefghij0123456789",
            "99001-tabcdefghij0123456789-0",
            "99001-tabcdefghij0123456789-01",
            "99001-tabcdefghij0123456789--1",
        ] {
            assert_eq!(TerminationId::parse(wrong), Err(Invalid::Malformed), "{wrong}");
        }
    }

    #[test]
    fn agreement_numbers_name_school_year_and_serial() {
        let school = SchoolId::parse("99001").unwrap();
        let number = AgreementNumber::new(&school, GraduationYear::parse("2027").unwrap(), 42);
        assert_eq!(number.as_str(), "99001-2027-000042");
        assert_eq!(AgreementNumber::parse("99001-2027-000042").as_ref(), Ok(&number));
        assert!(AgreementNumber::parse("99001-2027-42").is_err());
    }
}
