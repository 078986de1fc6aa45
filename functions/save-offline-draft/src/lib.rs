//! 暂存 (SR-65, A-18): an agreement on paper is entered section by section, complete or not.

use api::requests::SaveOfflineDraft;
use api::views::DraftReceipt;
use domain::Refusal;
use domain::offline_draft::OfflineDraft;
use lambda::{Call, Reply, Student};
use store::{Change, Store, Table};

/// Saves the sections that are given; those that are not stay as they are. A draft takes no slot.
///
/// # Errors
/// A field is wrong as far as it goes; a signing or a registration holds the slot (SR-64, A-6); the version has moved, if the caller
/// quotes one; the graduate is not verified (SR-44).
pub async fn save_offline_draft<T: Table>(store: &Store<T>, call: Call<Student, SaveOfflineDraft>) -> Reply<DraftReceipt> {
    let SaveOfflineDraft { sections, version: seen } = call.body.clone();
    let desk = store.draft_desk(&call.caller.account).await?;
    let standing = match desk.draft {
        Some(draft) => Some(draft.at_version_if(seen)?),
        None if seen.is_none_or(|seen| seen == 0) => None,
        None => return Err(Refusal::VersionMoved { stage: "none", version: 0 }.into()),
    };
    let earlier = standing.as_ref().map(|draft| draft.value.clone());
    let saved = OfflineDraft::save(earlier, desk.person, desk.graduation_year, sections, call.now());
    let receipt = DraftReceipt::of(&saved.next, standing.as_ref().map_or(0, |draft| draft.version) + 1);
    let change = Change::new().writes(&call.context, standing.as_ref(), &saved)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
