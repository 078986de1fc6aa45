//! What the process record (签约过程记录) tells of a signing: who did what and when, and what college and school thought of it.

use crate::words::UNKNOWN;
use documents::{Act, School, Signing};
use domain::agreement::{Agreement, Certified};
use domain::event::Event;
use domain::party::{Actor, Officer};
use domain::values::Timestamp;
use store::AuditRecord;

const AGREES: &str = "同意";

/// How an online agreement was signed. The letter's own record may be absent: then what is known of its sending tells.
pub(crate) fn signing(agreement: &Agreement, process: &[AuditRecord], sent_at: Option<Timestamp>) -> Signing {
    let sent = at(process, |event| matches!(event, Event::InvitationSent { .. })).or(sent_at);
    let agreed = at(process, |event| matches!(event, Event::InvitationAccepted { .. } | Event::AgreementFormed { .. }));
    let act = |what: &str, who: &str, at: Option<Timestamp>| Act {
        what: what.to_owned(),
        who: who.to_owned(),
        at: at.map_or_else(|| UNKNOWN.to_owned(), Timestamp::in_shanghai_to_the_second),
    };
    Signing {
        employer: act("发送签约邀请", agreement.employer.name.as_str(), sent),
        graduate: act("同意签约", agreement.student.name.as_str(), Some(agreed.unwrap_or(agreement.formed_at))),
    }
}

fn at(process: &[AuditRecord], told: impl Fn(&Event) -> bool) -> Option<Timestamp> {
    process.iter().find(|record| told(&record.what)).map(|record| record.at)
}

/// 丙方 of an agreement that nobody has decided on.
pub(crate) fn undecided(agreement: &Agreement) -> School {
    School { name: agreement.student.school_name.as_str().to_owned(), ..School::default() }
}

/// 丙方 with the opinions of those who decided. Records name no officers: of the college's the name is known if it was the college that
/// certified.
pub(crate) fn decided(agreement: &Agreement, certified: &Certified, process: &[AuditRecord]) -> School {
    let agrees = named(AGREES, &certified.by);
    let (college_opinion, school_opinion) = if certified.by.college.is_some() {
        (Some(agrees), format!("{AGREES}（由院系鉴证）"))
    } else {
        (college_agreed(agreement, process).then(|| AGREES.to_owned()), agrees)
    };
    School { college_opinion, school_opinion: Some(school_opinion), officer: certified.by.name.clone(), ..undecided(agreement) }
}

fn named(opinion: &str, officer: &Officer) -> String {
    officer.name.as_ref().map_or_else(|| opinion.to_owned(), |name| format!("{opinion}（{name}）"))
}

/// Whether the college's approval stood when the agreement was certified. Requests to terminate have approvals of their own.
fn college_agreed(agreement: &Agreement, process: &[AuditRecord]) -> bool {
    let own = process.iter().filter(|record| record.aggregate == agreement.id.as_str());
    let until_certified = own.take_while(|record| !matches!(record.what, Event::AgreementCertified { .. }));
    until_certified.fold(false, |agreed, record| match (&record.what, &record.actor) {
        (Event::CollegeApproved, _) | (Event::AgreementReviewPassed, Actor::College { .. }) => true,
        (Event::ReturnedToCollege { .. } | Event::CertificationRejected { .. }, _) => false,
        _ => agreed,
    })
}

/// 鉴证人: the officer, a college's with the college; the office, where the officer's name is not known.
pub(crate) fn certifier(agreement: &Agreement, by: &Officer) -> String {
    let student = &agreement.student;
    let college = by.college.as_ref().map(|_| student.college_name.as_str());
    match (&by.name, college) {
        (Some(name), Some(college)) => format!("{name}（{college}）"),
        (Some(name), None) => name.clone(),
        (None, college) => college.unwrap_or(student.school_name.as_str()).to_owned(),
    }
}
