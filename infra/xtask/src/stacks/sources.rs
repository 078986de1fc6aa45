//! What starts a worker: messages of its queue, changes of the table, the clock.

use super::authority::role_of;
use super::function::function_name;
use super::parameters::{camel, queue_arn};
use super::routes::resource;
use super::yaml::{Map, Node, attribute, entry, list, map, reference};
use api::workers::{Every, Source, Worker};
use domain::work::Queue;

/// Changes at once.
const CHANGES: u64 = 50;
/// How often a change is tried, halved each time, before it is given up and told of.
const TRIES: u64 = 8;
/// Seconds after which a change is old: what it owed, the sweep has taken up long since.
const OLDEST: u64 = 6 * 60 * 60;

/// What has just come to owe something: the items that relay-outbox looks for (`store::owed_first`).
const OWES: &str = r#"{"dynamodb":{"NewImage":{"owes":{"S":["notices","documents","jobs"]},"attempts":{"N":["0"]}}}}"#;
/// What statistics count, by its sort key (`store::Counted::of`).
const COUNTED: &str = r#"{"dynamodb":{"NewImage":{"sk":{"S":["STUDENT","AGREEMENT","REGISTRATION","PLAN",{"prefix":"TERMINATION#"}]}}}}"#;

/// The role of the clock.
pub(crate) const CLOCK_ROLE: &str = "ClockRole";

/// What starts this worker.
pub(crate) fn of_worker(worker: &Worker) -> Map {
    let name = camel(worker.name);
    match worker.source {
        Source::Queue(queue) => {
            vec![entry(&format!("{name}Source"), resource("AWS::Lambda::EventSourceMapping", messages(worker, queue)))]
        }
        Source::Stream => vec![entry(&format!("{name}Source"), resource("AWS::Lambda::EventSourceMapping", changes(worker)))],
        Source::Schedule(every) => vec![entry(&format!("{name}Schedule"), resource("AWS::Scheduler::Schedule", clock(worker, every)))],
    }
}

/// A message that fails is told alone. How many are at work at once is limited where somebody else sets the pace.
fn messages(worker: &Worker, queue: Queue) -> Node {
    let (batch, at_once) = match queue {
        Queue::Notices => (5, reference("MailConcurrency")),
        Queue::Documents => (5, 10_u64.into()),
        Queue::Jobs => (1, 2_u64.into()),
        Queue::Expiries | Queue::Reminders | Queue::MailEvents => (10, 5_u64.into()),
    };
    map([
        ("EventSourceArn", reference(&queue_arn(queue))),
        ("FunctionName", reference(&function_name(worker.name))),
        ("BatchSize", batch.into()),
        ("FunctionResponseTypes", list(["ReportBatchItemFailures"])),
        ("ScalingConfig", map([("MaximumConcurrency", at_once)])),
    ])
}

fn changes(worker: &Worker) -> Node {
    let pattern = if worker.name == "update-statistics" { COUNTED } else { OWES };
    map([
        ("EventSourceArn", reference("StreamArn")),
        ("FunctionName", reference(&function_name(worker.name))),
        ("StartingPosition", "TRIM_HORIZON".into()),
        ("BatchSize", CHANGES.into()),
        ("BisectBatchOnFunctionError", true.into()),
        ("MaximumRetryAttempts", TRIES.into()),
        ("MaximumRecordAgeInSeconds", OLDEST.into()),
        ("DestinationConfig", map([("OnFailure", map([("Destination", reference("StreamsDeadQueueArn"))]))])),
        ("FilterCriteria", map([("Filters", list([map([("Pattern", pattern.into())])]))])),
    ])
}

fn clock(worker: &Worker, every: Every) -> Node {
    // An hour is sealed five minutes after its end; the night is Beijing's.
    let (strikes, late_s) = match every {
        Every::Minute => ("rate(1 minute)", 60_u64),
        Every::Hour => ("cron(10 * * * ? *)", 30 * 60),
        Every::Day => ("cron(30 2 * * ? *)", 3 * 60 * 60),
    };
    let target = map([
        ("Arn", attribute(&function_name(worker.name), "Arn")),
        ("RoleArn", attribute(CLOCK_ROLE, "Arn")),
        ("Input", r#"{"source":"aws.scheduler"}"#.into()),
        ("RetryPolicy", map([("MaximumEventAgeInSeconds", late_s.into()), ("MaximumRetryAttempts", 3_u64.into())])),
        ("DeadLetterConfig", map([("Arn", reference("SchedulesDeadQueueArn"))])),
    ]);
    map([
        ("Description", worker.summary.into()),
        ("ScheduleExpression", strikes.into()),
        ("ScheduleExpressionTimezone", "Asia/Shanghai".into()),
        ("FlexibleTimeWindow", map([("Mode", "OFF".into())])),
        ("Target", target),
    ])
}

/// The clock may start those workers that it starts, and tell of what it could not start.
pub(crate) fn clock_role(workers: &[&Worker]) -> Node {
    let started = workers.iter().filter(|worker| matches!(worker.source, Source::Schedule(_)));
    let statement = |action: &str, resource: Node| map([("Effect", "Allow".into()), ("Action", list([action])), ("Resource", resource)]);
    let invoke = statement("lambda:InvokeFunction", list(started.map(|worker| attribute(&function_name(worker.name), "Arn"))));
    let tell = statement("sqs:SendMessage", reference("SchedulesDeadQueueArn"));
    let account = map([("StringEquals", map([("aws:SourceAccount", reference("AWS::AccountId"))]))]);
    let assume = map([
        ("Effect", "Allow".into()),
        ("Principal", map([("Service", "scheduler.amazonaws.com".into())])),
        ("Action", "sts:AssumeRole".into()),
        ("Condition", account),
    ]);
    role_of("clock", assume, vec![invoke, tell])
}
