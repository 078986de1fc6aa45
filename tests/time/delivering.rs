//! deliver-notification on the model: a mail is sent once, whatever fails, and whoever dies.

use super::office::Fate::{Loses, Takes, TakesInSilence};
use super::office::{Fate, Office};
use crate::support::{minutes, start, tick};
use domain::delivery::{Failure, Stage};
use lambda::worker;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use store::{Key, mail_tag};

type Telling = Office<true>;
type Silent = Office<false>;

async fn stage<const TELLS: bool>(office: &Office<TELLS>, notice: &Key) -> Stage {
    office.store.posting(notice).await.unwrap().unwrap().delivery.stage
}

/// The provider tells what it took.
async fn told(office: &Telling, notice: &Key, kind: &str, minute: i64) {
    let event = json!({ "detail": { "eventType": kind, "mail": { "tags": { "notice": [mail_tag(notice)] } } } });
    assert!(is_taken(office, &event.to_string(), minute).await);
}

/// Whether the worker deals with such a message.
async fn is_taken(office: &Telling, body: &str, minute: i64) -> bool {
    let store = office.store.clone();
    let worker = worker!(of_queue, &api::workers::RECORD_MAIL_EVENT, record_mail_event::record_mail_event, store);
    let message = json!({ "Records": [{ "messageId": "m", "body": body }] });
    let answer = worker.work(message, tick(start().plus_millis(minutes(minute)))).await.unwrap();
    answer["batchItemFailures"].as_array().unwrap().is_empty()
}

/// Architecture 7: the message that comes twice, or late, finds nothing to do.
#[tokio::test]
async fn a_notice_is_mailed_once_however_often_its_message_comes() {
    let office = Telling::new(false);
    let notice = Telling::notice(&office.invites(1, start()).await.0);
    for minute in [0, 0, 1, 10, 1000] {
        office.delivers(&notice, start().plus_millis(minutes(minute))).await.unwrap();
    }
    assert_eq!(office.mailed(), ["s1@example.com"]);
    told(&office, &notice, "Delivery", 1001).await;
    let delivery = office.store.posting(&notice).await.unwrap().unwrap().delivery;
    assert_eq!((delivery.provider_id.as_deref(), delivery.claims), (Some("id-1"), 1), "the provider's id stays on record");
    assert!(matches!(delivery.stage, Stage::Delivered { .. }));
    assert_eq!(office.owed().await, 0);
}

/// Two workers that have the message at the same moment: the claim is one's.
#[tokio::test]
async fn two_workers_at_once_send_one_mail() {
    let office = Telling::new(false);
    let notice = Telling::notice(&office.invites(1, start()).await.0);
    let all = futures_util::future::join_all((0..5).map(|_| office.delivers(&notice, start()))).await;
    assert_eq!(all.into_iter().map(|done| done.unwrap()).sum::<usize>(), 1);
    assert_eq!(office.mailed().len(), 1);
}

/// Reliability 3.5: killed at every step, whether the step was done or not, with a provider that tells what it took: nothing is lost and
/// nothing is sent twice; with one that says nothing, at most once more.
#[tokio::test]
async fn a_worker_killed_at_any_step_loses_nothing_and_sends_at_most_the_stated_duplicates() {
    let unharmed = Telling::new(false);
    let notice = Telling::notice(&unharmed.invites(1, start()).await.0);
    unharmed.table.steps.store(0, Ordering::Relaxed);
    unharmed.delivers(&notice, start()).await.unwrap();
    let steps = unharmed.table.steps.load(Ordering::Relaxed);
    assert!(steps >= 7, "{steps}: notice, policy, records, record, suppression, claim, the mail itself, and what came of it");
    for does_the_last in [false, true] {
        for step in 1..=steps {
            let office = Telling::new(does_the_last);
            let again = killed_at(&office, step).await;
            if !office.mailed().is_empty() {
                told(&office, &again, "Send", 1).await;
            }
            finish(&office).await;
            assert_eq!(office.mailed().len(), 1, "killed at step {step} of {steps}, done: {does_the_last}");
            let office = Silent::new(does_the_last);
            killed_at(&office, step).await;
            finish(&office).await;
            let sent = office.mailed().len();
            assert!((1..=2).contains(&sent), "killed at step {step} of {steps}, done: {does_the_last}: {sent} mails");
            let tags: BTreeSet<_> = office.post.taken.lock().unwrap().iter().map(|mail| mail.tag.as_str().to_owned()).collect();
            assert_eq!(tags.len(), 1, "a repeat has the same name");
        }
    }
}

async fn killed_at<const TELLS: bool>(office: &Office<TELLS>, step: usize) -> Key {
    let notice = Telling::notice(&office.invites(1, start()).await.0);
    office.table.lives_for(step);
    drop(office.delivers(&notice, start()).await);
    office.table.lives_for(usize::MAX);
    notice
}

/// Time passes until nothing is owed any more.
async fn finish<const TELLS: bool>(office: &Office<TELLS>) {
    for minute in 0..60 {
        office.a_minute_of_mails(start().plus_millis(minutes(minute))).await;
    }
    for hour in 2..72 {
        office.a_minute_of_mails(start().plus_millis(minutes(hour * 60))).await;
    }
    assert_eq!(office.owed().await, 0);
}

/// An answer that does not come: with a provider that tells, its word settles it; without, the mail is sent again after five minutes and
/// after an hour, and that is on record.
#[tokio::test]
async fn an_answer_that_does_not_come_is_settled_by_the_provider_or_by_repeats() {
    let office = Telling::new(false);
    let notice = Telling::notice(&office.invites(1, start()).await.0);
    *office.post.fates.lock().unwrap() = [TakesInSilence].into();
    office.delivers(&notice, start()).await.unwrap();
    assert!(matches!(stage(&office, &notice).await, Stage::Sending { .. }));
    for minute in 1..5 {
        office.a_minute_of_mails(start().plus_millis(minutes(minute))).await;
    }
    told(&office, &notice, "Delivery", 4).await;
    finish(&office).await;
    assert_eq!(office.mailed().len(), 1);
    assert!(matches!(stage(&office, &notice).await, Stage::Delivered { .. }));

    for (fates, taken, sends, kept) in
        [(vec![TakesInSilence, Takes], 2, 2, "sent"), (vec![Loses, Loses, Takes], 1, 3, "sent"), (vec![TakesInSilence; 9], 3, 3, "failed")]
    {
        let office = Silent::new(false);
        let notice = Silent::notice(&office.invites(1, start()).await.0);
        *office.post.fates.lock().unwrap() = fates.into();
        office.delivers(&notice, start()).await.unwrap();
        office.delivers(&notice, start().plus_millis(minutes(5) - 1)).await.unwrap();
        assert!(office.mailed().len() <= 1, "not before five minutes");
        finish(&office).await;
        let posting = office.store.posting(&notice).await.unwrap().unwrap();
        assert_eq!((office.mailed().len(), posting.delivery.sends), (taken, sends));
        let stage = serde_json::to_value(&posting.delivery.stage).unwrap();
        assert_eq!(stage["name"], kept, "{stage}");
    }
}

/// S-14: an hour without a post office, whether it says that it is closed or says nothing at all: letters are out all the same, and then
/// each graduate is mailed once.
#[tokio::test]
async fn an_hour_without_mail_drains_afterwards_one_mail_each() {
    for (outage, drains_within) in [(Fate::Closed, 20), (Loses, 24 * 60)] {
        let office = Telling::new(false);
        for n in 1..=50 {
            office.invites(n, start().plus_millis(minutes(i64::from(n)))).await;
        }
        let mut minute = 0;
        while office.owed().await > 0 {
            *office.post.fates.lock().unwrap() = if minute < 60 { vec![outage; 100].into() } else { [].into() };
            office.a_minute_of_mails(start().plus_millis(minutes(minute))).await;
            assert!(minute >= 60 || office.mailed().is_empty());
            minute += 1;
            assert!(minute < 60 + drains_within, "{outage:?}");
        }
        let mailed = office.mailed();
        assert_eq!((mailed.len(), mailed.iter().collect::<BTreeSet<_>>().len()), (50, 50), "{outage:?}");
    }
}

/// The attempt limit: what a provider will never take is given up at once; what it has not taken for three days, then.
#[tokio::test]
async fn a_mail_is_not_tried_for_ever() {
    let office = Telling::new(false);
    let (refused, late) = (Telling::notice(&office.invites(1, start()).await.0), Telling::notice(&office.invites(2, start()).await.0));
    *office.post.fates.lock().unwrap() = [Fate::Refuses].into();
    office.delivers(&refused, start()).await.unwrap();
    assert!(matches!(stage(&office, &refused).await, Stage::Failed { because: Failure::Refused, .. }));
    office.delivers(&late, start().plus_days(3).plus_millis(1)).await.unwrap();
    assert!(matches!(stage(&office, &late).await, Stage::Failed { because: Failure::TooOld, .. }));
    assert_eq!((office.mailed().len(), office.owed().await), (0, 0));
}

/// What the provider tells comes twice and in any order, before our own record or after it: the worst stands.
#[tokio::test]
async fn what_the_provider_tells_comes_in_any_order() {
    for order in [["Send", "Delivery", "Complaint"], ["Complaint", "Send", "Delivery"], ["Delivery", "Complaint", "Delivery"]] {
        let office = Telling::new(false);
        let notice = Telling::notice(&office.invites(1, start()).await.0);
        *office.post.fates.lock().unwrap() = [TakesInSilence].into();
        office.delivers(&notice, start()).await.unwrap();
        for kind in order {
            told(&office, &notice, kind, 1).await;
        }
        assert!(matches!(stage(&office, &notice).await, Stage::Complained { .. }), "{order:?}");
        assert_eq!(office.owed().await, 0);
    }
}

/// Events come through a bus, through a topic or as they are; those that are not about our mails, or that we do not keep, are no fault;
/// what is no event is.
#[tokio::test]
async fn events_are_read_in_the_forms_that_they_come_in() {
    let office = Telling::new(false);
    for (n, form) in (1..).zip(["as it is", "topic", "bus"]) {
        let notice = Telling::notice(&office.invites(n, start()).await.0);
        office.delivers(&notice, start()).await.unwrap();
        let event = json!({ "eventType": "Delivery", "mail": { "tags": { "notice": [mail_tag(&notice)] } } });
        let event = match form {
            "topic" => json!({ "Type": "Notification", "Message": event.to_string() }),
            "bus" => json!({ "detail-type": "Email Delivered", "detail": event }),
            _ => event,
        };
        assert!(is_taken(&office, &event.to_string(), 1).await);
        assert!(matches!(stage(&office, &notice).await, Stage::Delivered { .. }), "{form}");
    }
    let delivered = mail_tag(&Telling::notice(&office.invites(9, start()).await.0));
    let away = json!({ "bounceType": "Transient", "bouncedRecipients": [{ "emailAddress": "s9@example.com" }] });
    let before = office.table.holds().await;
    for other in [
        json!({ "eventType": "Bounce", "mail": { "tags": { "notice": [delivered] } }, "bounce": away }),
        json!({ "eventType": "Open", "mail": {} }),
        json!({ "eventType": "Delivery", "mail": { "tags": { "notice": ["nobody's"] } } }),
        json!({ "notificationType": "Bounce", "mail": {}, "bounce": { "bounceType": "Transient", "bouncedRecipients": [{ "emailAddress": "a@b.example" }] } }),
    ] {
        assert!(is_taken(&office, &other.to_string(), 1).await, "{other}");
    }
    assert_eq!(office.table.holds().await, before);
    for wrong in ["no json", "{}", "\"text\"", "{\"detail\":1}", "{\"Message\":\"{\"}"] {
        assert!(!is_taken(&office, wrong, 1).await, "{wrong}");
    }
}
