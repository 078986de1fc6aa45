//! How an event is told: its name, its reason, whether the process record has it.

use super::Event;
use crate::values::{Text, Timestamp};

impl Event {
    /// Why it happened, where whoever did it said so.
    #[must_use]
    pub fn reason(&self) -> Option<&Text<500>> {
        match self {
            Self::InvitationRejected { reason } => reason.as_ref(),
            Self::CertificationRejected { reason }
            | Self::ReturnedToCollege { reason }
            | Self::AgreementWithdrawn { reason }
            | Self::CertificationRevoked { reason }
            | Self::AgreementReviewFailed { reason }
            | Self::AgreementVoided { reason }
            | Self::TerminationRequested { reason, .. }
            | Self::TerminationRefused { reason }
            | Self::TerminationRejected { reason }
            | Self::RegistrationWithdrawn { reason }
            | Self::EmployerSuspended { reason }
            | Self::EmployerReinstated { reason }
            | Self::StudentCorrected { reason, .. }
            | Self::AccountDisabled { reason }
            | Self::AccountEnabled { reason } => Some(reason),
            Self::EmployerReviewed { review, .. } => review.reason(),
            Self::InvitationSent { .. }
            | Self::InvitationAccepted { .. }
            | Self::InvitationExpired
            | Self::DeadlineNear { .. }
            | Self::InvitationWithdrawn
            | Self::InvitationExtended { .. }
            | Self::AgreementFormed { .. }
            | Self::AgreementCertified { .. }
            | Self::CollegeApproved
            | Self::AgreementDrawnUp { .. }
            | Self::AgreementReviewPassed
            | Self::FeedbackReturned { .. }
            | Self::TerminationOpened { .. }
            | Self::TerminationClosed { .. }
            | Self::TerminationConsented { .. }
            | Self::TerminationWithdrawn
            | Self::TerminationCertified
            | Self::OfflineDraftSaved
            | Self::OfflineDraftGenerated { .. }
            | Self::EmploymentRegistered { .. }
            | Self::AgreementTerminated
            | Self::EmployerRegistered { .. }
            | Self::EmployerConfirmed
            | Self::StudentVerified
            | Self::AccountBound { .. }
            | Self::AccountUnbound { .. }
            | Self::PolicySet { .. }
            | Self::SchoolSetUp { .. }
            | Self::StatisticsRebuilt { .. }
            | Self::UploadRequested { .. }
            | Self::UploadConfirmed { .. }
            | Self::UploadRefused { .. }
            | Self::UploadAttached { .. }
            | Self::StudentEnrolled { .. }
            | Self::StudentUpdated { .. }
            | Self::JobRequested { .. }
            | Self::JobDone { .. }
            | Self::JobFailed { .. }
            | Self::ObjectionRaised { .. }
            | Self::ObjectionAnswered { .. }
            | Self::DocumentIssued { .. }
            | Self::Anonymised
            | Self::Restored { .. }
            | Self::SearchLocked { .. } => None,
        }
    }

    /// The deadline that it sets, or reminds of.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        if let Self::InvitationSent { expires_at, .. } | Self::InvitationExtended { expires_at } | Self::DeadlineNear { expires_at } = self
        {
            Some(*expires_at)
        } else {
            None
        }
    }

    /// The fields that it changed, by their names in requests.
    #[must_use]
    pub fn fields(&self) -> &[String] {
        if let Self::StudentCorrected { fields, .. } | Self::StudentUpdated { fields, .. } = self { fields } else { &[] }
    }

    /// Whether the process record tells it: that an agreement knows of a request, the request's own events tell; what a graduate and the
    /// school say of the plan is between the two; documents are listed by themselves.
    #[must_use]
    pub fn is_told(&self) -> bool {
        !matches!(
            self,
            Self::TerminationOpened { .. }
                | Self::TerminationClosed { .. }
                | Self::ObjectionRaised { .. }
                | Self::ObjectionAnswered { .. }
                | Self::DocumentIssued { .. }
        )
    }

    /// The tag.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::InvitationSent { .. } => "invitation_sent",
            Self::InvitationAccepted { .. } => "invitation_accepted",
            Self::InvitationRejected { .. } => "invitation_rejected",
            Self::InvitationExpired => "invitation_expired",
            Self::DeadlineNear { .. } => "deadline_near",
            Self::InvitationWithdrawn => "invitation_withdrawn",
            Self::InvitationExtended { .. } => "invitation_extended",
            Self::AgreementFormed { .. } => "agreement_formed",
            Self::AgreementCertified { .. } => "agreement_certified",
            Self::CertificationRejected { .. } => "certification_rejected",
            Self::CollegeApproved => "college_approved",
            Self::ReturnedToCollege { .. } => "returned_to_college",
            Self::AgreementDrawnUp { .. } => "agreement_drawn_up",
            Self::AgreementReviewPassed => "agreement_review_passed",
            Self::AgreementReviewFailed { .. } => "agreement_review_failed",
            Self::FeedbackReturned { .. } => "feedback_returned",
            Self::AgreementVoided { .. } => "agreement_voided",
            Self::TerminationOpened { .. } => "termination_opened",
            Self::TerminationClosed { .. } => "termination_closed",
            Self::TerminationRequested { .. } => "termination_requested",
            Self::TerminationConsented { .. } => "termination_consented",
            Self::TerminationRefused { .. } => "termination_refused",
            Self::TerminationWithdrawn => "termination_withdrawn",
            Self::TerminationCertified => "termination_certified",
            Self::TerminationRejected { .. } => "termination_rejected",
            Self::OfflineDraftSaved => "offline_draft_saved",
            Self::OfflineDraftGenerated { .. } => "offline_draft_generated",
            Self::EmploymentRegistered { .. } => "employment_registered",
            Self::RegistrationWithdrawn { .. } => "registration_withdrawn",
            Self::AgreementTerminated => "agreement_terminated",
            Self::AgreementWithdrawn { .. } => "agreement_withdrawn",
            Self::CertificationRevoked { .. } => "certification_revoked",
            Self::EmployerRegistered { .. } => "employer_registered",
            Self::EmployerConfirmed => "employer_confirmed",
            Self::EmployerReviewed { .. } => "employer_reviewed",
            Self::EmployerSuspended { .. } => "employer_suspended",
            Self::EmployerReinstated { .. } => "employer_reinstated",
            Self::StudentVerified => "student_verified",
            Self::StudentCorrected { .. } => "student_corrected",
            Self::AccountBound { .. } => "account_bound",
            Self::AccountUnbound { .. } => "account_unbound",
            Self::AccountDisabled { .. } => "account_disabled",
            Self::AccountEnabled { .. } => "account_enabled",
            Self::PolicySet { .. } => "policy_set",
            Self::SchoolSetUp { .. } => "school_set_up",
            Self::StatisticsRebuilt { .. } => "statistics_rebuilt",
            Self::UploadRequested { .. } => "upload_requested",
            Self::UploadConfirmed { .. } => "upload_confirmed",
            Self::UploadRefused { .. } => "upload_refused",
            Self::UploadAttached { .. } => "upload_attached",
            Self::SearchLocked { .. } => "search_locked",
            Self::StudentEnrolled { .. } => "student_enrolled",
            Self::StudentUpdated { .. } => "student_updated",
            Self::JobRequested { .. } => "job_requested",
            Self::JobDone { .. } => "job_done",
            Self::JobFailed { .. } => "job_failed",
            Self::ObjectionRaised { .. } => "objection_raised",
            Self::ObjectionAnswered { .. } => "objection_answered",
            Self::DocumentIssued { .. } => "document_issued",
            Self::Anonymised => "anonymised",
            Self::Restored { .. } => "restored",
        }
    }
}
