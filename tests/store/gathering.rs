//! Reads that are asked for at once: one request, however many; and each has its answer whatever becomes of the others.

use crate::support::{JsonService, settings};
use futures_util::FutureExt as _;
use futures_util::future::try_join_all;
use local::{Options, Stack};
use serde_json::{Value, json};
use store::{Attributes, Item, Key, Table, Write};
use store_dynamo::DynamoTable;

fn key(n: usize) -> Key {
    Key { pk: format!("GATHERED#{n}"), sk: "META".to_owned() }
}

fn put(n: usize) -> Write {
    let attributes = Attributes::from([("n".to_owned(), i64::try_from(n).unwrap().into())]);
    Write::Put { item: Item { key: key(n), attributes }, when: Vec::new() }
}

/// What is there of these keys.
async fn read(table: &impl Table, keys: &[Key]) -> Vec<Option<i64>> {
    let items = try_join_all(keys.iter().map(|key| table.get(key))).await.unwrap();
    items.iter().map(|item| item.as_ref().and_then(|item| item.number("n"))).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_for_at_once_is_one_request_up_to_a_hundred_items() {
    let stack = Stack::start(Options { samples: false, ..Options::default() }).await.unwrap();
    let table = stack.table();
    for n in 0..3 {
        table.commit(&[put(2 * n)], &format!("gathered-{n}")).await.unwrap();
    }
    let keys: Vec<Key> = (0..6).chain([0]).map(key).collect();
    let _ = table.meter().take();
    assert_eq!(read(table, &keys).await, [Some(0), None, Some(2), None, Some(4), None, Some(0)]);
    let usage = table.meter().take();
    assert_eq!((usage.reads, usage.read_units), (1, 6.0), "{usage:?}");

    assert_eq!(read(table, &keys[2..3]).await, [Some(2)]);
    assert_eq!(read(table, &keys[4..5]).await, [Some(4)]);
    assert_eq!(table.meter().take().reads, 2, "one after the other is asked for one after the other");

    let many: Vec<Key> = (0..230).map(key).collect();
    assert_eq!(read(table, &many).await.iter().flatten().count(), 3);
    assert_eq!(table.meter().take().reads, 3);
    stack.shutdown().await.unwrap();
}

/// On one machine requests of many share a table: none waits for another, is refused with another, or is counted as another's.
#[tokio::test]
async fn what_two_tasks_ask_for_at_once_are_two_requests() {
    let stack = Stack::start(Options { samples: false, ..Options::default() }).await.unwrap();
    let _ = stack.table().meter().take();
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..2 {
        let table = stack.table().clone();
        tasks.spawn(async move { read(&table, &[key(n), key(n + 2)]).await });
    }
    tasks.join_all().await;
    assert_eq!(stack.table().meter().take().reads, 2);
    stack.shutdown().await.unwrap();
}

/// A service that comes to the first item of a batch and leaves the others, as it may under a throttle; to one item it never comes.
async fn halting() -> JsonService {
    let item = |key: &Value| json!({ "pk": key["pk"], "sk": key["sk"], "n": { "N": "7" } });
    JsonService::start(move |action, said: &Value| match action {
        "dynamodb_20120810.batchgetitem" => {
            let keys = said["RequestItems"]["t"]["Keys"].as_array().unwrap();
            let come_to = usize::from(keys[0]["pk"]["S"] != "GATHERED#4");
            let found: Vec<Value> = keys[..come_to].iter().map(item).collect();
            let left = if keys.len() == come_to { json!({}) } else { json!({ "t": { "Keys": keys[come_to..], "ConsistentRead": true } }) };
            Ok(json!({ "Responses": { "t": found }, "UnprocessedKeys": left }))
        }
        _ => Err("ValidationException"),
    })
    .await
}

#[tokio::test]
async fn what_the_service_has_not_come_to_is_asked_for_again_and_strongly() {
    let service = halting().await;
    let table = DynamoTable::open(&settings(&service.url), "t");
    assert_eq!(read(&table, &[key(0), key(1), key(2)]).await, [Some(7), Some(7), Some(7)]);
    let asked = std::mem::take(&mut *service.asked.lock().unwrap());
    let keys = |said: &Value| said["RequestItems"]["t"]["Keys"].as_array().unwrap().len();
    assert_eq!(asked.iter().map(|(_, said)| keys(said)).collect::<Vec<_>>(), [3, 2, 1]);
    assert!(asked.iter().all(|(_, said)| said["RequestItems"]["t"]["ConsistentRead"] == true), "{asked:?}");

    let failed = try_join_all([table.get(&key(3)), table.get(&key(4))]).await;
    assert!(matches!(failed, Err(store::TableError::Unavailable(_))), "an item that cannot be read is none that is not there: {failed:?}");
}

/// Whoever asks for all may be dropped meanwhile: its caller has gone.
#[tokio::test]
async fn who_is_dropped_takes_nobodys_answer_along() {
    let service = halting().await;
    let table = DynamoTable::open(&settings(&service.url), "t");
    let (one, other) = (key(0), key(1));
    let (mut asker, mut waiter) = (Box::pin(table.get(&one)), Box::pin(table.get(&other)));
    let both = async {
        // Both join the round, the first one asks, and neither has an answer yet.
        while service.asked.lock().unwrap().is_empty() {
            assert!((&mut asker).now_or_never().is_none() && (&mut waiter).now_or_never().is_none());
            tokio::task::yield_now().await;
        }
    };
    both.await;
    drop(asker);
    assert_eq!(waiter.await.unwrap().unwrap().number("n"), Some(7));
}
