//! Files that people hand in: asked for, checked, and kept by whatever they are handed in for.

mod attachment;
mod reason;

pub use attachment::{Attachment, MediaType};
pub use reason::Reason;

use crate::Refusal;
use crate::agreement::StudentSection;
use crate::event::Event;
use crate::letter::sha256_hex;
use crate::party::Officer;
use crate::transition::Transition;
use crate::values::{CollegeId, EmployerId, PersonId, SchoolId, Text, Timestamp, UploadId};
use serde::{Deserialize, Serialize};

/// How long after the request a file may still be confirmed.
const CONFIRMED_WITHIN_H: i64 = 24;
const HOUR_MS: i64 = 60 * 60 * 1000;

/// A file from the request to hand it in, with what its uploader has promised of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Identifier.
    pub id: UploadId,
    /// Whose it is.
    pub owner: Owner,
    /// What for.
    pub purpose: Purpose,
    /// As the uploader calls it.
    pub file_name: Text<100>,
    /// What it is said to be.
    pub media_type: MediaType,
    /// How long it is said to be, in bytes.
    pub length: u64,
    /// SHA-256 that it is said to have, lower-case hex.
    pub sha256: String,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// Where it stands.
    pub stage: Stage,
}

/// Whose a file is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", content = "id", rename_all = "snake_case")]
pub enum Owner {
    /// A graduate's.
    Student(PersonId),
    /// An employer's.
    Employer(EmployerId),
    /// A school's.
    School(SchoolId),
}

/// What a file is handed in for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 营业执照, an employer's.
    Licence,
    /// 盖章协议书 (SR-68), a graduate's.
    StampedAgreement,
    /// 解约证明材料 (SR-72), a graduate's.
    TerminationProof,
    /// 学生名册, a school's.
    Roster,
}

/// Where a file stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Stage {
    /// 待上传: in quarantine, if it is there at all.
    Requested,
    /// 检查通过.
    Clean(Clean),
    /// 已提交.
    Attached(Attached),
    /// 检查未通过: for good, since nothing else can be put in its place.
    Refused(Refused),
}

/// Checked, and not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Since when.
    pub at: Timestamp,
    /// Why.
    pub reason: Reason,
}

/// Checked, cleaned, and kept under the hash of its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clean {
    /// Since when.
    pub at: Timestamp,
    /// What is kept.
    pub file: Attachment,
}

/// Handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// When.
    pub at: Timestamp,
    /// What is kept.
    pub file: Attachment,
    /// Which officers may read it.
    pub readers: Readers,
}

/// Which officers may read a file that was handed in; its owner always may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Readers {
    /// Those of a college and of its school.
    College {
        /// The school.
        school: SchoolId,
        /// The college.
        college: CollegeId,
    },
    /// Those of every school: any may be asked for its review of an employer.
    AnySchool,
    /// Those of this school itself, not of its colleges.
    School {
        /// The school.
        school: SchoolId,
    },
}

/// SHA-256 of a file's content, lower-case hex.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    sha256_hex(bytes)
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Self; 4] = [Self::Licence, Self::StampedAgreement, Self::TerminationProof, Self::Roster];

    /// The name as stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Licence => "licence",
            Self::StampedAgreement => "stamped_agreement",
            Self::TerminationProof => "termination_proof",
            Self::Roster => "roster",
        }
    }

    /// Whether files of this kind are this owner's to hand in.
    #[must_use]
    pub fn is_of(self, owner: &Owner) -> bool {
        match self {
            Self::Licence => matches!(owner, Owner::Employer(_)),
            Self::StampedAgreement | Self::TerminationProof => matches!(owner, Owner::Student(_)),
            Self::Roster => matches!(owner, Owner::School(_)),
        }
    }
}

impl Readers {
    /// Whoever certifies this graduate's agreement.
    #[must_use]
    pub fn of(student: &StudentSection) -> Self {
        Self::College { school: student.school.clone(), college: student.college.clone() }
    }
}

impl Upload {
    /// 上传: somebody means to hand in a file.
    #[must_use]
    pub fn request(upload: Self) -> Transition<Self> {
        let event = Event::UploadRequested { purpose: upload.purpose, length: upload.length, sha256: upload.sha256.clone() };
        Transition { next: Self { stage: Stage::Requested, ..upload }, event, effects: Vec::new() }
    }

    /// Until when it may be confirmed.
    #[must_use]
    pub fn confirmed_until(&self) -> Timestamp {
        self.requested_at.plus_millis(CONFIRMED_WITHIN_H * HOUR_MS)
    }

    /// It is there, has been checked, and is kept as this file.
    ///
    /// # Errors
    /// [`Refusal::UploadLate`] a day after the request; [`Refusal::UploadSettled`] if it was confirmed before;
    /// [`Refusal::UploadRefused`] if it was not taken.
    pub fn confirm(self, file: Attachment, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        self.may_be_confirmed(at)?;
        let event = Event::UploadConfirmed { sha256: file.sha256.clone() };
        Ok(Transition { next: Self { stage: Stage::Clean(Clean { at, file }), ..self }, event, effects: Vec::new() })
    }

    /// Whether a confirmation can still come to something.
    ///
    /// # Errors
    /// As [`Upload::confirm`]'s.
    pub fn may_be_confirmed(&self, at: Timestamp) -> Result<(), Refusal> {
        match self.stage {
            Stage::Requested if self.has_lapsed(at) => Err(Refusal::UploadLate),
            Stage::Requested => Ok(()),
            Stage::Clean(_) | Stage::Attached(_) => Err(Refusal::UploadSettled),
            Stage::Refused(Refused { reason, .. }) => Err(Refusal::UploadRefused(reason)),
        }
    }

    /// It is there, has been checked, and is not taken: whoever asks again is told the same, and nothing is checked twice.
    ///
    /// # Errors
    /// As [`Upload::confirm`]'s.
    pub fn refuse(self, reason: Reason, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        self.may_be_confirmed(at)?;
        let next = Self { stage: Stage::Refused(Refused { at, reason }), ..self };
        Ok(Transition { next, event: Event::UploadRefused { reason }, effects: Vec::new() })
    }

    /// Why it is not taken, once that is known.
    #[must_use]
    pub fn refused(&self) -> Option<Reason> {
        if let Stage::Refused(Refused { reason, .. }) = self.stage { Some(reason) } else { None }
    }

    /// A day has passed, and nobody has confirmed it.
    #[must_use]
    pub fn has_lapsed(&self, now: Timestamp) -> bool {
        self.stage == Stage::Requested && now >= self.confirmed_until()
    }

    /// It is handed in: once.
    ///
    /// # Errors
    /// [`Refusal::UploadNotThere`] unless it is clean and nowhere yet.
    pub fn attach(self, readers: Readers, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        let Stage::Clean(Clean { file, .. }) = self.stage.clone() else { return Err(Refusal::UploadNotThere(0)) };
        let event = Event::UploadAttached { sha256: file.sha256.clone() };
        Ok(Transition { next: Self { stage: Stage::Attached(Attached { at, file, readers }), ..self }, event, effects: Vec::new() })
    }

    /// What is kept, once it is clean.
    #[must_use]
    pub fn file(&self) -> Option<&Attachment> {
        match &self.stage {
            Stage::Requested | Stage::Refused(_) => None,
            Stage::Clean(clean) => Some(&clean.file),
            Stage::Attached(attached) => Some(&attached.file),
        }
    }

    /// Whether an officer may read it.
    #[must_use]
    pub fn is_read_by(&self, officer: &Officer) -> bool {
        let Stage::Attached(Attached { readers, .. }) = &self.stage else { return false };
        match readers {
            Readers::College { school, college } => officer.covers(school, college),
            Readers::AnySchool => officer.college.is_none(),
            Readers::School { school } => officer.college.is_none() && officer.school == *school,
        }
    }

    /// The stage's name, as stored and sent.
    #[must_use]
    pub fn stage_name(&self) -> &'static str {
        match self.stage {
            Stage::Requested => "requested",
            Stage::Clean(_) => "clean",
            Stage::Attached(_) => "attached",
            Stage::Refused(_) => "refused",
        }
    }
}
