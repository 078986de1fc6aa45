//! 接口文档: the document of the API, for programs and for people.

use crate::support::World;
use crate::support::contract::DOCUMENT;
use http::Method;

#[tokio::test]
async fn the_document_is_served_to_programs_as_it_is_committed() {
    let world = World::new().await;
    let answer = world.http.send(Method::GET, "/openapi.yaml", &[], "").await;
    assert_eq!((answer.status, answer.headers["content-type"].to_str().unwrap()), (200, "application/yaml; charset=utf-8"));
    assert_eq!(answer.text, openapi::yaml(&DOCUMENT), "which is the committed one");
}

#[tokio::test]
async fn people_read_every_operation_and_schema_on_a_page_that_fetches_nothing() {
    let world = World::new().await;
    let answer = world.http.send(Method::GET, "/docs", &[], "").await;
    assert_eq!((answer.status, answer.headers["content-type"].to_str().unwrap()), (200, "text/html; charset=utf-8"));
    for (_, methods) in DOCUMENT["paths"].as_object().unwrap() {
        for (_, operation) in methods.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(answer.text.contains(&format!("<article id=\"{id}\">")), "{id}");
        }
    }
    for kind in ["schemas", "examples"] {
        for (name, _) in DOCUMENT["components"][kind].as_object().unwrap() {
            let anchor = if kind == "schemas" { format!("schema-{name}") } else { format!("problem-{name}") };
            assert!(answer.text.contains(&format!("id=\"{anchor}\"")), "{anchor}");
        }
    }
    for link in answer.text.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(answer.text.contains(&format!("id=\"{link}\"")), "#{link} leads nowhere");
    }
    for fetched in ["<script", "<link", "<img", "@import", "url("] {
        assert!(!answer.text.contains(fetched), "{fetched}");
    }
}
