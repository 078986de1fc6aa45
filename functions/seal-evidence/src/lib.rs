//! 存证: the records of each hour are sealed by a signed root, chained to the one before.

use evidence::Signer;
use files::Shelf;
use lambda::{Done, Tick};
use store::{Store, Table};

/// Seals what was recorded since the last seal, up to the last hour that has ended. After an outage several seals make up for it, as far
/// as the time goes; the next run goes on there.
///
/// # Errors
/// As the table's, the files' and the signer's: the next run tries again.
pub async fn seal_evidence<T: Table, F: Shelf, S: Signer>(store: &Store<T>, shelf: &F, signer: &S, tick: Tick) -> Done {
    let mut seals = 0;
    while tick.budget.allows_another_row() {
        let sealing = store.sealing(tick.at).await?;
        let Some(due) = sealing::due(store, shelf, &sealing, tick.at).await? else { break };
        let (to, kept) = sealing::seal(shelf, signer, &sealing, &due).await?;
        seals += usize::from(store.sealed(&sealing, &to, &kept, &tick.request_id).await?);
    }
    Ok(seals)
}
