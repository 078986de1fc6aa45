//! 签约发送列表 (SR-17): whom the employer means to invite.

use api::requests::ListPage;
use api::views::{CandidateView, PageView};
use lambda::{Call, Employer, Reply};
use store::{List, Store, Table};

/// A page of the employer's send list, newest first.
///
/// # Errors
/// A cursor that no page of ours gave out.
pub async fn list_candidates<T: Table>(store: &Store<T>, call: Call<Employer, ListPage>) -> Reply<PageView<CandidateView>> {
    let list = List { limit: call.body.limit, after: call.body.after.clone() };
    let page = store.candidates(&call.caller.id, &list).await?;
    Ok(PageView { items: page.rows.iter().map(CandidateView::from).collect(), next: page.next }.into())
}
