//! Files of ours that can be attacked: put and not confirmed, clean, handed in.

use super::request::Login;
use super::scene::Signing;
use crate::support::{Handed, World, put};
use serde_json::json;

/// A graduate with a file that lies where it was asked for, not confirmed yet.
pub(super) async fn to_confirm(world: &World, name: &str) -> Signing {
    let graduate = world.graduate(name).await;
    let file = Handed::pixel("stamped_agreement");
    let place = graduate.asks_to_upload(&file).await.with(201);
    assert_eq!(put(world, &place, &file.bytes).await.status, 200);
    let id = place["id"].as_str().unwrap().to_owned();
    Signing { graduate: Login::student(world, &graduate.account), id }
}

/// A clean scan of this graduate's agreement.
pub(super) async fn stamped(world: &World, graduate: &Login) -> String {
    let file = Handed::pixel("stamped_agreement");
    let key = world.new_key();
    let asked = world.request(&graduate.token, http::Method::POST, "/v1/uploads", Some(&key), Some(&file.promise())).await.with(201);
    put(world, &asked, &file.bytes).await;
    let id = asked["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/uploads/{id}/confirmation");
    world.request(&graduate.token, http::Method::POST, &path, None, Some(&json!({}))).await.with(200);
    id
}

/// A scan that came back, and its graduate.
pub(super) async fn handed_in(world: &World, name: &str, marks: &mut Vec<String>) -> Signing {
    let graduate = world.graduate(name).await;
    let agreement = graduate.draws_up().await;
    world.school("99001").reviews_text(&agreement, 1, "pass", None).await.with(200);
    let id = graduate.uploads("stamped_agreement").await;
    graduate.returns_these(&agreement, 2, &[&id]).await.with(200);
    marks.extend([name.to_owned(), agreement[7..].to_owned(), id.clone()]);
    Signing { graduate: Login::student(world, &graduate.account), id }
}
