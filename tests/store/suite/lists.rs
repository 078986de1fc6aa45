//! Lists: the table's own partitions, and the sparse indexes.

use super::{Corner, EVERY_INDEX};
use crate::store::data::{Outcome, attributes, delete, remove, set};
use store::{Index, Item, Query, Select, Table};

pub(super) async fn rows_come_in_the_order_of_their_bytes<T: Table>(corner: &Corner<'_, T>) {
    let sorted = ["#", "10", "2", "2026-11-23T08:00:00.000Z#a", "2026-11-23T08:00:00.001Z#a", "Z", "a", "aa", "ä", "中", "😀"];
    let mut shuffled = sorted;
    shuffled.reverse();
    shuffled.swap(2, 7);
    for index in EVERY_INDEX {
        corner.lists(index, "list", &shuffled).await;
        let forwards = corner.all(index, "list");
        assert_eq!(corner.orders(&forwards).await, sorted, "{index:?}");
        let mut backwards = corner.orders(&Query { descending: true, ..forwards }).await;
        backwards.reverse();
        assert_eq!(backwards, sorted, "{index:?} descending");
    }
}

/// With both bounds the upper one never equals an order: ours end in an id, bounds do not.
pub(super) async fn bounds_are_from_this_to_that_both_inclusive<T: Table>(corner: &Corner<'_, T>) {
    for index in EVERY_INDEX {
        corner.lists(index, "list", &["a", "b", "c", "d", "e"]).await;
        for (from, to, expected) in [
            (Some("b"), None, "bcde"),
            (Some("b1"), None, "cde"),
            (None, Some("c"), "abc"),
            (None, Some("c1"), "abc"),
            (Some("b"), Some("d"), "bcd"),
            (Some("b"), Some("d1"), "bcd"),
            (Some("d"), Some("b"), ""),
            (Some("a1"), Some("a2"), ""),
            (Some("f"), None, ""),
            (None, Some("0"), ""),
        ] {
            for descending in [false, true] {
                let bounds = (from.map(str::to_owned), to.map(str::to_owned));
                let query = Query { from: bounds.0, to: bounds.1, descending, ..corner.all(index, "list") };
                let mut orders = corner.orders(&query).await;
                if descending {
                    orders.reverse();
                }
                assert_eq!(orders.concat(), expected, "{query:?}");
            }
        }
    }
}

pub(super) async fn a_list_holds_only_its_own_partition<T: Table>(corner: &Corner<'_, T>) {
    for index in EVERY_INDEX {
        for (partition, order) in [("list", "1"), ("list#", "2"), ("lis", "3"), ("List", "4")] {
            corner.lists(index, partition, &[order]).await;
        }
        assert_eq!(corner.orders(&corner.all(index, "list")).await, ["1"], "{index:?}");
        assert_eq!(corner.page(&corner.all(index, "nobody's")).await.items, [], "{index:?}");
    }
}

pub(super) async fn a_count_counts_without_bringing_rows<T: Table>(corner: &Corner<'_, T>) {
    for index in EVERY_INDEX {
        corner.lists(index, "list", &["a", "b", "c", "d", "e"]).await;
        let every = Query { select: Select::Count, ..corner.all(index, "list") };
        let behind = Query { from: Some("c".to_owned()), ..every.clone() };
        let capped = Query { limit: 3, ..every.clone() };
        let none = Query { from: Some("f".to_owned()), ..every.clone() };
        for (query, expected) in [(every, 5), (behind, 3), (capped, 3), (none, 0)] {
            let page = corner.page(&query).await;
            assert_eq!((page.count, page.items.len()), (expected, 0), "{query:?}");
            let page = corner.page(&Query { select: Select::Items, ..query.clone() }).await;
            assert_eq!((page.count as usize, page.items.len()), (expected as usize, expected as usize), "{query:?} with items");
        }
    }
}

pub(super) async fn an_item_stands_in_every_list_that_it_names<T: Table>(corner: &Corner<'_, T>) {
    let key = corner.key("one");
    let mut everywhere = attributes([]);
    for index in Index::ALL {
        everywhere.extend(corner.row(index, index.name().unwrap(), "1").attributes);
    }
    corner.stands(&key, &everywhere).await;
    for index in Index::ALL {
        for list in Index::ALL {
            let page = corner.page(&corner.all(index, list.name().unwrap())).await;
            assert_eq!(
                page.items.iter().map(|item| &item.key).collect::<Vec<_>>(),
                vec![&key; usize::from(index == list)],
                "{list:?} by {index:?}"
            );
        }
    }
}

pub(super) async fn an_item_leaves_a_list_with_its_attributes<T: Table>(corner: &Corner<'_, T>) {
    for index in Index::ALL {
        let (list, order) = index.attributes();
        corner.lists(index, "list", &["a", "b", "c", "d", "e"]).await;
        let place = |order: &str| corner.row(index, "list", order);
        let writes = [
            remove(&place("a").key, &[list, order]),
            delete(&place("b").key, Vec::new()),
            set(&place("c").key, [(list, corner.partition("other").into())], Vec::new()),
            set(&place("d").key, [(order, "z".into())], Vec::new()),
        ];
        assert_eq!(corner.commits(&writes).await, Outcome::Committed);
        assert_eq!(corner.orders(&corner.all(index, "list")).await, ["e", "z"], "{index:?}");
        assert_eq!(corner.orders(&corner.all(index, "other")).await, ["c"], "{index:?}");
        // A put without the attributes takes the item out as well, and a later update brings it back.
        corner.stands(&place("e").key, &attributes([("a", 1.into())])).await;
        assert_eq!(corner.orders(&corner.all(index, "list")).await, ["z"], "{index:?}");
        let back = [set(&place("e").key, [(list, corner.partition("list").into()), (order, "y".into())], Vec::new())];
        assert_eq!(corner.commits(&back).await, Outcome::Committed);
        assert_eq!(corner.orders(&corner.all(index, "list")).await, ["y", "z"], "{index:?}");
    }
}

pub(super) async fn half_a_place_in_a_list_is_none<T: Table>(corner: &Corner<'_, T>) {
    for index in Index::ALL {
        let (list, order) = index.attributes();
        corner.lists(index, "list", &["a", "b"]).await;
        let [without_order, without_list] = ["a", "b"].map(|order| corner.row(index, "list", order).key);
        assert_eq!(corner.commits(&[remove(&without_order, &[order]), remove(&without_list, &[list])]).await, Outcome::Committed);
        assert_eq!(corner.page(&corner.all(index, "list")).await.items, [], "{index:?}");
        assert!(corner.finds(&without_order).await.is_some(), "the item itself still stands");
    }
}

pub(super) async fn an_index_entry_carries_no_more_than_a_row_needs<T: Table>(corner: &Corner<'_, T>) {
    let rest = attributes([("data", "much".into()), ("head", "h".into()), ("seq", 3.into()), ("schema", 1.into())]);
    let shown = attributes([("summary", "row".into()), ("stage", "pending".into()), ("version", 2.into())]);
    for index in EVERY_INDEX {
        let Item { key, attributes: place } = corner.row(index, "list", "1");
        // It stands in another list as well: that place is no part of this one's entry.
        let another = if index == Index::Due { Index::School } else { Index::Due };
        let elsewhere = corner.row(another, "elsewhere", "2").attributes;
        let mut stored = place.clone();
        for more in [&rest, &shown, &elsewhere] {
            stored.extend(more.clone());
        }
        corner.stands(&key, &stored).await;
        let mut carried = place;
        carried.extend(shown.clone());
        let expected = if index == Index::Table { stored } else { carried };
        assert_eq!(corner.page(&corner.all(index, "list")).await.items, [Item { key, attributes: expected }], "{index:?}");
    }
}
