//! 就业信息登记: other destinations than an agreement. It holds the same slot, and writes to the same employment plan.

use crate::Refusal;
use crate::event::Event;
use crate::party::Officer;
use crate::student::Student;
use crate::transition::{Effect, NoticeKind, Recipient, Release, SlotKind, Transition};
use crate::values::{
    CollegeId, Destination, GraduationYear, PersonId, PersonName, Region, RegistrationId, SchoolId, StudentId, Text, Timestamp,
};
use serde::{Deserialize, Serialize};

/// A registration of a graduate's destination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Identifier.
    pub id: RegistrationId,
    /// The roster record.
    pub student: StudentId,
    /// The person behind it.
    pub person: PersonId,
    /// 姓名.
    pub student_name: PersonName,
    /// 学号.
    pub student_number: Text<32>,
    /// 学校.
    pub school: SchoolId,
    /// 所在院系 at registration.
    pub college: CollegeId,
    /// Its name.
    pub college_name: Text<100>,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// Where to.
    pub facts: Facts,
    /// Who registered it.
    pub registered_by: Registrar,
    /// When.
    pub registered_at: Timestamp,
    /// Since when it no longer holds, and why.
    pub withdrawn: Option<Withdrawn>,
}

/// Where a graduate goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// 毕业去向类别; agreements write their own.
    pub destination: Destination,
    /// The employer, school or unit.
    pub organisation: Option<Text<100>>,
    /// Where that is.
    pub region: Option<Region>,
    /// 备注.
    pub remark: Option<Text<500>>,
}

/// Who registers and withdraws: the other one is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Registrar {
    /// The graduate.
    Student,
    /// The school.
    School,
}

/// A registration that was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: Text<500>,
}

impl Registration {
    /// Registers a destination: the graduate, or the school. It takes the slot, and opens a plan record.
    ///
    /// # Errors
    /// [`Refusal::NotToRegister`] for what only agreements write, and for what is no destination yet: it would bar the graduate from
    /// signing; [`Refusal::OrganisationRequired`].
    pub fn register(
        id: RegistrationId,
        student: &Student,
        facts: Facts,
        registered_by: Registrar,
        now: Timestamp,
    ) -> Result<Transition<Self>, Refusal> {
        if !facts.destination.is_registered() {
            return Err(Refusal::NotToRegister);
        }
        if facts.destination.is_somewhere() && facts.organisation.is_none() {
            return Err(Refusal::OrganisationRequired);
        }
        let next = Self {
            id,
            student: student.id.clone(),
            person: student.person.clone(),
            student_name: student.name.clone(),
            student_number: student.student_number.clone(),
            school: student.school.clone(),
            college: student.college.clone(),
            college_name: student.college_name.clone(),
            graduation_year: student.graduation_year,
            facts,
            registered_by,
            registered_at: now,
            withdrawn: None,
        };
        let event = Event::EmploymentRegistered { destination: next.facts.destination };
        let effects = vec![
            Effect::TakeSlot(SlotKind::Registration),
            Effect::OpenPlanRecord,
            next.tells_other(registered_by, NoticeKind::EmploymentRegistered),
        ];
        Ok(Transition { next, event, effects })
    }

    /// Withdraws it: the graduate may sign again.
    ///
    /// # Errors
    /// [`Refusal::RegistrationEnded`] if that was done before.
    pub fn withdraw(self, by: Registrar, reason: Text<500>, at: Timestamp) -> Result<Transition<Self>, Refusal> {
        if self.withdrawn.is_some() {
            return Err(Refusal::RegistrationEnded);
        }
        let event = Event::RegistrationWithdrawn { reason: reason.clone() };
        let notice = self.tells_other(by, NoticeKind::RegistrationWithdrawn);
        let effects = vec![Effect::ReleaseSlot(Release::Ended), Effect::ClosePlanRecord, notice];
        Ok(Transition { next: Self { withdrawn: Some(Withdrawn { at, reason }), ..self }, event, effects })
    }

    /// Whether an officer may see and withdraw it.
    #[must_use]
    pub fn is_in_scope_of(&self, officer: &Officer) -> bool {
        officer.covers(&self.school, &self.college)
    }

    /// The stage.
    #[must_use]
    pub fn stage_name(&self) -> StageName {
        if self.withdrawn.is_none() { StageName::Registered } else { StageName::Withdrawn }
    }

    /// Since when it is in that stage.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        self.withdrawn.as_ref().map_or(self.registered_at, |withdrawn| withdrawn.at)
    }

    fn tells_other(&self, by: Registrar, kind: NoticeKind) -> Effect {
        let other = match by {
            Registrar::Student => Recipient::School(self.school.clone()),
            Registrar::School => Recipient::Student(self.person.clone()),
        };
        Effect::Notify(other, kind)
    }
}

/// Whether a registration holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageName {
    /// 已登记.
    Registered,
    /// 已撤回.
    Withdrawn,
}

impl StageName {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Registered, Self::Withdrawn];

    /// The name as stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Withdrawn => "withdrawn",
        }
    }
}
