//! 代码表: what forms are made of, for everybody.

use crate::support::World;
use http::Method;
use serde_json::json;

/// SR-19, SR-78: schools to choose from, and the code tables of the three starred fields.
#[tokio::test]
async fn anybody_reads_schools_and_code_tables_and_caches_may_keep_them() {
    let world = World::new().await;
    let answer = world.http.send(Method::GET, "/v1/reference", &[], "").await;
    let tables = answer.with(200);
    assert_eq!(answer.headers["cache-control"], "public, max-age=300");
    assert_eq!(tables["schools"][0]["name"], "江城大学");
    assert_eq!(tables["schools"][0]["colleges"][1], json!({ "id": "c02", "name": "外国语学院" }));
    let counts = ["unit_natures", "industries", "job_categories", "regions", "destinations", "termination_reasons"]
        .map(|table| tables[table].as_array().unwrap().len());
    assert_eq!(counts, [12, 21, 18, 153, 20, 11]);
    assert_eq!(tables["agreement_stages"][3], json!({ "code": "pending_certification", "name": "等待签约鉴证" }));
    assert_eq!(tables["termination_stages"][1], json!({ "code": "pending_certification", "name": "等待解约鉴证" }));
    assert_eq!(tables["plan_columns"][0], json!({ "code": "yxdm", "name": "院校代码" }));
    assert_eq!(tables["roster_codes"]["ethnicity"].as_array().unwrap().len(), 56);
    let garbage = world.http.send(Method::GET, "/v1/reference", &[("authorization", "Bearer x.y.z")], "").await;
    assert_eq!(garbage.text, answer.text, "no token is looked at");
}
