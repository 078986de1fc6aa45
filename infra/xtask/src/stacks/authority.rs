//! What a function may do on AWS: the list `infra/authority.txt`, of what it did in the tests, and a second, short one here, of what no test
//! run can record, each with its reason.

use super::crates::Crate;
use super::parameters::{camel, queue_arn};
use super::yaml::{Node, filled, list, map, only_if, reference};
use crate::Failure;
use api::workers::Source;
use domain::work::Queue;
use std::collections::{BTreeMap, BTreeSet};

/// Who may do what on which resource: functions, then resources, then actions.
pub(crate) struct Authority(BTreeMap<String, BTreeMap<Resource, BTreeSet<String>>>);

/// Something that a grant is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Resource {
    Table,
    Index(String),
    /// The objects of a bucket.
    Objects(&'static str),
    /// A bucket itself.
    Bucket(&'static str),
    Queue(Queue),
    Secret,
    SealKey,
    Mail,
    Stream,
    DeadStreams,
    LogGroup,
    Traces,
}

const BUCKETS: [(&str, &str); 3] = [("files", "FilesBucket"), ("quarantine", "QuarantineBucket"), ("evidence", "EvidenceBucket")];

impl Authority {
    /// Reads the list: a line for each grant, `function | action | resource`.
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        let mut authority: BTreeMap<String, BTreeMap<Resource, BTreeSet<String>>> = BTreeMap::new();
        for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let wrong = || format!("infra/authority.txt:{}: {line:?} is no `function | action | resource`", i + 1);
            let words: Vec<&str> = line.split(" | ").map(str::trim).collect();
            let [function, action, resource] = words.as_slice() else { return Err(wrong()) };
            let resource = named(action, resource).ok_or_else(wrong)?;
            if action.contains('*') {
                return Err(wrong());
            }
            let of_function = authority.entry((*function).to_owned()).or_default();
            of_function.entry(resource).or_default().insert((*action).to_owned());
        }
        Ok(Self(authority))
    }

    /// The statements of a function's one policy.
    pub(crate) fn statements(&self, function: &Crate, source: Option<Source>) -> Vec<Node> {
        let mut grants = self.0.get(function.name).cloned().unwrap_or_default();
        for (action, resource, _) in unrecorded(function, source) {
            grants.entry(resource).or_default().insert(action.to_owned());
        }
        grants.into_iter().map(|(resource, actions)| statement(&resource, actions)).collect()
    }

    /// The functions that the list names.
    pub(crate) fn functions(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// To list is done to a bucket, everything else to its objects.
fn named(action: &str, resource: &str) -> Option<Resource> {
    let part = if action == "s3:ListBucket" { Resource::Bucket } else { Resource::Objects };
    let bucket = |name: &str| BUCKETS.into_iter().find(|(bucket, _)| *bucket == name).map(|(_, parameter)| part(parameter));
    match resource.split_once(' ') {
        None if resource == "table" => Some(Resource::Table),
        None if resource == "mail" => Some(Resource::Mail),
        Some(("index", name)) => Some(Resource::Index(name.to_owned())),
        Some(("bucket", name)) => bucket(name),
        Some(("queue", name)) => Queue::named(name).map(Resource::Queue),
        Some(("secret", "vault")) => Some(Resource::Secret),
        Some(("key", "seal")) => Some(Resource::SealKey),
        _ => None,
    }
}

type Grant = (&'static str, Resource, &'static str);

/// What a function needs and no test run records, and why.
fn unrecorded(function: &Crate, source: Option<Source>) -> Vec<Grant> {
    let mut grants: Vec<Grant> = vec![
        ("logs:CreateLogStream", Resource::LogGroup, "the runtime writes the log"),
        ("logs:PutLogEvents", Resource::LogGroup, "the runtime writes the log"),
        ("xray:PutTelemetryRecords", Resource::Traces, "the runtime writes the trace; AWS knows no narrower resource"),
        ("xray:PutTraceSegments", Resource::Traces, "the runtime writes the trace; AWS knows no narrower resource"),
    ];
    match source {
        Some(Source::Queue(queue)) => {
            let poll = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"];
            grants.extend(poll.map(|action| (action, Resource::Queue(queue), "Lambda takes the messages in the function's name")));
        }
        Some(Source::Stream) => {
            let read = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"];
            grants.extend(read.map(|action| (action, Resource::Stream, "Lambda reads the stream in the function's name")));
            grants.push(("sqs:SendMessage", Resource::DeadStreams, "Lambda tells of what was given up in the function's name"));
        }
        Some(Source::Schedule(_)) | None => {}
    }
    if function.leans_on("inspection") {
        let quarantine = Resource::Objects("QuarantineBucket");
        grants.push(("s3:GetObjectTagging", quarantine, "the scanner on AWS says its verdict by a tag; the one in the tests does not"));
    }
    if function.leans_on("vault") {
        grants.push(("secretsmanager:GetSecretValue", Resource::Secret, "the tests read their keys from a file"));
    }
    if function.leans_on("evidence-kms") {
        grants.push(("kms:GetPublicKey", Resource::SealKey, "the tests sign by a file"));
        grants.push(("kms:Sign", Resource::SealKey, "the tests sign by a file"));
    }
    grants
}

fn statement(resource: &Resource, actions: BTreeSet<String>) -> Node {
    let allow = map([("Effect", "Allow".into()), ("Action", list(actions)), ("Resource", arn(resource))]);
    // Without SES there is nothing to allow.
    if *resource == Resource::Mail { only_if("HasSes", allow) } else { allow }
}

fn arn(resource: &Resource) -> Node {
    match resource {
        Resource::Table => reference("TableArn"),
        Resource::Index(name) => filled(&format!("${{TableArn}}/index/{name}")),
        Resource::Objects(bucket) => filled(&format!("arn:${{AWS::Partition}}:s3:::${{{bucket}}}/*")),
        Resource::Bucket(bucket) => filled(&format!("arn:${{AWS::Partition}}:s3:::${{{bucket}}}")),
        Resource::Queue(queue) => reference(&queue_arn(*queue)),
        Resource::Secret => reference("VaultSecret"),
        Resource::SealKey => reference("SealKey"),
        Resource::Mail => list([
            filled("arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/${MailIdentity}"),
            filled("arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:configuration-set/${MailConfigurationSet}"),
        ]),
        Resource::Stream => reference("StreamArn"),
        Resource::DeadStreams => reference("StreamsDeadQueueArn"),
        Resource::LogGroup => filled("arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${LogGroup}:*"),
        Resource::Traces => "*".into(),
    }
}

/// A function's role: its own, with one policy.
pub(crate) fn role(name: &str, statements: Vec<Node>) -> Node {
    let assume = map([
        ("Effect", "Allow".into()),
        ("Principal", map([("Service", "lambda.amazonaws.com".into())])),
        ("Action", "sts:AssumeRole".into()),
    ]);
    role_of(name, assume, statements)
}

/// A role that this statement lets somebody assume, with one policy.
pub(crate) fn role_of(name: &str, assume: Node, statements: Vec<Node>) -> Node {
    let document = |statements: Vec<Node>| map([("Version", "2012-10-17".into()), ("Statement", statements.into())]);
    let policy = map([("PolicyName", name.into()), ("PolicyDocument", document(statements))]);
    let properties = map([("AssumeRolePolicyDocument", document(vec![assume])), ("Policies", list([policy]))]);
    map([("Type", "AWS::IAM::Role".into()), ("Properties", properties)])
}

/// The role of a function as a resource is called.
pub(crate) fn role_name(function: &str) -> String {
    format!("{}Role", camel(function))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_says_too_much_or_nothing_is_refused() {
        for line in ["f | dynamodb:GetItem", "f | dynamodb:* | table", "f | s3:GetObject | bucket", "f | s3:GetObject | bucket x", "f"] {
            assert!(Authority::parse(line).is_err(), "{line}");
        }
        assert_eq!(Authority::parse("# why\n\nf | s3:GetObject | bucket files\n").map(|list| list.functions().count()), Ok(1));
    }
}
