//! Lambda's Runtime API in this process: a function's binary is started as Lambda starts it, asks for its next event, and answers.

mod events;
mod runtime_api;
#[cfg(feature = "tls")]
mod tls;

pub use events::{http_api, mail_event, schedule, sqs, stream};

#[cfg(feature = "tls")]
pub use tls::Tls;

use runtime_api::{Asked, RuntimeApi};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::process::{Child, Command};

/// Why a function is not there: told to a person, never matched on.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// How long a function may take to start or to answer. It is no limit of Lambda's: a busy machine is slow.
const PATIENCE: Duration = Duration::from_mins(1);

/// How a function ended an invocation.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It answered.
    Answered(Value),
    /// It told the runtime of an error: Lambda counts it as failed.
    Failed(Value),
}

/// A running function. It is killed when this is dropped.
#[derive(Debug)]
pub struct Function {
    api: RuntimeApi,
    child: Child,
}

impl Function {
    /// Starts a binary with these settings and no others, and waits until it asks for its first event.
    ///
    /// # Errors
    /// When it does not start, or ends before: with what it printed.
    pub async fn start(command: &[&str], settings: &BTreeMap<String, String>) -> Result<Self, BoxError> {
        let mut function = Self::spawn(command, settings).await?;
        function.ready().await?;
        Ok(function)
    }

    /// Starts a binary that is to fail before its first event. What it printed, and what it told the runtime if it did.
    ///
    /// # Errors
    /// When it starts all the same.
    pub async fn refuses(command: &[&str], settings: &BTreeMap<String, String>) -> Result<String, BoxError> {
        match Self::start(command, settings).await {
            Ok(_) => Err("it has started".into()),
            Err(said) => Ok(said.to_string()),
        }
    }

    async fn spawn(command: &[&str], settings: &BTreeMap<String, String>) -> Result<Self, BoxError> {
        let (program, arguments) = command.split_first().ok_or("no command")?;
        let api = RuntimeApi::start().await?;
        let name = Path::new(program).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut command = Command::new(program);
        command.args(arguments).env_clear().envs(lambdas_own(&name)).envs(settings).env("AWS_LAMBDA_RUNTIME_API", api.address());
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true).spawn();
        let child = child.map_err(|error| format!("{program}: {error}"))?;
        Ok(Self { api, child })
    }

    /// The process's id, as long as it runs.
    #[must_use]
    pub fn process(&self) -> Option<u32> {
        self.child.id()
    }

    /// Waits until it asks for an event.
    async fn ready(&mut self) -> Result<(), BoxError> {
        let asked = tokio::select! {
            asked = tokio::time::timeout(PATIENCE, self.api.next()) => asked.map_err(|_| "it does not ask for an event")?,
            ended = self.child.wait() => {
                let ended = ended?;
                return Err(format!("it ended with {ended}: {}", self.printed().await).into());
            }
        };
        match asked {
            Some(Asked::Event) => Ok(()),
            Some(Asked::Done(outcome)) => Err(format!("it told the runtime of {outcome:?}: {}", self.printed().await).into()),
            None => Err("the Runtime API has ended".into()),
        }
    }

    /// Hands it an event, waits for its answer, and until it asks for the next.
    ///
    /// # Errors
    /// When it ends, or does not answer.
    pub async fn invoke(&mut self, event: &Value) -> Result<Outcome, BoxError> {
        self.api.hand(event.to_string()).await?;
        let outcome = match tokio::time::timeout(PATIENCE, self.api.next()).await.map_err(|_| "no answer")? {
            Some(Asked::Done(outcome)) => outcome,
            other => return Err(format!("instead of an answer: {other:?}").into()),
        };
        self.ready().await?;
        Ok(outcome)
    }

    /// Ends it. What it printed.
    ///
    /// # Errors
    /// When it cannot be killed.
    pub async fn stop(mut self) -> Result<String, BoxError> {
        self.child.start_kill()?;
        let printed = self.printed().await;
        self.child.wait().await?;
        Ok(printed)
    }

    /// Ends it as whoever asks politely does (SIGTERM): what counts for it gets to print its count. What was printed.
    ///
    /// # Errors
    /// When it cannot be told.
    pub async fn interrupt(mut self) -> Result<String, BoxError> {
        let process = self.process().ok_or("it has ended")?;
        Command::new("kill").arg(process.to_string()).status().await?;
        let printed = self.printed().await;
        self.child.wait().await?;
        Ok(printed)
    }

    async fn printed(&mut self) -> String {
        let mut text = String::new();
        if let Some(mut out) = self.child.stdout.take() {
            drop(out.read_to_string(&mut text).await);
        }
        if let Some(mut out) = self.child.stderr.take() {
            drop(out.read_to_string(&mut text).await);
        }
        text
    }
}

/// What Lambda itself says to every function.
fn lambdas_own(name: &str) -> BTreeMap<String, String> {
    let own = [
        ("AWS_LAMBDA_FUNCTION_NAME", name),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "wangqian"),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "stream"),
        ("_HANDLER", "bootstrap"),
    ];
    own.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}
