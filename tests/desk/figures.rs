//! The size that a school has, on the embedded engine: what a row costs is told, what comes of it is asserted. `cargo xtask proof` takes
//! 20,000 rows.

use super::rosters::students;
use crate::support::{World, proof};
use lambda::RealClock;
use serde_json::json;

/// Peak memory of this process so far, MB.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// S-50: rows of an import and of an export, with requests, time and bytes.
#[tokio::test]
async fn a_schools_roster_and_plan_on_the_embedded_engine() {
    let (world, clock) = (World::new().await, RealClock::system());
    let rows = proof(300, 20_000);
    let count = u32::try_from(rows).unwrap();
    let (office, huang) = (world.school("99001"), world.graduate("黄河水9").await);
    let sheet = students(3_000..3_000 + count).bytes();
    let id = office.asks_to_import(&sheet).await;
    world.usage();
    let begun = clock.now_ms();
    world.settles().await;
    let taken = clock.now_ms() - begun;
    let usage = world.usage();
    let job = office.get(&format!("/v1/jobs/{id}")).await.with(200);
    assert_eq!((&job["stage"], &job["progress"]["created"]), (&json!("done"), &json!(rows)), "{}", job["progress"]);
    let (reads, writes) = (usage.reads, usage.writes);
    println!("import of {rows} rows, {} bytes: {taken} ms, {reads} reads, {writes} transactions, peak {} MB", sheet.len(), peak_mb());
    assert!((reads + writes) as usize <= 3 * rows + 20);

    let agreement = huang.signs(&world.employer("星光集团").await.invites(&huang).await).await;
    office.passes(&agreement).await.with(200);
    world.settles().await;
    world.stack.multiply(&agreement[7..], "PLAN", count - 1).unwrap();
    for format in ["xlsx", "csv"] {
        let asked =
            office.posts("/v1/employment-plan/exports", &world.new_key(), &json!({ "graduation_year": 2027, "format": format })).await;
        world.usage();
        let begun = clock.now_ms();
        world.settles().await;
        let taken = clock.now_ms() - begun;
        let usage = world.usage();
        let job = office.get(&format!("/v1/jobs/{}", asked.text_of("id"))).await.with(200);
        assert_eq!((&job["stage"], &job["progress"]["done"]), (&json!("done"), &json!(rows)), "{job}");
        let (length, requests) = (&job["file"]["length"], usage.reads + usage.writes);
        println!("export of {rows} records as {format}: {taken} ms, {requests} requests, {length} bytes, peak {} MB", peak_mb());
        let file = world.fetches(job["file"]["url"].as_str().unwrap()).await;
        assert_eq!(domain::upload::sha256(&file.bytes), job["file"]["sha256"].as_str().unwrap());
        let kept = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("employment-plan.{format}"));
        std::fs::write(kept, &file.bytes).unwrap();
    }
}
