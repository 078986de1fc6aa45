//! The API itself: one function asks here for events and answers them.

use crate::{BoxError, Outcome};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderName, StatusCode};
use axum::routing::{get, post};
use bytes::Bytes;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinHandle;

/// How long an invocation may last, as the function is told.
const LASTS: Duration = Duration::from_mins(15);

/// What a function does here.
#[derive(Debug)]
pub(crate) enum Asked {
    /// It waits for an event.
    Event,
    /// It has ended its invocation, or its start.
    Done(Outcome),
}

struct Shared {
    asked: mpsc::UnboundedSender<Asked>,
    events: Mutex<mpsc::Receiver<String>>,
}

/// A running API. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct RuntimeApi {
    address: SocketAddr,
    asked: mpsc::UnboundedReceiver<Asked>,
    events: mpsc::Sender<String>,
    server: JoinHandle<std::io::Result<()>>,
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl RuntimeApi {
    pub(crate) async fn start() -> Result<Self, BoxError> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let (tell, asked) = mpsc::unbounded_channel();
        let (events, waiting) = mpsc::channel(1);
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .route("/2018-06-01/runtime/init/error", post(init_error))
            .with_state(Arc::new(Shared { asked: tell, events: Mutex::new(waiting) }));
        let server = tokio::spawn(axum::serve(listener, router).into_future());
        Ok(Self { address, asked, events, server })
    }

    pub(crate) fn address(&self) -> String {
        self.address.to_string()
    }

    /// What the function does next.
    pub(crate) async fn next(&mut self) -> Option<Asked> {
        self.asked.recv().await
    }

    /// Hands it an event.
    pub(crate) async fn hand(&self, event: String) -> Result<(), BoxError> {
        Ok(self.events.send(event).await?)
    }
}

async fn next(State(shared): State<Arc<Shared>>) -> Result<([(HeaderName, String); 4], String), StatusCode> {
    shared.asked.send(Asked::Event).map_err(|_| StatusCode::GONE)?;
    let event = shared.events.lock().await.recv().await.ok_or(StatusCode::GONE)?;
    #[expect(clippy::disallowed_methods, reason = "a function is told until when it may go on, in real time")]
    let ends = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + LASTS;
    let said = |name, value: String| (HeaderName::from_static(name), value);
    let headers = [
        said("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd".to_owned()),
        said("lambda-runtime-deadline-ms", ends.as_millis().to_string()),
        said("lambda-runtime-invoked-function-arn", "arn:aws:lambda:eu-central-1:123456789012:function:wangqian".to_owned()),
        said("lambda-runtime-trace-id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1".to_owned()),
    ];
    Ok((headers, event))
}

async fn response(State(shared): State<Arc<Shared>>, Path(_): Path<String>, body: Bytes) -> StatusCode {
    done(&shared, Outcome::Answered(read(&body)))
}

async fn error(State(shared): State<Arc<Shared>>, Path(_): Path<String>, body: Bytes) -> StatusCode {
    done(&shared, Outcome::Failed(read(&body)))
}

async fn init_error(State(shared): State<Arc<Shared>>, body: Bytes) -> StatusCode {
    done(&shared, Outcome::Failed(read(&body)))
}

fn done(shared: &Shared, outcome: Outcome) -> StatusCode {
    // Nobody listens any more once the test has what it wanted.
    drop(shared.asked.send(Asked::Done(outcome)));
    StatusCode::ACCEPTED
}

fn read(body: &Bytes) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| json!({ "unreadable": String::from_utf8_lossy(body) }))
}
