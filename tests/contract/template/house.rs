//! Rules for every template.

use super::super::workspace::text;
use super::reading::stacks;

fn templates() -> Vec<(String, String)> {
    let paths = stacks().into_iter().map(|name| format!("infra/stacks/{name}.yaml")).chain(["infra/template.yaml".to_owned()]);
    paths.map(|path| (path.clone(), text(&path))).collect()
}

/// A service is a principal by this name in every partition.
const PRINCIPALS: [&str; 9] = [
    "apigateway.amazonaws.com",
    "cloudwatch.amazonaws.com",
    "codedeploy.amazonaws.com",
    "events.amazonaws.com",
    "lambda.amazonaws.com",
    "logging.s3.amazonaws.com",
    "malware-protection-plan.guardduty.amazonaws.com",
    "scheduler.amazonaws.com",
    "bucket.s3.amazonaws.com",
];

#[test]
fn templates_are_of_no_one_partition() {
    for (path, text) in templates() {
        for (i, line) in text.lines().enumerate() {
            assert!(!line.contains("arn:aws"), "{path}:{}: {line}", i + 1);
            let rest = PRINCIPALS.iter().fold(line.to_owned(), |rest, principal| rest.replace(principal, ""));
            assert!(!rest.contains("amazonaws.com"), "{path}:{}: {line}", i + 1);
        }
    }
}

/// Short forms are tags, which not every reader knows.
#[test]
fn intrinsic_functions_are_written_out() {
    for (path, text) in templates() {
        for (i, line) in text.lines().enumerate() {
            let short = ["!Ref", "!Sub", "!GetAtt", "!If", "!Equals", "!Not", "!Join", "!Select", "!And", "!Or"];
            assert!(!short.iter().any(|form| line.contains(form)), "{path}:{}: {line}", i + 1);
        }
    }
}

#[test]
fn templates_hold_no_account_and_no_secret() {
    for (path, text) in templates() {
        for (i, line) in text.lines().enumerate() {
            let digits = line.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or_default();
            // The one long number is the id of a policy of AWS's own.
            assert!(digits != 12 || line.contains("b689b0a8"), "{path}:{}: {line}", i + 1);
            assert!(!line.contains("AKIA") && !line.contains("smtps://") || line.contains("Description:"), "{path}:{}: {line}", i + 1);
        }
    }
}
