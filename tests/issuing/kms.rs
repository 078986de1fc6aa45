//! Seals signed by KMS, with a key of the test's own.

use crate::support::{JsonService, settings};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use evidence::{KeyFile, PublicKey, Signer as _, Unavailable};
use evidence_kms::KmsSigner;
use futures_util::FutureExt as _;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// The server, with the key that it has now.
struct Kms {
    service: JsonService,
    key: Arc<Mutex<KeyFile>>,
}

impl Kms {
    async fn start() -> (Self, String) {
        let key = Arc::new(Mutex::new(KeyFile::from_secret(&[9; 32]).unwrap()));
        let held = Arc::clone(&key);
        let service = JsonService::start(move |action, said| answer(&held.lock().unwrap(), action, said)).await;
        let url = service.url.clone();
        (Self { service, key }, url)
    }
}

fn answer(key: &KeyFile, action: &str, said: &Value) -> Result<Value, &'static str> {
    if said["KeyId"] != "alias/wangqian-seals" {
        return Err("NotFoundException");
    }
    match action {
        "trentservice.getpublickey" => Ok(json!({ "KeyId": "key-1", "PublicKey": STANDARD.encode(key.public_key()) })),
        "trentservice.sign" => {
            let message = STANDARD.decode(said["Message"].as_str().unwrap()).unwrap();
            let signature = key.sign(&message).now_or_never().unwrap().unwrap();
            Ok(json!({ "KeyId": "key-1", "Signature": STANDARD.encode(signature), "SigningAlgorithm": "ECDSA_SHA_256" }))
        }
        _ => Err("UnsupportedOperationException"),
    }
}

#[tokio::test]
async fn kms_signs_what_its_public_key_verifies() {
    let (kms, url) = Kms::start().await;
    let signer = KmsSigner::open(&settings(&url), "alias/wangqian-seals").await.unwrap();
    let signature = signer.sign(b"a seal").await.unwrap();
    let public = PublicKey::parse(signer.public_key()).unwrap();
    assert!(public.verify(b"a seal", &signature) && !public.verify(b"another", &signature));
    assert_eq!(signer.key_id(), kms.key.lock().unwrap().key_id(), "the id follows from the key alone");
    let asked = kms.service.asked.lock().unwrap().clone();
    assert_eq!(asked.iter().map(|(action, _)| action.as_str()).collect::<Vec<_>>(), ["trentservice.getpublickey", "trentservice.sign"]);
    assert_eq!((&asked[1].1["MessageType"], &asked[1].1["SigningAlgorithm"]), (&json!("RAW"), &json!("ECDSA_SHA_256")));
}

#[tokio::test]
async fn a_key_that_is_not_there_or_was_exchanged_signs_nothing() {
    let (kms, url) = Kms::start().await;
    assert!(KmsSigner::open(&settings(&url), "alias/other").await.is_err());
    let signer = KmsSigner::open(&settings(&url), "alias/wangqian-seals").await.unwrap();
    *kms.key.lock().unwrap() = KeyFile::from_secret(&[8; 32]).unwrap();
    let refused = signer.sign(b"a seal").await.unwrap_err();
    assert_eq!(refused, Unavailable("alias/wangqian-seals has another key now".to_owned()));
    assert!(signer.sign(&[0; 5000]).await.is_err());
}
