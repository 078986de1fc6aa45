//! 录入协议书 (SR-64, SR-65): what a graduate has entered of an agreement on paper.

use api::views::DraftView;
use lambda::{Call, Reply, Student};
use store::{SlotState, Store, Table};

/// The draft of the graduate's newest graduation year, or an empty one, with what is missing and what may be done with it.
///
/// # Errors
/// The graduate is not verified (SR-44).
pub async fn get_offline_draft<T: Table>(store: &Store<T>, call: Call<Student, ()>) -> Reply<DraftView> {
    let desk = store.draft_desk(&call.caller.account).await?;
    let draft = desk.draft.as_ref().map(|draft| (&draft.value, draft.version));
    Ok(DraftView::new(draft, desk.graduation_year, desk.slot == SlotState::Free).into())
}
