//! 统计: the counters follow what happens.

use lambda::{Done, Tick};
use store::{Item, Store, Table};

/// Counts what has changed, each change once: the stream may tell of it again, and in another order than it happened in. What is
/// not counted is left alone, the counters' own changes among it.
///
/// # Errors
/// As the table's: the same changes come again.
pub async fn update_statistics<T: Table>(store: &Store<T>, changed: Vec<Item>, tick: Tick) -> Done {
    Ok(store.count_changes(&changed, tick.at).await?)
}
