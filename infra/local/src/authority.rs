//! What each function asks of AWS, as IAM would see it: named while the product runs, so that its role grants this and nothing else.
//!
//! A call that `infra/authority.txt` does not name is refused here as it would be there. Where a file is named by
//! `WANGQIAN_AUTHORITY`, calls are noted in it instead, and nothing is refused.

use crate::BoxError;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use aws_sdk_dynamodb::operation::get_item::GetItemInput;
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsInput;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::TransactWriteItem;
use aws_sdk_s3::operation::delete_object::DeleteObjectInput;
use aws_sdk_s3::operation::get_object::GetObjectInput;
use aws_sdk_s3::operation::put_object::PutObjectInput;
use aws_sdk_ses::operation::send_raw_email::SendRawEmailInput;
use aws_sdk_sqs::operation::send_message_batch::SendMessageBatchInput;
use aws_smithy_runtime_api::client::interceptors::context::{BeforeSerializationInterceptorContextRef, Input};
use std::collections::BTreeSet;
use std::future::Future;
use std::io::Write as _;
use std::sync::{LazyLock, Mutex, PoisonError};

/// What roles grant: a function, an action of AWS, and what it is done to, in each line.
pub const AUTHORITY: &str = include_str!("../../authority.txt");

tokio::task_local! {
    /// The function that runs here.
    static FUNCTION: &'static str;
}

/// What was asked so far in this process.
static ASKED: LazyLock<Mutex<BTreeSet<String>>> = LazyLock::new(Mutex::default);

static GRANTED: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| AUTHORITY.lines().filter(|line| !line.starts_with('#')).collect());

/// Runs as this function: what it asks of AWS is asked by its role.
pub(crate) async fn acting_as<F: Future>(function: &'static str, work: F) -> F::Output {
    FUNCTION.scope(function, work).await
}

/// A client through which functions ask for no more than their roles grant.
macro_rules! gated {
    ($client:expr) => {
        $client.config().to_builder().interceptor($crate::authority::Gate).build()
    };
}
pub(crate) use gated;

/// Stands in a client, and names what goes through it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gate;

impl Intercept for Gate {
    fn name(&self) -> &'static str {
        "authority"
    }

    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // What nobody's function asks is the stack's own: it makes the table and looks into queues.
        let Ok(function) = FUNCTION.try_with(|function| *function) else { return Ok(()) };
        let input = context.input();
        let asked = of_table(input).or_else(|| of_files(input)).or_else(|| of_queues(input));
        // What is not known here would be granted to nobody, and pass unseen.
        let asked = asked.ok_or_else(|| format!("authority.rs does not know what {function} asks: {input:?}"))?;
        asked.into_iter().try_for_each(|(action, resource)| ask(&format!("{function} | {action} | {resource}")))
    }
}

/// Actions, and what each is done to.
type Asked = Vec<(&'static str, String)>;

fn of_table(input: &Input) -> Option<Asked> {
    let table = || "table".to_owned();
    if input.downcast_ref::<GetItemInput>().is_some() || input.downcast_ref::<BatchGetItemInput>().is_some() {
        // Whether items are asked for alone or together is the adapter's matter, by how many are wanted at once (decision 0033).
        return Some(["dynamodb:BatchGetItem", "dynamodb:GetItem"].map(|action| (action, table())).to_vec());
    }
    if input.downcast_ref::<UpdateItemInput>().is_some() {
        return Some(vec![("dynamodb:UpdateItem", table())]);
    }
    if let Some(query) = input.downcast_ref::<QueryInput>() {
        return Some(vec![("dynamodb:Query", query.index_name().map_or_else(table, |index| format!("index {index}")))]);
    }
    let transaction = input.downcast_ref::<TransactWriteItemsInput>()?;
    Some(transaction.transact_items().iter().map(|item| (of_item(item), table())).collect())
}

/// IAM knows no transactions, only what they are made of.
fn of_item(item: &TransactWriteItem) -> &'static str {
    if item.put().is_some() {
        "dynamodb:PutItem"
    } else if item.update().is_some() {
        "dynamodb:UpdateItem"
    } else if item.delete().is_some() {
        "dynamodb:DeleteItem"
    } else {
        "dynamodb:ConditionCheckItem"
    }
}

fn of_files(input: &Input) -> Option<Asked> {
    let bucket = |name: Option<&str>| format!("bucket {}", name.unwrap_or_default().trim_start_matches(crate::bucket::PREFIX));
    if let Some(get) = input.downcast_ref::<GetObjectInput>() {
        // Whoever may not list a bucket is told that an object which is not there is forbidden.
        return Some(["s3:GetObject", "s3:ListBucket"].map(|action| (action, bucket(get.bucket()))).to_vec());
    }
    if let Some(put) = input.downcast_ref::<PutObjectInput>() {
        return Some(vec![("s3:PutObject", bucket(put.bucket()))]);
    }
    let delete = input.downcast_ref::<DeleteObjectInput>()?;
    Some(vec![("s3:DeleteObject", bucket(delete.bucket()))])
}

fn of_queues(input: &Input) -> Option<Asked> {
    if input.downcast_ref::<SendRawEmailInput>().is_some() {
        return Some(vec![("ses:SendRawEmail", "mail".to_owned())]);
    }
    let sent = input.downcast_ref::<SendMessageBatchInput>()?;
    let queue = sent.queue_url().and_then(|url| url.rsplit('/').next()).unwrap_or_default();
    Some(vec![("sqs:SendMessage", format!("queue {queue}"))])
}

fn ask(line: &str) -> Result<(), BoxError> {
    match notes() {
        Some(path) => note(path, line),
        None if GRANTED.contains(line) => Ok(()),
        None => Err(format!("AccessDenied: infra/authority.txt does not name `{line}`").into()),
    }
}

fn note(path: &str, line: &str) -> Result<(), BoxError> {
    let new = ASKED.lock().unwrap_or_else(PoisonError::into_inner).insert(line.to_owned());
    if new {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
        file.write_all(format!("{line}\n").as_bytes())?;
    }
    Ok(())
}

fn notes() -> Option<&'static str> {
    #[expect(clippy::disallowed_methods, reason = "who runs the tests says whether calls are noted")]
    static NOTES: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("WANGQIAN_AUTHORITY").ok().filter(|path| !path.is_empty()));
    NOTES.as_deref()
}
