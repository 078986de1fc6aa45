//! 邀请函.

use super::sections::{EmployerView, TermsView};
use crate::actions::{ACCEPT_INVITATION, EXTEND_INVITATION, REJECT_INVITATION, WITHDRAW_INVITATION};
use crate::schema::{ActionName, InvitationStage, MailStateName, Sha256};
use domain::delivery::{Delivery, Spared, Stage as MailStage};
use domain::invitation::{Invitation, Stage, StageName};
use domain::labels;
use domain::values::{AgreementId, GraduationYear, InvitationId, PersonName, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

/// Who reads the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// The employer that sent it, with how far the mail that tells of it is.
    Employer {
        /// As the graduate's notice knows it.
        delivery: Option<Delivery>,
    },
    /// Its graduate.
    Student {
        /// The graduate's own name, in full.
        name: PersonName,
        /// Whether the graduate has signed: then the letter is view only (SR-49).
        locked: bool,
    },
}

/// A letter as its parties read it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InvitationView {
    #[schemars(with = "InvitationId")]
    id: String,
    version: u64,
    #[schemars(with = "InvitationStage")]
    stage: &'static str,
    stage_label: &'static str,
    #[schemars(with = "InvitationStage")]
    effective_stage: &'static str,
    effective_stage_label: &'static str,
    #[schemars(with = "Vec<ActionName>")]
    actions: Vec<&'static str>,
    /// 只能查看: open, but its graduate has signed another one.
    view_only: bool,
    employer: EmployerView,
    student: InvitedView,
    #[serde(flatten)]
    terms: TermsView,
    #[schemars(with = "Sha256")]
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
    /// For the employer: whether the graduate was mailed.
    #[serde(skip_serializing_if = "Option::is_none")]
    mail: Option<MailView>,
    /// Only for the graduate who may answer: goes back with 同意.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmation_token: Option<String>,
}

/// The graduate: masked for the employer (domain 5.1), by name on the graduate's own letter.
#[derive(Clone, Debug, Serialize, JsonSchema)]
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
            actions: letter_actions(effective, matches!(viewer, Viewer::Employer { .. }), locked),
            view_only: open && locked,
            employer: EmployerView::new(Some(&letter.employer_id), &letter.employer),
            student: InvitedView {
                name: match viewer {
                    Viewer::Student { name, .. } => Some(name.as_str().to_owned()),
                    Viewer::Employer { .. } => None,
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
            mail: MailView::of(invitation, viewer),
            confirmation_token: answerable.then(|| invitation.confirmation_token(version)),
        }
    }
}

/// How far the mail is that tells the graduate of a letter.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct MailView {
    #[schemars(with = "MailStateName")]
    state: &'static str,
    label: &'static str,
    label_en: &'static str,
}

impl MailView {
    /// For the employer alone. Why nobody was mailed, and what the graduate thinks of mails, is the graduate's own.
    fn of(invitation: &Invitation, viewer: &Viewer) -> Option<Self> {
        let Viewer::Employer { delivery } = viewer else { return None };
        let nobody = MailStage::Spared { because: Spared::NoAddress };
        let (state, shown) = match delivery.as_ref().map(|delivery| &delivery.stage)? {
            MailStage::Owed { .. } | MailStage::Sending { .. } if !invitation.has_address => ("not_emailed", &nobody),
            MailStage::Spared { .. } => ("not_emailed", &nobody),
            stage @ (MailStage::Owed { .. } | MailStage::Sending { .. }) => ("queued", stage),
            stage @ MailStage::Sent { .. } => ("sent", stage),
            MailStage::Complained { at } => return Some(Self::new("delivered", &MailStage::Delivered { at: *at })),
            stage @ MailStage::Delivered { .. } => ("delivered", stage),
            stage @ MailStage::Bounced { .. } => ("bounced", stage),
            stage @ MailStage::Failed { .. } => ("failed", stage),
        };
        Some(Self::new(state, shown))
    }

    fn new(state: &'static str, shown: &MailStage) -> Self {
        let (label, label_en) = labels::delivery(shown);
        Self { state, label, label_en }
    }
}

/// What may be done with a letter in this stage now: by the employer that sent it, or by its graduate.
#[must_use]
pub fn letter_actions(effective: StageName, for_employer: bool, locked: bool) -> Vec<&'static str> {
    match (effective, for_employer, locked) {
        (StageName::Pending, true, _) => vec![WITHDRAW_INVITATION.name, EXTEND_INVITATION.name],
        (StageName::Pending, false, false) => vec![ACCEPT_INVITATION.name, REJECT_INVITATION.name],
        (StageName::Pending, false, true)
        | (StageName::Accepted | StageName::Rejected | StageName::Expired | StageName::Withdrawn, _, _) => Vec::new(),
    }
}

/// A row of a list of letters (SR-48).
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InvitationRow {
    /// Id of the letter.
    #[schemars(with = "InvitationId")]
    pub id: String,
    /// What a decision quotes.
    pub version: u64,
    /// Stage as stored.
    #[schemars(with = "InvitationStage")]
    pub stage: String,
    /// Its label.
    pub stage_label: &'static str,
    /// The stage as it is now: a letter past its deadline is expired, swept or not.
    #[schemars(with = "InvitationStage")]
    pub effective_stage: &'static str,
    /// Its label.
    pub effective_stage_label: &'static str,
    /// What the reader may do.
    #[schemars(with = "Vec<ActionName>")]
    pub actions: Vec<&'static str>,
    /// 只能查看: open, but its graduate has signed another one (SR-49). For the graduate alone: employers are not told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view_only: Option<bool>,
    /// 单位名称.
    pub employer: String,
    /// 姓名, masked.
    pub masked_name: String,
    /// 学校.
    pub school: String,
    /// 院系.
    pub college: String,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// For the employer: whether an address of the graduate was known when it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emailed: Option<bool>,
    /// 拟聘职位.
    pub position: String,
    /// The deadline.
    pub expires_at: Timestamp,
    /// In Asia/Shanghai, to the minute.
    pub expires_at_local: String,
}

fn reason(invitation: &Invitation) -> Option<String> {
    match &invitation.stage {
        Stage::Rejected(rejected) => rejected.reason.as_ref().map(|reason| reason.as_str().to_owned()),
        Stage::Pending(_) | Stage::Accepted(_) | Stage::Expired(_) | Stage::Withdrawn(_) => None,
    }
}
