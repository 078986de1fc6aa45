//! What starts a worker is what its row says, and its queue is made for it.

use super::super::workspace::text;
use super::reading::{camel, functions, of_kind, resource, timeout, word};
use api::workers::{ALL, Every, Source};
use domain::work::Queue;
use serde_json::Value;

const FOURTEEN_DAYS: u64 = 14 * 24 * 60 * 60;

#[test]
fn a_worker_is_started_by_what_its_row_names_and_by_nothing_else() {
    let (mappings, schedules) = (of_kind("AWS::Lambda::EventSourceMapping"), of_kind("AWS::Scheduler::Schedule"));
    for worker in ALL {
        let name = camel(worker.name);
        let mapping = mappings.iter().find(|mapping| mapping.name == format!("{name}Source"));
        let schedule = schedules.iter().find(|schedule| schedule.name == format!("{name}Schedule"));
        match worker.source {
            Source::Queue(queue) => {
                let mapping = mapping.unwrap();
                assert_eq!(mapping.property("EventSourceArn")["Ref"], format!("{}QueueArn", camel(queue.as_str())));
                assert_eq!(mapping.property("FunctionResponseTypes/0"), "ReportBatchItemFailures");
                assert!(!mapping.property("ScalingConfig/MaximumConcurrency").is_null(), "{}", worker.name);
                assert!(mapping.property("BatchSize").as_u64().unwrap() <= 10);
            }
            Source::Stream => {
                let mapping = mapping.unwrap();
                assert_eq!(mapping.property("EventSourceArn")["Ref"], "StreamArn");
                assert_eq!(mapping.property("BisectBatchOnFunctionError"), true);
                assert_eq!(mapping.property("MaximumRecordAgeInSeconds"), 6 * 60 * 60);
                assert_eq!(mapping.property("DestinationConfig/OnFailure/Destination")["Ref"], "StreamsDeadQueueArn");
            }
            Source::Schedule(every) => {
                let expression = word(schedule.unwrap().property("ScheduleExpression"));
                let expected = match every {
                    Every::Minute => "rate(1 minute)",
                    Every::Hour => "cron(10 * * * ? *)",
                    Every::Day => "cron(30 2 * * ? *)",
                };
                assert_eq!(expression, expected, "{}", worker.name);
                assert_eq!(schedule.unwrap().property("Target/DeadLetterConfig/Arn")["Ref"], "SchedulesDeadQueueArn");
            }
        }
        for started in [
            mapping.map(|mapping| &mapping.property("FunctionName")["Ref"]),
            schedule.map(|schedule| &schedule.property("Target/Arn")["Fn::GetAtt"][0]),
        ] {
            assert!(started.is_none_or(|function| *function == format!("{name}Function")), "{}", worker.name);
        }
    }
    assert_eq!(mappings.len() + schedules.len(), ALL.len());
}

#[test]
fn a_minutes_run_ends_before_the_next_begins() {
    for worker in ALL.iter().filter(|worker| worker.source == Source::Schedule(Every::Minute)) {
        let (_, function) = functions().into_iter().find(|(name, _)| name == worker.name).unwrap();
        assert!(timeout(function) < 60, "{}", worker.name);
    }
}

#[test]
fn a_queue_hides_a_message_for_six_times_its_workers_time_and_keeps_the_dead_for_fourteen_days() {
    for worker in ALL {
        let Source::Queue(queue) = worker.source else { continue };
        let (_, function) = functions().into_iter().find(|(name, _)| name == worker.name).unwrap();
        let (here, dead) = (resource(&format!("{}Queue", camel(queue.as_str()))), resource(&format!("{}Dead", camel(queue.as_str()))));
        assert_eq!(here.property("VisibilityTimeout").as_u64(), Some(6 * timeout(function)), "{}", queue.as_str());
        assert_eq!(here.property("RedrivePolicy/maxReceiveCount"), 5);
        assert_eq!(here.property("RedrivePolicy/deadLetterTargetArn")["Fn::GetAtt"][0], dead.name);
        assert_eq!(dead.property("MessageRetentionPeriod").as_u64(), Some(FOURTEEN_DAYS), "{}", queue.as_str());
        assert_eq!(word(&here.property("QueueName")["Fn::Sub"]), format!("${{Prefix}}-{}", queue.as_str()));
    }
    let queues = of_kind("AWS::SQS::Queue");
    assert_eq!(queues.len(), 2 * Queue::ALL.len() + 2, "and two for what the stream and the clock give up");
    for queue in &queues {
        assert_eq!(queue.property("SqsManagedSseEnabled"), true, "{}", queue.name);
        let policy = resource(&format!("{}Policy", queue.name));
        assert_eq!(policy.property("PolicyDocument/Statement/0/Condition/Bool/aws:SecureTransport"), "false", "{}", queue.name);
    }
}

fn pattern(worker: &str) -> Value {
    let mapping = resource(&format!("{}Source", camel(worker)));
    serde_json::from_str(&word(mapping.property("FilterCriteria/Filters/0/Pattern"))).unwrap()
}

#[test]
fn the_stream_tells_the_relay_of_what_has_just_come_to_owe_something() {
    let image = &pattern("relay-outbox")["dynamodb"]["NewImage"];
    assert_eq!(image["owes"]["S"], serde_json::json!(Queue::OWED.map(Queue::as_str)));
    assert_eq!(image["attempts"]["N"], serde_json::json!(["0"]));
    // What the relay looks at is what the filter looks at.
    let outbox = text("shared/store/src/outbox.rs");
    assert!(outbox.contains(r#"item.text("owes")"#) && outbox.contains(r#"item.number("attempts") == Some(0)"#));
}

#[test]
fn the_stream_tells_statistics_of_what_they_count() {
    let keys = &pattern("update-statistics")["dynamodb"]["NewImage"]["sk"]["S"];
    assert_eq!(*keys, serde_json::json!(["STUDENT", "AGREEMENT", "REGISTRATION", "PLAN", { "prefix": "TERMINATION#" }]));
    let (counted, names) = (text("shared/store/src/statistics/counted.rs"), text("shared/store/src/keys.rs"));
    let arms: Vec<&str> = counted.lines().map(str::trim).filter(|line| line.contains("(item)") && line.contains("=>")).collect();
    assert_eq!(arms.len(), 5, "a kind that is counted is filtered for: {arms:?}");
    for key in ["\"STUDENT\" =>", "\"AGREEMENT\" =>", "\"REGISTRATION\" =>", "keys::PLAN =>", "starts_with(keys::TERMINATION) =>"] {
        assert!(arms.iter().any(|arm| arm.contains(key)), "{key}");
    }
    assert!(names.contains(r#"PLAN: &str = "PLAN""#) && names.contains("TERMINATION: &str = \"TERMINATION#\""));
}
