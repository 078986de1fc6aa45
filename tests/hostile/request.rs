//! A request as a value, so that a test can change one thing about it.

use crate::support::World;
use http::Method;
use serde_json::{Value, json};

/// A log-in.
#[derive(Clone, Debug)]
pub(super) struct Login {
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
pub(super) struct Request {
    /// Whose it is; nobody's if the action is public.
    pub(super) by: Option<Login>,
    pub(super) authorization: Option<String>,
    pub(super) method: Method,
    pub(super) path: String,
    /// What stands in the path for `{id}`.
    pub(super) id: Option<String>,
    pub(super) key: Option<String>,
    pub(super) media_type: Option<&'static str>,
    pub(super) body: Vec<u8>,
}

impl Request {
    /// The same by another log-in.
    pub(super) fn by(&self, login: &Login) -> Self {
        Self { by: Some(login.clone()), ..self.authorized(&format!("Bearer {}", login.token)) }
    }

    /// The same with this `Authorization`.
    pub(super) fn authorized(&self, authorization: &str) -> Self {
        Self { authorization: Some(authorization.to_owned()), ..self.clone() }
    }

    /// The same about something else.
    pub(super) fn about(&self, pattern: &str, id: &str) -> Self {
        Self { path: pattern.replace("{id}", id), id: Some(id.to_owned()), ..self.clone() }
    }

    /// The same with this body.
    pub(super) fn saying(&self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self.clone() }
    }

    /// Its body, read.
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}
