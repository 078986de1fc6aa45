//! What the port promises, each behaviour once, on both tables: the model in memory, and the adapter on the embedded engine.

mod conditions;
mod lists;
mod paging;
mod transactions;
mod writes;

use super::data::{Outcome, all, new_token, put};
use local::{Options, Stack};
use std::sync::LazyLock;
use store::{Attributes, Index, Item, Key, Page, Query, Table, Write};
use store_memory::MemoryTable;
use tokio::runtime::Runtime;

/// One stack for all cases: each keeps to partitions of its own. It runs on a runtime of its own, which outlives every case.
static EMBEDDED: LazyLock<(Runtime, Stack)> = LazyLock::new(|| {
    let runtime = Runtime::new().unwrap();
    let stack = runtime.block_on(Stack::start(Options { samples: false, ..Options::default() })).unwrap();
    (runtime, stack)
});

/// A case's own corner of a table.
struct Corner<'t, T> {
    table: &'t T,
    case: &'static str,
}

impl<T: Table> Corner<'_, T> {
    fn partition(&self, name: &str) -> String {
        format!("{}#{name}", self.case)
    }

    fn key(&self, name: &str) -> Key {
        Key { pk: self.partition("items"), sk: name.to_owned() }
    }

    /// An item stands here from now on, whatever stood here before.
    async fn stands(&self, key: &Key, attributes: &Attributes) {
        assert_eq!(self.commits(&[put(key, attributes, Vec::new())]).await, Outcome::Committed);
    }

    async fn commits(&self, writes: &[Write]) -> Outcome {
        self.commits_under(&new_token(), writes).await
    }

    async fn commits_under(&self, token: &str, writes: &[Write]) -> Outcome {
        self.table.commit(writes, token).await.into()
    }

    /// What stands here.
    async fn finds(&self, key: &Key) -> Option<Attributes> {
        let found = self.table.get(key).await.unwrap()?;
        assert_eq!(found.key, *key);
        Some(found.attributes)
    }

    async fn page(&self, query: &Query) -> Page {
        self.table.query(query).await.unwrap()
    }

    /// A row of a list: of the table an item of the partition, of an index one that stands anywhere and is listed there.
    fn row(&self, index: Index, partition: &str, order: &str) -> Item {
        if index == Index::Table {
            let key = Key { pk: self.partition(partition), sk: order.to_owned() };
            return Item { key, attributes: Attributes::new() };
        }
        let key = Key { pk: self.partition("listed"), sk: format!("{partition}#{order}") };
        let (list, position) = index.attributes();
        let listed = [(list.to_owned(), self.partition(partition).into()), (position.to_owned(), order.into())];
        Item { key, attributes: listed.into() }
    }

    async fn lists(&self, index: Index, partition: &str, orders: &[&str]) {
        for order in orders {
            let Item { key, attributes } = self.row(index, partition, order);
            self.stands(&key, &attributes).await;
        }
    }

    /// Everything of a partition.
    fn all(&self, index: Index, partition: &str) -> Query {
        all(index, &self.partition(partition))
    }

    /// The orders of a page's rows.
    async fn orders(&self, query: &Query) -> Vec<String> {
        self.page(query).await.items.iter().map(|item| order_of(query.index, item)).collect()
    }
}

/// The table and its indexes.
const EVERY_INDEX: [Index; 6] = [Index::Table, Index::Employer, Index::Student, Index::College, Index::School, Index::Due];

fn order_of(index: Index, item: &Item) -> String {
    if index == Index::Table { item.key.sk.clone() } else { item.text(index.attributes().1).unwrap().to_owned() }
}

macro_rules! on_both_tables {
    ($($module:ident: $($case:ident),+;)+) => {
        mod memory {
            $($(
                #[tokio::test]
                async fn $case() {
                    super::$module::$case(&super::Corner { table: &super::MemoryTable::default(), case: stringify!($case) }).await;
                }
            )+)+
        }

        mod dynamo {
            $($(
                #[test]
                fn $case() {
                    let (runtime, stack) = &*super::EMBEDDED;
                    runtime.block_on(super::$module::$case(&super::Corner { table: stack.table(), case: stringify!($case) }));
                }
            )+)+
        }
    };
}

on_both_tables! {
    conditions:
        a_condition_decides_a_put,
        a_condition_decides_an_update,
        a_condition_decides_a_delete,
        a_condition_decides_a_check,
        every_condition_of_a_write_must_hold;
    writes:
        an_item_is_found_as_it_was_put,
        a_put_replaces_the_whole_item,
        an_update_sets_removes_and_adds_and_leaves_the_rest,
        an_update_of_nothing_creates_the_item,
        adding_counts_from_zero_and_below_it,
        removing_what_is_not_there_changes_nothing,
        deleting_what_is_not_there_changes_nothing,
        a_counter_counts_from_zero_and_below_it,
        adds_at_the_same_time_are_all_counted,
        a_counter_and_an_update_add_to_one_number;
    transactions:
        all_writes_of_a_transaction_are_written,
        a_refused_transaction_changes_nothing_and_says_what_stood_in_the_way,
        an_item_may_be_named_once,
        a_hundred_writes_pass,
        a_hundred_and_one_writes_are_broken,
        nothing_to_write_is_broken,
        a_repeat_under_its_token_is_one_commit,
        other_writes_under_a_used_token_are_not_written,
        a_refused_transaction_may_be_tried_again_under_its_token,
        of_many_who_take_an_item_one_gets_it;
    lists:
        rows_come_in_the_order_of_their_bytes,
        bounds_are_from_this_to_that_both_inclusive,
        a_list_holds_only_its_own_partition,
        a_count_counts_without_bringing_rows,
        an_item_stands_in_every_list_that_it_names,
        an_item_leaves_a_list_with_its_attributes,
        half_a_place_in_a_list_is_none,
        an_index_entry_carries_no_more_than_a_row_needs;
    paging:
        pages_lose_and_double_no_row,
        pages_backwards_lose_and_double_no_row,
        rows_of_one_order_are_paged_like_others,
        pages_stay_within_bounds,
        counts_go_on_where_a_page_ended,
        rows_that_come_and_go_between_pages_move_no_other,
        a_forged_cursor_stays_in_the_partition;
}
