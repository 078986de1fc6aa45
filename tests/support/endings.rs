//! What the actors of a story do about terminations, agreements on paper and registrations.

use super::{Answer, Employer, Graduate, Officer, World};
use serde_json::{Value, json};

/// What is agreed to, and why, when this side asks to terminate.
pub(crate) fn request_of(side: &str, agreements: &[&str]) -> Value {
    let (reason_code, reason) = if side == "student" { ("S1", "已被录取为硕士研究生") } else { ("E1", "招聘计划调整") };
    json!({ "agreement_ids": agreements, "notice_version": 1, "agreed": true, "reason_code": reason_code, "reason": reason })
}

macro_rules! ends {
    ($party:ident, $side:literal) => {
        impl $party<'_> {
            /// 申请解约, what became of the one row.
            pub(crate) async fn asks_to_end(&self, agreement: &str) -> Value {
                let body = request_of($side, &[agreement]);
                self.post("/v1/terminations", &self.world.new_key(), &body).await.with(200)["rows"][0].clone()
            }

            /// 申请解约, which must succeed: the request's id.
            pub(crate) async fn ends(&self, agreement: &str) -> String {
                let row = self.asks_to_end(agreement).await;
                row["termination_id"].as_str().unwrap_or_else(|| panic!("{row}")).to_owned()
            }

            /// 查看解约.
            pub(crate) async fn reads_request(&self, termination: &str) -> Answer {
                self.get(&format!("/v1/terminations/{termination}")).await
            }

            /// 同意解约, after the notice.
            pub(crate) async fn consents(&self, termination: &str) -> Answer {
                let body = json!({ "version": 1, "decision": "consent", "agreed": true, "notice_version": 1 });
                self.post(&format!("/v1/terminations/{termination}/answer"), &self.world.new_key(), &body).await
            }

            /// 不同意解约.
            pub(crate) async fn refuses_to_end(&self, termination: &str, reason: &str) -> Answer {
                let body = json!({ "version": 1, "decision": "refuse", "reason": reason });
                self.post(&format!("/v1/terminations/{termination}/answer"), &self.world.new_key(), &body).await
            }

            /// 撤回解约申请.
            pub(crate) async fn takes_back(&self, termination: &str) -> Answer {
                self.post(&format!("/v1/terminations/{termination}/withdrawal"), &self.world.new_key(), &json!({ "version": 1 })).await
            }
        }
    };
}
ends!(Employer, "employer");
ends!(Graduate, "student");

impl Officer<'_> {
    /// A queue of 签约管理.
    pub(crate) async fn queue_of(&self, kind: &str) -> Vec<Value> {
        self.get(&format!("/v1/reviews?kind={kind}")).await.with(200)["items"].as_array().unwrap().clone()
    }

    /// 解约鉴证 on this version.
    pub(crate) async fn decides_end(&self, termination: &str, version: u64, decision: &str, reason: Option<&str>) -> Answer {
        let body = json!({ "version": version, "decision": decision, "reason": reason });
        self.post(&format!("/v1/terminations/{termination}/certification"), &body).await
    }

    /// 解约鉴证通过 of a request that was consented to.
    pub(crate) async fn dissolves(&self, termination: &str) -> Answer {
        self.decides_end(termination, 2, "pass", None).await
    }

    /// 协议书审核 on this version.
    pub(crate) async fn reviews_text(&self, agreement: &str, version: u64, decision: &str, reason: Option<&str>) -> Answer {
        let body = json!({ "version": version, "decision": decision, "reason": reason });
        self.post(&format!("/v1/agreements/{agreement}/review"), &body).await
    }

    /// 作废 or 撤销鉴证, on this version.
    pub(crate) async fn undoes(&self, agreement: &str, version: u64) -> Answer {
        self.post(&format!("/v1/agreements/{agreement}/voiding"), &json!({ "version": version, "reason": "信息有误" })).await
    }
}

impl Graduate<'_> {
    /// 暂存.
    pub(crate) async fn saves(&self, sections: &Value) -> Answer {
        self.world.request(&self.token, ::http::Method::PUT, "/v1/offline-draft", None, Some(sections)).await
    }

    /// 预览协议书.
    pub(crate) async fn previews(&self) -> Answer {
        self.world.request(&self.token, ::http::Method::POST, "/v1/offline-draft/preview", None, Some(&json!({}))).await
    }

    /// 保存并生成协议书 of what was previewed.
    pub(crate) async fn submits(&self, preview_sha256: &str) -> Answer {
        let body = json!({ "preview_sha256": preview_sha256, "confirm": [true, true] });
        self.post("/v1/offline-draft/submission", &self.world.new_key(), &body).await
    }

    /// 录入, 预览, 保存并生成: the agreement's id.
    pub(crate) async fn draws_up(&self) -> String {
        self.saves(&offline_text()).await.with(200);
        let preview = self.previews().await.text_of("preview_sha256");
        self.submits(&preview).await.with(201)["id"].as_str().unwrap().to_owned()
    }

    /// 登记就业信息.
    pub(crate) async fn registers(&self, destination: &str) -> Answer {
        let body = json!({ "destination": destination, "organisation": "武汉大学" });
        self.post("/v1/employment-registrations", &self.world.new_key(), &body).await
    }

    /// 作废 or 撤回签约, on this version.
    pub(crate) async fn undoes(&self, agreement: &str, version: u64) -> Answer {
        let body = json!({ "version": version, "reason": "单位一直未盖章" });
        self.post(&format!("/v1/agreements/{agreement}/voiding"), &self.world.new_key(), &body).await
    }
}

/// A complete agreement on paper, as a graduate enters it.
pub(crate) fn offline_text() -> Value {
    json!({
        "employer": {
            "name": "江城建筑设计院",
            "credit_code": "91420199MA9K100238",
            "nature": "23",
            "industry": "34",
            "region": "420111",
            "contact": { "name": "孙工", "phone": "027-87651234" },
        },
        "signing": {
            "position": "建筑设计师",
            "job_category": "13",
            "workplace": "湖北省武汉市",
            "pay": { "monthly_fen": 900_000 },
        },
        "file_receiving": { "accepts": "no" },
        "household_receiving": { "accepts": "no" },
    })
}

impl World {
    /// An agreement in force between the two.
    pub(crate) async fn signed(&self, employer: &Employer<'_>, graduate: &Graduate<'_>) -> String {
        let letter = employer.invites(graduate).await;
        let agreement = graduate.signs(&letter).await;
        let school = graduate.student.school.as_str();
        self.school(school).passes(&agreement).await.with(200);
        agreement
    }

    /// A termination of an agreement in force, from its request by the graduate to its certification.
    pub(crate) async fn dissolved(&self, employer: &Employer<'_>, graduate: &Graduate<'_>, agreement: &str) -> String {
        let termination = graduate.ends(agreement).await;
        employer.consents(&termination).await.with(200);
        self.school(graduate.student.school.as_str()).dissolves(&termination).await.with(200);
        termination
    }
}
