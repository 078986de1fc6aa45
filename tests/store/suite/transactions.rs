//! All or nothing, once.

use super::Corner;
use crate::store::data::{Outcome, add, attributes, check, delete, item, new_token, put, set};
use futures_util::future::join_all;
use store::{Condition, Failure, MAX_WRITES, Table, Write};

pub(super) async fn all_writes_of_a_transaction_are_written<T: Table>(corner: &Corner<'_, T>) {
    let [made, changed, gone, looked_at] = ["made", "changed", "gone", "looked_at"].map(|name| corner.key(name));
    let standing = attributes([("a", 1.into())]);
    for key in [&changed, &gone, &looked_at] {
        corner.stands(key, &standing).await;
    }
    let writes = [
        put(&made, &standing, vec![Condition::Absent]),
        set(&changed, [("a", 2.into())], vec![Condition::Equals("a", 1.into())]),
        delete(&gone, vec![Condition::Present]),
        check(&looked_at, vec![Condition::Present]),
    ];
    assert_eq!(corner.commits(&writes).await, Outcome::Committed);
    assert_eq!(corner.finds(&made).await, Some(standing.clone()));
    assert_eq!(corner.finds(&changed).await, Some(attributes([("a", 2.into())])));
    assert_eq!(corner.finds(&gone).await, None);
    assert_eq!(corner.finds(&looked_at).await, Some(standing));
}

pub(super) async fn a_refused_transaction_changes_nothing_and_says_what_stood_in_the_way<T: Table>(corner: &Corner<'_, T>) {
    let keys: Vec<_> = (0..6).map(|i| corner.key(&i.to_string())).collect();
    let standing = |n: i64| attributes([("n", n.into()), ("word", "as it was".into())]);
    for (n, i) in [(1, 1), (3, 3), (4, 4)] {
        corner.stands(&keys[i], &standing(n)).await;
    }
    let writes = [
        put(&keys[0], &standing(100), vec![Condition::Absent]),
        set(&keys[1], [("n", 100.into())], vec![Condition::Equals("n", 2.into())]),
        check(&keys[2], vec![Condition::Present]),
        delete(&keys[3], vec![Condition::Present]),
        put(&keys[4], &standing(100), vec![Condition::Absent]),
        add(&keys[5], "n", 100),
    ];
    let was = |i: usize| Some(Failure { old: Some(item(&keys[i], &standing(i64::try_from(i).unwrap()))) });
    let nothing_stood = Some(Failure { old: None });
    assert_eq!(corner.commits(&writes).await, Outcome::Refused(vec![None, was(1), nothing_stood, None, was(4), None]));
    for (i, stood) in [None, Some(1), None, Some(3), Some(4), None].into_iter().enumerate() {
        assert_eq!(corner.finds(&keys[i]).await, stood.map(standing), "item {i}");
    }
}

pub(super) async fn an_item_may_be_named_once<T: Table>(corner: &Corner<'_, T>) {
    let (key, other) = (corner.key("one"), corner.key("other"));
    let twice: [[Write; 2]; 3] = [
        [put(&key, &attributes([("a", 1.into())]), Vec::new()), put(&key, &attributes([("a", 1.into())]), Vec::new())],
        [set(&key, [("a", 1.into())], Vec::new()), delete(&key, Vec::new())],
        [check(&key, vec![Condition::Absent]), add(&key, "a", 1)],
    ];
    for [first, second] in twice {
        let writes = [first, put(&other, &attributes([]), Vec::new()), second];
        assert_eq!(corner.commits(&writes).await, Outcome::Broken, "{writes:?}");
    }
    assert_eq!((corner.finds(&key).await, corner.finds(&other).await), (None, None));
}

fn writes<T: Table>(corner: &Corner<'_, T>, count: usize) -> Vec<Write> {
    (0..count).map(|i| put(&corner.key(&format!("{i:03}")), &attributes([("i", i64::try_from(i).unwrap().into())]), Vec::new())).collect()
}

pub(super) async fn a_hundred_writes_pass<T: Table>(corner: &Corner<'_, T>) {
    assert_eq!(corner.commits(&writes(corner, MAX_WRITES)).await, Outcome::Committed);
    assert_eq!(corner.finds(&corner.key("000")).await, Some(attributes([("i", 0.into())])));
    assert_eq!(corner.finds(&corner.key("099")).await, Some(attributes([("i", 99.into())])));
}

pub(super) async fn a_hundred_and_one_writes_are_broken<T: Table>(corner: &Corner<'_, T>) {
    assert_eq!(corner.commits(&writes(corner, MAX_WRITES + 1)).await, Outcome::Broken);
    assert_eq!(corner.finds(&corner.key("000")).await, None);
}

pub(super) async fn nothing_to_write_is_broken<T: Table>(corner: &Corner<'_, T>) {
    assert_eq!(corner.commits(&[]).await, Outcome::Broken);
}

pub(super) async fn a_repeat_under_its_token_is_one_commit<T: Table>(corner: &Corner<'_, T>) {
    let (counted, taken, token) = (corner.key("counted"), corner.key("taken"), new_token());
    // The second time its own conditions would stand in its way.
    let writes = [add(&counted, "n", 1), put(&taken, &attributes([("by", "me".into())]), vec![Condition::Absent])];
    for _ in 0..3 {
        assert_eq!(corner.commits_under(&token, &writes).await, Outcome::Committed);
    }
    assert_eq!(corner.finds(&counted).await, Some(attributes([("n", 1.into())])));
    // Even after others have changed what it wrote.
    corner.stands(&counted, &attributes([("n", 100.into())])).await;
    assert_eq!(corner.commits_under(&token, &writes).await, Outcome::Committed);
    assert_eq!(corner.finds(&counted).await, Some(attributes([("n", 100.into())])));
    assert!(matches!(corner.commits(&writes).await, Outcome::Refused(_)), "another token is another transaction");
}

pub(super) async fn other_writes_under_a_used_token_are_not_written<T: Table>(corner: &Corner<'_, T>) {
    let (key, token) = (corner.key("counted"), new_token());
    assert_eq!(corner.commits_under(&token, &[add(&key, "n", 1)]).await, Outcome::Committed);
    assert_eq!(corner.commits_under(&token, &[add(&key, "n", 2)]).await, Outcome::Unknown);
    assert_eq!(corner.commits_under(&token, &[add(&corner.key("other"), "n", 1)]).await, Outcome::Unknown);
    assert_eq!(corner.finds(&key).await, Some(attributes([("n", 1.into())])));
    assert_eq!(corner.finds(&corner.key("other")).await, None);
}

pub(super) async fn a_refused_transaction_may_be_tried_again_under_its_token<T: Table>(corner: &Corner<'_, T>) {
    let (key, token) = (corner.key("slot"), new_token());
    corner.stands(&key, &attributes([("holder", "other".into())])).await;
    let take = [set(&key, [("holder", "me".into())], vec![Condition::Missing("holder")])];
    assert!(matches!(corner.commits_under(&token, &take).await, Outcome::Refused(_)));
    assert!(matches!(corner.commits_under(&token, &take).await, Outcome::Refused(_)));
    corner.stands(&key, &attributes([])).await;
    assert_eq!(corner.commits_under(&token, &take).await, Outcome::Committed);
    assert_eq!(corner.finds(&key).await, Some(attributes([("holder", "me".into())])));
}

pub(super) async fn of_many_who_take_an_item_one_gets_it<T: Table>(corner: &Corner<'_, T>) {
    let slot = corner.key("slot");
    let take = |i: i64| {
        let slot = &slot;
        async move {
            let taken = attributes([("holder", i.into())]);
            let receipt = put(&corner.key(&format!("receipt-{i}")), &taken, vec![Condition::Absent]);
            corner.commits(&[put(slot, &taken, vec![Condition::Absent]), receipt]).await
        }
    };
    let outcomes = join_all((0..10).map(take)).await;
    let winners: Vec<_> = (0..10).filter(|i| outcomes[*i] == Outcome::Committed).collect();
    assert_eq!(winners.len(), 1, "{outcomes:?}");
    let holder = i64::try_from(winners[0]).unwrap();
    assert_eq!(corner.finds(&slot).await, Some(attributes([("holder", holder.into())])));
    for i in 0..10 {
        let receipt = corner.finds(&corner.key(&format!("receipt-{i}"))).await;
        assert_eq!(receipt.is_some(), i == holder, "receipt {i}");
    }
}
