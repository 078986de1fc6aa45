//! An HTTP answer.

use ::http::HeaderMap;
use serde_json::Value;

/// What a request got.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    /// The body, which must be JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// The body of an answer with this status.
    #[track_caller]
    pub(crate) fn with(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()
    }

    /// Must be this problem with this status, in Chinese and English.
    #[track_caller]
    pub(crate) fn is_problem(&self, status: u16, slug: &str) -> Value {
        let problem = self.with(status);
        assert_eq!(problem["type"], format!("urn:wangqian:problem:{slug}"), "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        for words in ["title", "title_en"] {
            assert!(problem[words].as_str().is_some_and(|words| !words.is_empty()), "{problem}");
        }
        problem
    }

    /// Must be a 422 that names exactly these fields, by JSON pointer, with words in Chinese and English.
    #[track_caller]
    pub(crate) fn names_fields(&self, expected: &[(&str, &str)]) {
        let problem = self.is_problem(422, "invalid_fields");
        let errors = problem["errors"].as_array().unwrap();
        let named: Vec<_> = errors.iter().map(|error| (error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap())).collect();
        assert_eq!(named, expected, "{problem}");
        assert!(errors.iter().all(|error| error["detail"].is_string() && error["detail_en"].is_string()), "{problem}");
    }

    /// The text without the one thing that may differ between two answers that must look alike.
    pub(crate) fn but_request_id(&self) -> String {
        match self.json()["request_id"].as_str() {
            Some(id) => self.text.replace(id, "-"),
            None => self.text.clone(),
        }
    }

    /// The rows of a list that was answered, by one of their fields.
    #[track_caller]
    pub(crate) fn column(&self, name: &str) -> Vec<String> {
        let page = self.with(200);
        page["items"].as_array().unwrap().iter().map(|item| item[name].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// A text of the body.
    #[track_caller]
    pub(crate) fn text_of(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.text)).to_owned()
    }

    /// Whether it was kept from an earlier request.
    pub(crate) fn replayed(&self) -> bool {
        self.headers.contains_key("idempotency-replayed")
    }
}
