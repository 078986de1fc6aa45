//! Seals signed by KMS: a small server that speaks its protocol, with a key of its own.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use evidence::{KeyFile, PublicKey, Signer as _, Unavailable};
use evidence_kms::KmsSigner;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use store_dynamo::Settings;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What the server was asked, and the key that it has now.
#[derive(Clone)]
struct Kms {
    asked: Arc<Mutex<Vec<(String, Value)>>>,
    key: Arc<Mutex<KeyFile>>,
}

impl Kms {
    async fn start() -> (Self, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let kms = Self { asked: Arc::default(), key: Arc::new(Mutex::new(KeyFile::from_secret(&[9; 32]).unwrap())) };
        let server = kms.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(server.clone().converse(stream));
            }
        });
        (kms, url)
    }

    async fn converse(self, mut stream: TcpStream) {
        let mut heard = Vec::new();
        while stream.read_buf(&mut heard).await.is_ok_and(|more| more > 0) {
            let text = String::from_utf8_lossy(&heard).into_owned();
            let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
            let header = |name: &str| {
                head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix(name).map(|value| value.trim().to_owned()))
            };
            if body.len() < header("content-length:").unwrap().parse().unwrap() {
                continue;
            }
            let (action, said): (_, Value) = (header("x-amz-target:").unwrap(), serde_json::from_str(body).unwrap());
            let answer = self.answer(&action, &said).await;
            self.asked.lock().unwrap().push((action, said));
            let (status, answer) = answer.map_or_else(|kind| (400, json!({ "__type": kind, "message": "no" })), |answer| (200, answer));
            let answer = answer.to_string();
            let head =
                format!("HTTP/1.1 {status} x\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: {}\r\n\r\n", answer.len());
            stream.write_all(format!("{head}{answer}").as_bytes()).await.unwrap();
            heard.clear();
        }
    }

    async fn answer(&self, action: &str, said: &Value) -> Result<Value, &'static str> {
        let key = self.key.lock().unwrap().clone();
        if said["KeyId"] != "alias/wangqian-seals" {
            return Err("NotFoundException");
        }
        match action {
            "trentservice.getpublickey" => Ok(json!({ "KeyId": "key-1", "PublicKey": STANDARD.encode(key.public_key()) })),
            "trentservice.sign" => {
                let message = STANDARD.decode(said["Message"].as_str().unwrap()).unwrap();
                let signature = key.sign(&message).await.unwrap();
                Ok(json!({ "KeyId": "key-1", "Signature": STANDARD.encode(signature), "SigningAlgorithm": "ECDSA_SHA_256" }))
            }
            _ => Err("UnsupportedOperationException"),
        }
    }
}

fn settings(url: &str) -> Settings {
    Settings {
        region: "eu-central-1".to_owned(),
        access_key_id: "key".to_owned(),
        secret_access_key: "secret".to_owned(),
        session_token: None,
        attempt_timeout_ms: Settings::ATTEMPT_TIMEOUT_MS,
        endpoint_url: Some(url.to_owned()),
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
    let asked = kms.asked.lock().unwrap().clone();
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
