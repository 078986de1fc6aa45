//! Where the vault's keys come from: a secret that Secrets Manager made by chance and keeps wrapped by a key in KMS, asked for once at
//! a start; on one machine, a file.

use aws::Patience;
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::DisplayErrorContext;
use serde::Deserialize;
use store::Settings;
use vault::{Keys, Vault};

/// Why the vault does not open: told to an operator at a start.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// As the secret is kept. Another form would say how else its keys derive.
#[derive(Deserialize)]
struct Kept {
    form: String,
    root: String,
}

/// The setting that says which secret holds the keys, by its ARN.
const SECRET: &str = "VAULT_SECRET";
/// The setting that says which file does, where there is no secret.
const FILE: &str = "VAULT_KEYS_FILE";

/// Opens the vault with the keys that the settings name.
///
/// # Errors
/// If no keys are named, if they are not there, or are none.
pub async fn open<'s>(settings: &Settings, setting: impl Fn(&'static str) -> Option<&'s str>) -> Result<Vault, Error> {
    let Some(secret) = setting(SECRET) else {
        let path = setting(FILE).ok_or_else(|| format!("settings missing from the environment: {SECRET}"))?;
        return Vault::from_file(path);
    };
    let client = Client::new(&aws::config(settings, Patience::of(settings, 2)));
    let kept = client.get_secret_value().secret_id(secret).send().await;
    let kept = kept.map_err(|error| format!("the secret of the vault: {}", DisplayErrorContext(error)))?;
    Ok(Vault::open(&read(kept.secret_string().unwrap_or_default())?)?)
}

fn read(text: &str) -> Result<Keys, Error> {
    // What is wrong with it is not said in the parser's words: they would show a piece of it.
    let kept: Kept = serde_json::from_str(text).map_err(|_| "the secret of the vault has another form than ours")?;
    if kept.form != "1" {
        return Err("the secret of the vault is of another form".into());
    }
    Ok(Keys::derive(&kept.root)?)
}
