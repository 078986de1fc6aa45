//! When a condition holds, and what a write does then and otherwise.

use super::Corner;
use crate::store::data::{Outcome, attributes, check, delete, item, put, set};
use store::Condition::{Absent, Equals, Missing, MissingOrAtMost, Present};
use store::{Attributes, Condition, Failure, Key, Table, Write};

/// A number, a negative one, a text and a text that looks like a number.
fn standing() -> Attributes {
    attributes([("five", 5.into()), ("debt", (-3).into()), ("word", "x".into()), ("digits", "5".into())])
}

/// Whether something stands, the condition, whether it holds.
fn situations() -> Vec<(bool, Condition, bool)> {
    vec![
        (false, Absent, true),
        (true, Absent, false),
        (false, Present, false),
        (true, Present, true),
        (false, Equals("word", "x".into()), false),
        (true, Equals("word", "x".into()), true),
        (true, Equals("word", "y".into()), false),
        (true, Equals("word", "X".into()), false),
        (true, Equals("word", 5.into()), false),
        (true, Equals("five", 5.into()), true),
        (true, Equals("five", 6.into()), false),
        (true, Equals("five", "5".into()), false),
        (true, Equals("digits", 5.into()), false),
        (true, Equals("nothing", "x".into()), false),
        (false, Missing("word"), true),
        (true, Missing("word"), false),
        (true, Missing("five"), false),
        (true, Missing("nothing"), true),
        (false, MissingOrAtMost("five", -1000), true),
        (true, MissingOrAtMost("nothing", -1000), true),
        (true, MissingOrAtMost("five", 5), true),
        (true, MissingOrAtMost("five", 4), false),
        // As numbers, not as texts.
        (true, MissingOrAtMost("five", 10), true),
        (true, MissingOrAtMost("five", i64::MAX), true),
        (true, MissingOrAtMost("five", -6), false),
        (true, MissingOrAtMost("debt", -3), true),
        (true, MissingOrAtMost("debt", -4), false),
        (true, MissingOrAtMost("debt", 0), true),
        // A text is no number, whatever it looks like.
        (true, MissingOrAtMost("word", 1000), false),
        (true, MissingOrAtMost("digits", 1000), false),
    ]
}

/// Tries the write in every situation: `after` says what stands there once it is done.
async fn decides<T: Table>(
    corner: &Corner<'_, T>,
    write: impl Fn(&Key, Vec<Condition>) -> Write,
    after: impl Fn(Option<Attributes>) -> Option<Attributes>,
) {
    for (i, (stands, condition, holds)) in situations().into_iter().enumerate() {
        let (key, before) = (corner.key(&i.to_string()), stands.then(standing));
        if let Some(before) = &before {
            corner.stands(&key, before).await;
        }
        let outcome = corner.commits(&[write(&key, vec![condition.clone()])]).await;
        let refused = || Outcome::Refused(vec![Some(Failure { old: before.as_ref().map(|before| item(&key, before)) })]);
        assert_eq!(outcome, if holds { Outcome::Committed } else { refused() }, "{condition:?} on {before:?}");
        let expected = if holds { after(before.clone()) } else { before };
        assert_eq!(corner.finds(&key).await, expected, "after {condition:?}");
    }
}

pub(super) async fn a_condition_decides_a_put<T: Table>(corner: &Corner<'_, T>) {
    let new = attributes([("new", "item".into())]);
    decides(corner, |key, when| put(key, &new, when), |_| Some(new.clone())).await;
}

pub(super) async fn a_condition_decides_an_update<T: Table>(corner: &Corner<'_, T>) {
    let after = |before: Option<Attributes>| {
        let mut after = before.unwrap_or_default();
        after.insert("five".to_owned(), 50.into());
        Some(after)
    };
    decides(corner, |key, when| set(key, [("five", 50.into())], when), after).await;
}

pub(super) async fn a_condition_decides_a_delete<T: Table>(corner: &Corner<'_, T>) {
    decides(corner, delete, |_| None).await;
}

pub(super) async fn a_condition_decides_a_check<T: Table>(corner: &Corner<'_, T>) {
    decides(corner, check, |before| before).await;
}

pub(super) async fn every_condition_of_a_write_must_hold<T: Table>(corner: &Corner<'_, T>) {
    let key = corner.key("one");
    corner.stands(&key, &standing()).await;
    let (true_one, true_two) = (Equals("five", 5.into()), Missing("nothing"));
    let false_ones = [Absent, Equals("five", 6.into()), MissingOrAtMost("five", 0)];
    assert_eq!(corner.commits(&[check(&key, vec![true_one.clone(), true_two.clone(), Present])]).await, Outcome::Committed);
    for false_one in false_ones {
        for when in [[true_one.clone(), true_two.clone(), false_one.clone()], [false_one.clone(), true_one.clone(), true_two.clone()]] {
            let refused = Outcome::Refused(vec![Some(Failure { old: Some(item(&key, &standing())) })]);
            assert_eq!(corner.commits(&[check(&key, when.to_vec())]).await, refused, "{false_one:?}");
        }
    }
    // Two conditions on one attribute, and one attribute both compared and changed.
    let both = vec![Equals("five", 5.into()), MissingOrAtMost("five", 7)];
    assert_eq!(corner.commits(&[set(&key, [("five", 8.into())], both.clone())]).await, Outcome::Committed);
    assert!(matches!(corner.commits(&[set(&key, [("five", 9.into())], both)]).await, Outcome::Refused(_)));
}
