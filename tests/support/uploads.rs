//! Handing in files: asked for, put where it was answered, confirmed.

use super::{Answer, Employer, Graduate, Officer, World};
use ::http::Method;
use base64::Engine as _;
use domain::upload::{MediaType, Owner, Purpose, Stage, Upload, sha256};
use domain::values::{PersonId, Text, Timestamp, UploadId};
use serde_json::{Value, json};

/// A picture of one pixel: the smallest that is taken.
const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/// As what spreadsheets travel.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What is handed in, and as what.
#[derive(Clone, Debug)]
pub(crate) struct Handed {
    pub(crate) purpose: &'static str,
    pub(crate) file_name: String,
    pub(crate) content_type: &'static str,
    pub(crate) bytes: Vec<u8>,
}

impl Handed {
    /// The picture of one pixel.
    pub(crate) fn pixel(purpose: &'static str) -> Self {
        let bytes = base64::engine::general_purpose::STANDARD.decode(PIXEL).unwrap();
        Self { purpose, file_name: "扫描件.png".to_owned(), content_type: "image/png", bytes }
    }

    /// A spreadsheet as a roster.
    pub(crate) fn roster(bytes: Vec<u8>) -> Self {
        Self { purpose: "roster", file_name: "2027届名册.xlsx".to_owned(), content_type: XLSX, bytes }
    }

    /// The upload that stands when somebody has asked to hand it in under this id, as far as files know of it.
    pub(crate) fn requested(&self, id: &str) -> Upload {
        Upload {
            id: UploadId::parse(id).unwrap(),
            owner: Owner::Student(PersonId::parse("p1").unwrap()),
            purpose: Purpose::StampedAgreement,
            file_name: Text::parse("scan.png").unwrap(),
            media_type: MediaType::Png,
            length: self.bytes.len() as u64,
            sha256: sha256(&self.bytes),
            requested_at: Timestamp::from_millis(0),
            stage: Stage::Requested,
        }
    }

    /// What is said of it before it is sent.
    pub(crate) fn promise(&self) -> Value {
        json!({
            "purpose": self.purpose,
            "file_name": self.file_name,
            "content_type": self.content_type,
            "length": self.bytes.len(),
            "sha256": sha256(&self.bytes),
        })
    }
}

/// Puts a file where it was answered, with the headers that were answered.
pub(crate) async fn put(world: &World, place: &Value, bytes: &[u8]) -> Answer {
    let headers = place["headers"].as_object().unwrap();
    let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
    let path = place["url"].as_str().unwrap().strip_prefix(world.stack.url()).unwrap().to_owned();
    world.http.send(Method::PUT, &path, &headers, bytes.to_vec()).await
}

impl World {
    /// Fetches what an answered address holds.
    pub(crate) async fn fetches(&self, url: &str) -> Answer {
        self.http.send(Method::GET, url.strip_prefix(self.stack.url()).unwrap(), &[], "").await
    }
}

macro_rules! hands_in {
    ($party:ident) => {
        impl $party<'_> {
            /// Asks to hand in a file.
            pub(crate) async fn asks_to_upload(&self, file: &Handed) -> Answer {
                self.post("/v1/uploads", &self.world.new_key(), &file.promise()).await
            }

            /// 确认上传.
            pub(crate) async fn confirms(&self, id: &str) -> Answer {
                self.post(&format!("/v1/uploads/{id}/confirmation"), &self.world.new_key(), &json!({})).await
            }

            /// Asks, puts and confirms: the upload's id, and what the confirmation answered.
            pub(crate) async fn hands_in(&self, file: &Handed) -> (String, Answer) {
                let place = self.asks_to_upload(file).await.with(201);
                let stored = put(self.world, &place, &file.bytes).await;
                assert_eq!(stored.status, 200, "{}", stored.text);
                let id = place["id"].as_str().unwrap().to_owned();
                let confirmed = self.confirms(&id).await;
                (id, confirmed)
            }

            /// A clean file for this purpose: its id.
            pub(crate) async fn uploads(&self, purpose: &'static str) -> String {
                let (id, confirmed) = self.hands_in(&Handed::pixel(purpose)).await;
                confirmed.with(200);
                id
            }
        }
    };
}
hands_in!(Employer);
hands_in!(Graduate);

impl Officer<'_> {
    /// Asks, puts and confirms a roster: the upload's id, and what the confirmation answered.
    pub(crate) async fn hands_in(&self, file: &Handed) -> (String, Answer) {
        let place = self.posts("/v1/uploads", &self.world.new_key(), &file.promise()).await.with(201);
        let stored = put(self.world, &place, &file.bytes).await;
        assert_eq!(stored.status, 200, "{}", stored.text);
        let id = place["id"].as_str().unwrap().to_owned();
        let confirmed = self.posts(&format!("/v1/uploads/{id}/confirmation"), &self.world.new_key(), &json!({})).await;
        (id, confirmed)
    }
}

impl Graduate<'_> {
    /// 反馈协议书 on this version, with a new scan.
    pub(crate) async fn returns(&self, agreement: &str, version: u64) -> Answer {
        let scan = self.uploads("stamped_agreement").await;
        self.returns_these(agreement, version, &[&scan]).await
    }

    /// 反馈协议书 with these files.
    pub(crate) async fn returns_these(&self, agreement: &str, version: u64, uploads: &[&str]) -> Answer {
        let body = json!({ "version": version, "upload_ids": uploads });
        self.post(&format!("/v1/agreements/{agreement}/return"), &self.world.new_key(), &body).await
    }

    /// 解约申请 of an agreement on paper with these proofs: what became of it.
    pub(crate) async fn asks_to_end_on_paper(&self, agreement: &str, proofs: &[&str]) -> Value {
        let mut body = super::request_of("student", &[agreement]);
        body["upload_ids"] = json!(proofs);
        self.post("/v1/terminations", &self.world.new_key(), &body).await.with(200)["rows"][0].clone()
    }
}
