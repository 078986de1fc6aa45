//! One function, as it is started and measured.

use crate::deploying::binaries::{binary, event};
use crate::hostile::{Request, Scene};
use api::Action;
use api::workers::{Source, Worker};
use emulator::{BoxError, Function, Outcome};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

type Settings = BTreeMap<String, String>;

/// Letters that are accepted, one at a start.
const LETTERS: usize = super::STARTS + 4;

/// What is started, and the events that it is handed, one at a start; the last again and again.
pub(super) struct Subject {
    pub(super) name: String,
    pub(super) command: Vec<String>,
    events: Events,
    next: usize,
    /// Millions: until its first event, and with its answer.
    pub(super) instructions: (f64, f64),
}

enum Events {
    Requests(Vec<Request>),
    Fixed(Value),
    Node(Box<Request>),
}

/// What one start cost.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sample {
    /// Milliseconds from the start of the process to its first question for an event.
    pub(super) init_ms: f64,
    pub(super) init_cpu_ms: f64,
    /// Memory in MB by then, of which most is the binary itself as the kernel shows it.
    pub(super) init_mb: f64,
    /// From the event to its answer.
    pub(super) first_ms: f64,
    pub(super) first_cpu_ms: f64,
    /// Its peak with the answer.
    pub(super) mb: f64,
    /// What of it is the process's own.
    pub(super) own_mb: f64,
}

impl Subject {
    fn new(name: &str, command: Vec<String>, events: Events) -> Self {
        Self { name: name.to_owned(), command, events, next: 0, instructions: (0.0, 0.0) }
    }

    /// The least function.
    pub(super) fn hello() -> Self {
        let request = http::Request::get("/hello").body(bytes::Bytes::new()).unwrap();
        Self::new("hello-world", vec![binary("examples/hello")], Events::Fixed(emulator::http_api(&request, 0).unwrap()))
    }

    /// A letter for each start, accepted once.
    pub(super) async fn accepting(scene: &Scene) -> Self {
        let world = &scene.world;
        let employer = world.employer("冷启动公司").await;
        let mut requests = Vec::new();
        for i in 0..LETTERS {
            let graduate = world.graduate(&format!("冷{i}江")).await;
            let letter = employer.invites(&graduate).await;
            let shown = graduate.is_shown(&letter).await;
            let body = json!({ "confirmation_token": shown, "read": true, "sign_now": true });
            let path = format!("/v1/invitations/{}/acceptance", letter.id);
            requests.push(Request::of_student(&graduate.token, path, world.new_key(), &body));
        }
        Self::new("accept-invitation, done", vec![binary("accept-invitation")], Events::Requests(requests))
    }

    /// The same questions to AWS, from Node.
    pub(super) async fn node(scene: &Scene) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../infra/benchmarks/node/dist/index.cjs");
        let graduate = scene.world.graduate("冷结点").await;
        let reads: Vec<Value> = (0..3).map(|i| json!({ "pk": { "S": format!("BENCH#{i}") }, "sk": { "S": "META" } })).collect();
        let request = Request::of_student(&graduate.token, "/v1/accept".to_owned(), scene.world.new_key(), &json!({ "reads": reads }));
        Self::new("the same in Node 20", vec!["node".to_owned(), script.to_str().unwrap().to_owned()], Events::Node(Box::new(request)))
    }

    /// An action, at its valid request: done at its first start, and refused or repeated at the others.
    pub(super) fn action(action: &Action, request: Request) -> Self {
        Self::new(action.name, vec![binary(action.name)], Events::Requests(vec![request]))
    }

    /// A worker, with what it finds nothing to do for.
    pub(super) fn worker(worker: &Worker) -> Self {
        let event = match worker.source {
            Source::Queue(_) => emulator::sqs(["{\"pk\":\"NONE\",\"sk\":\"NONE\"}"]),
            Source::Stream => emulator::stream(&[json!({})]),
            Source::Schedule(_) => emulator::schedule(),
        };
        Self::new(worker.name, vec![binary(worker.name)], Events::Fixed(event.unwrap()))
    }

    fn event(&mut self) -> Value {
        self.next += 1;
        match &self.events {
            Events::Fixed(fixed) => fixed.clone(),
            Events::Requests(requests) => event(requests.get(self.next - 1).or_else(|| requests.last()).unwrap()),
            Events::Node(request) => event(&request.saying(writing(request, self.next))),
        }
    }

    /// Starts it once, has it answer once, ends it.
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
    pub(super) async fn start(&mut self, settings: &Settings) -> Result<Sample, BoxError> {
        let event = self.event();
        let command: Vec<&str> = self.command.iter().map(String::as_str).collect();
        let started = Instant::now();
        let mut function = Function::start(&command, settings).await?;
        let init_ms = millis(started);
        let process = function.process().ok_or("it is gone")?;
        let (init_cpu_ms, init_mb) = (cpu_ms(process)?, memory_mb(process, "VmHWM")?);
        let asked = Instant::now();
        let outcome = function.invoke(&event).await?;
        let first_ms = millis(asked);
        let first_cpu_ms = cpu_ms(process)? - init_cpu_ms;
        let (mb, own_mb) = (memory_mb(process, "VmHWM")?, memory_mb(process, "RssAnon")?);
        let sample = Sample { init_ms, init_cpu_ms, init_mb, first_ms, first_cpu_ms, mb, own_mb };
        let printed = function.stop().await?;
        self.judge(&outcome, &printed)?;
        Ok(sample)
    }

    /// The row that accepts does so at each start; any other answers as it may, but for failures of our own.
    fn judge(&self, outcome: &Outcome, printed: &str) -> Result<(), BoxError> {
        let Outcome::Answered(answer) = outcome else { return Err(format!("{outcome:?}: {printed}").into()) };
        let status = answer["statusCode"].as_u64().unwrap_or(200);
        let done = matches!(self.events, Events::Node(_)) || self.name.ends_with("done");
        if (status >= 500 && !answer.to_string().contains("document_awaited")) || (done && status != 201) {
            Err(format!("{answer}: {printed}").into())
        } else {
            Ok(())
        }
    }

    /// Counts instructions under valgrind: once until the first event, once with an answer.
    pub(super) async fn count_instructions(&mut self, settings: &Settings) -> Result<(), BoxError> {
        let command = self.under(&["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
        // Node makes code as it runs, and takes minutes of this.
        if self.command[0] == "node" {
            return Ok(());
        }
        let init = counted(&Function::start(&command, settings).await?.interrupt().await?)?;
        let mut function = Function::start(&command, settings).await?;
        function.invoke(&self.last_event()).await?;
        self.instructions = (init, counted(&function.interrupt().await?)?);
        Ok(())
    }

    /// Writes which functions of its program are called until its first event.
    pub(super) async fn note_calls(&self, settings: &Settings, folder: &Path) -> Result<(), BoxError> {
        let out = format!("--callgrind-out-file={}", folder.join(&self.name).display());
        let command = self.under(&["valgrind", "--tool=callgrind", &out, "--compress-strings=no", "--compress-pos=no", "--demangle=no"]);
        Function::start(&command, settings).await?.interrupt().await?;
        Ok(())
    }

    /// Its command under a tool's.
    fn under<'a>(&'a self, tool: &[&'a str]) -> Vec<&'a str> {
        tool.iter().copied().chain(self.command.iter().map(String::as_str)).collect()
    }

    fn last_event(&self) -> Value {
        match &self.events {
            Events::Requests(requests) => event(requests.last().unwrap()),
            Events::Fixed(fixed) => fixed.clone(),
            Events::Node(_) => Value::Null,
        }
    }
}

/// Eleven items as long as accept-invitation's, new at each start.
fn writing(request: &Request, start: usize) -> String {
    let mut body = request.json();
    let item = |i: usize| json!({ "pk": { "S": format!("BENCH#{start}#{i}") }, "sk": { "S": "META" }, "data": { "S": "x".repeat(700) } });
    body["writes"] = (0..11).map(item).collect::<Vec<_>>().into();
    body.to_string()
}

/// `I refs: 1,234,567`, in millions.
fn counted(printed: &str) -> Result<f64, BoxError> {
    let line = printed.lines().find(|line| line.contains("refs:")).ok_or_else(|| format!("no count: {printed}"))?;
    let digits: String = line.rsplit("refs:").next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    Ok(digits.parse::<f64>()? / 1e6)
}

fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// What all its threads have used of processors.
fn cpu_ms(process: u32) -> Result<f64, BoxError> {
    let mut nanos = 0.0;
    for thread in std::fs::read_dir(format!("/proc/{process}/task"))? {
        let said = std::fs::read_to_string(thread?.path().join("schedstat"))?;
        nanos += said.split_whitespace().next().unwrap_or("0").parse::<f64>()?;
    }
    Ok(nanos / 1e6)
}

fn memory_mb(process: u32, which: &str) -> Result<f64, BoxError> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with(which)).ok_or("no count of memory")?;
    Ok(line.split_whitespace().nth(1).unwrap_or("0").parse::<f64>()? / 1024.0)
}
