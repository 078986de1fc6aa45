//! Partitions of the indexes: one for each list that a reader opens, and for what falls due.

use super::{CollegeId, EmployerId, GraduationYear, PersonId, SchoolId};
use domain::deadline::Hour;
use domain::employer::Standing;
use domain::party::Initiator;
use domain::retention::Day;
use domain::work::Queue;
use domain::{agreement, invitation, objection, registration, termination};

/// All employers of the platform.
pub(crate) const EMPLOYERS: &str = "employers";

/// All schools of the platform.
pub(crate) const SCHOOLS: &str = "schools";

pub(crate) fn employer_candidates(employer: &EmployerId) -> String {
    format!("{employer}#candidates")
}

pub(crate) fn employer_invitations(employer: &EmployerId, stage: invitation::StageName) -> String {
    format!("{employer}#invitations#{}", by_stage(stage))
}

pub(crate) fn student_invitations(person: &PersonId, stage: invitation::StageName) -> String {
    format!("{person}#invitations#{}", by_stage(stage))
}

/// A letter lapses by the clock alone: pending and expired ones share a partition, and its deadline says which one is.
fn by_stage(stage: invitation::StageName) -> &'static str {
    match stage {
        invitation::StageName::Pending | invitation::StageName::Expired => "unanswered",
        invitation::StageName::Accepted | invitation::StageName::Rejected | invitation::StageName::Withdrawn => stage.as_str(),
    }
}

pub(crate) fn employer_agreements(employer: &EmployerId, stage: agreement::StageName) -> String {
    format!("{employer}#agreements#{}", stage.as_str())
}

/// A graduate has few: all stages in one.
pub(crate) fn student_agreements(person: &PersonId) -> String {
    format!("{person}#agreements")
}

pub(crate) fn school_agreements(school: &SchoolId, stage: agreement::StageName) -> String {
    format!("{school}#agreements#{}", stage.as_str())
}

/// What is anonymous by now, and is counted on: nobody lists it but a rebuild of statistics.
pub(crate) fn school_archive(school: &SchoolId) -> String {
    format!("{school}#archive")
}

pub(crate) fn college_agreements(school: &SchoolId, college: &CollegeId, stage: agreement::StageName) -> String {
    format!("{school}#{college}#agreements#{}", stage.as_str())
}

/// What an employer's order of agreements in force begins with: those that their graduate asks to terminate stand apart (SR-37).
pub(crate) fn asked(by_student: bool) -> &'static str {
    if by_student { "2#" } else { "1#" }
}

/// What follows the officer's turn, of what waits for certification: the scans of agreements on paper have a queue of their own.
pub(crate) fn medium(offline: bool) -> &'static str {
    if offline { "offline#" } else { "online#" }
}

pub(crate) fn employer_terminations(employer: &EmployerId, stage: termination::StageName) -> String {
    format!("{employer}#terminations#{}", stage.as_str())
}

/// What an employer's order of requests begins with: those of graduates first (SR-42).
pub(crate) fn raised(initiator: Initiator) -> &'static str {
    match initiator {
        Initiator::Student => "1#",
        Initiator::Employer => "2#",
    }
}

/// A graduate has few: all stages in one.
pub(crate) fn student_terminations(person: &PersonId) -> String {
    format!("{person}#terminations")
}

pub(crate) fn school_terminations(school: &SchoolId, stage: termination::StageName) -> String {
    format!("{school}#terminations#{}", stage.as_str())
}

pub(crate) fn college_terminations(school: &SchoolId, college: &CollegeId, stage: termination::StageName) -> String {
    format!("{school}#{college}#terminations#{}", stage.as_str())
}

/// A graduate has few: all stages in one.
pub(crate) fn student_registrations(person: &PersonId) -> String {
    format!("{person}#registrations")
}

pub(crate) fn school_registrations(school: &SchoolId, stage: registration::StageName) -> String {
    format!("{school}#registrations#{}", stage.as_str())
}

pub(crate) fn college_registrations(school: &SchoolId, college: &CollegeId, stage: registration::StageName) -> String {
    format!("{school}#{college}#registrations#{}", stage.as_str())
}

/// What an officer's order begins with: first what waits for this officer, then the rest.
pub(crate) fn turn(mine: bool) -> &'static str {
    if mine { "1#" } else { "2#" }
}

pub(crate) fn school_students(school: &SchoolId, year: GraduationYear) -> String {
    format!("{school}#students#{year}")
}

pub(crate) fn college_students(school: &SchoolId, college: &CollegeId, year: GraduationYear) -> String {
    format!("{school}#{college}#students#{year}")
}

/// The roster records of a person.
pub(crate) fn records(person: &PersonId) -> String {
    format!("{person}#records")
}

pub(crate) fn school_employers(school: &SchoolId, standing: Standing) -> String {
    format!("{school}#employers#{}", standing.as_str())
}

/// The employment plan of a college and year.
pub(crate) fn college_plan(school: &SchoolId, college: &CollegeId, year: GraduationYear) -> String {
    format!("{school}#{college}#plan#{year}")
}

/// What stands in the plan about a person: all years in one.
pub(crate) fn student_plan(person: &PersonId) -> String {
    format!("{person}#plan")
}

pub(crate) fn school_objections(school: &SchoolId, stage: objection::StageName) -> String {
    format!("{school}#objections#{}", stage.as_str())
}

pub(crate) fn college_objections(school: &SchoolId, college: &CollegeId, stage: objection::StageName) -> String {
    format!("{school}#{college}#objections#{}", stage.as_str())
}

/// The employment plan of a school and year.
pub(crate) fn school_plan(school: &SchoolId, year: GraduationYear) -> String {
    format!("{school}#plan#{year}")
}

/// What falls due of letters in an hour, in shards.
pub(crate) fn due_letters(queue: Queue, hour: &Hour, shard: u8) -> String {
    format!("letters#{}#{}#{shard}", queue.as_str(), hour.as_str())
}

/// What was recorded in an hour, in shards, until it is sealed and after.
pub(crate) fn audited(hour: &Hour, shard: u8) -> String {
    format!("audit#{}#{shard}", hour.as_str())
}

/// What is to be forgotten on a day.
pub(crate) fn due_retention(day: &Day) -> String {
    format!("retention#{}", day.as_str())
}

/// What is still owed to a queue, in shards.
pub(crate) fn due_outbox(queue: Queue, shard: u8) -> String {
    format!("outbox#{}#{shard}", queue.as_str())
}
