//! 代码表: what forms offer, and what stages are called. Nothing of it is anybody's.

use super::CodeView;
use crate::schema::ContentType;
use domain::employer::Qualification;
use domain::party::Initiator;
use domain::plan::columns;
use domain::school::School;
use domain::student::SigningStatus;
use domain::upload::{MediaType, Purpose};
use domain::values::{
    Code, CodeTable, Destination, Education, Ethnicity, Industry, JobCategory, PoliticalStatus, Region, TerminationReason, TrainingMode,
    UnitNature,
};
use domain::{agreement, invitation, labels, objection, registration, termination};
use schemars::JsonSchema;
use serde::Serialize;

/// Everything that is the same for everybody.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReferenceView {
    /// Schools with their colleges.
    pub schools: Vec<School>,
    /// 单位性质.
    pub unit_natures: Vec<CodeView>,
    /// 单位行业.
    pub industries: Vec<CodeView>,
    /// 工作职位类别.
    pub job_categories: Vec<CodeView>,
    /// 单位所在地: divisions of GB/T 2260.
    pub regions: Vec<CodeView>,
    /// 毕业去向类别.
    pub destinations: Vec<DestinationView>,
    /// 解约原因, by who gives it.
    pub termination_reasons: Vec<TerminationReasonView>,
    /// What files are handed in for.
    pub upload_purposes: Vec<CodeView>,
    /// What files are taken, as a `content_type`; a school may take fewer.
    #[schemars(with = "Vec<ContentType>")]
    pub upload_types: Vec<&'static str>,
    /// What letters' stages are called.
    pub invitation_stages: Vec<CodeView>,
    /// What agreements' stages are called.
    pub agreement_stages: Vec<CodeView>,
    /// What requests to terminate are called (解约鉴证状态).
    pub termination_stages: Vec<CodeView>,
    /// What registrations of employment are called.
    pub registration_stages: Vec<CodeView>,
    /// What objections are called.
    pub objection_stages: Vec<CodeView>,
    /// Columns of the employment plan that an export may choose among, in the ministry's order.
    pub plan_columns: Vec<CodeView>,
    /// 民族, 政治面貌, 学历 and 培养方式 as a roster may say them, by name or by code.
    pub roster_codes: RosterCodesView,
    /// 当前就业情况.
    pub signing_statuses: Vec<CodeView>,
    /// What employers' qualifications are called.
    pub qualifications: Vec<CodeView>,
}

/// What a roster says in words that the plan says in codes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RosterCodesView {
    /// 民族.
    pub ethnicity: Vec<CodeView>,
    /// 政治面貌.
    pub political_status: Vec<CodeView>,
    /// 学历.
    pub education: Vec<CodeView>,
    /// 培养方式.
    pub training_mode: Vec<CodeView>,
}

/// 毕业去向类别.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DestinationView {
    #[serde(flatten)]
    destination: CodeView,
    /// Whether 登记就业信息 takes it; the others agreements and the plan write by themselves.
    registered: bool,
}

/// 解约原因.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TerminationReasonView {
    #[serde(flatten)]
    reason: CodeView,
    /// Whose it is.
    initiator: Option<Initiator>,
}

impl ReferenceView {
    /// With these schools.
    #[must_use]
    pub fn new(schools: Vec<School>) -> Self {
        let label = |code: &str, name: &str| CodeView { code: code.to_owned(), name: name.to_owned() };
        Self {
            schools,
            unit_natures: codes(UnitNature::TABLE),
            industries: codes(Industry::TABLE),
            job_categories: codes(JobCategory::TABLE),
            regions: codes(Region::TABLE),
            destinations: Destination::TABLE.entries().map(destination).collect(),
            termination_reasons: TerminationReason::TABLE.entries().map(termination_reason).collect(),
            upload_purposes: Purpose::ALL.map(|purpose| label(purpose.as_str(), labels::upload_purpose(purpose))).to_vec(),
            upload_types: MediaType::SCANS.map(MediaType::as_str).to_vec(),
            invitation_stages: invitation::StageName::ALL.map(|stage| label(stage.as_str(), labels::invitation_stage(stage))).to_vec(),
            agreement_stages: agreement::StageName::ALL.map(|stage| label(stage.as_str(), labels::agreement_stage(stage, false))).to_vec(),
            termination_stages: termination::StageName::ALL
                .map(|stage| label(stage.as_str(), labels::termination_stage(stage, false)))
                .to_vec(),
            registration_stages: registration::StageName::ALL
                .map(|stage| label(stage.as_str(), labels::registration_stage(stage)))
                .to_vec(),
            objection_stages: objection::StageName::ALL.map(|stage| label(stage.as_str(), labels::objection_stage(stage))).to_vec(),
            plan_columns: columns().map(|column| label(column.id, column.title)).collect(),
            roster_codes: RosterCodesView {
                ethnicity: codes(Ethnicity::TABLE),
                political_status: codes(PoliticalStatus::TABLE),
                education: codes(Education::TABLE),
                training_mode: codes(TrainingMode::TABLE),
            },
            signing_statuses: SigningStatus::ALL.map(|status| label(status.as_str(), labels::signing_status(status))).to_vec(),
            qualifications: Qualification::ALL.map(|one| label(one.as_str(), labels::qualification(one))).to_vec(),
        }
    }
}

fn destination(code: Code) -> DestinationView {
    let registered = Destination::parse(code.code).is_ok_and(Destination::is_registered);
    DestinationView { destination: code.into(), registered }
}

fn termination_reason(code: Code) -> TerminationReasonView {
    let reason = TerminationReason::parse(code.code).ok();
    let initiator = reason.and_then(|reason| Initiator::ALL.into_iter().find(|initiator| reason.is_of(*initiator)));
    TerminationReasonView { reason: code.into(), initiator }
}

fn codes(table: CodeTable) -> Vec<CodeView> {
    table.entries().map(CodeView::from).collect()
}
