//! 解约: requests to terminate, as their parties and officers read them.

use super::Receipt;
use super::sections::{AttachmentView, CodeView};
use crate::actions::{ANSWER_TERMINATION, CERTIFY_TERMINATION, WITHDRAW_TERMINATION};
use crate::problems::{Problem, ProblemView};
use crate::schema::{Medium, OfTermination, ReceiptOf, Sha256};
use crate::views::Reader;
use domain::decision::Awaited;
use domain::party::Initiator;
use domain::termination::{AcceptedNotice, StageName, Termination, notice_to};
use domain::values::{AccountId, AgreementId, AgreementNumber, GraduationYear, TerminationId, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

/// 解约须知 (SR-39), as it is shown now.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NoticeView {
    version: u32,
    #[schemars(with = "Sha256")]
    sha256: String,
    text: String,
}

impl NoticeView {
    /// On a request that this party raises.
    #[must_use]
    pub fn to(initiator: Initiator) -> Self {
        let notice = notice_to(initiator);
        Self { version: notice.version, sha256: notice.sha256(), text: notice.text }
    }
}

/// A request to terminate (SR-42, SR-60): what was asked, why, and where it stands.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TerminationView {
    #[serde(flatten)]
    #[schemars(with = "ReceiptOf<OfTermination>")]
    request: Receipt,
    agreement_id: AgreementId,
    number: AgreementNumber,
    #[schemars(with = "Medium")]
    medium: &'static str,
    /// Who raised it.
    initiator: Initiator,
    student_name: String,
    /// For officers.
    #[serde(skip_serializing_if = "Option::is_none")]
    student_number: Option<String>,
    school: String,
    college: String,
    graduation_year: GraduationYear,
    employer: String,
    position: String,
    /// 解约原因.
    reason_code: CodeView,
    /// In words.
    reason: String,
    /// 解约证明材料 (SR-72).
    proofs: Vec<AttachmentView>,
    requested_at: Timestamp,
    /// The 解约须知 that its initiator has agreed to.
    accepted_notice: AcceptedNotice,
    /// When the other party agreed, and to which 解约须知.
    consent: Option<ConsentView>,
    /// When the college approved, where two levels decide; for officers.
    #[serde(skip_serializing_if = "Option::is_none")]
    college_approved_at: Option<Timestamp>,
    /// When it was refused, withdrawn or decided.
    settled_at: Option<Timestamp>,
    /// Why it was refused or not certified.
    settled_reason: Option<String>,
    /// 解约须知, for the party whose consent is awaited (SR-43, SR-61).
    #[serde(skip_serializing_if = "Option::is_none")]
    termination_notice: Option<NoticeView>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
struct ConsentView {
    at: Timestamp,
    accepted_notice: AcceptedNotice,
}

impl TerminationView {
    /// The request as this reader sees it.
    #[must_use]
    pub fn new(termination: &Termination, version: u64, reader: Reader<'_>) -> Self {
        let subject = &termination.subject;
        let approval = termination.college_approval();
        let officer = matches!(reader, Reader::Officer(_));
        let request = Receipt::of_termination(termination, version, reader);
        let answers = request.actions.iter().any(|action| action == ANSWER_TERMINATION.name);
        Self {
            request,
            agreement_id: termination.agreement.clone(),
            number: subject.number.clone(),
            medium: super::medium(subject.offline),
            initiator: termination.initiator,
            student_name: subject.student_name.as_str().to_owned(),
            student_number: officer.then(|| subject.student_number.as_str().to_owned()),
            school: subject.school_name.as_str().to_owned(),
            college: subject.college_name.as_str().to_owned(),
            graduation_year: subject.graduation_year,
            employer: subject.employer_name.as_str().to_owned(),
            position: subject.position.as_str().to_owned(),
            reason_code: termination.reason_code.code().into(),
            reason: termination.reason.as_str().to_owned(),
            proofs: termination.proofs.iter().map(AttachmentView::from).collect(),
            requested_at: termination.requested_at,
            accepted_notice: termination.notice.clone(),
            consent: termination.consent.as_ref().map(|consent| ConsentView { at: consent.at, accepted_notice: consent.notice.clone() }),
            college_approved_at: approval.filter(|_| officer).map(|approval| approval.at),
            settled_at: termination.stage.settled().map(|settled| settled.at),
            settled_reason: termination.stage.reason().map(|reason| reason.as_str().to_owned()),
            termination_notice: answers.then(|| NoticeView::to(termination.initiator)),
        }
    }
}

/// What this reader may do with a request now.
#[must_use]
pub fn termination_actions(termination: &Termination, reader: Reader<'_>) -> Vec<String> {
    let approved_by = termination.college_approval().map(|approval| &approval.by.account);
    let action = reader.may_end(termination.initiator, termination.stage_name(), termination.awaits(), approved_by);
    action.into_iter().map(str::to_owned).collect()
}

impl Reader<'_> {
    /// The one action that a request in this stage is to the reader, if any.
    #[must_use]
    pub fn may_end(
        self,
        initiator: Initiator,
        stage: StageName,
        awaited: Awaited,
        approved_by: Option<&AccountId>,
    ) -> Option<&'static str> {
        match (self, self.party()) {
            (Self::Officer(officer), _) => awaited.by_another(officer, approved_by).then_some(CERTIFY_TERMINATION.name),
            _ if stage != StageName::PendingCounterparty => None,
            (_, Some(party)) if party == initiator => Some(WITHDRAW_TERMINATION.name),
            _ => Some(ANSWER_TERMINATION.name),
        }
    }
}

/// A row of a list of requests.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TerminationRow {
    /// The request, with what the reader may do as far as the row tells.
    #[serde(flatten)]
    #[schemars(with = "ReceiptOf<OfTermination>")]
    pub request: Receipt,
    /// Id of the agreement.
    #[schemars(with = "AgreementId")]
    pub agreement_id: String,
    /// 协议书编号.
    #[schemars(with = "AgreementNumber")]
    pub number: String,
    /// 线上签约 or 线下签约.
    #[schemars(with = "Medium")]
    pub medium: &'static str,
    /// Who raised it.
    pub initiator: Initiator,
    /// 姓名.
    pub student_name: String,
    /// 学号, for officers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub student_number: Option<String>,
    /// 学校.
    pub school: String,
    /// 所在院系.
    pub college: String,
    /// 毕业届.
    pub graduation_year: GraduationYear,
    /// 单位名称.
    pub employer: String,
    /// 拟聘职位.
    pub position: String,
    /// When it was raised.
    pub requested_at: Timestamp,
}

/// What became of requests to terminate several agreements (SR-38).
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RequestedView {
    /// Requests raised.
    pub requested: usize,
    /// Rows refused.
    pub refused: usize,
    /// Rows not reached in time: repeat with the same key.
    pub not_attempted: usize,
    /// Row by row, in the order asked.
    pub rows: Vec<RequestedRow>,
}

/// A row of a submission.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct RequestedRow {
    /// As asked.
    pub agreement_id: String,
    /// The request, if it is raised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub termination_id: Option<TerminationId>,
    /// Why not, if it is not.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "super::problem_view")]
    #[schemars(with = "Option<ProblemView>")]
    pub problem: Option<Problem>,
    /// The request that stands in the way: to be answered, or waited for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_termination_id: Option<TerminationId>,
    /// Not reached in time.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub not_attempted: bool,
}

impl RequestedView {
    /// Counts the rows.
    #[must_use]
    pub fn of(rows: Vec<RequestedRow>) -> Self {
        let count = |is: fn(&RequestedRow) -> bool| rows.iter().filter(|row| is(row)).count();
        Self {
            requested: count(|row| row.termination_id.is_some()),
            refused: count(|row| row.problem.is_some()),
            not_attempted: count(|row| row.not_attempted),
            rows,
        }
    }
}
