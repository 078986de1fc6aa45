//! 设置学校规则 (domain 3.3): what is sent and signed from now on is governed by it; what is under way keeps the old.

use api::requests::SetPolicy;
use api::views::Receipt;
use domain::Refusal;
use domain::policy::{Policy, SchoolPolicy};
use lambda::{Call, Reply, SchoolOfficer};
use store::{Change, Store, Table};

/// Sets what the body names, on the version that was seen.
///
/// # Errors
/// The version has moved; shortest, default and longest period are not in order.
pub async fn set_policy<T: Table>(store: &Store<T>, call: Call<SchoolOfficer, SetPolicy>) -> Reply<Receipt> {
    let school = call.caller.0.school.clone();
    let standing = store.school_policy(&school).await?;
    let version = standing.as_ref().map_or(0, |standing| standing.version);
    if call.body.version != version {
        return Err(Refusal::VersionMoved { stage: "active", version }.into());
    }
    let before = standing.as_ref().map_or_else(|| SchoolPolicy { school, policy: Policy::default() }, |standing| standing.value.clone());
    let set = before.set(call.body.change.clone())?;
    let receipt = Receipt::of_policy(&set.next, version + 1);
    let change = Change::new().writes(&call.context, standing.as_ref(), &set)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
