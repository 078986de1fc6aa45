//! What each kind of write does to an item, and counters.

use super::Corner;
use crate::store::data::{Outcome, add, attributes, delete, remove, set};
use futures_util::future::join_all;
use store::{Attributes, Table, Write};

pub(super) async fn an_item_is_found_as_it_was_put<T: Table>(corner: &Corner<'_, T>) {
    let key = corner.key("one");
    assert_eq!(corner.finds(&key).await, None);
    let all_sorts = attributes([
        ("empty", "".into()),
        ("han", "黄河水9 张㛃𠅤䶮堃".into()),
        ("controls", "a\u{0}b\n\"\\".into()),
        ("long", "长".repeat(20_000).into()),
        ("digits", "007".into()),
        ("zero", 0.into()),
        ("most", i64::MAX.into()),
        ("least", i64::MIN.into()),
        // Words of the database's own language are names like others.
        ("size", "s".into()),
        ("n", 1.into()),
    ]);
    corner.stands(&key, &all_sorts).await;
    assert_eq!(corner.finds(&key).await, Some(all_sorts));
    assert_eq!(corner.finds(&corner.key("two")).await, None);
    corner.stands(&corner.key("bare"), &Attributes::new()).await;
    assert_eq!(corner.finds(&corner.key("bare")).await, Some(Attributes::new()));
}

pub(super) async fn a_put_replaces_the_whole_item<T: Table>(corner: &Corner<'_, T>) {
    let key = corner.key("one");
    corner.stands(&key, &attributes([("a", 1.into()), ("b", "old".into())])).await;
    corner.stands(&key, &attributes([("b", "new".into())])).await;
    assert_eq!(corner.finds(&key).await, Some(attributes([("b", "new".into())])));
}

pub(super) async fn an_update_sets_removes_and_adds_and_leaves_the_rest<T: Table>(corner: &Corner<'_, T>) {
    let key = corner.key("one");
    let before =
        attributes([("kept", "k".into()), ("changed", "old".into()), ("gone", "g".into()), ("gone_too", 1.into()), ("count", 5.into())]);
    corner.stands(&key, &before).await;
    let everything = Write::Update {
        key: key.clone(),
        set: attributes([("changed", 7.into()), ("made", "m".into())]),
        remove: vec!["gone", "gone_too", "never_there"],
        add: vec![("count", -2), ("counted_anew", 4)],
        when: Vec::new(),
    };
    assert_eq!(corner.commits(&[everything]).await, Outcome::Committed);
    let after =
        attributes([("kept", "k".into()), ("changed", 7.into()), ("made", "m".into()), ("count", 3.into()), ("counted_anew", 4.into())]);
    assert_eq!(corner.finds(&key).await, Some(after));
}

pub(super) async fn an_update_of_nothing_creates_the_item<T: Table>(corner: &Corner<'_, T>) {
    let by_setting = corner.key("set");
    assert_eq!(corner.commits(&[set(&by_setting, [("a", 1.into())], Vec::new())]).await, Outcome::Committed);
    assert_eq!(corner.finds(&by_setting).await, Some(attributes([("a", 1.into())])));
    let by_adding = corner.key("add");
    assert_eq!(corner.commits(&[add(&by_adding, "n", 1)]).await, Outcome::Committed);
    assert_eq!(corner.finds(&by_adding).await, Some(attributes([("n", 1.into())])));
}

pub(super) async fn adding_counts_from_zero_and_below_it<T: Table>(corner: &Corner<'_, T>) {
    let key = corner.key("one");
    for (n, sum) in [(0, 0), (-4, -4), (1, -3), (10, 7), (1 << 40, (1 << 40) + 7)] {
        assert_eq!(corner.commits(&[add(&key, "total", n)]).await, Outcome::Committed);
        assert_eq!(corner.finds(&key).await, Some(attributes([("total", sum.into())])));
    }
}

pub(super) async fn removing_what_is_not_there_changes_nothing<T: Table>(corner: &Corner<'_, T>) {
    let (key, before) = (corner.key("one"), attributes([("a", 1.into())]));
    corner.stands(&key, &before).await;
    assert_eq!(corner.commits(&[remove(&key, &["never_there"])]).await, Outcome::Committed);
    assert_eq!(corner.finds(&key).await, Some(before));
    assert_eq!(corner.commits(&[remove(&key, &["a"])]).await, Outcome::Committed);
    assert_eq!(corner.finds(&key).await, Some(Attributes::new()), "an item without attributes still stands");
}

pub(super) async fn deleting_what_is_not_there_changes_nothing<T: Table>(corner: &Corner<'_, T>) {
    let (key, neighbour) = (corner.key("one"), corner.key("two"));
    corner.stands(&neighbour, &attributes([("a", 1.into())])).await;
    assert_eq!(corner.commits(&[delete(&key, Vec::new())]).await, Outcome::Committed);
    assert_eq!(corner.finds(&key).await, None);
    assert_eq!(corner.finds(&neighbour).await, Some(attributes([("a", 1.into())])));
}

pub(super) async fn a_counter_counts_from_zero_and_below_it<T: Table>(corner: &Corner<'_, T>) {
    let (counter, other) = (corner.key("counter"), corner.key("other"));
    for (n, sum) in [(1, 1), (1, 2), (-5, -3), (0, -3), (1 << 40, (1 << 40) - 3)] {
        assert_eq!(corner.table.add(&counter, n).await.unwrap(), sum);
    }
    assert_eq!(corner.table.add(&other, -7).await.unwrap(), -7, "each counter counts for itself");
}

pub(super) async fn adds_at_the_same_time_are_all_counted<T: Table>(corner: &Corner<'_, T>) {
    let counter = corner.key("counter");
    let sums = join_all((0..20).map(|_| corner.table.add(&counter, 1))).await;
    let mut sums: Vec<i64> = sums.into_iter().map(Result::unwrap).collect();
    sums.sort_unstable();
    assert_eq!(sums, (1..=20).collect::<Vec<i64>>(), "nobody gets another's number");
}

pub(super) async fn a_counter_and_an_update_add_to_one_number<T: Table>(corner: &Corner<'_, T>) {
    let counter = corner.key("counter");
    corner.stands(&counter, &attributes([("name", "c".into()), ("n", 40.into())])).await;
    assert_eq!(corner.table.add(&counter, 1).await.unwrap(), 41);
    assert_eq!(corner.commits(&[add(&counter, "n", 1)]).await, Outcome::Committed);
    assert_eq!(corner.finds(&counter).await, Some(attributes([("name", "c".into()), ("n", 42.into())])));
}
