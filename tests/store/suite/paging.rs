//! Pages: every row once, whatever the limit, and nothing of anybody else's.

use super::{Corner, EVERY_INDEX, order_of};
use crate::store::data::{Outcome, delete};
use std::collections::BTreeSet;
use store::{Cursor, Index, Item, Key, Query, Select, Table};

const ROWS: [&str; 7] = ["1", "2", "3", "4", "5", "6", "7"];
/// More pages than any walk here has.
const MANY: usize = 20;

/// Walks from page to page, as a reader does who keeps nothing but `next`.
async fn walk<T: Table>(corner: &Corner<'_, T>, query: &Query) -> Vec<Item> {
    let (mut query, mut rows) = (query.clone(), Vec::new());
    for _ in 0..MANY {
        let page = corner.page(&query).await;
        assert!(page.items.len() <= query.limit as usize, "a page is over its limit");
        assert_eq!(page.count as usize, page.items.len());
        rows.extend(page.items);
        match page.next {
            Some(next) => query.after = Some(next),
            None => return rows,
        }
    }
    panic!("the list does not end: {query:?}");
}

async fn walked<T: Table>(corner: &Corner<'_, T>, query: &Query) -> Vec<String> {
    walk(corner, query).await.iter().map(|item| order_of(query.index, item)).collect()
}

pub(super) async fn pages_lose_and_double_no_row<T: Table>(corner: &Corner<'_, T>) {
    for index in EVERY_INDEX {
        corner.lists(index, "list", &ROWS).await;
        corner.lists(index, "next", &["0", "4", "8"]).await;
        for limit in 1..=8 {
            assert_eq!(walked(corner, &Query { limit, ..corner.all(index, "list") }).await, ROWS, "{index:?} by {limit}");
        }
        assert_eq!(walked(corner, &Query { limit: 2, ..corner.all(index, "nobody's") }).await, [""; 0], "{index:?}");
    }
}

pub(super) async fn pages_backwards_lose_and_double_no_row<T: Table>(corner: &Corner<'_, T>) {
    let mut backwards = ROWS;
    backwards.reverse();
    for index in EVERY_INDEX {
        corner.lists(index, "list", &ROWS).await;
        corner.lists(index, "next", &["0", "4", "8"]).await;
        for limit in 1..=8 {
            let query = Query { limit, descending: true, ..corner.all(index, "list") };
            assert_eq!(walked(corner, &query).await, backwards, "{index:?} by {limit}");
        }
    }
}

/// Rows of the same order stand in an order that an index may choose, but each once.
pub(super) async fn rows_of_one_order_are_paged_like_others<T: Table>(corner: &Corner<'_, T>) {
    for index in Index::ALL {
        let (_, order) = index.attributes();
        for name in ROWS {
            let Item { key, attributes: mut place } = corner.row(index, "list", name);
            let shared = if ("3"..="5").contains(&name) { "4" } else { name };
            place.insert(order.to_owned(), shared.into());
            corner.stands(&key, &place).await;
        }
        for (limit, descending) in [(1, false), (2, false), (3, true), (1, true)] {
            let rows = walk(corner, &Query { limit, descending, ..corner.all(index, "list") }).await;
            let keys: BTreeSet<&Key> = rows.iter().map(|item| &item.key).collect();
            assert_eq!((rows.len(), keys.len()), (ROWS.len(), ROWS.len()), "{index:?} by {limit}, descending: {descending}");
            let mut orders: Vec<String> = rows.iter().map(|item| order_of(index, item)).collect();
            if descending {
                orders.reverse();
            }
            assert_eq!(orders, ["1", "2", "4", "4", "4", "6", "7"], "{index:?} by {limit}, descending: {descending}");
        }
    }
}

pub(super) async fn pages_stay_within_bounds<T: Table>(corner: &Corner<'_, T>) {
    for index in EVERY_INDEX {
        corner.lists(index, "list", &ROWS).await;
        let bounds = Query { from: Some("2".to_owned()), to: Some("5#".to_owned()), limit: 2, ..corner.all(index, "list") };
        assert_eq!(walked(corner, &bounds).await, ["2", "3", "4", "5"], "{index:?}");
        assert_eq!(walked(corner, &Query { descending: true, ..bounds }).await, ["5", "4", "3", "2"], "{index:?}");
    }
}

pub(super) async fn counts_go_on_where_a_page_ended<T: Table>(corner: &Corner<'_, T>) {
    for index in EVERY_INDEX {
        corner.lists(index, "list", &ROWS).await;
        let mut query = Query { limit: 3, select: Select::Count, ..corner.all(index, "list") };
        let mut counts = Vec::new();
        for _ in 0..MANY {
            let page = corner.page(&query).await;
            counts.push(page.count);
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        assert_eq!(counts, [3, 3, 1], "{index:?}");
    }
}

pub(super) async fn rows_that_come_and_go_between_pages_move_no_other<T: Table>(corner: &Corner<'_, T>) {
    for index in EVERY_INDEX {
        corner.lists(index, "list", &ROWS).await;
        let query = Query { limit: 3, ..corner.all(index, "list") };
        let first = corner.page(&query).await;
        // The row at which the page ended goes, one before it and one behind it come.
        assert_eq!(corner.commits(&[delete(&corner.row(index, "list", "3").key, Vec::new())]).await, Outcome::Committed);
        corner.lists(index, "list", &["1a", "5a"]).await;
        let rest = walked(corner, &Query { after: first.next, ..query }).await;
        assert_eq!(rest, ["4", "5", "5a", "6", "7"], "{index:?}");
    }
}

/// A cursor comes back from outside. Whatever was made of it, it opens nobody else's list: it is refused, or the page holds
/// rows of the query's own partition.
pub(super) async fn a_forged_cursor_stays_in_the_partition<T: Table>(corner: &Corner<'_, T>) {
    for index in EVERY_INDEX {
        for partition in ["mine", "theirs"] {
            corner.lists(index, partition, &ROWS).await;
        }
        let own: BTreeSet<Key> = ROWS.iter().map(|order| corner.row(index, "mine", order).key).collect();
        let theirs = corner.row(index, "theirs", "3").key;
        let mine = corner.row(index, "mine", "3").key;
        let cursor = |key: &Key, order: &str| Cursor { pk: key.pk.clone(), sk: key.sk.clone(), order: order.to_owned() };
        let nowhere = Key { pk: "nowhere".to_owned(), sk: "nothing".to_owned() };
        let empty = Key { pk: String::new(), sk: String::new() };
        for forged in
            [cursor(&theirs, "3"), cursor(&theirs, "0"), cursor(&mine, "9"), cursor(&nowhere, "3"), cursor(&empty, ""), cursor(&mine, "")]
        {
            for descending in [false, true] {
                let query = Query { after: Some(forged.clone()), descending, ..corner.all(index, "mine") };
                let Ok(page) = corner.table.query(&query).await else { continue };
                let keys: BTreeSet<Key> = page.items.into_iter().map(|item| item.key).collect();
                assert!(keys.is_subset(&own), "{query:?} found {keys:?}");
            }
        }
        // An honest one still works, so that the above proves something.
        let query = Query { after: Some(cursor(&mine, "3")), ..corner.all(index, "mine") };
        assert_eq!(corner.orders(&query).await, ["4", "5", "6", "7"], "{index:?}");
    }
}
