//! 代码表: schools, code tables and labels, the same for everybody: what forms are made of.

use api::views::ReferenceView;
use lambda::{Answer, Call, Public, Reply};
use store::{Store, Table};

/// How long caches on the way may keep it: a new college shows within five minutes.
const PUBLIC_FOR_S: u32 = 300;

/// All of it, in one answer that caches may keep.
///
/// # Errors
/// As the table's.
pub async fn get_reference_data<T: Table>(store: &Store<T>, _: Call<Public, ()>) -> Reply<ReferenceView> {
    Ok(Answer::from(ReferenceView::new(store.schools().await?)).public_for(PUBLIC_FOR_S))
}
