//! What else is ours, and can be attacked: sheets, jobs, an objection.

use super::scene::Signing;
use crate::support::{Handed, Sheet, World};
use http::Method;
use serde_json::json;

/// A list of one candidate who is on no list yet; a clean roster that nobody has imported; a job. And the graduate of this agreement has
/// objected to its record.
pub(super) async fn on_the_desk(world: &World, certified: &Signing) -> (Vec<u8>, String, String) {
    let graduate = world.graduate("表一江").await;
    let titles = ["毕业学校", "毕业届", "姓名", "身份证号", "手机号", "拟聘职位", "备注"];
    let sheet = Sheet::titled(&titles).row(&["江城大学", "2027", "表一江", graduate.resident_id.expose(), "", "工程师", "校招"]);
    let office = world.school("99001");
    let roster = Sheet::titled(&["学号", "姓名", "身份证号", "手机", "毕业届", "所在院系", "所在专业"]).bytes();
    let (roster, confirmed) = office.hands_in(&Handed::roster(roster)).await;
    confirmed.with(200);
    let asked = office.posts("/v1/employment-plan/exports", &world.new_key(), &json!({ "graduation_year": 2027 })).await.with(202);
    let path = format!("/v1/plan-records/{}/objection", certified.id);
    let objection = json!({ "text": "单位所在地有误" });
    world.request(&certified.graduate.token, Method::POST, &path, Some(&world.new_key()), Some(&objection)).await.with(201);
    (sheet.bytes(), roster, asked["id"].as_str().unwrap().to_owned())
}
