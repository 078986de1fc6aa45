//! The adapters on another engine than the stories': what both take for AWS is more likely AWS. `infra/gates/ministack.sh` installs it.

mod ministack;

use crate::store::differential;
use crate::support::Handed;
use aws_sdk_dynamodb::Client;
use domain::work::Queue;
use evidence::{PublicKey, Signer as _};
use evidence_kms::KmsSigner;
use files::{Files as _, Scanner as _, Shelf as _, Verdict};
use files_s3::{GUARDDUTY_TAG, S3Files, TagScanner};
use ministack::Ministack;
use queue::Queues as _;
use queue_sqs::SqsQueues;
use serde_json::json;
use std::collections::BTreeMap;
use store_dynamo::{DynamoTable, connect, create_table};

/// Fewer than on the embedded engine: this one takes milliseconds for each.
const OPERATIONS: usize = 400;

#[tokio::test]
async fn the_table_answers_as_the_model_does() {
    let ministack = Ministack::start().await;
    let client: Client = connect(&ministack.settings());
    create_table(&client, "wangqian").await.unwrap();
    let table = DynamoTable::new(client, "wangqian".to_owned());
    differential::walk(&table, OPERATIONS).await;
}

#[tokio::test]
async fn seals_are_signed_by_a_key_that_never_leaves_kms() {
    let ministack = Ministack::start().await;
    let made = ministack.json("kms", "TrentService.CreateKey", &json!({ "KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY" })).await;
    let id = made["KeyMetadata"]["KeyId"].as_str().unwrap();
    let alias = json!({ "AliasName": "alias/wangqian-seals", "TargetKeyId": id });
    ministack.json("kms", "TrentService.CreateAlias", &alias).await;
    let signer = KmsSigner::open(&ministack.settings(), "alias/wangqian-seals").await.unwrap();
    let signature = signer.sign(b"a seal").await.unwrap();
    let public = PublicKey::parse(signer.public_key()).unwrap();
    assert!(public.verify(b"a seal", &signature) && !public.verify(b"another", &signature));
    assert_eq!(KmsSigner::open(&ministack.settings(), id).await.unwrap().key_id(), signer.key_id());

    let symmetric = ministack.json("kms", "TrentService.CreateKey", &json!({})).await;
    let symmetric = symmetric["KeyMetadata"]["KeyId"].as_str().unwrap();
    assert!(KmsSigner::open(&ministack.settings(), symmetric).await.is_err(), "a key that encrypts signs nothing");
    assert!(KmsSigner::open(&ministack.settings(), "alias/other").await.is_err());
}

#[tokio::test]
async fn the_vaults_keys_come_from_a_secret() {
    let ministack = Ministack::start().await;
    let root = "0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijABCDEFGHIJ0123";
    let secret = json!({ "Name": "wangqian-vault", "SecretString": format!(r#"{{"form":"1","root":"{root}"}}"#) });
    let made = ministack.json("secretsmanager", "secretsmanager.CreateSecret", &secret).await;
    let arn = made["ARN"].as_str().unwrap();
    let settings = ministack.settings();
    let vault = vault_secret::open(&settings, |name| (name == "VAULT_SECRET").then_some(arn)).await.unwrap();
    let (student, mobile) =
        (domain::values::StudentId::parse("99001-s00000000000000000001").unwrap(), domain::values::Mobile::parse("19900007919").unwrap());
    let sealed = vault.seal_mobile(&student, &mobile);
    let again = vault_secret::open(&settings, |name| (name == "VAULT_SECRET").then_some("wangqian-vault")).await.unwrap();
    assert_eq!(again.open_mobile(&student, &sealed).unwrap(), "19900007919");
    assert!(vault_secret::open(&settings, |_| Some("other")).await.is_err());
}

#[tokio::test]
async fn a_place_takes_the_promised_file_once_and_the_scanner_judges_it() {
    let ministack = Ministack::start().await;
    let buckets = ministack.buckets().await;
    let files = S3Files::open(&ministack.settings(), buckets.clone());
    let handed = Handed::pixel("stamped_agreement");
    let upload = handed.requested("u00000000000000000001");
    let place = files.place(&upload).await.unwrap();
    let headers: Vec<(&str, &str)> = place.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let path = place.url.strip_prefix(&ministack.url).unwrap();
    let put = async |bytes: Vec<u8>| ministack.sends("PUT", path, &headers, bytes).await.0;
    let mut other = handed.bytes.clone();
    other[9] ^= 1;
    assert!(put(other).await >= 400, "another file than was promised");
    assert_eq!(put(handed.bytes.clone()).await, 200);
    assert_eq!(put(handed.bytes.clone()).await, 412, "once");
    assert_eq!(files.quarantined(&upload).await.unwrap(), Some(handed.bytes.clone()));

    let scanner = TagScanner::new(files_s3::connect(&ministack.settings()), buckets, GUARDDUTY_TAG.to_owned());
    assert_eq!(scanner.verdict(&upload, &upload.sha256).await.unwrap(), Verdict::Pending, "nobody has looked yet");
    let object = path.split('?').next().unwrap();
    for (said, verdict) in [("THREATS_FOUND", Verdict::Infected), ("NO_THREATS_FOUND", Verdict::Clean)] {
        let tags = format!("<Tagging><TagSet><Tag><Key>{GUARDDUTY_TAG}</Key><Value>{said}</Value></Tag></TagSet></Tagging>");
        ministack.asks("s3", "PUT", &format!("{object}?tagging"), &[], &tags).await;
        assert_eq!(scanner.verdict(&upload, &upload.sha256).await.unwrap(), verdict);
    }
}

#[tokio::test]
async fn what_is_laid_once_is_laid_once() {
    let ministack = Ministack::start().await;
    let buckets = ministack.buckets().await;
    let shelf = S3Files::open(&ministack.settings(), buckets);
    let kind = files::Kind::PDF;
    assert!(shelf.lay_once("drawn/a.pdf", kind, b"first".to_vec()).await.unwrap());
    assert!(!shelf.lay_once("drawn/a.pdf", kind, b"second".to_vec()).await.unwrap());
    assert_eq!(shelf.take("drawn/a.pdf", 100).await.unwrap(), Some(b"first".to_vec()));
    assert_eq!(shelf.take("drawn/b.pdf", 100).await.unwrap(), None);
}

#[tokio::test]
async fn messages_reach_their_queue() {
    let ministack = Ministack::start().await;
    let made = ministack.json("sqs", "AmazonSQS.CreateQueue", &json!({ "QueueName": "wangqian-jobs" })).await;
    let url = made["QueueUrl"].as_str().unwrap();
    let queues = SqsQueues::open(&ministack.settings(), BTreeMap::from([(Queue::Jobs, url.to_owned())]));
    let messages: Vec<String> = (0..10).map(|n| format!("{{\"n\":{n}}}")).collect();
    assert_eq!(queues.send(Queue::Jobs, &messages).await.unwrap(), Vec::<usize>::new());
    let mut received = Vec::new();
    while received.len() < messages.len() {
        let ask = json!({ "QueueUrl": url, "MaxNumberOfMessages": 10, "VisibilityTimeout": 60 });
        let answer = ministack.json("sqs", "AmazonSQS.ReceiveMessage", &ask).await;
        let some = answer["Messages"].as_array().unwrap_or_else(|| panic!("{received:?} and no more"));
        received.extend(some.iter().map(|message| message["Body"].as_str().unwrap().to_owned()));
    }
    received.sort();
    assert_eq!(received, messages);
    assert!(queues.send(Queue::Notices, &messages).await.is_err(), "no queue of notices was named");
}
