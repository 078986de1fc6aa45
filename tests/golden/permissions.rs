//! `permissions.txt`: every action, every caller, as it is answered: not as the table says it should be.

use crate::support::{World, check_golden};
use api::{Action, IdempotencyKey, actions};
use http::Method;
use serde_json::json;
use std::fmt::Write as _;

#[tokio::test]
async fn every_action_answers_those_whom_the_table_names_and_nobody_else() {
    let world = World::new().await;
    let stars = world.employer("星光集团").await;
    let huang = world.graduate("黄河水9").await;
    let callers = [
        ("nobody", String::new()),
        ("student", huang.token.clone()),
        ("employer", stars.token.clone()),
        ("college", world.college("99001", "c01").token),
        ("school", world.school("99001").token),
    ];
    let mut page = String::from("# action | nobody | student | employer | college | school\n");
    for action in actions::ALL {
        write!(page, "{} {} {}", action.name, action.method, action.path).unwrap();
        for (caller, token) in &callers {
            let verdict = verdict(&world, action, token).await;
            let named = action.callers.is_empty() || action.callers.iter().any(|role| role.as_str() == *caller);
            assert_eq!(verdict == "yes", named, "{} by {caller}", action.name);
            write!(page, " | {verdict}").unwrap();
        }
        page.push('\n');
    }
    check_golden("permissions.txt", &page);
}

/// Whoever may call gets past the door, to a 404 or 422 at least: the ids and bodies here mean nothing.
async fn verdict(world: &World, action: &Action, token: &str) -> &'static str {
    let path = action.path.replace("{id}", "99001-x");
    let key = (action.idempotency == IdempotencyKey::Required).then_some("k");
    let body = (action.method != Method::GET).then(|| json!({}));
    match world.request(token, action.method.clone(), &path, key, body.as_ref()).await.status {
        401 => "401",
        403 => "403",
        status if status < 500 => "yes",
        status => panic!("{} answered {status}", action.name),
    }
}
