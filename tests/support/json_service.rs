//! A service of AWS that speaks its JSON protocol, as far as a test plays it.

use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use store::{Settings, Trust};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

type Answers = dyn Fn(&str, &Value) -> Result<Value, &'static str> + Send + Sync;

/// A running service.
pub(crate) struct JsonService {
    /// Where it listens.
    pub(crate) url: String,
    /// What it was asked: each action in small letters, with its words.
    pub(crate) asked: Arc<Mutex<Vec<(String, Value)>>>,
}

impl JsonService {
    /// Starts a service that answers so: a value, or the name of an error.
    pub(crate) async fn start(answers: impl Fn(&str, &Value) -> Result<Value, &'static str> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (asked, answers): (Arc<Mutex<Vec<_>>>, Arc<Answers>) = (Arc::default(), Arc::new(answers));
        let kept = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, Arc::clone(&answers), Arc::clone(&kept)));
            }
        });
        Self { url, asked }
    }
}

async fn converse(mut stream: TcpStream, answers: Arc<Answers>, asked: Arc<Mutex<Vec<(String, Value)>>>) {
    let mut heard = Vec::new();
    while stream.read_buf(&mut heard).await.is_ok_and(|more| more > 0) {
        let text = String::from_utf8_lossy(&heard).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let header =
            |name: &str| head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix(name).map(|value| value.trim().to_owned()));
        if body.len() < header("content-length:").unwrap().parse().unwrap() {
            continue;
        }
        let (action, said): (_, Value) = (header("x-amz-target:").unwrap(), serde_json::from_str(body).unwrap());
        let answer = answers(&action, &said);
        asked.lock().unwrap().push((action, said));
        let (status, answer) = answer.map_or_else(|kind| (400, json!({ "__type": kind, "message": "no" })), |answer| (200, answer));
        let answer = answer.to_string();
        let head = format!("HTTP/1.1 {status} x\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: {}\r\n\r\n", answer.len());
        stream.write_all(format!("{head}{answer}").as_bytes()).await.unwrap();
        heard.clear();
    }
}

/// How a service at this address is reached.
pub(crate) fn settings(url: &str) -> Settings {
    Settings {
        region: "eu-central-1".to_owned(),
        access_key_id: "key".to_owned(),
        secret_access_key: "secret".to_owned(),
        session_token: None,
        attempt_timeout_ms: Settings::ATTEMPT_TIMEOUT_MS,
        endpoint_url: Some(url.to_owned()),
        trust: Trust::default(),
    }
}
