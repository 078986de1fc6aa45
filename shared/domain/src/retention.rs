//! How long what is kept (domain 5.6), and what remains of it then: who signed what with whom stays countable, whose name it was does not.

use crate::agreement::{Agreement, Stage, StudentSection};
use crate::event::Event;
use crate::invitation::{self, Invitation};
use crate::offline_draft::OfflineDraft;
use crate::student::Particulars;
use crate::termination::Termination;
use crate::transition::Transition;
use crate::values::{GraduationYear, PersonName, Sealed, Text, Timestamp};

/// For how long agreements are kept after they were certified or have ended, days of ten years.
const ARCHIVE_DAYS: i64 = 3653;
/// For how long the files of imports and exports are kept, days.
const FILE_DAYS: i64 = 7;
/// For how long it is known what became of a job's rows, days.
const JOB_DAYS: i64 = 30;
/// How many years after graduation the job-seeking period (择业期) ends.
const SEEKING_YEARS: u16 = 2;

/// A day as people count it, yyyy-mm-dd: what falls due on it is purged in the night after.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(String);

impl Day {
    /// The day of an instant.
    #[must_use]
    pub fn of(at: Timestamp) -> Self {
        Self(at.in_shanghai().chars().take(10).collect())
    }

    /// The first day after the job-seeking period of this year's graduates, who graduate by the end of June; of what came to its end
    /// at an instant after that, the day after.
    #[must_use]
    pub fn after_seeking(year: GraduationYear, since: Timestamp) -> Self {
        // What comes later still falls due: a day that is over is not looked at again.
        Self(format!("{}-07-01", u16::from(year) + SEEKING_YEARS)).max(Self::of(since).next())
    }

    /// The day on which an agreement has been in the archive for ten years.
    #[must_use]
    pub fn after_archive(since: Timestamp) -> Self {
        Self::of(since.plus_days(ARCHIVE_DAYS))
    }

    /// The day on which a file of an import or export goes.
    #[must_use]
    pub fn after_file(made: Timestamp) -> Self {
        Self::of(made.plus_days(FILE_DAYS))
    }

    /// The day on which a job goes.
    #[must_use]
    pub fn after_job(ended: Timestamp) -> Self {
        Self::of(ended.plus_days(JOB_DAYS))
    }

    /// The next day.
    #[must_use]
    pub fn next(&self) -> Self {
        let noon = Timestamp::parse(&format!("{}T04:00:00.000Z", self.0)).map(|noon| Self::of(noon.plus_days(1)));
        noon.unwrap_or_else(|_| self.clone())
    }

    /// Takes a day as it was stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Timestamp::parse(&format!("{text}T04:00:00.000Z")).ok().map(|_| Self(text.to_owned()))
    }

    /// As it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What stands where a name was.
const NOBODY: &str = "已匿名";

/// Where a number was.
fn gone() -> Sealed {
    Sealed { cipher: String::new(), mask: "***".to_owned() }
}

impl Invitation {
    /// When a letter that came to nothing is made anonymous; what became an agreement is kept with it, and what is open is open.
    #[must_use]
    pub fn anonymous_after(&self) -> Option<Day> {
        let ended_at = match &self.stage {
            invitation::Stage::Rejected(rejected) => rejected.at,
            invitation::Stage::Expired(expired) => expired.at,
            invitation::Stage::Withdrawn(withdrawn) => withdrawn.at,
            invitation::Stage::Pending(_) | invitation::Stage::Accepted(_) => return None,
        };
        self.anonymised_at.is_none().then(|| Day::after_seeking(self.graduation_year, ended_at))
    }

    /// The letter without whose it was.
    #[must_use]
    pub fn anonymise(self, at: Timestamp) -> Transition<Self> {
        let mut next = Self { masked_name: "*".to_owned(), anonymised_at: Some(at), ..self };
        if let invitation::Stage::Rejected(rejected) = &mut next.stage {
            rejected.reason = None;
        }
        Transition { next, event: Event::Anonymised, effects: Vec::new() }
    }
}

impl OfflineDraft {
    /// When a draft is emptied.
    #[must_use]
    pub fn anonymous_after(&self) -> Option<Day> {
        (!self.sections.is_empty()).then(|| Day::after_seeking(self.graduation_year, self.saved_at))
    }

    /// The draft without what was entered.
    #[must_use]
    pub fn anonymise(self) -> Transition<Self> {
        Transition { next: Self { sections: serde_json::Map::new(), ..self }, event: Event::Anonymised, effects: Vec::new() }
    }
}

impl Agreement {
    /// When an agreement leaves the archive: those in force and those that have ended, not what is under way.
    #[must_use]
    pub fn anonymous_after(&self) -> Option<Day> {
        let under_way = matches!(
            self.stage,
            Stage::PendingCertification(_) | Stage::AgreementReview(_) | Stage::AwaitingFeedback(_) | Stage::FeedbackRejected(_)
        );
        (!under_way && self.anonymised_at.is_none()).then(|| Day::after_archive(self.stage.since()))
    }

    /// The agreement without whose it was: school, year, employer and terms stay.
    #[must_use]
    pub fn anonymise(self, at: Timestamp) -> Transition<Self> {
        let student = StudentSection {
            name: PersonName::parse(NOBODY).unwrap_or_else(|_| self.student.name.clone()),
            class: None,
            student_number: Text::parse("-").unwrap_or_else(|_| self.student.student_number.clone()),
            resident_id: gone(),
            mobile: gone(),
            email: None,
            particulars: Particulars::default(),
            ..self.student
        };
        Transition { next: Self { student, anonymised_at: Some(at), ..self }, event: Event::Anonymised, effects: Vec::new() }
    }
}

impl Termination {
    /// When a request that has ended leaves the archive, with its agreement.
    #[must_use]
    pub fn anonymous_after(&self) -> Option<Day> {
        (!self.stage_name().is_open() && !self.is_anonymous()).then(|| Day::after_archive(self.since()))
    }

    /// Whether it has left the archive.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.subject.student_name.as_str() == NOBODY
    }

    /// The request without whose agreement it was about.
    #[must_use]
    pub fn anonymise(mut self) -> Transition<Self> {
        self.subject.student_name = PersonName::parse(NOBODY).unwrap_or(self.subject.student_name);
        self.subject.student_number = Text::parse("-").unwrap_or(self.subject.student_number);
        Transition { next: self, event: Event::Anonymised, effects: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_people_and_follow_each_other() {
        let evening = Timestamp::parse("2026-12-31T16:30:00.000Z").unwrap();
        assert_eq!(Day::of(evening).as_str(), "2027-01-01");
        let year = GraduationYear::parse("2027").unwrap();
        assert_eq!(Day::after_seeking(year, evening).as_str(), "2029-07-01");
        let late = Timestamp::parse("2029-07-01T16:30:00.000Z").unwrap();
        assert_eq!(Day::after_seeking(year, late).as_str(), "2029-07-03", "what is late falls due on a day that is still to come");
        assert_eq!(Day::after_archive(evening).as_str(), "2037-01-01");
        let (last, leap) = (Day::parse("2027-12-31").unwrap(), Day::parse("2028-02-28").unwrap());
        assert_eq!((last.next().as_str(), leap.next().as_str()), ("2028-01-01", "2028-02-29"));
        assert_eq!(Day::parse("2027-13-01"), None);
    }
}
