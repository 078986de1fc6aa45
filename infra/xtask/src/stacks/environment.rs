//! A function's environment: what it reads, nothing else. What a crate stands for (the vault, files, mail) is told by the manifest; the
//! rest by `main.rs`.

use super::crates::Crate;
use super::parameters::{camel, queue_url};
use super::yaml::{Map, Node, entry, filled, only_if, reference};
use domain::work::Queue;

/// What every function behind HTTP reads: settings and the parameters that hold them.
const BEHIND_HTTP: [(&str, &str); 6] = [
    ("TOKEN_ISSUER", "TokenIssuer"),
    ("TOKEN_AUDIENCE", "TokenAudience"),
    ("TOKEN_JWKS_URL", "TokenJwksUrl"),
    ("TOKEN_AUDIENCE_CLAIM", "TokenAudienceClaim"),
    ("TOKEN_SCOPE", "TokenScope"),
    ("VIEWER_ADDRESS_HEADER", "ViewerAddressHeader"),
];

/// What comes with a crate: the crate, settings, parameters.
const WITH_A_CRATE: [(&str, &str, &str); 10] = [
    ("vault", "VAULT_SECRET", "VaultSecret"),
    ("files-s3", "FILES_BUCKET", "FilesBucket"),
    ("files-s3", "QUARANTINE_BUCKET", "QuarantineBucket"),
    ("files-s3", "EVIDENCE_BUCKET", "EvidenceBucket"),
    ("inspection", "SCANNER", "Scanner"),
    ("inspection", "SCANNER_TAG", "ScannerTag"),
    ("mail-ses", "MAIL_FROM", "MailFrom"),
    ("mail-ses", "MAIL_FROM_NAME", "MailFromName"),
    ("mail-ses", "MAIL_CONFIGURATION_SET", "MailConfigurationSet"),
    ("evidence-kms", "SEAL_KMS_KEY", "SealKey"),
];

/// The variables of a function.
pub(crate) fn variables(function: &Crate, behind_http: bool) -> Map {
    let mut variables = vec![entry("TABLE_NAME", reference("TableName")), entry("TRUST_STORE", reference("TrustStore"))];
    if behind_http {
        variables.extend(BEHIND_HTTP.map(|(setting, parameter)| entry(setting, reference(parameter))));
    }
    let with_a_crate = WITH_A_CRATE.into_iter().filter(|(named, ..)| function.leans_on(named));
    variables.extend(with_a_crate.map(|(_, setting, parameter)| entry(setting, reference(parameter))));
    if function.leans_on("mail-smtp") {
        variables.push(entry("MAIL_SMTP_URL", smtp_url()));
    }
    if function.says("\"PORTAL_URL\"") {
        variables.push(entry("PORTAL_URL", reference("PortalUrl")));
    }
    for queue in sends_to(function) {
        let setting = format!("{}_QUEUE_URL", queue.as_str().replace('-', "_").to_uppercase());
        variables.push(entry(&setting, reference(&queue_url(queue))));
    }
    variables
}

/// The queues that a function sends to, as its `main.rs` names them.
pub(crate) fn sends_to(function: &Crate) -> Vec<Queue> {
    if !function.leans_on("queue-sqs") {
        return Vec::new();
    }
    let named = |queue: &Queue| {
        let group = (Queue::OWED.contains(queue) && function.says("Queue::OWED"))
            || (Queue::TIMED.contains(queue) && function.says("Queue::TIMED"));
        group || function.says(&format!("Queue::{}", camel(queue.as_str())))
    };
    Queue::ALL.into_iter().filter(named).collect()
}

/// The one secret among settings: put in by `CloudFormation`, so that it stands in no parameter and no file.
fn smtp_url() -> Node {
    only_if("HasSmtp", filled("{{resolve:secretsmanager:${MailSmtpSecret}:SecretString}}"))
}
