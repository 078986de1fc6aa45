//! The actors of a story. Each does what its buttons do, and says what came of it.

use super::{Answer, World};
use ::http::Method;
use domain::student::Student;
use domain::values::{EmployerId, Mobile, ResidentId};
use serde_json::{Value, json};

/// An employer's staff.
pub(crate) struct Employer<'w> {
    pub(crate) world: &'w World,
    pub(crate) id: EmployerId,
    pub(crate) token: String,
}

/// A graduate.
pub(crate) struct Graduate<'w> {
    pub(crate) world: &'w World,
    pub(crate) student: Student,
    pub(crate) account: String,
    pub(crate) resident_id: ResidentId,
    pub(crate) mobile: Mobile,
    pub(crate) token: String,
}

/// An officer of a college or school.
pub(crate) struct Officer<'w> {
    pub(crate) world: &'w World,
    pub(crate) token: String,
}

/// A letter that was sent.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) id: String,
}

/// A complete letter.
pub(crate) fn letter() -> Value {
    json!({
        "position": "软件开发工程师",
        "job_category": "13",
        "workplace": "湖北省武汉市洪山区",
        "pay": { "probation_monthly_fen": 800_000, "monthly_fen": 1_000_000 },
        "probation_months": 3,
        "file_receiving": { "accepts": "no" },
        "household_receiving": { "accepts": "yes", "address": "武汉市洪山区珞喻路1号" },
    })
}

/// What ids of one signing, or of one student, have in common: `<school>-<letter><suffix>`.
pub(crate) fn letter_suffix(id: &str) -> String {
    id[7..].to_owned()
}

impl Employer<'_> {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.world.request(&self.token, Method::GET, path, None, None).await
    }

    pub(crate) async fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.world.request(&self.token, Method::POST, path, Some(key), Some(body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        self.world.request(&self.token, Method::PUT, path, None, Some(body)).await
    }

    /// 单位注册: asks a school for its review.
    pub(crate) async fn registers(&self, name: &str, credit_code: &str, school: &str) -> Answer {
        let body = json!({ "name": name, "credit_code": credit_code, "school": school });
        self.post("/v1/employer", &self.world.new_key(), &body).await
    }

    /// 移出签约发送列表.
    pub(crate) async fn removes(&self, references: &[&str]) -> Answer {
        self.post("/v1/candidates/removals", &self.world.new_key(), &json!({ "student_refs": references })).await
    }

    /// 撤回, on the version that was seen.
    pub(crate) async fn withdraws(&self, letter: &Letter, version: u64) -> Answer {
        let path = format!("/v1/invitations/{}/withdrawal", letter.id);
        self.post(&path, &self.world.new_key(), &json!({ "version": version })).await
    }

    /// 延长反馈期限 to so many days, on the version that was seen.
    pub(crate) async fn extends(&self, letter: &Letter, days: u64, version: u64) -> Answer {
        let path = format!("/v1/invitations/{}/extension", letter.id);
        self.post(&path, &self.world.new_key(), &json!({ "version": version, "response_days": days })).await
    }

    /// 签约搜索, with these four facts.
    pub(crate) async fn searches(&self, facts: &Value) -> Answer {
        self.world.request(&self.token, Method::POST, "/v1/students/find", None, Some(facts)).await
    }

    /// 签约搜索 by the right facts.
    pub(crate) async fn finds(&self, graduate: &Graduate<'_>) -> Answer {
        self.searches(&graduate.facts()).await
    }

    /// The employer's own reference for a graduate.
    pub(crate) async fn reference(&self, graduate: &Graduate<'_>) -> String {
        let found = self.finds(graduate).await;
        found.with(200);
        found.text_of("student_ref")
    }

    /// 加入.
    pub(crate) async fn lists(&self, graduate: &Graduate<'_>) -> String {
        self.lists_for(graduate, None).await
    }

    /// 加入, for a position.
    pub(crate) async fn lists_for(&self, graduate: &Graduate<'_>, position: Option<&str>) -> String {
        let reference = self.reference(graduate).await;
        let body = json!({ "student_ref": reference, "position": position });
        let added = self.post("/v1/candidates", &self.world.new_key(), &body).await;
        assert!(matches!(added.status, 200 | 201), "{}", added.text);
        reference
    }

    /// 发送签约邀请 to these references.
    pub(crate) async fn sends(&self, references: &[&str]) -> Answer {
        self.sends_with(references, &json!({})).await
    }

    /// 发送签约邀请 with more, or other, fields.
    pub(crate) async fn sends_with(&self, references: &[&str], more: &Value) -> Answer {
        let mut body = json!({ "student_refs": references, "letter": letter() });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.post("/v1/invitations", &self.world.new_key(), &body).await
    }

    /// 加入 and 邀约: the letter must go out.
    pub(crate) async fn invites(&self, graduate: &Graduate<'_>) -> Letter {
        let reference = self.lists(graduate).await;
        let sent = self.sends(&[&reference]).await.with(200);
        Letter { id: sent["rows"][0]["invitation_id"].as_str().unwrap_or_else(|| panic!("{sent}")).to_owned() }
    }

    /// 加入 and 邀约, of a graduate found before: the letter must go out.
    pub(crate) async fn invites_ref(&self, reference: &str) -> Letter {
        self.post("/v1/candidates", &self.world.new_key(), &json!({ "student_ref": reference })).await.with(201);
        let sent = self.sends(&[reference]).await.with(200);
        Letter { id: sent["rows"][0]["invitation_id"].as_str().unwrap_or_else(|| panic!("{sent}")).to_owned() }
    }

    /// 加入 and 邀约: what became of the one row.
    pub(crate) async fn tries_to_invite(&self, graduate: &Graduate<'_>) -> Value {
        let reference = self.lists(graduate).await;
        self.sends(&[&reference]).await.with(200)["rows"][0].clone()
    }

    /// 查看邀请函.
    pub(crate) async fn reads(&self, letter: &Letter) -> Answer {
        self.get(&format!("/v1/invitations/{}", letter.id)).await
    }
}

impl Graduate<'_> {
    /// The four facts (SR-19), by identity number.
    pub(crate) fn facts(&self) -> Value {
        json!({
            "school": self.student.school.as_str(),
            "graduation_year": 2027,
            "name": self.student.name.as_str(),
            "id_or_mobile": self.resident_id.expose(),
        })
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.world.request(&self.token, Method::GET, path, None, None).await
    }

    pub(crate) async fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.world.request(&self.token, Method::POST, path, Some(key), Some(body)).await
    }

    /// 查看邀请函.
    pub(crate) async fn reads(&self, letter: &Letter) -> Answer {
        self.get(&format!("/v1/invitations/{}", letter.id)).await
    }

    /// The confirmation token of the letter as it stands.
    pub(crate) async fn is_shown(&self, letter: &Letter) -> String {
        self.reads(letter).await.text_of("confirmation_token")
    }

    /// 同意 and 现在签约, after reading.
    pub(crate) async fn accepts(&self, letter: &Letter) -> Answer {
        let token = self.is_shown(letter).await;
        self.accepts_as_shown(letter, &token, &self.world.new_key()).await
    }

    /// 同意 and 现在签约, of a letter read earlier.
    pub(crate) async fn accepts_as_shown(&self, letter: &Letter, confirmation_token: &str, key: &str) -> Answer {
        let body = json!({ "confirmation_token": confirmation_token, "read": true, "sign_now": true });
        self.post(&format!("/v1/invitations/{}/acceptance", letter.id), key, &body).await
    }

    /// Accepts, which must succeed: the agreement's id.
    pub(crate) async fn signs(&self, letter: &Letter) -> String {
        self.accepts(letter).await.with(201)["agreement_id"].as_str().unwrap().to_owned()
    }

    /// What the roster knows, for 信息验证 (SR-44).
    pub(crate) fn roster_facts(&self) -> Value {
        json!({
            "school": self.student.school.as_str(),
            "graduation_year": u16::from(self.student.graduation_year),
            "name": self.student.name.as_str(),
            "resident_id": self.resident_id.expose(),
            "mobile": self.mobile.expose(),
        })
    }

    /// 信息验证 with these facts.
    pub(crate) async fn verifies(&self, facts: &Value) -> Answer {
        self.post("/v1/student/verification", &self.world.new_key(), facts).await
    }

    /// 撤回签约, on version 1.
    pub(crate) async fn withdraws(&self, agreement: &str) -> Answer {
        let body = json!({ "version": 1, "reason": "已有其他意向" });
        self.post(&format!("/v1/agreements/{agreement}/voiding"), &self.world.new_key(), &body).await
    }

    /// 拒绝.
    pub(crate) async fn rejects(&self, letter: &Letter, reason: Option<&str>) -> Answer {
        self.post(&format!("/v1/invitations/{}/rejection", letter.id), &self.world.new_key(), &json!({ "reason": reason })).await
    }
}

impl Officer<'_> {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.world.request(&self.token, Method::GET, path, None, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.world.request(&self.token, Method::POST, path, None, Some(body)).await
    }

    /// The same with a key for repeats.
    pub(crate) async fn posts(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.world.request(&self.token, Method::POST, path, Some(key), Some(body)).await
    }

    /// 设置学校规则, on the version that was seen.
    pub(crate) async fn sets(&self, version: u64, change: &Value) -> Answer {
        let mut body = json!({ "version": version });
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        self.world.request(&self.token, Method::PUT, "/v1/policy", None, Some(&body)).await
    }

    /// 单位审核.
    pub(crate) async fn reviews(&self, employer: &str, decision: &str, reason: Option<&str>) -> Answer {
        self.post(&format!("/v1/employers/{employer}/review"), &json!({ "decision": decision, "reason": reason })).await
    }

    /// 更正学生信息.
    pub(crate) async fn corrects(&self, student: &str, version: u64, change: &Value) -> Answer {
        let mut body = json!({ "version": version, "reason": "学籍信息有误" });
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        self.post(&format!("/v1/students/{student}/corrections"), &body).await
    }

    /// 撤销鉴证, on the version that was seen.
    pub(crate) async fn revokes(&self, agreement: &str, version: u64) -> Answer {
        self.post(&format!("/v1/agreements/{agreement}/voiding"), &json!({ "version": version, "reason": "鉴证有误" })).await
    }

    /// 签约管理.
    pub(crate) async fn queue(&self) -> Vec<Value> {
        self.get("/v1/reviews?kind=signing").await.with(200)["items"].as_array().unwrap().clone()
    }

    /// 签约鉴证 with this body.
    pub(crate) async fn decides(&self, agreement: &str, body: &Value) -> Answer {
        let path = format!("/v1/agreements/{agreement}/certification");
        self.world.request(&self.token, Method::POST, &path, None, Some(body)).await
    }

    /// 签约鉴证通过 on version 1.
    pub(crate) async fn passes(&self, agreement: &str) -> Answer {
        self.decides(agreement, &json!({ "decision": "pass", "version": 1 })).await
    }

    /// 签约鉴证不通过 on version 1.
    pub(crate) async fn fails(&self, agreement: &str, reason: &str) -> Answer {
        self.decides(agreement, &json!({ "decision": "fail", "version": 1, "reason": reason })).await
    }
}
