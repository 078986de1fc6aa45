//! The parameters of the generated stacks, and the conditions on them. A stack declares those that it uses, no others.

use super::yaml::{Map, Node, entry, list, map, reference};
use domain::work::Queue;

/// What a stack is told by the root template: name, what it is, and its value where nothing is told.
const PARAMETERS: [(&str, &str, Option<&str>); 33] = [
    ("Prefix", "What the names of functions begin with", None),
    ("Architecture", "arm64 or x86_64, as the functions were built", Some("arm64")),
    ("LogGroup", "Where the functions log", None),
    ("TableName", "The table", None),
    ("TableArn", "The table", None),
    ("StreamArn", "The changes of the table", None),
    ("TrustStore", "Whose certificates are believed of AWS: Amazon's roots, or all that the system has", Some("amazon")),
    ("TokenIssuer", "Whose tokens are taken", None),
    ("TokenAudience", "Whom the tokens are for", None),
    ("TokenJwksUrl", "Where the issuer's keys are", None),
    ("TokenAudienceClaim", "Where a token says whom it is for", Some("aud")),
    ("TokenScope", "Where a token says whose school and college", Some("claims")),
    ("ViewerAddressHeader", "Where the edge says who asks; nothing without an edge", Some("")),
    ("VaultSecret", "The secret that personal numbers are sealed under", None),
    ("FilesBucket", "What was checked, and what comes and goes", None),
    ("QuarantineBucket", "What was handed in and not yet checked", None),
    ("EvidenceBucket", "Documents and evidence, locked", None),
    ("Scanner", "Who says whether a file is malware: tags, or none", Some("none")),
    ("ScannerTag", "The tag in which it says so", Some("GuardDutyMalwareScanStatus")),
    ("PortalUrl", "Where people find the product", None),
    ("MailFrom", "Whom mails are from", None),
    ("MailFromName", "The name beside it", Some("")),
    ("MailIdentity", "The address or domain that SES has verified", Some("")),
    ("MailConfigurationSet", "The configuration set whose events are recorded", Some("")),
    ("MailSmtpSecret", "A secret that holds smtps://user:password@host; nothing for SES", Some("")),
    ("KeyArn", "The key that everything is encrypted under", None),
    ("SealKey", "The key that signs seals", None),
    ("StreamsDeadQueueArn", "Where changes are told of that a worker could not deal with", None),
    ("SchedulesDeadQueueArn", "Where strikes of the clock lie that started nobody", None),
    ("ApiId", "The HTTP API", None),
    ("DeploymentRole", "The role that moves an alias to its new version", None),
    ("DeploymentAlarm", "The alarm that turns it back", None),
    ("SettingsRevision", "Changes when a setting has changed that a version does not tell of", Some("1")),
];

/// Those that are numbers or choices.
const NUMBERS: [(&str, &str, u64); 2] = [
    ("ReservedConcurrency", "For each function that reads or draws files, how many may run at once; 0 sets nothing aside", 0),
    ("MailConcurrency", "How many mails are sent at once", 2),
];

const DEPLOYMENT: (&str, &str, &str) =
    ("DeploymentPreference", "How what changes state comes to its new version", "Canary10Percent5Minutes");

/// What holds of them.
const CONDITIONS: [(&str, &str, &str, bool); 3] = [
    ("HasReservedConcurrency", "ReservedConcurrency", "0", false),
    ("HasSmtp", "MailSmtpSecret", "", false),
    ("HasSes", "MailSmtpSecret", "", true),
];

/// The address of a queue.
pub(crate) fn queue_url(queue: Queue) -> String {
    format!("{}QueueUrl", camel(queue.as_str()))
}

/// A queue's ARN.
pub(crate) fn queue_arn(queue: Queue) -> String {
    format!("{}QueueArn", camel(queue.as_str()))
}

/// `accept-invitation` as resources are named: `AcceptInvitation`.
pub(crate) fn camel(name: &str) -> String {
    name.split('-')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        })
        .collect()
}

/// The parameters among these names.
pub(crate) fn parameters(used: &[String]) -> Map {
    let is_used = |name: &str| used.iter().any(|used| used == name);
    let mut declared = Map::new();
    for (name, description, default) in PARAMETERS.into_iter().filter(|(name, ..)| is_used(name)) {
        let mut parameter = vec![entry("Type", "String"), entry("Description", description)];
        parameter.extend(default.map(|default| entry("Default", default)));
        parameter.extend(allowed(name).map(|values| entry("AllowedValues", list(values.iter().copied()))));
        declared.push(entry(name, parameter));
    }
    for queue in Queue::ALL {
        for (name, what) in [(queue_url(queue), "Where the queue is"), (queue_arn(queue), "The queue")] {
            if is_used(&name) {
                declared.push(entry(&name, map([("Type", "String".into()), ("Description", what.into())])));
            }
        }
    }
    for (name, description, default) in NUMBERS.into_iter().filter(|(name, ..)| is_used(name)) {
        let parameter = map([("Type", "Number".into()), ("Description", description.into()), ("Default", default.into())]);
        declared.push(entry(name, parameter));
    }
    let (name, description, default) = DEPLOYMENT;
    if is_used(name) {
        declared.push(entry(name, map([("Type", "String".into()), ("Description", description.into()), ("Default", default.into())])));
    }
    declared
}

fn allowed(name: &str) -> Option<&'static [&'static str]> {
    match name {
        "Architecture" => Some(&["arm64", "x86_64"]),
        "TokenAudienceClaim" => Some(&["aud", "client_id"]),
        "TokenScope" => Some(&["claims", "groups"]),
        "TrustStore" => Some(&["amazon", "system"]),
        "Scanner" => Some(&["tags", "none"]),
        _ => None,
    }
}

/// The conditions among these names.
pub(crate) fn conditions(used: &[String]) -> Map {
    let used = CONDITIONS.into_iter().filter(|(name, ..)| used.iter().any(|used| used == name));
    used.map(|(name, parameter, value, equal)| entry(name, holds(parameter, value, equal))).collect()
}

/// The parameters that conditions look at.
pub(crate) fn looked_at(used: &[String]) -> Vec<String> {
    let used = CONDITIONS.into_iter().filter(|(name, ..)| used.iter().any(|used| used == name));
    used.map(|(_, parameter, ..)| parameter.to_owned()).collect()
}

fn holds(parameter: &str, value: &str, equal: bool) -> Node {
    let equals = map([("Fn::Equals", Node::List(vec![reference(parameter), value.into()]))]);
    if equal { equals } else { map([("Fn::Not", Node::List(vec![equals]))]) }
}
