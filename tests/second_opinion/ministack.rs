//! The engine, as a process that ends with the test.

use crate::support::settings;
use bytes::Bytes;
use files::Buckets;
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use std::process::Stdio;
use std::time::Duration;
use store::Settings;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

/// It starts in two seconds.
const PATIENCE: Duration = Duration::from_mins(2);

/// A running engine, empty.
pub(super) struct Ministack {
    /// Where it listens.
    pub(super) url: String,
    http: Client<HttpConnector, Full<Bytes>>,
    _running: Child,
}

impl Ministack {
    pub(super) async fn start() -> Self {
        let mut told = String::new();
        // A port that was free when it was asked for may be taken meanwhile: the engine takes none of its own choice.
        for _ in 0..3 {
            let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
            match tokio::time::timeout(PATIENCE, running(port)).await.unwrap() {
                Ok(running) => {
                    let http = Client::builder(TokioExecutor::new()).build_http();
                    return Self { url: format!("http://127.0.0.1:{port}"), http, _running: running };
                }
                Err(said) => told = said,
            }
        }
        panic!("it does not start:\n{told}");
    }

    /// How adapters reach it: by the one pair of keys that it knows.
    pub(super) fn settings(&self) -> Settings {
        let known = || "test".to_owned();
        Settings { access_key_id: known(), secret_access_key: known(), ..settings(&self.url) }
    }

    /// Status and body of an answer.
    pub(super) async fn sends(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Bytes>) -> (u16, Bytes) {
        let mut request = http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        for (name, value) in headers.iter().filter(|(name, _)| !["host", "content-length"].contains(name)) {
            request = request.header(*name, *value);
        }
        let response = self.http.request(request.body(Full::new(body.into())).unwrap()).await.unwrap();
        let status = response.status().as_u16();
        (status, response.into_body().collect().await.unwrap().to_bytes())
    }

    /// What is done by whoever sets up an account; it asks nobody for a signature, and tells services apart by it.
    pub(super) async fn asks(&self, service: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Bytes {
        let scope =
            format!("AWS4-HMAC-SHA256 Credential=key/20270301/eu-central-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        let headers = [headers, &[("authorization", scope.as_str())]].concat();
        let (status, answer) = self.sends(method, path, &headers, body.to_owned()).await;
        assert!(status < 300, "{status} {method} {path}: {}", String::from_utf8_lossy(&answer));
        answer
    }

    /// Buckets as a stack has them.
    pub(super) async fn buckets(&self) -> Buckets {
        let here = "<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>";
        let [quarantine, evidence, files] = ["quarantined", "evidence", "files"].map(str::to_owned);
        for bucket in [&quarantine, &evidence, &files] {
            self.asks("s3", "PUT", &format!("/{bucket}"), &[], here).await;
        }
        Buckets { quarantine, evidence, files }
    }

    /// The same by a JSON protocol.
    pub(super) async fn json(&self, service: &str, target: &str, said: &Value) -> Value {
        let headers = [("x-amz-target", target), ("content-type", "application/x-amz-json-1.1")];
        let answer = self.asks(service, "POST", "/", &headers, &said.to_string()).await;
        serde_json::from_slice(&answer).unwrap_or_default()
    }
}

/// The engine at this port, once it listens; what it has said, if it ends instead.
async fn running(port: u16) -> Result<Child, String> {
    let program = std::env::current_exe().unwrap().ancestors().nth(3).unwrap().join("gates/ministack/bin/ministack");
    assert!(program.exists(), "infra/gates/ministack.sh installs {}", program.display());
    let mut command = Command::new(program);
    command.env("GATEWAY_PORT", port.to_string()).env("MINISTACK_HOST", "127.0.0.1").env("PERSIST_STATE", "0");
    command.env("IOT_MTLS_ENABLED", "0").env("SFTP_ENABLED", "0").env("PYTHONUNBUFFERED", "1");
    let mut running = command.stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
    let mut lines = BufReader::new(running.stderr.take().unwrap()).lines();
    let mut told = String::new();
    while let Some(line) = lines.next_line().await.unwrap() {
        if line.contains("Running on") {
            // What it says from here on is nobody's, and is read so that it can go on saying it.
            tokio::spawn(async move { while lines.next_line().await.is_ok_and(|line| line.is_some()) {} });
            return Ok(running);
        }
        told.push_str(&line);
        told.push('\n');
    }
    Err(told)
}
