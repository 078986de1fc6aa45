//! The one catalogue of problems (RFC 9457): slug, status, words in Chinese and English, whether to try again.
//!
//! The policy: 401 who are you, 403 wrong role or not yet entitled, 404 not a party or not there (alike), 409 stage or version
//! moved, 410 too late, 413 and 415 the body, 422 a field, 429 and 503 try again. Causes of our own never leave the boundary.

mod fields;
mod refusals;

pub use fields::words;

use crate::fields::FieldError;
use crate::schema::{ProblemType, ReasonCode};
use domain::labels;
use domain::upload::Reason;
use schemars::JsonSchema;
use serde::Serialize;

macro_rules! catalogue {
    ($($(#[$doc:meta])* $name:ident = $slug:literal, $status:literal, $zh:literal, $en:literal $(, $retry:ident)?;)*) => {
        /// A kind of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ProblemKind { $($(#[$doc])* $name,)* }

        impl ProblemKind {
            /// The catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Last part of the problem's type.
            #[must_use]
            pub fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug,)* }
            }

            /// HTTP status.
            #[must_use]
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// Title in Chinese.
            #[must_use]
            pub fn zh(self) -> &'static str {
                match self { $(Self::$name => $zh,)* }
            }

            /// Title in English.
            #[must_use]
            pub fn en(self) -> &'static str {
                match self { $(Self::$name => $en,)* }
            }

            /// Whether the same request may succeed later.
            #[must_use]
            pub fn retryable(self) -> bool {
                match self { $(Self::$name => catalogue!(@retry $($retry)?),)* }
            }
        }
    };
    (@retry retry) => { true };
    (@retry) => { false };
}

catalogue! {
    /// The body is no JSON.
    MalformedJson = "malformed_json", 400, "请求内容不是有效的 JSON", "The body is not valid JSON";
    /// A creating POST without its key.
    IdempotencyKeyRequired = "idempotency_key_required", 400, "缺少 Idempotency-Key 请求头", "The Idempotency-Key header is missing";
    /// A key of a form that is not taken.
    IdempotencyKeyMalformed = "idempotency_key_malformed", 400, "Idempotency-Key 须为 1 至 100 个可见 ASCII 字符", "Idempotency-Key must be 1 to 100 visible ASCII characters";
    /// No token, or one that does not hold.
    Unauthenticated = "unauthenticated", 401, "请登录", "Please log in";
    /// The account was disabled or the token revoked.
    TokenRevoked = "token_revoked", 401, "登录已失效,请重新登录", "This log-in is no longer valid; please log in again";
    /// The role may not do this.
    WrongRole = "wrong_role", 403, "您的身份不能进行此操作", "Your role may not do this";
    /// SR-10.
    EmployerNotQualified = "employer_not_qualified", 403, "单位尚未经任一学校审核通过", "No school has approved this employer yet";
    /// SR-12.
    EmployerInfoIncomplete = "employer_info_incomplete", 403, "请先确认签约信息", "Please confirm the signing information first";
    /// Suspended by the platform.
    EmployerSuspended = "employer_suspended", 403, "单位已停用", "This employer is suspended";
    ///
    EmployerBlocked = "employer_blocked", 403, "该校已限制本单位签约", "This school has barred the employer from its students";
    /// SR-44.
    StudentUnverified = "student_unverified", 403, "请先完成信息验证", "Please pass the information verification first";
    /// Not there or not yours.
    NotFound = "not_found", 404, "未找到", "Not found";
    /// Not this method.
    MethodNotAllowed = "method_not_allowed", 405, "不支持此请求方法", "This method is not allowed here";
    /// SR-35, A-14.
    AlreadyInvited = "already_invited", 409, "已向该生发出邀约,尚在反馈期限内", "An invitation to this student is still open";
    /// The margin after a deadline.
    EarlierLetterJustLapsed = "earlier_invitation_just_lapsed", 409, "上一份邀约刚刚过期,请稍后再发", "The earlier invitation has only just lapsed; try again shortly", retry;
    ///
    AlreadySigned = "already_signed_with_you", 409, "该生与本单位已有签约", "This student has an agreement with you already";
    /// Not on the send list.
    NotACandidate = "not_on_send_list", 409, "该生不在签约发送列表中", "This student is not on the send list";
    /// Answered or withdrawn.
    InvitationEnded = "invitation_ended", 409, "该邀约已处理", "This invitation has been answered or withdrawn";
    /// SR-49.
    StudentLocked = "student_locked", 409, "您已签约,其他邀请函只能查看,无法操作", "You have signed already; other invitations can only be viewed";
    /// SR-64, A-6.
    SigningUnderWay = "signing_under_way", 409, "已签约或正在办理签约,不能再次签约或登记", "There is a signing, in force or under way; nothing else can be signed or registered";
    /// Another letter or an edited one.
    ConfirmationStale = "confirmation_stale", 409, "邀请函已变化,请重新阅读后再确认", "This is not the letter as it stands; please read it again";
    /// The import or export has ended.
    JobEnded = "job_ended", 409, "该任务已结束", "This import or export has ended";
    /// An objection waits for its answer already, or none does.
    ObjectionSettled = "objection_settled", 409, "异议已提出待答复,或已答复", "The objection waits for its answer, or has been answered";
    /// The decision was made on an older version.
    VersionMoved = "version_moved", 409, "内容已变化,请刷新后再处理", "This has changed since you saw it; please reload";
    /// Not in this stage.
    WrongStage = "wrong_stage", 409, "当前状态不能进行此操作", "This cannot be done in the present stage";
    ///
    SchoolDecides = "school_decides", 409, "须由学校鉴证", "The school decides this";
    ///
    CollegeFirst = "college_first", 409, "学院尚未通过", "The college has not approved yet";
    ///
    CollegeHasApproved = "college_has_approved", 409, "学院已通过,等待学校鉴证", "The college has approved; the school decides now";
    ///
    NothingToReturn = "nothing_to_return", 409, "没有可退回的学院意见", "There is no college approval to return";
    ///
    SamePerson = "same_person", 409, "同一人不能进行两级鉴证", "The same person may not decide at both levels";
    /// A policy stands in the way.
    NotAllowedByPolicy = "not_allowed_by_policy", 409, "学校未开放此操作", "The school does not allow this";
    ///
    EmploymentRegistered = "employment_registered", 409, "已登记就业信息,请先撤回登记", "Other employment is registered; have the registration withdrawn first";
    /// O8, A-26.
    TerminationOpen = "termination_open", 409, "有未办结的解约申请,请先处理该申请", "A termination request is open; please deal with that one";
    /// Answered, withdrawn or decided.
    TerminationSettled = "termination_settled", 409, "该解约申请已处理", "This termination request has been dealt with";
    ///
    TerminationQuotaUsed = "termination_quota_used", 409, "解约机会已用完", "The chance to terminate has been used";
    /// SR-39.
    NoticeStale = "notice_stale", 409, "解约须知已更新,请重新阅读后再确认", "The notice on termination has changed; please read it again";
    /// One's own request.
    NotTheOtherParty = "not_the_other_party", 409, "本人提出的解约申请须由对方处理", "The other party answers this request";
    /// The other's request.
    NotTheInitiator = "not_the_initiator", 409, "只能撤回本人提出的解约申请", "Only who raised this request can withdraw it";
    /// F2.
    PreviewStale = "preview_stale", 409, "协议书内容已变化,请重新预览", "The agreement has changed since its preview; please read it again";
    /// Nothing entered.
    NoDraft = "no_draft", 409, "请先录入协议书", "Please enter the agreement first";
    /// Nothing to look at yet.
    UploadMissing = "upload_missing", 409, "文件尚未上传", "The file has not been uploaded yet", retry;
    /// Confirmed before.
    UploadSettled = "upload_settled", 409, "该文件已确认", "This file has been confirmed";
    /// Withdrawn before.
    RegistrationEnded = "registration_ended", 409, "该登记已撤回", "This registration has been withdrawn";
    /// I6.
    NotLonger = "not_longer", 409, "新的反馈期限须长于原期限", "The new period must be longer";
    /// A school reviews already.
    ReviewAwaited = "review_awaited", 409, "正在等待学校审核", "A school is reviewing this employer";
    /// Name and code stand.
    EmployerAlreadyQualified = "employer_already_qualified", 409, "单位已审核通过", "A school has approved this employer already";
    /// One code, one employer.
    CreditCodeTaken = "credit_code_taken", 409, "该统一社会信用代码已被其他单位注册", "Another employer has this credit code";
    ///
    GraduationYearClosed = "graduation_year_closed", 409, "学校未开放该毕业届签约", "The school does not sign this graduation year";
    /// Another log-in has this record.
    RecordBound = "record_bound", 409, "该学籍已绑定其他账号,请联系学校", "Another log-in has verified itself as this student; please ask your school";
    /// Another record has this log-in.
    AccountBound = "account_bound", 409, "本账号已绑定其他学籍", "This log-in is bound to another record";
    /// One number, one person.
    NumberTaken = "number_taken", 409, "该证件号码属于其他人员", "This number is another person's";
    /// Before its time.
    NotYetDue = "not_yet_due", 409, "尚未到期", "Not due yet", retry;
    ///
    InvitationExpired = "invitation_expired", 410, "邀约已过期", "This invitation has expired";
    /// A day after the request.
    UploadLate = "upload_late", 410, "上传已过期,请重新上传", "This upload has lapsed; please begin again";
    /// Over the action's limit.
    BodyTooLarge = "body_too_large", 413, "请求内容过大", "The body is too large";
    /// Not JSON.
    UnsupportedMediaType = "unsupported_media_type", 415, "请求内容须为 application/json", "The body must be application/json";
    /// Fields are wrong.
    InvalidFields = "invalid_fields", 422, "有字段填写不正确", "Some fields are not right";
    /// The file itself.
    UploadRefused = "upload_refused", 422, "文件不能接收", "This file is not taken";
    /// SR-44.
    VerificationFailed = "verification_failed", 422, "信息与学校名册不一致,请核对", "This is not as on the school's roster; please check it";
    /// A correction of nothing.
    NothingToCorrect = "nothing_to_correct", 422, "没有需要更正的内容", "Nothing would change";
    /// The same key, another body.
    KeyReused = "idempotency_key_reused", 422, "该 Idempotency-Key 已用于另一请求", "This Idempotency-Key was used for another request";
    /// Five wrong verifications.
    VerificationLocked = "verification_locked", 429, "验证失败次数过多,请稍后再试", "Too many verifications have failed; please wait", retry;
    /// Five misses of one graduate.
    SearchLocked = "search_locked", 429, "对该毕业生的搜索次数过多,请稍后再试", "Too many searches for this graduate have missed; please wait", retry;
    /// Twenty misses a day.
    SearchesUsedUp = "searches_used_up", 429, "今日搜索次数已用完,请明日再试", "Too many searches have missed today; please wait until tomorrow", retry;
    /// Twenty files a day.
    UploadsUsedUp = "uploads_used_up", 429, "今日上传次数已用完,请明日再试", "Too many files today; please wait until tomorrow", retry;
    /// Sixty numbers an hour.
    VerificationsUsedUp = "verifications_used_up", 429, "核验次数过多,请稍后再试", "Too many verifications from here; please wait", retry;
    /// Our fault.
    Internal = "internal", 500, "系统出错,我们已记录", "Something went wrong on our side; it is on record";
    /// Try again.
    Unavailable = "unavailable", 503, "系统繁忙,请稍后重试", "The system is busy; please try again", retry;
    /// The scanner is at work.
    ScanAwaited = "scan_awaited", 503, "文件正在安全检查,请稍后再试", "The file is being scanned; please try again shortly", retry;
    /// The document is being drawn.
    DocumentAwaited = "document_awaited", 503, "文书正在生成,请稍后再试", "The document is being drawn; please try again shortly", retry;
    /// Ask again with the same key.
    Indeterminate = "indeterminate", 503, "结果未知,请以同一 Idempotency-Key 重试", "The outcome is not known; please repeat with the same Idempotency-Key", retry;
}

impl ProblemKind {
    /// The problem's type.
    #[must_use]
    pub fn urn(self) -> String {
        format!("urn:wangqian:problem:{}", self.slug())
    }
}

/// A problem to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its kind.
    pub kind: ProblemKind,
    /// Which fields are wrong.
    pub errors: Vec<FieldError>,
    /// The stage that stands in the way, where that is the reader's to know.
    pub current_stage: Option<&'static str>,
    /// The version as it is now.
    pub current_version: Option<u64>,
    /// Seconds after which to try again.
    pub retry_after_s: Option<u32>,
    /// Why a file is not taken.
    pub reason: Option<Reason>,
}

impl From<ProblemKind> for Problem {
    fn from(kind: ProblemKind) -> Self {
        let retry_after_s = kind.retryable().then_some(1);
        Self { kind, errors: Vec::new(), current_stage: None, current_version: None, retry_after_s, reason: None }
    }
}

impl Problem {
    /// Wrong fields.
    #[must_use]
    pub fn fields(errors: Vec<FieldError>) -> Self {
        Self { errors, ..ProblemKind::InvalidFields.into() }
    }

    /// The problem document. `request_id` is all that differs between two answers that must look alike.
    #[must_use]
    pub fn document(&self, request_id: &str) -> String {
        let document = ProblemView { request_id: Some(request_id), ..self.view() };
        serde_json::to_string(&document).unwrap_or_default()
    }

    /// The document without a request's id, as it stands in a row of a batch.
    #[must_use]
    pub fn view(&self) -> ProblemView<'_> {
        let kind = self.kind;
        let moved = self.current_stage.is_some() || self.current_version.is_some();
        ProblemView {
            problem_type: kind.urn(),
            status: kind.status(),
            title: kind.zh(),
            title_en: kind.en(),
            retryable: kind.retryable(),
            current: moved.then_some(Current { stage: self.current_stage, version: self.current_version }),
            errors: self.errors.iter().map(fields::FieldErrorView::from).collect(),
            reason: self.reason.map(ReasonView::from),
            request_id: None,
        }
    }
}

/// A problem document (RFC 9457) as it is sent.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub struct ProblemView<'a> {
    #[serde(rename = "type")]
    #[schemars(with = "ProblemType")]
    problem_type: String,
    status: u16,
    title: &'static str,
    title_en: &'static str,
    retryable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<Current>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<fields::FieldErrorView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<ReasonView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
}

/// What stands there now, for whoever decided on something older.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct Current {
    stage: Option<&'static str>,
    version: Option<u64>,
}

/// Why a file is not taken.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReasonView {
    #[schemars(with = "ReasonCode")]
    code: &'static str,
    detail: &'static str,
    detail_en: &'static str,
}

impl From<Reason> for ReasonView {
    fn from(reason: Reason) -> Self {
        let (detail, detail_en) = labels::upload_reason(reason);
        Self { code: reason.as_str(), detail, detail_en }
    }
}
