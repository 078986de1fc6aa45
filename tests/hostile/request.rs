//! A request as a value, so that a test can change one thing about it.

use crate::support::World;
use http::Method;
use serde_json::{Value, json};

/// A log-in.
#[derive(Clone, Debug)]
pub(crate) struct Login {
    pub(super) account: String,
    /// The claims that are its own; the world adds the usual ones.
    pub(super) claims: Value,
    pub(super) token: String,
}

impl Login {
    pub(super) fn new(world: &World, claims: Value) -> Self {
        Self { account: claims["sub"].as_str().unwrap().to_owned(), token: world.token(&claims), claims }
    }

    pub(super) fn student(world: &World, account: &str) -> Self {
        Self::new(world, json!({ "sub": account, "role": "student" }))
    }

    pub(super) fn employer(world: &World, id: &str) -> Self {
        Self::new(world, json!({ "sub": format!("hr-{id}"), "role": "employer", "employer": id }))
    }

    pub(super) fn college(world: &World, school: &str, college: &str) -> Self {
        let account = format!("teacher-{school}-{college}");
        Self::new(world, json!({ "sub": account, "role": "college", "school": school, "college": college, "name": "刘老师" }))
    }

    pub(super) fn school(world: &World, school: &str) -> Self {
        Self::new(world, json!({ "sub": format!("office-{school}"), "role": "school", "school": school, "name": "邓老师" }))
    }
}

/// What is sent.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Whose it is; nobody's if the action is public.
    pub(crate) by: Option<Login>,
    pub(crate) authorization: Option<String>,
    pub(crate) method: Method,
    pub(crate) path: String,
    /// What stands in the path for `{id}`.
    pub(crate) id: Option<String>,
    pub(crate) key: Option<String>,
    pub(crate) media_type: Option<&'static str>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// A student's request to create something.
    #[cfg(feature = "bench")]
    pub(crate) fn of_student(token: &str, path: String, key: String, body: &Value) -> Self {
        let (by, authorization, key) = (None, Some(format!("Bearer {token}")), Some(key));
        Self {
            by,
            authorization,
            method: Method::POST,
            path,
            id: None,
            key,
            media_type: Some("application/json"),
            body: body.to_string().into(),
        }
    }

    /// Its headers.
    pub(crate) fn headers(&self) -> Vec<(&'static str, &str)> {
        let mut headers = Vec::new();
        headers.extend(self.authorization.as_deref().map(|value| ("authorization", value)));
        headers.extend(self.key.as_deref().map(|value| ("idempotency-key", value)));
        headers.extend(self.media_type.map(|value| ("content-type", value)));
        headers
    }

    /// The same by another log-in.
    pub(super) fn by(&self, login: &Login) -> Self {
        Self { by: Some(login.clone()), ..self.authorized(&format!("Bearer {}", login.token)) }
    }

    /// The same with this `Authorization`.
    pub(crate) fn authorized(&self, authorization: &str) -> Self {
        Self { authorization: Some(authorization.to_owned()), ..self.clone() }
    }

    /// The same about something else.
    pub(crate) fn about(&self, pattern: &str, id: &str) -> Self {
        Self { path: pattern.replace("{id}", id), id: Some(id.to_owned()), ..self.clone() }
    }

    /// The same with this body.
    pub(crate) fn saying(&self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self.clone() }
    }

    /// Its body, read.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}
