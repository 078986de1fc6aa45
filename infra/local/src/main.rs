//! `cargo run`: the product on this machine, with the sample data, until it is stopped.

use local::options::{self, Command, HELP, Serve};
use local::{BoxError, Options, Stack, guide};
use std::io::Write as _;
use std::process::ExitCode;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

fn main() -> ExitCode {
    let outcome = match options::parse(std::env::args().skip(1)) {
        Ok(Command::Help) => say(HELP),
        Ok(Command::Serve(serve)) => run(&serve),
        Err(wrong) => {
            eprint!("wangqian: {wrong}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wangqian: {error}");
            ExitCode::FAILURE
        }
    }
}

/// After how many seconds a message comes again whose worker failed.
const RETRY_S: u32 = 30;

/// Starts, says how to begin, and serves until Ctrl-C or SIGTERM.
#[tokio::main]
async fn run(serve: &Serve) -> Result<(), BoxError> {
    log_warnings();
    if serve.fresh {
        local::forget(&serve.data_dir)?;
    }
    let mut stopped = Box::pin(stop_signal()?);
    let start = Stack::start(Options {
        port: serve.port,
        data_dir: Some(serve.data_dir.clone()),
        clock_offset_ms: serve.clock_offset_ms,
        pumps: true,
        retry_s: RETRY_S,
        ..Options::default()
    });
    let stack = tokio::select! {
        started = start => started?,
        () = &mut stopped => return Ok(()),
    };
    say(&guide::text(&stack))?;
    stopped.await;
    stack.shutdown().await
}

/// To stderr, so that what is said on stdout stays readable.
fn log_warnings() {
    // The engine warns of each condition that does not hold, which is how it is asked questions.
    let levels = Targets::new().with_default(LevelFilter::WARN).with_target("dynoxide", LevelFilter::ERROR);
    tracing_subscriber::registry().with(tracing_subscriber::fmt::layer().with_writer(std::io::stderr)).with(levels).init();
}

/// Written at once and flushed: whoever waits for the last line reads it through a pipe.
fn say(text: &str) -> Result<(), BoxError> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Ends at Ctrl-C, and where it exists at SIGTERM.
fn stop_signal() -> Result<impl Future<Output = ()>, BoxError> {
    #[cfg(unix)]
    let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    })
}
