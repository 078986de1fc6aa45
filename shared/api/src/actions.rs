//! Every action once. Directories in `functions/`, routes of the local stack, the permission matrix and the hostile tests are
//! derived from this table or checked against it, both ways.

use http::Method;

/// Who may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 毕业生.
    Student,
    /// 用人单位.
    Employer,
    /// 学院.
    College,
    /// 学校.
    School,
}

impl Role {
    /// Every role, in the order of the permission matrix.
    pub const ALL: [Self; 4] = [Self::Student, Self::Employer, Self::College, Self::School];

    /// As in tokens.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Employer => "employer",
            Self::College => "college",
            Self::School => "school",
        }
    }
}

/// Whether a caller's key for repeats is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdempotencyKey {
    /// On every POST that creates: 400 without.
    Required,
    /// On other commands, if the caller wishes.
    Optional,
    /// Nothing is changed.
    Unused,
}

/// One action: one directory, one binary, one route, one log field.
#[derive(Debug, PartialEq, Eq)]
pub struct Action {
    /// `accept-invitation`: directory, binary and log field.
    pub name: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path with `{parameters}`.
    pub path: &'static str,
    /// Who may call it.
    pub callers: &'static [Role],
    /// Whether it changes state: it writes audit records and is refused to revoked tokens inside its transaction.
    pub changes_state: bool,
    /// Whether it takes a key for repeats.
    pub idempotency: IdempotencyKey,
    /// Status of the answer when it does what it is asked.
    pub success: u16,
    /// Largest body in bytes.
    pub body_limit: usize,
    /// One line for people.
    pub summary: &'static str,
}

const JSON_LIMIT: usize = 256 * 1024;
const NO_BODY: usize = 0;

const EVERYONE: &[Role] = &Role::ALL;
const EMPLOYER: &[Role] = &[Role::Employer];
const STUDENT: &[Role] = &[Role::Student];
const PARTIES: &[Role] = &[Role::Student, Role::Employer];
const OFFICERS: &[Role] = &[Role::College, Role::School];

/// 用户中心.
pub static GET_HOME: Action = read("get-home", "/v1/home", EVERYONE, "用户中心: who I am, what waits for me");
/// 签约搜索 (SR-19).
pub static FIND_STUDENT: Action = asks("find-student", "/v1/students/find", EMPLOYER, "签约搜索: find a graduate by four exact facts");
/// 签约发送列表.
pub static LIST_CANDIDATES: Action = read("list-candidates", "/v1/candidates", EMPLOYER, "签约发送列表: the send list, newest first");
/// 加入 (SR-20).
pub static ADD_CANDIDATE: Action = creates("add-candidate", "/v1/candidates", EMPLOYER, 201, "加入: put a found graduate on the send list");
/// 发送签约邀请 (SR-25).
pub static SEND_INVITATIONS: Action =
    creates("send-invitations", "/v1/invitations", EMPLOYER, 200, "发送签约邀请: send one letter to up to 200 graduates of the send list");
/// 查看邀请函 (SR-47).
pub static GET_INVITATION: Action = read("get-invitation", "/v1/invitations/{id}", PARTIES, "查看邀请函: read a letter");
/// 同意, 现在签约 (SR-52, SR-53).
pub static ACCEPT_INVITATION: Action =
    creates("accept-invitation", "/v1/invitations/{id}/acceptance", STUDENT, 201, "同意, 现在签约: accept a letter and form the agreement");
/// 拒绝 (SR-55).
pub static REJECT_INVITATION: Action = decides("reject-invitation", "/v1/invitations/{id}/rejection", STUDENT, "拒绝: refuse a letter");
/// 签约管理 (SR-75).
pub static LIST_REVIEWS: Action = read("list-reviews", "/v1/reviews", OFFICERS, "签约管理: what waits for my decision, oldest first");
/// 签约鉴证 (SR-81, SR-82).
pub static CERTIFY_AGREEMENT: Action =
    decides("certify-agreement", "/v1/agreements/{id}/certification", OFFICERS, "签约鉴证: pass, fail or return a signing");
/// 查看签约详情 (SR-54, SR-78, SR-80).
pub static GET_AGREEMENT: Action = read("get-agreement", "/v1/agreements/{id}", EVERYONE, "签约详情: all sections and the process record");

/// The table.
pub static ALL: [&Action; 11] = [
    &GET_HOME,
    &FIND_STUDENT,
    &LIST_CANDIDATES,
    &ADD_CANDIDATE,
    &SEND_INVITATIONS,
    &GET_INVITATION,
    &ACCEPT_INVITATION,
    &REJECT_INVITATION,
    &LIST_REVIEWS,
    &CERTIFY_AGREEMENT,
    &GET_AGREEMENT,
];

const fn read(name: &'static str, path: &'static str, callers: &'static [Role], summary: &'static str) -> Action {
    let (changes_state, idempotency, success) = (false, IdempotencyKey::Unused, 200);
    Action { name, method: Method::GET, path, callers, changes_state, idempotency, success, body_limit: NO_BODY, summary }
}

/// A question whose words are personal: in a body, never in a URL.
const fn asks(name: &'static str, path: &'static str, callers: &'static [Role], summary: &'static str) -> Action {
    let (changes_state, idempotency, success) = (false, IdempotencyKey::Unused, 200);
    Action { name, method: Method::POST, path, callers, changes_state, idempotency, success, body_limit: JSON_LIMIT, summary }
}

const fn decides(name: &'static str, path: &'static str, callers: &'static [Role], summary: &'static str) -> Action {
    let (changes_state, idempotency, success) = (true, IdempotencyKey::Optional, 200);
    Action { name, method: Method::POST, path, callers, changes_state, idempotency, success, body_limit: JSON_LIMIT, summary }
}

const fn creates(name: &'static str, path: &'static str, callers: &'static [Role], success: u16, summary: &'static str) -> Action {
    let (changes_state, idempotency) = (true, IdempotencyKey::Required);
    Action { name, method: Method::POST, path, callers, changes_state, idempotency, success, body_limit: JSON_LIMIT, summary }
}
