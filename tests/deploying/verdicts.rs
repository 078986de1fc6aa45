//! Verdicts of a scanner that writes them as tags, as `GuardDuty` Malware Protection for S3 does.

use crate::support::{Handed, settings};
use files::{Buckets, Scanner as _, Verdict};
use files_s3::{GUARDDUTY_TAG, TagScanner};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// A bucket of which one object bears these tags: answers the verdict, and what was asked.
async fn verdict(status: u16, tags: &str) -> (Result<Verdict, files::Unavailable>, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let body = format!("<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet>{tags}</TagSet></Tagging>");
    let served = tokio::spawn(async move {
        let mut heard = Vec::new();
        let (mut stream, _) = listener.accept().await.unwrap();
        while !heard.ends_with(b"\r\n\r\n") {
            stream.read_buf(&mut heard).await.unwrap();
        }
        let head = format!("HTTP/1.1 {status} x\r\ncontent-type: application/xml\r\ncontent-length: {}\r\n\r\n", body.len());
        stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
        String::from_utf8(heard).unwrap().lines().next().unwrap().to_owned()
    });
    let named = |name: &str| name.to_owned();
    let buckets = Buckets { quarantine: named("quarantined"), evidence: named("evidence"), files: named("files") };
    let scanner = TagScanner::new(files_s3::connect(&settings(&url)), buckets, GUARDDUTY_TAG.to_owned());
    (scanner.verdict(&Handed::pixel("stamped_agreement").requested("u00000000000000000001"), "0").await, served.await.unwrap())
}

fn tag(name: &str, value: &str) -> String {
    format!("<Tag><Key>{name}</Key><Value>{value}</Value></Tag>")
}

#[tokio::test]
async fn a_file_is_clean_or_infected_only_if_the_scanner_says_so() {
    for (tags, expected) in [
        (tag(GUARDDUTY_TAG, "NO_THREATS_FOUND"), Verdict::Clean),
        (tag("other", "THREATS_FOUND") + &tag(GUARDDUTY_TAG, "NO_THREATS_FOUND"), Verdict::Clean),
        (tag(GUARDDUTY_TAG, "THREATS_FOUND"), Verdict::Infected),
        (tag(GUARDDUTY_TAG, "UNSUPPORTED"), Verdict::Pending),
        (tag(GUARDDUTY_TAG, "FAILED"), Verdict::Pending),
        (tag(GUARDDUTY_TAG, "no_threats_found"), Verdict::Pending),
        (tag("another", "NO_THREATS_FOUND"), Verdict::Pending),
        (String::new(), Verdict::Pending),
    ] {
        let (said, asked) = verdict(200, &tags).await;
        assert_eq!(said.unwrap(), expected, "{tags}");
        assert!(asked.starts_with("GET /quarantined/quarantine/") && asked.contains("tagging"), "{asked}");
    }
}

#[tokio::test]
async fn a_bucket_that_does_not_answer_is_no_verdict() {
    assert!(verdict(403, "").await.0.is_err());
}
