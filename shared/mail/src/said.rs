//! What each notice means to its reader, and what to do next: one sentence or two, in the manual's own words. What people gave as a reason
//! is never repeated: who may read it logs in.

mod employers;
mod ending;
mod letters;
mod paper;
mod records;
mod signing;

use crate::part::Words;
use crate::telling::Reader;
use domain::transition::NoticeKind as Kind;

/// What it means to this reader.
pub(crate) fn said(kind: Kind, reader: Reader) -> Words {
    match kind {
        Kind::InvitationReceived => letters::RECEIVED,
        Kind::InvitationAccepted => letters::ACCEPTED,
        Kind::InvitationRejected => letters::REJECTED,
        Kind::InvitationExpired => letters::expired(reader),
        Kind::InvitationWithdrawn => letters::WITHDRAWN,
        Kind::InvitationExtended => letters::EXTENDED,
        Kind::DeadlineNear => letters::NEAR,
        Kind::CertificationAwaited => signing::AWAITED,
        Kind::ReturnedToCollege => signing::RETURNED,
        Kind::AgreementCertified => signing::certified(reader),
        Kind::CertificationRejected => signing::rejected(reader),
        Kind::AgreementWithdrawn => signing::withdrawn(reader),
        Kind::CertificationRevoked => signing::revoked(reader),
        Kind::AgreementReviewAwaited => paper::AWAITED,
        Kind::AgreementReviewPassed => paper::PASSED,
        Kind::AgreementReviewFailed => paper::FAILED,
        Kind::AgreementVoided => paper::voided(reader),
        Kind::TerminationRequested => ending::requested(reader),
        Kind::TerminationConsented => ending::CONSENTED,
        Kind::TerminationRefused => ending::REFUSED,
        Kind::TerminationWithdrawn => ending::WITHDRAWN,
        Kind::TerminationAwaited => ending::AWAITED,
        Kind::TerminationRejected => ending::REJECTED,
        Kind::AgreementTerminated => ending::terminated(reader),
        Kind::EmploymentRegistered => records::registered(reader),
        Kind::RegistrationWithdrawn => records::withdrawn(reader),
        Kind::StudentCorrected => records::CORRECTED,
        Kind::ObjectionRaised => records::OBJECTED,
        Kind::ObjectionAnswered => records::ANSWERED,
        Kind::JobEnded => records::JOB_ENDED,
        Kind::EmployerReviewAwaited => employers::AWAITED,
        Kind::EmployerReviewed => employers::REVIEWED,
        Kind::EmployerSuspended => employers::SUSPENDED,
        Kind::EmployerReinstated => employers::REINSTATED,
        Kind::SearchLocked => employers::SEARCH_LOCKED,
    }
}

/// Whether it is about a letter that its reader is still to answer.
pub(crate) fn awaits_answer(kind: Kind) -> bool {
    matches!(kind, Kind::InvitationReceived | Kind::InvitationExtended | Kind::DeadlineNear)
}

/// What the button says.
pub(crate) fn action(kind: Kind) -> Words {
    if awaits_answer(kind) { ("登录查看邀请函", "Log in to read the letter") } else { ("登录网签系统", "Log in") }
}
