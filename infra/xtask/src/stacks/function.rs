//! A function with its role.

use super::authority::{Authority, role, role_name};
use super::crates::Crate;
use super::environment::variables;
use super::parameters::camel;
use super::yaml::{Map, Node, attribute, entry, filled, list, map, only_if, reference};
use api::Action;
use api::workers::{Source, Worker};

/// Megabytes: a share of a processor comes with them, and most of a cold start is the first handshake.
const MEMORY: u64 = 256;
/// For what draws or reads documents and sheets.
const MORE_MEMORY: u64 = 512;
/// For a roster of 20,000 rows.
const MOST_MEMORY: u64 = 1024;
/// Seconds: half of what the gateway waits.
const HTTP_TIMEOUT: u64 = 15;

/// The settings of what changes state, as its versions tell them: within the 256 characters that AWS takes.
const SETTINGS: &str = "${SettingsRevision} ${TokenIssuer} ${TokenAudience} ${TokenAudienceClaim} ${TokenScope} ${ViewerAddressHeader}";

/// What all functions of a stack have in common.
pub(crate) fn globals(timeout: u64) -> Node {
    let function = map([
        ("Runtime", "provided.al2023".into()),
        ("Handler", "bootstrap".into()),
        ("Architectures", list([reference("Architecture")])),
        ("MemorySize", MEMORY.into()),
        ("Timeout", timeout.into()),
        ("Tracing", "Active".into()),
        ("LoggingConfig", map([("LogFormat", "Text".into()), ("LogGroup", reference("LogGroup"))])),
    ]);
    map([("Function", function)])
}

/// The time of most functions of a stack: of actions, or of workers.
pub(crate) fn usual_timeout(workers: bool) -> u64 {
    if workers { 60 } else { HTTP_TIMEOUT }
}

/// How long a worker may take. Of what is started each minute one run ends before the next begins.
fn timeout(worker: &Worker) -> u64 {
    match worker.name {
        "deliver-notification" | "record-mail-event" => 30,
        "sweep-deadlines" | "sweep-outbox" => 50,
        "purge-expired" | "run-job" | "seal-evidence" => 900,
        _ => usual_timeout(true),
    }
}

fn memory(function: &Crate) -> u64 {
    let reads_or_draws = ["papers", "desk", "inspection"].into_iter().any(|named| function.leans_on(named));
    match function.name {
        "run-job" => MOST_MEMORY,
        _ if reads_or_draws => MORE_MEMORY,
        _ => MEMORY,
    }
}

/// A function as a resource is called.
pub(crate) fn function_name(name: &str) -> String {
    format!("{}Function", camel(name))
}

/// An action's function and role. What changes state is reached by an alias, which moves to a new version bit by bit.
pub(crate) fn of_action(action: &Action, function: &Crate, authority: &Authority) -> Map {
    let mut properties = properties(function, action.summary, variables(function, true));
    if action.changes_state {
        let preference = map([
            ("Type", reference("DeploymentPreference")),
            ("Role", reference("DeploymentRole")),
            ("Alarms", list([reference("DeploymentAlarm")])),
        ]);
        properties.push(entry("AutoPublishAlias", "live"));
        // A version is what it was when it was made: a changed property makes another, and so does a parameter whose value changes, if
        // the version's description tells of it. The name of a property's parameter alone does not.
        properties.push(entry("AutoPublishAliasAllProperties", true));
        properties.push(entry("VersionDescription", filled(SETTINGS)));
        properties.push(entry("DeploymentPreference", preference));
    }
    resources(action.name, properties, role(action.name, authority.statements(function, None)))
}

/// A worker's function and role.
pub(crate) fn of_worker(worker: &Worker, function: &Crate, authority: &Authority) -> Map {
    let mut properties = properties(function, worker.summary, variables(function, false));
    if timeout(worker) != usual_timeout(true) {
        properties.push(entry("Timeout", timeout(worker)));
    }
    if function.leans_on("mail-smtp") {
        // Its environment may hold the log-in of a mail server.
        properties.push(entry("KmsKeyArn", reference("KeyArn")));
    }
    if let Source::Schedule(_) = worker.source {
        // The clock strikes again.
        properties.push(entry("EventInvokeConfig", map([("MaximumRetryAttempts", 0_u64.into())])));
    }
    resources(worker.name, properties, role(worker.name, authority.statements(function, Some(worker.source))))
}

fn resources(name: &str, properties: Map, role: Node) -> Map {
    let function = map([("Type", "AWS::Serverless::Function".into()), ("Properties", properties.into())]);
    vec![entry(&role_name(name), role), entry(&function_name(name), function)]
}

fn properties(function: &Crate, summary: &str, variables: Map) -> Map {
    let name = function.name;
    let mut properties = vec![
        entry("FunctionName", filled(&format!("${{Prefix}}-{name}"))),
        entry("Description", summary),
        entry("CodeUri", format!("../../target/lambda/{name}/bootstrap.zip")),
        entry("Role", attribute(&role_name(name), "Arn")),
        entry("Environment", map([("Variables", variables.into())])),
    ];
    if memory(function) != MEMORY {
        properties.push(entry("MemorySize", memory(function)));
        properties.push(entry("ReservedConcurrentExecutions", only_if("HasReservedConcurrency", reference("ReservedConcurrency"))));
    }
    properties
}
