//! 线下签约: a draft as its graduate goes on with it, its preview, and registrations of other employment.

use super::Receipt;
use super::agreement::StudentView;
use super::documents::DownloadView;
use super::sections::{CodeView, EmployerView, TermsView};
use crate::actions::{PREVIEW_OFFLINE_AGREEMENT, SAVE_OFFLINE_DRAFT, SUBMIT_OFFLINE_AGREEMENT, WITHDRAW_REGISTRATION};
use crate::fields::{FieldError, Place};
use crate::requests::complete;
use crate::schema::{OfDraft, OfRegistration, ReceiptOf, SavedSections, Sha256};
use domain::agreement::{OfflineText, StudentSection};
use domain::labels;
use domain::offline_draft::OfflineDraft;
use domain::registration::{Facts, Registrar, Registration, StageName};
use domain::values::{AgreementId, GraduationYear, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// 录入协议书: what stands there, and what is missing before it can be generated.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DraftView {
    /// The draft of a graduation year; version 0 where nothing was ever saved. Nothing may be done with it while a signing or a
    /// registration holds the slot (SR-64).
    #[serde(flatten)]
    #[schemars(with = "ReceiptOf<OfDraft>")]
    pub draft: Receipt,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// Section by section as entered.
    #[schemars(with = "SavedSections")]
    pub sections: Map<String, Value>,
    /// What is missing, by JSON pointer.
    pub missing: Vec<String>,
    /// The agreement that was last generated from it, until it is edited again.
    pub agreement_id: Option<AgreementId>,
    /// When it was last saved.
    pub saved_at: Option<Timestamp>,
}

impl DraftView {
    /// The draft, or an empty one.
    #[must_use]
    pub fn new(draft: Option<(&OfflineDraft, u64)>, graduation_year: GraduationYear, slot_is_free: bool) -> Self {
        let (version, draft) = draft.map_or((0, None), |(draft, version)| (version, Some(draft)));
        let sections = draft.map(|draft| draft.sections.clone()).unwrap_or_default();
        let missing = missing(&sections);
        let actions = if slot_is_free { draft_actions(draft.is_some(), &missing) } else { Vec::new() };
        Self {
            draft: Receipt::of_draft(draft, graduation_year, version).offering(actions),
            graduation_year,
            missing,
            sections,
            agreement_id: draft.and_then(|draft| draft.generated.clone()),
            saved_at: draft.map(|draft| draft.saved_at),
        }
    }
}

/// What a draft lacks, by JSON pointer.
#[must_use]
pub fn missing(sections: &Map<String, Value>) -> Vec<String> {
    let faults = complete(sections).err().unwrap_or_default();
    faults.into_iter().filter_map(|FieldError { place, .. }| if let Place::Body(pointer) = place { Some(pointer) } else { None }).collect()
}

/// What 暂存 answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DraftReceipt {
    /// The draft.
    #[serde(flatten)]
    #[schemars(with = "ReceiptOf<OfDraft>")]
    pub draft: Receipt,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// What is missing, by JSON pointer.
    pub missing: Vec<String>,
}

/// 预览协议书 (SR-66): the agreement as it will be generated, and what says that it was read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PreviewView {
    /// Goes back with 保存并生成协议书.
    #[schemars(with = "Sha256")]
    preview_sha256: String,
    /// 学生信息, from the roster.
    student: StudentView,
    employer: EmployerView,
    #[serde(flatten)]
    terms: TermsView,
    /// The same as a document.
    document: DownloadView,
}

impl PreviewView {
    /// The graduate's text with the graduate's own section, and the same as a document.
    #[must_use]
    pub fn new(text: &OfflineText, student: &StudentSection, document: DownloadView) -> Self {
        Self {
            preview_sha256: text.hash(student),
            student: StudentView::of(student, student.mobile.mask.clone()),
            employer: EmployerView::new(None, &text.employer),
            terms: TermsView::of(&text.signing, &text.file_receiving, &text.household_receiving),
            document,
        }
    }
}

/// A registration in a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RegistrationRow {
    /// The registration.
    #[serde(flatten)]
    #[schemars(with = "ReceiptOf<OfRegistration>")]
    pub registration: Receipt,
    /// 姓名.
    pub student_name: String,
    /// 学号.
    pub student_number: String,
    /// 所在院系.
    pub college: String,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// 毕业去向类别.
    pub destination: CodeView,
    /// The employer, school or unit.
    pub organisation: Option<String>,
    /// Where that is.
    pub region: Option<CodeView>,
    /// 备注.
    pub remark: Option<String>,
    /// Who registered it.
    pub registered_by: Registrar,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// Since when it no longer holds.
    pub withdrawn_at: Option<Timestamp>,
    /// Why not.
    pub reason: Option<String>,
}

impl RegistrationRow {
    /// What may be done with a registration: an officer of a college only reads.
    #[must_use]
    pub fn actions(stage: StageName, may_withdraw: bool) -> Vec<&'static str> {
        if stage == StageName::Registered && may_withdraw { vec![WITHDRAW_REGISTRATION.name] } else { Vec::new() }
    }

    /// 毕业去向类别, where, and what else was said.
    #[must_use]
    pub fn facts(self, facts: &Facts) -> Self {
        Self {
            destination: facts.destination.code().into(),
            organisation: facts.organisation.as_ref().map(|organisation| organisation.as_str().to_owned()),
            region: facts.region.map(CodeView::of_region),
            remark: facts.remark.as_ref().map(|remark| remark.as_str().to_owned()),
            ..self
        }
    }
}

/// What may be done with a draft that nothing holds back.
fn draft_actions(is_saved: bool, missing: &[String]) -> Vec<&'static str> {
    if is_saved && missing.is_empty() {
        vec![SAVE_OFFLINE_DRAFT.name, PREVIEW_OFFLINE_AGREEMENT.name, SUBMIT_OFFLINE_AGREEMENT.name]
    } else {
        vec![SAVE_OFFLINE_DRAFT.name]
    }
}

impl DraftReceipt {
    /// A draft that was saved just now.
    #[must_use]
    pub fn of(draft: &OfflineDraft, version: u64) -> Self {
        let missing = missing(&draft.sections);
        let receipt = Receipt::of_draft(Some(draft), draft.graduation_year, version);
        Self { draft: receipt.offering(draft_actions(true, &missing)), graduation_year: draft.graduation_year, missing }
    }
}

impl Receipt {
    /// A draft: a person has one a graduation year, so that is its name.
    fn of_draft(draft: Option<&OfflineDraft>, graduation_year: GraduationYear, version: u64) -> Self {
        let (stage, label) = draft.map_or(("none", "未录入"), |draft| (draft.stage_name(), labels::draft_stage(draft)));
        Self::new(&graduation_year, version, stage, label)
    }

    /// A registration after the command, for whoever may withdraw it.
    #[must_use]
    pub fn of_registration(registration: &Registration, version: u64) -> Self {
        let stage = registration.stage_name();
        Self::new(&registration.id, version, stage.as_str(), labels::registration_stage(stage))
            .offering(RegistrationRow::actions(stage, true))
    }
}
