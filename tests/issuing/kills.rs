//! A worker that dies at any step of drawing or sealing: the next one finds nothing lost and nothing twice.

use super::office::{Office, agreement_key, order};
use crate::support::{minutes, start, tick};
use domain::values::AgreementId;
use std::sync::atomic::Ordering;
use store::{Table as _, verify_chain};

/// S-28: certification has committed, drawing dies at a step, done or not; retried, there is one number, one file, one plan record.
#[tokio::test]
async fn drawing_killed_at_each_step_leaves_one_document_and_one_record() {
    for does_the_last in [false, true] {
        let mut step = 0;
        loop {
            step += 1;
            let office = Office::new(does_the_last).await;
            let agreement = office.signs(1, start()).await;
            office.certifies(&agreement, start().plus_millis(minutes(10))).await;
            let order = order(&agreement, "final");
            office.table.lives_for(step);
            let died = office.issues(&order, start().plus_millis(minutes(11))).await.is_err();
            office.table.lives_for(usize::MAX);
            office.issues(&order, start().plus_millis(minutes(40))).await.unwrap();
            whole(&office, &agreement).await;
            if !died {
                assert!(step > 4, "{step} steps");
                break;
            }
        }
    }
}

async fn whole(office: &Office, agreement: &AgreementId) {
    let files = office.objects("documents/");
    assert_eq!(files.len(), 1, "{:?}", files.keys());
    let (standing, records) = office.chain(agreement).await;
    let chain = verify_chain(agreement.as_str(), &standing, &records).unwrap();
    let issued: Vec<_> = chain.iter().filter(|record| record.what.name() == "document_issued").collect();
    assert_eq!((issued.len(), standing.number("version")), (1, Some(2)), "a document moves no version");
    let item = office.table.get(&order(agreement, "final")).await.unwrap().unwrap();
    assert_eq!((item.text("owes"), item.text("issued").is_some()), (None, true));
    let key = files.keys().next().unwrap();
    assert!(key.contains(&domain::upload::sha256(&files[key])), "{key}");
    let plan = store::Key { sk: "PLAN".to_owned(), ..agreement_key(agreement) };
    assert!(office.table.get(&plan).await.unwrap().is_some());
}

/// Two workers with the same message: one records.
#[tokio::test]
async fn two_workers_at_once_record_one_document() {
    let office = Office::new(false).await;
    let agreement = office.signs(1, start()).await;
    office.certifies(&agreement, start()).await;
    let (order, at) = (order(&agreement, "final"), start().plus_millis(minutes(1)));
    let (one, other) = tokio::join!(office.issues(&order, at), office.issues(&order, at));
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    whole(&office, &agreement).await;
    assert_eq!(office.issues(&order, at).await.unwrap(), 0, "a message that comes again finds nothing owed");
}

/// Sealing dies at each step; each hour ends up under one seal, and the seals make one chain.
#[tokio::test]
async fn sealing_killed_at_each_step_leaves_one_chain_of_seals() {
    for does_the_last in [false, true] {
        let mut step = 0;
        loop {
            step += 1;
            let office = Office::new(does_the_last).await;
            office.signs(1, start()).await;
            office.seals(start().plus_millis(minutes(66))).await.unwrap();
            office.signs(2, start().plus_millis(minutes(70))).await;
            office.table.lives_for(step);
            let died = office.seals(start().plus_millis(minutes(126))).await.is_err();
            office.table.lives_for(usize::MAX);
            office.seals(start().plus_millis(minutes(127))).await.unwrap();
            let sealing = office.store.sealing(tick(start()).at).await.unwrap();
            assert_eq!((sealing.from.as_str(), sealing.last.unwrap().read().unwrap().number), ("2026-11-23T10", 2));
            assert_eq!(office.objects("evidence/seals/").len(), 2);
            // Two letters sent and accepted, two agreements formed.
            assert_eq!(office.sealed().await.len(), 6);
            if !died {
                assert!(step > 6, "{step} steps of {}", office.table.steps.load(Ordering::Relaxed));
                break;
            }
        }
    }
}
