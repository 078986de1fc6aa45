//! What functions may do: each by a role of its own, what the list says, and what no test run can show.

use super::super::workspace::text;
use super::reading::{camel, each, functions, of_kind, resource, word};
use api::actions;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What may be granted without a record of its use: the runtime's doing, Lambda's own, and what the tests have in another form.
const UNRECORDED: [&str; 18] = [
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    "kms:GetPublicKey",
    "kms:Sign",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "s3:GetObjectTagging",
    "secretsmanager:GetSecretValue",
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
    "sqs:SendMessage on StreamsDeadQueueArn",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
    "lambda:InvokeFunction",
];

/// The actions that AWS knows no resource of.
const EVERYWHERE: [&str; 2] = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"];

/// A role's grants: action and resource, as the list would say it where it can.
fn grants(role: &str) -> BTreeSet<(String, String)> {
    let policies = each(resource(role).property("Policies"));
    assert_eq!(policies.len(), 1, "{role} has one policy");
    let mut grants = BTreeSet::new();
    for statement in each(&policies[0]["PolicyDocument"]["Statement"]) {
        // One that stands under a condition.
        let statement = statement.get("Fn::If").map_or(&statement, |choice| &choice[1]);
        assert_eq!(statement["Effect"], "Allow");
        for action in each(&statement["Action"]) {
            for resource in each(&statement["Resource"]) {
                grants.insert((word(&action), said(&resource)));
            }
        }
    }
    grants
}

fn said(resource: &Value) -> String {
    let name = resource["Ref"].as_str().or(resource["Fn::Sub"].as_str()).or(resource.as_str()).unwrap_or_default();
    let queue = |name: &str| domain::work::Queue::ALL.into_iter().find(|queue| name == format!("{}QueueArn", camel(queue.as_str())));
    if let Some(index) = name.strip_prefix("${TableArn}/index/") {
        return format!("index {index}");
    }
    // A bucket, or its objects: which of the two a right is about, the action says.
    match name.trim_end_matches("/*") {
        "TableArn" => "table".to_owned(),
        "VaultSecret" => "secret vault".to_owned(),
        "SealKey" => "key seal".to_owned(),
        "arn:${AWS::Partition}:s3:::${FilesBucket}" => "bucket files".to_owned(),
        "arn:${AWS::Partition}:s3:::${QuarantineBucket}" => "bucket quarantine".to_owned(),
        "arn:${AWS::Partition}:s3:::${EvidenceBucket}" => "bucket evidence".to_owned(),
        name if name.contains(":ses:") => "mail".to_owned(),
        name => queue(name).map_or(name.to_owned(), |queue| format!("queue {}", queue.as_str())),
    }
}

/// The list: functions, with actions and resources.
fn listed() -> BTreeMap<String, BTreeSet<(String, String)>> {
    let mut listed: BTreeMap<String, BTreeSet<_>> = BTreeMap::new();
    for line in text("infra/authority.txt").lines().filter(|line| !line.starts_with('#')) {
        let [function, action, resource] = line.split(" | ").collect::<Vec<_>>().try_into().unwrap();
        listed.entry(function.to_owned()).or_default().insert((action.to_owned(), resource.to_owned()));
    }
    listed
}

#[test]
fn the_list_is_sorted_and_says_nothing_twice() {
    let list = text("infra/authority.txt");
    let lines: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.is_sorted(), "sort it");
    assert_eq!(lines.iter().collect::<BTreeSet<_>>().len(), lines.len());
}

#[test]
fn a_function_has_a_role_of_its_own_and_no_managed_policy() {
    let mut roles = BTreeSet::new();
    for (name, function) in functions() {
        let role = word(&function.property("Role")["Fn::GetAtt"][0]);
        assert_eq!(role, format!("{}Role", camel(&name)));
        assert!(roles.insert(role), "{name}");
        for added in ["Policies", "ManagedPolicyArns", "PermissionsBoundary"] {
            assert!(function.property(added).is_null(), "{name}: {added}");
        }
    }
    for role in of_kind("AWS::IAM::Role") {
        assert!(role.property("ManagedPolicyArns").is_null(), "{}", role.name);
    }
}

#[test]
fn what_is_granted_is_what_the_list_says_and_what_no_run_shows() {
    let mut listed = listed();
    for (name, _) in functions() {
        let recorded = listed.remove(&name).unwrap_or_default();
        let granted = grants(&format!("{}Role", camel(&name)));
        for grant in &recorded {
            assert!(granted.contains(grant), "{name} is not granted {grant:?}");
        }
        for (action, resource) in granted.difference(&recorded) {
            let known = UNRECORDED.contains(&action.as_str()) || UNRECORDED.contains(&format!("{action} on {resource}").as_str());
            assert!(known, "{name} is granted {action} on {resource}, which nobody has seen it use");
        }
    }
    assert!(listed.is_empty(), "no function has these names: {listed:?}");
}

#[test]
fn no_right_is_a_star() {
    let mut roles: Vec<String> = functions().iter().map(|(name, _)| format!("{}Role", camel(name))).collect();
    roles.extend(["ClockRole", "DeploymentRole"].map(str::to_owned));
    for role in roles {
        for (action, resource) in grants(&role) {
            assert!(!action.contains('*') && action.contains(':'), "{role}: {action}");
            assert!(resource != "*" || EVERYWHERE.contains(&action.as_str()), "{role}: {action} on everything");
        }
    }
}

#[test]
fn rights_are_those_of_the_crates_that_the_manifest_names() {
    let services = [
        ("s3:", "files-s3"),
        ("sqs:SendMessage", "queue-sqs"),
        ("ses:", "mail-ses"),
        ("kms:", "evidence-kms"),
        ("secretsmanager:", "vault"),
    ];
    for (name, recorded) in listed() {
        let manifest = text(&format!("functions/{name}/Cargo.toml"));
        for (action, resource) in recorded {
            for (service, named) in services {
                let leans = manifest.contains(&format!("\n{named}."));
                assert!(!action.starts_with(service) || leans, "{name}: {action} on {resource} without {named}");
            }
        }
    }
}

/// What only reads is given no right to write by mistake: those that write beside what they answer are named.
#[test]
fn who_only_reads_may_not_change_the_table() {
    const WRITES_BESIDE: [&str; 5] =
        ["find-student", "get-evidence-certificate", "get-invitation-letter", "preview-offline-agreement", "verify-document"];
    const READS: [&str; 3] = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"];
    let listed = listed();
    for action in actions::ALL.iter().filter(|action| !action.changes_state && !WRITES_BESIDE.contains(&action.name)) {
        let grants = listed.get(action.name).cloned().unwrap_or_default();
        let writes = grants.iter().find(|(action, _)| action.starts_with("dynamodb:") && !READS.contains(&action.as_str()));
        assert_eq!(writes, None, "{}", action.name);
    }
}
