//! The settings of a function that runs beside a stack, as the template gives them on AWS: a real binary works on the same engines.

use crate::bucket::{Bucket, buckets};
use crate::data_dir::DataDir;
use crate::engine::Engine;
use crate::issuer::{AUDIENCE, Issuer};
use crate::mailbox::{FROM, Mailbox};
use crate::queues::LocalQueues;
use crate::stack::TABLE;
use lambda::queue_setting;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What is reached.
pub(crate) struct Reached<'s> {
    pub(crate) engine: &'s Engine,
    pub(crate) bucket: &'s Bucket,
    pub(crate) queues: &'s LocalQueues,
    pub(crate) mailbox: &'s Mailbox,
    pub(crate) issuer: &'s Issuer,
}

/// The settings, by name. Keys are those of the data directory: without one, others cannot read them.
pub(crate) fn environment(reached: &Reached<'_>, kept: Option<&DataDir>) -> BTreeMap<String, String> {
    let Reached { engine, bucket, queues, mailbox, issuer } = reached;
    let url = issuer.url();
    // Table, queues and mails take anybody's signature; files only their own.
    let (aws, names) = (bucket.settings(url), buckets());
    let jwks = format!("{url}/.well-known/jwks.json");
    let mut settings: BTreeMap<&str, String> = BTreeMap::from([
        ("TABLE_NAME", TABLE.to_owned()),
        ("AWS_REGION", aws.region),
        ("AWS_ACCESS_KEY_ID", aws.access_key_id),
        ("AWS_SECRET_ACCESS_KEY", aws.secret_access_key),
        ("AWS_ENDPOINT_URL_DYNAMODB", engine.url().to_owned()),
        ("AWS_ENDPOINT_URL_S3", url.to_owned()),
        ("AWS_ENDPOINT_URL_SQS", queues.endpoint().unwrap_or_default().to_owned()),
        ("AWS_ENDPOINT_URL_SES", mailbox.endpoint().unwrap_or_default().to_owned()),
        ("TOKEN_ISSUER", url.to_owned()),
        ("TOKEN_AUDIENCE", AUDIENCE.to_owned()),
        ("TOKEN_JWKS_URL", jwks),
        ("QUARANTINE_BUCKET", names.quarantine),
        ("EVIDENCE_BUCKET", names.evidence),
        ("FILES_BUCKET", names.files),
        ("SCANNER", "none".to_owned()),
        ("PORTAL_URL", url.to_owned()),
        ("MAIL_FROM", FROM.to_owned()),
        ("MAIL_CONFIGURATION_SET", "local".to_owned()),
    ]);
    settings.extend(queues.urls().iter().map(|(queue, url)| (queue_setting(*queue), url.clone())));
    if let Some(dir) = kept {
        let path = |file: PathBuf| std::path::absolute(&file).unwrap_or(file).to_string_lossy().into_owned();
        settings.extend([("VAULT_KEYS_FILE", path(dir.keys())), ("SEAL_KEY_FILE", path(dir.seal_key()))]);
    }
    settings.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
