//! 邀请函.

use super::sections::{EmployerView, TermsView};
use crate::actions::{ACCEPT_INVITATION, REJECT_INVITATION};
use domain::invitation::{Invitation, Stage, StageName};
use domain::labels;
use domain::values::{AgreementId, GraduationYear, PersonName, Timestamp};
use serde::Serialize;

/// Who reads the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// The employer that sent it.
    Employer,
    /// Its graduate.
    Student {
        /// The graduate's own name, in full.
        name: PersonName,
        /// Whether the graduate has signed: then the letter is view only (SR-49).
        locked: bool,
    },
}

/// A letter as its parties read it.
#[derive(Clone, Debug, Serialize)]
pub struct InvitationView {
    id: String,
    version: u64,
    stage: &'static str,
    stage_label: &'static str,
    effective_stage: &'static str,
    effective_stage_label: &'static str,
    actions: Vec<&'static str>,
    /// 只能查看: open, but its graduate has signed another one.
    view_only: bool,
    employer: EmployerView,
    student: InvitedView,
    #[serde(flatten)]
    terms: TermsView,
    letter_sha256: String,
    sent_at: Timestamp,
    expires_at: Timestamp,
    /// In Asia/Shanghai, to the minute.
    expires_at_local: String,
    response_days: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agreement_id: Option<AgreementId>,
    /// Only for the graduate who may answer: goes back with 同意.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmation_token: Option<String>,
}

/// The graduate: masked for the employer (domain 5.1), by name on the graduate's own letter.
#[derive(Clone, Debug, Serialize)]
struct InvitedView {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    masked_name: String,
    school: String,
    college: String,
    graduation_year: GraduationYear,
}

impl InvitationView {
    /// The letter as this viewer reads it now.
    #[must_use]
    pub fn new(invitation: &Invitation, version: u64, viewer: &Viewer, now: Timestamp) -> Self {
        let (stage, effective) = (invitation.stage_name(), invitation.effective_stage(now));
        let open = effective == StageName::Pending;
        let locked = matches!(viewer, Viewer::Student { locked: true, .. });
        let answerable = open && !locked && matches!(viewer, Viewer::Student { .. });
        let letter = &invitation.letter;
        Self {
            id: invitation.id.to_string(),
            version,
            stage: stage.as_str(),
            stage_label: labels::invitation_stage(stage),
            effective_stage: effective.as_str(),
            effective_stage_label: labels::invitation_stage(effective),
            actions: if answerable { vec![ACCEPT_INVITATION.name, REJECT_INVITATION.name] } else { Vec::new() },
            view_only: open && locked,
            employer: EmployerView::from(&letter.employer),
            student: InvitedView {
                name: match viewer {
                    Viewer::Student { name, .. } => Some(name.as_str().to_owned()),
                    Viewer::Employer => None,
                },
                masked_name: invitation.masked_name.clone(),
                school: invitation.school_name.as_str().to_owned(),
                college: invitation.college_name.as_str().to_owned(),
                graduation_year: invitation.graduation_year,
            },
            terms: TermsView::of(&letter.signing, &letter.file_receiving, &letter.household_receiving),
            letter_sha256: invitation.letter_hash.clone(),
            sent_at: invitation.sent_at,
            expires_at: invitation.expires_at(),
            expires_at_local: invitation.expires_at().in_shanghai(),
            response_days: invitation.response_period.days(),
            reason: reason(invitation),
            agreement_id: matches!(invitation.stage, Stage::Accepted(_)).then(|| invitation.id.agreement()),
            confirmation_token: answerable.then(|| invitation.confirmation_token(version)),
        }
    }
}

fn reason(invitation: &Invitation) -> Option<String> {
    match &invitation.stage {
        Stage::Rejected(rejected) => rejected.reason.as_ref().map(|reason| reason.as_str().to_owned()),
        Stage::Pending(_) | Stage::Accepted(_) | Stage::Expired(_) | Stage::Withdrawn(_) => None,
    }
}
