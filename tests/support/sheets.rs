//! Spreadsheets as people hand them in, and what comes of them.

use super::{Answer, Employer, Handed, Officer, World, XLSX};
use crate::spreadsheets::make::Book;
use ::http::Method;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// A sheet, row by row.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    rows: String,
    next: u32,
}

impl Sheet {
    /// With these titles.
    pub(crate) fn titled(titles: &[&str]) -> Self {
        Self { rows: String::new(), next: 1 }.row(titles)
    }

    /// With a row of texts; empty ones are left out.
    pub(crate) fn row(self, cells: &[&str]) -> Self {
        let cells: Vec<String> = cells.iter().map(|text| if text.is_empty() { "<c/>".to_owned() } else { cell(text) }).collect();
        self.raw(&cells)
    }

    /// With a row of cells as they stand in the file.
    pub(crate) fn raw(mut self, cells: &[String]) -> Self {
        write!(self.rows, r#"<row r="{}">{}</row>"#, self.next, cells.concat()).unwrap();
        self.next += 1;
        self
    }

    /// With an empty row.
    pub(crate) fn blank(mut self) -> Self {
        self.next += 1;
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        Book::new(&self.rows).bytes()
    }
}

/// A cell that holds this text.
pub(crate) fn cell(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(r#"<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#)
}

/// A cell that holds this number.
pub(crate) fn number(digits: &str) -> String {
    format!("<c><v>{digits}</v></c>")
}

/// A cell that holds this formula, and what it last came to.
pub(crate) fn formula(formula: &str, result: &str) -> String {
    format!(r#"<c t="str"><f>{formula}</f><v>{result}</v></c>"#)
}

impl World {
    /// Lets the workers do what there is to do.
    pub(crate) async fn settles(&self) {
        self.stack.settle(None).await.unwrap();
    }
}

impl Employer<'_> {
    /// 导入拟签约名单.
    pub(crate) async fn imports(&self, sheet: &[u8], dry_run: bool) -> Answer {
        let path = format!("/v1/candidates/imports?dry_run={dry_run}");
        let bearer = format!("Bearer {}", self.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", XLSX)];
        self.world.http.send(Method::POST, &path, &headers, sheet.to_vec()).await
    }
}

impl Officer<'_> {
    /// 导入学生名册, as far as it is asked for: the job.
    pub(crate) async fn asks_to_import(&self, sheet: &[u8]) -> String {
        let (upload, confirmed) = self.hands_in(&Handed::roster(sheet.to_vec())).await;
        confirmed.with(200);
        let asked = self.posts("/v1/students/imports", &self.world.new_key(), &json!({ "upload_id": upload })).await;
        asked.with(202)["id"].as_str().unwrap().to_owned()
    }

    /// 导入学生名册, to its end: what came of it.
    pub(crate) async fn imports(&self, sheet: &[u8]) -> Value {
        let job = self.asks_to_import(sheet).await;
        self.world.settles().await;
        self.job(&job).await
    }

    /// How far a job is, with its rows.
    pub(crate) async fn job(&self, id: &str) -> Value {
        let mut job = self.get(&format!("/v1/jobs/{id}?limit=100")).await.with(200);
        let mut rows = job["rows"].as_array().unwrap().clone();
        while let Some(next) = job["next"].as_str().map(str::to_owned) {
            job = self.get(&format!("/v1/jobs/{id}?limit=100&after={next}")).await.with(200);
            rows.extend(job["rows"].as_array().unwrap().clone());
        }
        job["rows"] = json!(rows);
        job
    }
}
