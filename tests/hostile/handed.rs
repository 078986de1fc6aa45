//! Files of ours that can be attacked: put and not confirmed, clean, handed in.

use super::request::Login;
use super::scene::Signing;
use crate::support::{Graduate, Handed, World, put};

/// A graduate with a file that lies where it was asked for, not confirmed yet.
pub(super) async fn to_confirm(world: &World, name: &str) -> Signing {
    let graduate = world.graduate(name).await;
    let file = Handed::pixel("stamped_agreement");
    let place = graduate.asks_to_upload(&file).await.with(201);
    assert_eq!(put(world, &place, &file.bytes).await.status, 200);
    let id = place["id"].as_str().unwrap().to_owned();
    Signing { graduate: Login::student(world, &graduate.account), id }
}

/// An agreement on paper that waits for its scan, and a clean one.
pub(super) async fn awaiting(world: &World, name: &str, marks: &mut Vec<String>) -> (Signing, String) {
    let graduate = world.graduate(name).await;
    let (id, scan) = reviewed(world, &graduate).await;
    marks.extend([name.to_owned(), id[7..].to_owned()]);
    (Signing { graduate: Login::student(world, &graduate.account), id }, scan)
}

/// A scan that came back, and its graduate.
pub(super) async fn handed_in(world: &World, name: &str, marks: &mut Vec<String>) -> Signing {
    let graduate = world.graduate(name).await;
    let (agreement, scan) = reviewed(world, &graduate).await;
    graduate.returns_these(&agreement, 2, &[&scan]).await.with(200);
    marks.extend([name.to_owned(), agreement[7..].to_owned(), scan.clone()]);
    Signing { graduate: Login::student(world, &graduate.account), id: scan }
}

async fn reviewed(world: &World, graduate: &Graduate<'_>) -> (String, String) {
    let agreement = graduate.draws_up().await;
    world.school("99001").reviews_text(&agreement, 1, "pass", None).await.with(200);
    (agreement, graduate.uploads("stamped_agreement").await)
}
