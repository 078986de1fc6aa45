//! Requests to terminate, and the answers to them.

use super::certification::verdict;
use super::invitations::MAX_BATCH;
use super::lists::Query;
use super::{Decode, DecodeError, ListPage, Parts, id, version};
use crate::fields::{Fields, Reads, read, ticked, whole_as};
use domain::decision::Verdict;
use domain::party::Initiator;
use domain::termination::{Answer, StageName};
use domain::values::{TerminationId, TerminationReason, Text, UploadId};

/// 申请解约 (SR-38 to SR-40, SR-58, SR-59): one reason for all agreements named.
#[derive(Clone, Debug)]
pub struct RequestTermination {
    /// The agreements.
    pub agreement_ids: Vec<String>,
    /// The version of 解约须知 that was shown and ticked.
    pub notice_version: u32,
    /// 解约原因, coded.
    pub reason_code: TerminationReason,
    /// 解约原因, in words.
    pub reason: Text<500>,
    /// 解约证明材料, of an agreement on paper (SR-72).
    pub upload_ids: Vec<UploadId>,
}

impl Decode for RequestTermination {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(read(parts, |fields| {
            let agreement_ids = fields.distinct_texts("agreement_ids", MAX_BATCH);
            let notice_version = accepted_notice(fields);
            let (reason_code, reason) = (fields.required("reason_code"), fields.required("reason"));
            let upload_ids = fields.optional_ids("upload_ids", MAX_FILES);
            Some(Self {
                agreement_ids: agreement_ids?,
                notice_version: notice_version?,
                reason_code: reason_code?,
                reason: reason?,
                upload_ids,
            })
        })?)
    }
}

/// Most files of one proof, or of one stamped scan.
pub(super) const MAX_FILES: usize = 10;

/// 我同意并遵守以上规定 (SR-39): the tick, and under which version of the notice.
fn accepted_notice(fields: &Fields<'_>) -> Option<u32> {
    let (version, agreed) = (fields.required_with("notice_version", notice_version()), fields.required_with("agreed", ticked()));
    version.filter(|_| agreed.is_some())
}

fn notice_version() -> impl Reads<u32> {
    whole_as(1, i64::from(u32::MAX))
}

/// 同意解约 (SR-43, SR-61) after the notice, or 不同意解约 with a reason, on the version that was seen.
#[derive(Clone, Debug)]
pub struct AnswerTermination {
    /// The request.
    pub id: TerminationId,
    /// The version that was seen.
    pub version: u64,
    /// The answer.
    pub answer: Answer,
}

impl Decode for AnswerTermination {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<TerminationId>(parts)?;
        Ok(read(parts, |fields| {
            let version = fields.required_with("version", version());
            let consents = fields.choice("decision", &[("consent", true), ("refuse", false)]);
            let answer = match consents {
                Some(true) => {
                    fields.leave_alone(&["reason"]);
                    accepted_notice(fields).map(|notice_version| Answer::Consent { notice_version })
                }
                Some(false) => {
                    fields.leave_alone(&["agreed", "notice_version"]);
                    fields.required("reason").map(|reason| Answer::Refuse { reason })
                }
                None => {
                    fields.leave_alone(&["agreed", "notice_version", "reason"]);
                    None
                }
            };
            Some(Self { id, version: version?, answer: answer? })
        })?)
    }
}

/// 撤回解约申请, on the version that was seen.
#[derive(Clone, Debug)]
pub struct WithdrawTermination {
    /// The request.
    pub id: TerminationId,
    /// The version that was seen.
    pub version: u64,
}

impl Decode for WithdrawTermination {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<TerminationId>(parts)?;
        Ok(read(parts, |fields| Some(Self { id, version: fields.required_with("version", version())? }))?)
    }
}

/// 解约鉴证 (SR-85, SR-86), on the version that the officer saw.
#[derive(Clone, Debug)]
pub struct CertifyTermination {
    /// The request.
    pub id: TerminationId,
    /// The version that the decision was made on.
    pub version: u64,
    /// The decision.
    pub verdict: Verdict,
}

impl Decode for CertifyTermination {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<TerminationId>(parts)?;
        Ok(read(parts, |fields| {
            let (version, verdict) = (fields.required_with("version", version()), verdict(fields));
            Some(Self { id, version: version?, verdict: verdict? })
        })?)
    }
}

/// A page of requests to terminate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListTerminations {
    /// The stage. If none is asked for: a graduate sees all, an employer those that wait for an answer, an officer those that wait for
    /// certification.
    pub stage: Option<StageName>,
    /// Only those that this side has raised: an employer's 学生提出解约待办理列表 is the graduates' (SR-42).
    pub initiator: Option<Initiator>,
    /// The page.
    pub page: ListPage,
}

impl Decode for ListTerminations {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let mut query = Query::of(parts);
        let stage = query.one_of("status", &StageName::ALL.map(|stage| (stage.as_str(), stage)));
        let initiator = query.one_of("initiator", &Initiator::ALL.map(|side| (side.as_str(), side)));
        let page = ListPage { limit: query.limit(), after: query.after() };
        query.done(Self { stage, initiator, page })
    }
}
