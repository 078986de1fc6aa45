//! What documents and evidence ask of the table.

use super::Page;
use crate::support::World;
use api::workers::Every;

const HOUR_MS: u64 = 60 * 60 * 1000;

/// Drawn, fetched, sealed, verified.
pub(super) async fn documents(world: &World, page: &mut Page<'_>) {
    let (stars, wu, office) = (world.employer("湖东公司").await, world.graduate("吴文书").await, world.school("99001"));
    let letter = stars.invites(&wu).await;
    wu.get(&format!("/v1/invitations/{}/letter", letter.id)).await.with(200);
    world.usage();
    wu.get(&format!("/v1/invitations/{}/letter", letter.id)).await.with(200);
    page.line("get-invitation-letter");
    let agreement = wu.signs(&letter).await;
    world.settles().await;
    office.passes(&agreement).await.with(200);
    world.usage();
    // Beside it, the stream's workers: the plan's and the agreement's statistics are counted.
    world.settles().await;
    page.line("issue-document, one agreement, its notices, and what is counted of them");
    wu.get(&format!("/v1/agreements/{agreement}/document")).await.with(200);
    page.command("get-agreement-document");
    let number = wu.get(&format!("/v1/agreements/{agreement}")).await.with(200)["certification"]["number"].clone();
    let code = world.stack.vault().verification_code(&domain::values::AgreementId::parse(&agreement).unwrap());
    // Twice, since a seal also looks at the hour before its own for what came late: how full that is, no two runs agree on.
    world.after(2 * HOUR_MS);
    world.stack.strike(Every::Hour).await.unwrap();
    world.after(2 * HOUR_MS);
    world.stack.strike(Every::Hour).await.unwrap();
    world.after(HOUR_MS);
    world.usage();
    world.stack.strike(Every::Hour).await.unwrap();
    page.line("seal-evidence, an hour in which nothing happened");
    let verify = async |name: &str| world.request("", http::Method::GET, &format!("/v1/verify/{name}"), None, None).await.with(200);
    verify(code.as_str()).await;
    page.line("verify-document, by its code");
    verify(number.as_str().unwrap()).await;
    page.line("verify-document, by its number");
    wu.get(&format!("/v1/agreements/{agreement}/certificate")).await.with(200);
    page.line("get-evidence-certificate");
    let termination = world.dissolved(&stars, &wu, &agreement).await;
    world.settles().await;
    world.usage();
    wu.get(&format!("/v1/terminations/{termination}/letter")).await.with(200);
    page.line("get-termination-letter");
}
