//! Every action once. Directories in `functions/`, routes of the local stack, the permission matrix and the hostile tests are
//! derived from this table or checked against it, both ways.

pub use crate::action::{Action, IdempotencyKey, Role, Takes};
use crate::action::{DRAFT_LIMIT, asks, creates, decides, puts, puts_up_to, read, settles, takes_sheet};

const PUBLIC: &[Role] = &[];
const EVERYONE: &[Role] = &Role::ALL;
const EMPLOYER: &[Role] = &[Role::Employer];
const STUDENT: &[Role] = &[Role::Student];
const PARTIES: &[Role] = &[Role::Student, Role::Employer];
const OFFICERS: &[Role] = &[Role::College, Role::School];
const SCHOOL: &[Role] = &[Role::School];
const PARTIES_OR_SCHOOL: &[Role] = &[Role::Student, Role::Employer, Role::School];
const STUDENT_OR_OFFICERS: &[Role] = &[Role::Student, Role::College, Role::School];
const STUDENT_OR_SCHOOL: &[Role] = &[Role::Student, Role::School];

/// 用户中心.
pub static GET_HOME: Action = read("get-home", "/v1/home", EVERYONE, "用户中心: who I am, what waits for me");
/// 消息.
pub static LIST_MESSAGES: Action = read("list-messages", "/v1/messages", EVERYONE, "消息: my inbox, newest first, with the unread count");
/// 已读.
pub static READ_MESSAGES: Action =
    settles("read-messages", "/v1/messages/reading", EVERYONE, "已读: I have read my messages up to this one");
/// 代码表.
pub static GET_REFERENCE_DATA: Action =
    read("get-reference-data", "/v1/reference", PUBLIC, "代码表: schools, code tables, labels; the same for everybody");
/// 单位注册 (SR-10).
pub static REGISTER_EMPLOYER: Action =
    creates("register-employer", "/v1/employer", EMPLOYER, 201, "单位注册: register and ask one school for its review");
/// 确认签约信息 (SR-11).
pub static CONFIRM_EMPLOYER: Action =
    puts("confirm-employer", "/v1/employer", EMPLOYER, "确认签约信息: confirm the signing information, at first log-in or later");
/// 签约搜索 (SR-19).
pub static FIND_STUDENT: Action = asks("find-student", "/v1/students/find", EMPLOYER, "签约搜索: find a graduate by four exact facts");
/// 签约发送列表.
pub static LIST_CANDIDATES: Action = read("list-candidates", "/v1/candidates", EMPLOYER, "签约发送列表: the send list, newest first");
/// 加入 (SR-20).
pub static ADD_CANDIDATE: Action = creates("add-candidate", "/v1/candidates", EMPLOYER, 201, "加入: put a found graduate on the send list");
/// 移出签约发送列表 (SR-24).
pub static REMOVE_CANDIDATES: Action =
    settles("remove-candidates", "/v1/candidates/removals", EMPLOYER, "移出签约发送列表: take graduates off the send list");
/// 下载 excel 模板 (SR-22).
pub static GET_CANDIDATE_TEMPLATE: Action =
    read("get-candidate-template", "/v1/candidates/template", EMPLOYER, "下载 excel 模板: the sheet for a list of candidates");
/// 导入拟签约名单 (SR-21).
pub static IMPORT_CANDIDATES: Action = takes_sheet(
    "import-candidates",
    "/v1/candidates/imports",
    EMPLOYER,
    "导入拟签约名单: up to 500 graduates join the send list, row by row",
);
/// 发送签约邀请 (SR-25).
pub static SEND_INVITATIONS: Action =
    creates("send-invitations", "/v1/invitations", EMPLOYER, 200, "发送签约邀请: send one letter to up to 200 graduates of the send list");
/// 邀约列表 (SR-48).
pub static LIST_INVITATIONS: Action = read("list-invitations", "/v1/invitations", PARTIES, "邀约列表: letters sent or received, by stage");
/// 查看邀请函 (SR-47).
pub static GET_INVITATION: Action = read("get-invitation", "/v1/invitations/{id}", PARTIES, "查看邀请函: read a letter");
/// 撤回邀约.
pub static WITHDRAW_INVITATION: Action =
    decides("withdraw-invitation", "/v1/invitations/{id}/withdrawal", EMPLOYER, "撤回邀约: take back a letter that is not answered yet");
/// 延长反馈期限 (I6).
pub static EXTEND_INVITATION: Action =
    decides("extend-invitation", "/v1/invitations/{id}/extension", EMPLOYER, "延长反馈期限: give the graduate more time");
/// 信息验证 (SR-44).
pub static VERIFY_STUDENT: Action =
    settles("verify-student", "/v1/student/verification", STUDENT, "信息验证: bind this log-in to a record of the school's roster");
/// 同意, 现在签约 (SR-52, SR-53).
pub static ACCEPT_INVITATION: Action =
    creates("accept-invitation", "/v1/invitations/{id}/acceptance", STUDENT, 201, "同意, 现在签约: accept a letter and form the agreement");
/// 拒绝 (SR-55).
pub static REJECT_INVITATION: Action = decides("reject-invitation", "/v1/invitations/{id}/rejection", STUDENT, "拒绝: refuse a letter");
/// 签约列表 (SR-31, SR-56).
pub static LIST_AGREEMENTS: Action = read("list-agreements", "/v1/agreements", EVERYONE, "签约列表: agreements by stage");
/// 查看签约详情 (SR-54, SR-78, SR-80).
pub static GET_AGREEMENT: Action = read("get-agreement", "/v1/agreements/{id}", EVERYONE, "签约详情: all sections and the process record");
/// 下载协议书 (SR-31, A-3).
pub static GET_AGREEMENT_DOCUMENT: Action = read(
    "get-agreement-document",
    "/v1/agreements/{id}/document",
    EVERYONE,
    "下载协议书: the agreement as it was drawn, certified or not yet, as a short-lived download",
);
/// 存证证明.
pub static GET_EVIDENCE_CERTIFICATE: Action = read(
    "get-evidence-certificate",
    "/v1/agreements/{id}/certificate",
    EVERYONE,
    "存证证明: who did what, when and how, with the hashes that show that nothing was changed since",
);
/// 下载邀请函 (SR-47).
pub static GET_INVITATION_LETTER: Action =
    read("get-invitation-letter", "/v1/invitations/{id}/letter", PARTIES, "下载邀请函: the letter as a document");
/// 下载解约函 (SR-62).
pub static GET_TERMINATION_LETTER: Action = read(
    "get-termination-letter",
    "/v1/terminations/{id}/letter",
    EVERYONE,
    "下载解约函: the letter that a certified termination leaves, as a short-lived download",
);
/// 核验.
pub static VERIFY_DOCUMENT: Action =
    read("verify-document", "/v1/verify/{id}", PUBLIC, "核验: whether a document is ours, and unaltered, by its code or number");
/// 撤回签约, 作废, 撤销鉴证.
pub static VOID_AGREEMENT: Action =
    decides("void-agreement", "/v1/agreements/{id}/voiding", STUDENT_OR_SCHOOL, "撤回签约, 作废, 撤销鉴证: a signing is undone");
/// 录入协议书 (SR-64).
pub static GET_OFFLINE_DRAFT: Action = read(
    "get-offline-draft",
    "/v1/offline-draft",
    STUDENT,
    "录入协议书: what I have entered of an agreement on paper, and what is missing",
);
/// 暂存 (SR-65, A-18).
pub static SAVE_OFFLINE_DRAFT: Action = puts_up_to(
    DRAFT_LIMIT,
    "save-offline-draft",
    "/v1/offline-draft",
    STUDENT,
    "暂存: save an agreement on paper section by section, complete or not",
);
/// 预览协议书 (SR-66).
pub static PREVIEW_OFFLINE_AGREEMENT: Action = asks(
    "preview-offline-agreement",
    "/v1/offline-draft/preview",
    STUDENT,
    "预览协议书: read the agreement on paper as it will be generated",
);
/// 保存并生成协议书 (SR-66).
pub static SUBMIT_OFFLINE_AGREEMENT: Action = creates(
    "submit-offline-agreement",
    "/v1/offline-draft/submission",
    STUDENT,
    201,
    "保存并生成协议书: confirm twice, and hand the agreement in for review",
);
/// 协议书审核 (SR-87).
pub static REVIEW_AGREEMENT: Action =
    decides("review-agreement", "/v1/agreements/{id}/review", OFFICERS, "协议书审核: pass, fail or return an agreement on paper");
/// 反馈协议书 (SR-68, SR-70).
pub static RETURN_AGREEMENT: Action =
    decides("return-agreement", "/v1/agreements/{id}/return", STUDENT, "反馈协议书: return the signed and stamped agreement as a scan");
/// 上传.
pub static REQUEST_UPLOAD: Action =
    creates("request-upload", "/v1/uploads", PARTIES_OR_SCHOOL, 201, "上传: say what the file will be, and where to put it is answered");
/// 确认上传.
pub static CONFIRM_UPLOAD: Action = settles(
    "confirm-upload",
    "/v1/uploads/{id}/confirmation",
    PARTIES_OR_SCHOOL,
    "确认上传: the file is there; it is checked, cleaned and kept",
);
/// 查看文件.
pub static GET_UPLOAD: Action =
    read("get-upload", "/v1/uploads/{id}", EVERYONE, "查看文件: a file that was handed in, as a short-lived download");
/// 申请解约 (SR-38, SR-58, SR-71).
pub static REQUEST_TERMINATION: Action =
    creates("request-termination", "/v1/terminations", PARTIES, 200, "申请解约: ask to terminate up to 200 agreements, for one reason");
/// 解约办理 (SR-42, SR-58).
pub static LIST_TERMINATIONS: Action =
    read("list-terminations", "/v1/terminations", EVERYONE, "解约办理: requests to terminate, by stage and by who raised them");
/// 查看解约 (SR-42, SR-60).
pub static GET_TERMINATION: Action =
    read("get-termination", "/v1/terminations/{id}", EVERYONE, "查看解约: a request to terminate, its reason and where it stands");
/// 同意解约 (SR-43, SR-61), 不同意解约.
pub static ANSWER_TERMINATION: Action =
    decides("answer-termination", "/v1/terminations/{id}/answer", PARTIES, "同意解约, 不同意解约: answer the other party's request");
/// 撤回解约申请.
pub static WITHDRAW_TERMINATION: Action = decides(
    "withdraw-termination",
    "/v1/terminations/{id}/withdrawal",
    PARTIES,
    "撤回解约申请: take back a request that is not answered yet",
);
/// 解约鉴证 (SR-85, SR-86).
pub static CERTIFY_TERMINATION: Action =
    decides("certify-termination", "/v1/terminations/{id}/certification", OFFICERS, "解约鉴证: pass, fail or return a termination");
/// 就业信息登记.
pub static REGISTER_EMPLOYMENT: Action = creates(
    "register-employment",
    "/v1/employment-registrations",
    STUDENT_OR_SCHOOL,
    201,
    "登记就业信息: register another destination than an agreement",
);
/// 就业信息登记.
pub static LIST_REGISTRATIONS: Action =
    read("list-registrations", "/v1/employment-registrations", STUDENT_OR_OFFICERS, "就业信息登记: registrations of other employment");
/// 撤回就业信息登记.
pub static WITHDRAW_REGISTRATION: Action = decides(
    "withdraw-registration",
    "/v1/employment-registrations/{id}/withdrawal",
    STUDENT_OR_SCHOOL,
    "撤回就业信息登记: the graduate may sign again",
);
/// 签约管理 (SR-75).
pub static LIST_REVIEWS: Action = read("list-reviews", "/v1/reviews", OFFICERS, "签约管理: what waits for my decision, oldest first");
/// 签约鉴证 (SR-81, SR-82).
pub static CERTIFY_AGREEMENT: Action =
    decides("certify-agreement", "/v1/agreements/{id}/certification", OFFICERS, "签约鉴证: pass, fail or return a signing");
/// 学生名册.
pub static LIST_STUDENTS: Action = read("list-students", "/v1/students", OFFICERS, "学生名册: the roster of a year, by student number");
/// 学生名册模板.
pub static GET_ROSTER_TEMPLATE: Action =
    read("get-roster-template", "/v1/students/template", SCHOOL, "学生名册模板: the sheet for a roster");
/// 导入学生名册.
pub static IMPORT_STUDENTS: Action =
    creates("import-students", "/v1/students/imports", SCHOOL, 202, "导入学生名册: an uploaded roster of up to 20,000 rows is imported");
/// 导入导出进度.
pub static GET_JOB: Action = read("get-job", "/v1/jobs/{id}", SCHOOL, "导入导出进度: how far a job is, its rows, and its file");
/// 更正学生信息.
pub static CORRECT_STUDENT: Action =
    decides("correct-student", "/v1/students/{id}/corrections", SCHOOL, "更正学生信息: correct a record, or take it away from its log-in");
/// 就业方案.
pub static LIST_PLAN_RECORDS: Action = read(
    "list-plan-records",
    "/v1/plan-records",
    STUDENT_OR_OFFICERS,
    "就业方案: what was written to the plan about me, or in my scope by year",
);
/// 导出就业方案.
pub static EXPORT_EMPLOYMENT_PLAN: Action = creates(
    "export-employment-plan",
    "/v1/employment-plan/exports",
    SCHOOL,
    202,
    "导出就业方案: the plan of a year in the ministry's columns, as .xlsx or .csv",
);
/// 提出异议.
pub static OBJECT_TO_RECORD: Action = creates(
    "object-to-record",
    "/v1/plan-records/{id}/objection",
    STUDENT,
    201,
    "提出异议: say what is wrong with what was written to the plan about me",
);
/// 异议.
pub static LIST_OBJECTIONS: Action = read("list-objections", "/v1/objections", OFFICERS, "异议: what graduates object to in the plan");
/// 答复异议.
pub static ANSWER_OBJECTION: Action =
    decides("answer-objection", "/v1/plan-records/{id}/objection/answer", SCHOOL, "答复异议: answer a graduate's objection");
/// 单位列表.
pub static LIST_EMPLOYERS: Action =
    read("list-employers", "/v1/employers", SCHOOL, "单位列表: employers by name, or as they stand with my school");
/// 单位审核 (SR-92, A-31).
pub static REVIEW_EMPLOYER: Action =
    decides("review-employer", "/v1/employers/{id}/review", SCHOOL, "单位审核: approve, reject, revoke, block or unblock an employer");
/// 统计 (domain 4.3).
pub static GET_STATISTICS: Action =
    read("get-statistics", "/v1/statistics", OFFICERS, "统计: counts by college, stage and week, and rates with their definition");
/// 学校规则.
pub static GET_POLICY: Action = read("get-policy", "/v1/policy", SCHOOL, "学校规则: what my school has set");
/// 设置学校规则.
pub static SET_POLICY: Action = puts("set-policy", "/v1/policy", SCHOOL, "设置学校规则: set it anew; what is under way keeps the old");

/// The table.
pub static ALL: [&Action; 63] = [
    &GET_HOME,
    &LIST_MESSAGES,
    &READ_MESSAGES,
    &GET_REFERENCE_DATA,
    &REGISTER_EMPLOYER,
    &CONFIRM_EMPLOYER,
    &FIND_STUDENT,
    &LIST_CANDIDATES,
    &ADD_CANDIDATE,
    &REMOVE_CANDIDATES,
    &GET_CANDIDATE_TEMPLATE,
    &IMPORT_CANDIDATES,
    &SEND_INVITATIONS,
    &LIST_INVITATIONS,
    &GET_INVITATION,
    &GET_INVITATION_LETTER,
    &WITHDRAW_INVITATION,
    &EXTEND_INVITATION,
    &VERIFY_STUDENT,
    &ACCEPT_INVITATION,
    &REJECT_INVITATION,
    &LIST_AGREEMENTS,
    &GET_AGREEMENT,
    &GET_AGREEMENT_DOCUMENT,
    &GET_EVIDENCE_CERTIFICATE,
    &VOID_AGREEMENT,
    &GET_OFFLINE_DRAFT,
    &SAVE_OFFLINE_DRAFT,
    &PREVIEW_OFFLINE_AGREEMENT,
    &SUBMIT_OFFLINE_AGREEMENT,
    &REVIEW_AGREEMENT,
    &RETURN_AGREEMENT,
    &REQUEST_UPLOAD,
    &CONFIRM_UPLOAD,
    &GET_UPLOAD,
    &REQUEST_TERMINATION,
    &LIST_TERMINATIONS,
    &GET_TERMINATION,
    &GET_TERMINATION_LETTER,
    &ANSWER_TERMINATION,
    &WITHDRAW_TERMINATION,
    &CERTIFY_TERMINATION,
    &REGISTER_EMPLOYMENT,
    &LIST_REGISTRATIONS,
    &WITHDRAW_REGISTRATION,
    &LIST_REVIEWS,
    &CERTIFY_AGREEMENT,
    &LIST_STUDENTS,
    &GET_ROSTER_TEMPLATE,
    &IMPORT_STUDENTS,
    &GET_JOB,
    &CORRECT_STUDENT,
    &LIST_PLAN_RECORDS,
    &EXPORT_EMPLOYMENT_PLAN,
    &OBJECT_TO_RECORD,
    &LIST_OBJECTIONS,
    &ANSWER_OBJECTION,
    &LIST_EMPLOYERS,
    &REVIEW_EMPLOYER,
    &GET_STATISTICS,
    &GET_POLICY,
    &SET_POLICY,
    &VERIFY_DOCUMENT,
];
