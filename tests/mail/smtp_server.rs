//! A small SMTP server that does as it is told.

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the server says, step by step. Nothing to say: it closes the connection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Script {
    pub(super) greeting: &'static str,
    pub(super) hello: &'static str,
    pub(super) login: &'static str,
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    pub(super) data: &'static str,
    pub(super) content: &'static str,
}

/// Instead of a reply: no reply, and the connection stays.
pub(super) const SILENCE: &str = "(silence)";

impl Script {
    /// A server that takes everything.
    pub(super) const WILLING: Self = Self {
        greeting: "220 mail.example ESMTP",
        hello: "250-mail.example\r\n250 AUTH PLAIN LOGIN",
        login: "235 2.7.0 Welcome",
        from: "250 2.1.0 Ok",
        to: "250 2.1.5 Ok",
        data: "354 Go on",
        content: "250 2.0.0 Ok: queued as 4F1A2B for <huang@students.example>",
    };
}

/// A server for one connection: its port, and what it has heard, line by line.
pub(super) async fn serve(script: Script) -> (u16, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (port, tokio::spawn(async move { converse(listener.accept().await.unwrap().0, script).await }))
}

async fn converse(stream: TcpStream, script: Script) -> Vec<String> {
    let mut stream = BufReader::new(stream);
    let mut heard: Vec<String> = Vec::new();
    let mut says = script.greeting;
    let mut in_content = false;
    loop {
        if says.is_empty() {
            return heard;
        }
        if says != SILENCE && !in_content {
            stream.get_mut().write_all(format!("{says}\r\n").as_bytes()).await.unwrap();
        }
        in_content = in_content || says.starts_with("354");
        let mut line = String::new();
        // Whoever leaves without a good-bye, or speaks in riddles, is gone.
        if !matches!(stream.read_line(&mut line).await, Ok(1..)) {
            return heard;
        }
        let line = line.trim_end_matches(['\r', '\n']).to_owned();
        if in_content && line == "." {
            in_content = false;
            says = script.content;
        } else if !in_content {
            says = reply(&script, &line);
        }
        heard.push(line);
    }
}

fn reply(script: &Script, line: &str) -> &'static str {
    match line.split(' ').next().unwrap_or_default() {
        "EHLO" => script.hello,
        "AUTH" => script.login,
        "MAIL" => script.from,
        "RCPT" => script.to,
        "DATA" => script.data,
        "QUIT" => "221 Bye",
        _ => "500 What?",
    }
}
