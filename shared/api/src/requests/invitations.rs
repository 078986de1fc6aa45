//! Sending letters and answering them.

use super::{Decode, DecodeError, LetterDraft, Parts, id, version};
use crate::fields::{given, read, ticked, value};
use domain::values::{InvitationId, ResponsePeriod, Text};

/// Most letters of one request.
pub(super) const MAX_BATCH: usize = 200;

/// 发送签约邀请 (SR-25, SR-28): one letter for everybody named.
#[derive(Clone, Debug)]
pub struct SendInvitations {
    /// Entries of the send list.
    pub student_refs: Vec<String>,
    /// What is offered.
    pub letter: LetterDraft,
    /// 学生签约反馈期限 (SR-30); the school's default if none.
    pub response_period: Option<ResponsePeriod>,
    /// Only says what would happen.
    pub dry_run: bool,
}

impl Decode for SendInvitations {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        Ok(read(parts, |fields| {
            let student_refs = fields.distinct_texts("student_refs", MAX_BATCH);
            let letter = fields.object("letter", LetterDraft::read);
            let response_period = fields.optional_with("response_days", value());
            let dry_run = fields.optional("dry_run").unwrap_or(false);
            Some(Self { student_refs: student_refs?, letter: letter?, response_period, dry_run })
        })?)
    }
}

/// 撤回邀约, on the version that the employer saw.
#[derive(Clone, Debug)]
pub struct WithdrawInvitation {
    /// The letter.
    pub id: InvitationId,
    /// The version that was seen.
    pub version: u64,
}

impl Decode for WithdrawInvitation {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<InvitationId>(parts)?;
        Ok(read(parts, |fields| Some(Self { id, version: fields.required_with("version", version())? }))?)
    }
}

/// 延长反馈期限 (I6), on the version that the employer saw.
#[derive(Clone, Debug)]
pub struct ExtendInvitation {
    /// The letter.
    pub id: InvitationId,
    /// The version that was seen.
    pub version: u64,
    /// The whole period, counted from sending.
    pub response_period: ResponsePeriod,
}

impl Decode for ExtendInvitation {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<InvitationId>(parts)?;
        Ok(read(parts, |fields| {
            let (version, response_period) = (fields.required_with("version", version()), fields.required_with("response_days", value()));
            Some(Self { id, version: version?, response_period: response_period? })
        })?)
    }
}

/// 同意, then 现在签约: several confirmations (SR-53), and proof of the letter that was shown.
#[derive(Clone, Debug)]
pub struct AcceptInvitation {
    /// The letter.
    pub id: InvitationId,
    /// As get-invitation gave it.
    pub confirmation_token: String,
}

impl Decode for AcceptInvitation {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<InvitationId>(parts)?;
        Ok(read(parts, |fields| {
            let token = fields.required_with("confirmation_token", given(100));
            let confirmed = (fields.required_with("read", ticked()), fields.required_with("sign_now", ticked()));
            Some(Self { id, confirmation_token: token.filter(|_| confirmed == (Some(()), Some(())))? })
        })?)
    }
}

/// 拒绝 (SR-55), with a reason if the graduate wishes.
#[derive(Clone, Debug)]
pub struct RejectInvitation {
    /// The letter.
    pub id: InvitationId,
    /// Why.
    pub reason: Option<Text<500>>,
}

impl Decode for RejectInvitation {
    fn decode(parts: &Parts<'_>) -> Result<Self, DecodeError> {
        let id = id::<InvitationId>(parts)?;
        if parts.says_nothing() {
            return Ok(Self { id, reason: None });
        }
        Ok(read(parts, |fields| Some(Self { id, reason: fields.optional("reason") }))?)
    }
}
