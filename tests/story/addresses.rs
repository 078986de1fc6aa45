//! 上传: what an answered address takes, and what it does not.

use crate::support::{Handed, World, put};
use http::Method;
use lambda::RealClock;
use serde_json::{Value, json};
use std::time::{Duration, SystemTime};

/// The same address with another header, or elsewhere.
fn with_header(place: &Value, name: &str, value: &str) -> Value {
    let mut place = place.clone();
    place["headers"][name] = value.into();
    place
}

fn elsewhere(place: &Value, from: &str, to: &str) -> Value {
    let url = place["url"].as_str().unwrap();
    assert!(url.contains(from), "{url}");
    json!({ "url": url.replace(from, to), "headers": place["headers"] })
}

/// S-46, corpus 20 to 24, 28, 29: an address takes what was promised, there, once.
#[tokio::test]
async fn an_address_takes_exactly_what_was_promised_once() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    let file = Handed::pixel("stamped_agreement");
    let place = huang.asks_to_upload(&file).await.with(201);
    assert_eq!(place["expires_in_s"], 300);
    let mut other_bytes = file.bytes.clone();
    other_bytes[40] ^= 1;
    assert_eq!(put(&world, &place, &other_bytes).await.status, 400, "another content: case 21");
    let longer = [&file.bytes[..], b"more"].concat();
    let said = longer.len().to_string();
    assert_eq!(put(&world, &with_header(&place, "content-length", &said), &longer).await.status, 403, "another length: case 20");
    assert_eq!(put(&world, &with_header(&place, "content-type", "text/html"), &file.bytes).await.status, 403, "another type: case 22");
    let id = place["id"].as_str().unwrap();
    let mut keys: Vec<String> =
        ["clean/x", "quarantine/other", "quarantine/../clean/x", "quarantine/%2e%2e/clean/x", "x%00y", "%E2%80%AEgpj.x"]
            .map(str::to_owned)
            .into();
    keys.push("k".repeat(1_100));
    for key in keys {
        let put = put(&world, &elsewhere(&place, &format!("quarantine/{id}"), &key), &file.bytes).await;
        assert!((400..500).contains(&put.status), "another key, cases 23, 28, 29: {key} {}", put.status);
    }
    assert_eq!(put(&world, &place, &file.bytes).await.status, 200);
    assert_eq!(put(&world, &place, &file.bytes).await.status, 412, "used before: case 24");
}

/// Corpus 25: what was answered more than five minutes ago holds no longer, and nobody can prolong it.
#[tokio::test]
async fn an_address_holds_for_five_minutes() {
    let world = World::new().await;
    let file = Handed::pixel("stamped_agreement");
    let upload = |id: &str| file.requested(id);
    let now = Duration::from_millis(RealClock::system().now_ms().unsigned_abs());
    let ago = |s| SystemTime::UNIX_EPOCH + now - Duration::from_secs(s);
    let asked = async |id: &str, s: u64| {
        let place = world.stack.deps().files.place_at(&upload(id), ago(s)).await.unwrap();
        json!({ "url": place.url, "headers": place.headers })
    };
    let late = asked("u00000000000000000001", 310).await;
    assert_eq!(put(&world, &late, &file.bytes).await.status, 403);
    assert_eq!(put(&world, &elsewhere(&late, "X-Amz-Expires=300", "X-Amz-Expires=3000"), &file.bytes).await.status, 403);
    assert_eq!(put(&world, &asked("u00000000000000000002", 240).await, &file.bytes).await.status, 200);
}

/// Corpus 42: no upload in parts, no form, no list, no removal; and nothing at all without a signature.
#[tokio::test]
async fn the_bucket_takes_and_gives_objects_by_signed_addresses_and_does_nothing_else() {
    let world = World::new().await;
    let huang = world.graduate("黄河水9").await;
    let file = Handed::pixel("stamped_agreement");
    let place = huang.asks_to_upload(&file).await.with(201);
    let path = place["url"].as_str().unwrap().strip_prefix(world.stack.url()).unwrap().to_owned();
    let form = "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ny\r\n--b--\r\n";
    let as_form = [("content-type", "multipart/form-data; boundary=b")];
    for path in ["/wangqian-files", "/wangqian-files/", &path, &format!("{path}&uploads=")] {
        for method in [Method::POST, Method::HEAD, Method::OPTIONS] {
            let answer = world.http.send(method.clone(), path, &as_form, form).await;
            assert_eq!(answer.status, 405, "{method} {path}");
        }
        // Objects are cleared away by whoever signs for the bucket; an address to put or fetch is not good for that.
        assert_eq!(world.http.send(Method::DELETE, path, &[], "").await.status, 403, "DELETE {path}");
    }
    let scan = huang.uploads("stamped_agreement").await;
    let sha256 = huang.get(&format!("/v1/uploads/{scan}")).await.with(200)["file"]["sha256"].as_str().unwrap().to_owned();
    let objects = [format!("/wangqian-files/clean/{sha256}"), format!("/wangqian-quarantine/quarantine/{scan}")];
    let lists = ["/wangqian-files", "/wangqian-files/?list-type=2", "/wangqian-files?uploads"].map(str::to_owned);
    for path in objects.iter().chain(&lists) {
        for method in [Method::GET, Method::PUT] {
            let answer = world.http.send(method.clone(), path, &[], "").await;
            assert_eq!(answer.status, 403, "{method} {path}: {}", answer.text);
            assert!(!answer.text.contains("IHDR"), "{method} {path}");
        }
    }
}
