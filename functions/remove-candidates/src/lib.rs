//! 移出签约发送列表 (SR-24): graduates leave the send list; letters that were sent are untouched.

use api::requests::RemoveCandidates;
use api::views::RemovedView;
use lambda::{Call, Employer, Reply};
use store::{Committed, Context, MAX_REMOVALS, Store, Table};

/// Takes the entries off the list. What is not on it is counted, and no fault: the list is then as it was asked to be. Ninety go in one
/// transaction; the counts are those of the request that finishes.
///
/// # Errors
/// The key was used for another removal; or as the store's.
pub async fn remove_candidates<T: Table>(store: &Store<T>, call: Call<Employer, RemoveCandidates>) -> Reply<RemovedView> {
    if let Some(removed) = store.done_before(&call.context).await? {
        return Ok(Committed::Before(removed).into());
    }
    let (employer, asked) = (&call.caller.id, &call.body.student_refs);
    let listed = store.candidates_named(employer, asked).await?;
    let listed: Vec<&str> = listed.keys().map(String::as_str).collect();
    let (most, last) = listed.split_at(listed.len() - listed.len() % MAX_REMOVALS);
    let unanswered = Context { idempotency: None, ..call.context.clone() };
    for some in most.chunks(MAX_REMOVALS) {
        store.remove_candidates(employer, some, &unanswered, ()).await?;
    }
    let removed = RemovedView { removed: listed.len(), not_on_list: asked.len() - listed.len() };
    Ok(store.remove_candidates(employer, last, &call.context, removed).await?.into())
}
