//! 异议 (domain 5.5): a graduate verifies what stands in the employment plan, and objects to what is wrong; the school answers.

use crate::Refusal;
use crate::event::Event;
use crate::party::Officer;
use crate::plan::{PlanRecord, RecordId};
use crate::transition::{Effect, NoticeKind, Recipient, Transition};
use crate::values::{CollegeId, GraduationYear, PersonId, PersonName, SchoolId, StudentId, Text, Timestamp};
use serde::{Deserialize, Serialize};

/// A graduate's objection to a record of the plan. There is one for each record: raised again, it begins anew, and its audit records tell
/// what was said before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// To which record.
    pub record: RecordId,
    /// The roster record.
    pub student: StudentId,
    /// The person behind it.
    pub person: PersonId,
    /// 学号.
    pub student_number: Text<32>,
    /// 姓名.
    pub student_name: PersonName,
    /// 学校.
    pub school: SchoolId,
    /// 所在院系, as the record has it.
    pub college: CollegeId,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// What is wrong.
    pub text: Text<500>,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// What the school says.
    pub answer: Option<Answer>,
}

/// What a school says to an objection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: Text<500>,
}

/// Whether an objection waits for the school.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageName {
    /// 待答复.
    Open,
    /// 已答复.
    Answered,
}

impl StageName {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Open, Self::Answered];

    /// The name as stored and sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
        }
    }
}

impl Objection {
    /// The graduate objects; the school is told.
    ///
    /// # Errors
    /// [`Refusal::ObjectionSettled`] while an earlier one waits for its answer.
    pub fn raise(standing: Option<&Self>, record: &PlanRecord, text: Text<500>, now: Timestamp) -> Result<Transition<Self>, Refusal> {
        if standing.is_some_and(|standing| standing.answer.is_none()) {
            return Err(Refusal::ObjectionSettled);
        }
        let event = Event::ObjectionRaised { text: text.clone() };
        let next = Self {
            record: record.source.id(),
            student: record.student.clone(),
            person: record.person.clone(),
            student_number: record.student_number.clone(),
            student_name: record.student_name.clone(),
            school: record.school.clone(),
            college: record.college.clone(),
            graduation_year: record.graduation_year,
            text,
            raised_at: now,
            answer: None,
        };
        let effects = vec![Effect::Notify(Recipient::School(record.school.clone()), NoticeKind::ObjectionRaised)];
        Ok(Transition { next, event, effects })
    }

    /// The school answers; the graduate is told.
    ///
    /// # Errors
    /// [`Refusal::ObjectionSettled`] if it was answered before.
    pub fn answer(self, text: Text<500>, now: Timestamp) -> Result<Transition<Self>, Refusal> {
        if self.answer.is_some() {
            return Err(Refusal::ObjectionSettled);
        }
        let event = Event::ObjectionAnswered { text: text.clone() };
        let effects = vec![Effect::Notify(Recipient::Student(self.person.clone()), NoticeKind::ObjectionAnswered)];
        Ok(Transition { next: Self { answer: Some(Answer { at: now, text }), ..self }, event, effects })
    }

    /// Whether an officer may see it.
    #[must_use]
    pub fn is_in_scope_of(&self, officer: &Officer) -> bool {
        officer.covers(&self.school, &self.college)
    }

    /// The stage.
    #[must_use]
    pub fn stage_name(&self) -> StageName {
        if self.answer.is_none() { StageName::Open } else { StageName::Answered }
    }
}
