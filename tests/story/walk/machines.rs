//! The edges of the state machines, as the tables of the domain have them: stage before, event, stage after.

/// A machine, told from an aggregate's first event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Machine {
    Invitation,
    Online,
    Paper,
    Termination,
    Draft,
    Registration,
}

pub(crate) type Edge = (Option<&'static str>, &'static str, &'static str);

impl Machine {
    pub(crate) const ALL: [Self; 6] = [Self::Invitation, Self::Online, Self::Paper, Self::Termination, Self::Draft, Self::Registration];

    /// Which machine begins with this event.
    pub(crate) fn beginning_with(event: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|machine| machine.edges().iter().any(|edge| edge.0.is_none() && edge.1 == event))
    }

    pub(crate) fn edges(self) -> &'static [Edge] {
        match self {
            Self::Invitation => &[
                (None, "invitation_sent", "pending"),
                (Some("pending"), "invitation_accepted", "accepted"),
                (Some("pending"), "invitation_rejected", "rejected"),
                (Some("pending"), "invitation_expired", "expired"),
                (Some("pending"), "invitation_withdrawn", "withdrawn"),
                (Some("pending"), "invitation_extended", "pending"),
            ],
            Self::Online => &[
                (None, "agreement_formed", "pending_certification"),
                (Some("pending_certification"), "agreement_certified", "certified"),
                (Some("pending_certification"), "certification_rejected", "certification_rejected"),
                (Some("pending_certification"), "agreement_withdrawn", "withdrawn"),
                (Some("certified"), "termination_opened", "certified"),
                (Some("certified"), "termination_closed", "certified"),
                (Some("certified"), "agreement_terminated", "terminated"),
                (Some("certified"), "certification_revoked", "certification_revoked"),
            ],
            Self::Paper => &[
                (None, "agreement_drawn_up", "agreement_review"),
                (Some("agreement_review"), "agreement_review_passed", "awaiting_feedback"),
                (Some("agreement_review"), "agreement_review_failed", "agreement_rejected"),
                (Some("awaiting_feedback"), "feedback_returned", "pending_certification"),
                (Some("certification_rejected"), "feedback_returned", "pending_certification"),
                (Some("pending_certification"), "agreement_certified", "certified"),
                (Some("pending_certification"), "certification_rejected", "certification_rejected"),
                (Some("awaiting_feedback"), "agreement_voided", "voided"),
                (Some("certification_rejected"), "agreement_voided", "voided"),
                (Some("certified"), "termination_opened", "certified"),
                (Some("certified"), "termination_closed", "certified"),
                (Some("certified"), "agreement_terminated", "terminated"),
            ],
            // Asked for online it waits for the other party, on paper for the school.
            Self::Termination => &[
                (None, "termination_requested", "pending_counterparty"),
                (None, "termination_requested", "pending_certification"),
                (Some("pending_counterparty"), "termination_consented", "pending_certification"),
                (Some("pending_counterparty"), "termination_refused", "refused"),
                (Some("pending_counterparty"), "termination_withdrawn", "withdrawn"),
                (Some("pending_certification"), "termination_certified", "certified"),
                (Some("pending_certification"), "termination_rejected", "certification_rejected"),
            ],
            Self::Draft => &[
                (None, "offline_draft_saved", "draft"),
                (Some("draft"), "offline_draft_saved", "draft"),
                (Some("generated"), "offline_draft_saved", "draft"),
                (Some("draft"), "offline_draft_generated", "generated"),
                (Some("generated"), "offline_draft_generated", "generated"),
            ],
            Self::Registration => {
                &[(None, "employment_registered", "registered"), (Some("registered"), "registration_withdrawn", "withdrawn")]
            }
        }
    }
}

/// Events that take a slot, and those that release it.
pub(crate) const TAKES: [&str; 3] = ["agreement_formed", "agreement_drawn_up", "employment_registered"];
/// An online signing that is not certified ends; one on paper stays.
pub(crate) const RELEASES: [&str; 6] = [
    "agreement_terminated",
    "certification_revoked",
    "agreement_withdrawn",
    "agreement_review_failed",
    "agreement_voided",
    "registration_withdrawn",
];
