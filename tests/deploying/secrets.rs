//! The vault's keys from Secrets Manager: derived from one text that nobody has read.

use crate::support::{JsonService, settings};
use domain::values::{Mobile, StudentId};
use serde_json::{Value, json};
use vault::Vault;

const ARN: &str = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:wangqian-vault";

/// A service that keeps this text as the secret.
async fn keeping(text: &'static str) -> JsonService {
    JsonService::start(move |action, said: &Value| match action {
        "secretsmanager.getsecretvalue" if said["SecretId"] == ARN => Ok(json!({ "ARN": ARN, "SecretString": text })),
        _ => Err("ResourceNotFoundException"),
    })
    .await
}

async fn opened(text: &'static str) -> Result<Vault, String> {
    let service = keeping(text).await;
    let setting = |name| (name == "VAULT_SECRET").then_some(ARN);
    vault_secret::open(&settings(&service.url), setting).await.map_err(|error| error.to_string())
}

#[tokio::test]
async fn the_same_secret_opens_what_it_sealed_and_no_other_does() {
    let (root, other) = (
        r#"{"form":"1","root":"0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijABCDEFGHIJ0123"}"#,
        r#"{"form":"1","root":"1123456789abcdefghijABCDEFGHIJ0123456789abcdefghijABCDEFGHIJ0123"}"#,
    );
    let (student, mobile) = (StudentId::parse("99001-s00000000000000000001").unwrap(), Mobile::parse("19900007919").unwrap());
    let sealed = opened(root).await.unwrap().seal_mobile(&student, &mobile);
    assert_eq!(opened(root).await.unwrap().open_mobile(&student, &sealed).unwrap(), "19900007919");
    assert!(opened(other).await.unwrap().open_mobile(&student, &sealed).is_err());
}

#[tokio::test]
async fn what_is_no_secret_of_ours_opens_nothing_and_is_not_repeated() {
    for wrong in [
        "",
        "password",
        r#"{"form":"1"}"#,
        r#"{"form":"1","root":"short"}"#,
        r#"{"form":"2","root":"0123456789abcdefghijABCDEFGHIJ0123456789abcdefghijABCDEFGHIJ0123"}"#,
    ] {
        let said = opened(wrong).await.unwrap_err();
        assert!(!said.contains("password") && !said.contains("short") && !said.contains("abcdefghij"), "{said}");
    }
    let nothing = vault_secret::open(&settings("http://127.0.0.1:9"), |_| None).await.unwrap_err();
    assert_eq!(nothing.to_string(), "settings missing from the environment: VAULT_SECRET");
    let service = keeping("").await;
    let other = vault_secret::open(&settings(&service.url), |name| (name == "VAULT_SECRET").then_some("arn:other")).await.unwrap_err();
    assert!(other.to_string().contains("ResourceNotFoundException"), "{other}");
}
