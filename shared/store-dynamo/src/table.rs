//! The adapter itself.

use crate::connect::connect;
use crate::gathering::{Answer, Gathering};
use crate::meter::Meter;
use crate::render::{self, Raw, Terms};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{CancellationReason, KeysAndAttributes, ReturnConsumedCapacity, ReturnValue, Select as SdkSelect};
use std::collections::BTreeSet;
use std::time::Duration;
use store::{Attributes, CommitError, Failure, Item, Key, MAX_WRITES, Page, Query, Select, Settings, Table, TableError, Value, Write};

/// How often items are asked for that the service has not come to.
const MOST_ASKED: u32 = 5;

/// A DynamoDB table. Clones share client and meter.
#[derive(Clone, Debug)]
pub struct DynamoTable {
    client: Client,
    name: String,
    meter: Meter,
    gathering: Gathering,
}

impl DynamoTable {
    /// The table of this name.
    #[must_use]
    pub fn new(client: Client, name: String) -> Self {
        Self { client, name, meter: Meter::default(), gathering: Gathering::default() }
    }

    /// The table of this name, reached as the settings say.
    #[must_use]
    pub fn open(settings: &Settings, name: &str) -> Self {
        Self::new(connect(settings), name.to_owned())
    }

    /// Counts of requests and capacity units.
    #[must_use]
    pub fn meter(&self) -> &Meter {
        &self.meter
    }
}

impl DynamoTable {
    /// One page of the whole table, read strongly, behind this place: for operators' tools alone. Items of a partition come together.
    ///
    /// # Errors
    /// As the table's.
    pub async fn page_of_all(&self, after: Option<&Key>) -> Result<(Vec<Item>, Option<Key>), TableError> {
        let request = self.client.scan().table_name(&self.name).set_exclusive_start_key(after.map(render::key)).consistent_read(true);
        let output = request.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await.map_err(|error| failed(&error))?;
        self.meter.read(output.consumed_capacity());
        let items = output.items().iter().filter_map(render::item).collect();
        Ok((items, output.last_evaluated_key().and_then(render::item).map(|last| last.key)))
    }
}

impl DynamoTable {
    async fn get_all(&self, keys: BTreeSet<Key>) -> Answer {
        let mut found = Vec::new();
        match keys.first() {
            Some(key) if keys.len() == 1 => found.extend(self.get_alone(key).await?),
            _ => self.get_together(keys, &mut found).await?,
        }
        Ok(found.into_iter().map(|item| (item.key.clone(), item)).collect())
    }

    async fn get_alone(&self, key: &Key) -> Result<Option<Item>, TableError> {
        let request = self.client.get_item().table_name(&self.name).set_key(Some(render::key(key))).consistent_read(true);
        let output = request.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await.map_err(|error| failed(&error))?;
        self.meter.read(output.consumed_capacity());
        Ok(output.item().and_then(render::item))
    }

    /// What the service does not come to, under a throttle or where items are more than it gives at once, is asked for again.
    async fn get_together(&self, mut keys: BTreeSet<Key>, found: &mut Vec<Item>) -> Result<(), TableError> {
        for attempt in 0..MOST_ASKED {
            let wanted = KeysAndAttributes::builder().set_keys(Some(keys.iter().map(render::key).collect())).consistent_read(true).build();
            let wanted = wanted.map_err(|error| TableError::Broken(error.to_string()))?;
            let request = self.client.batch_get_item().request_items(&self.name, wanted);
            let output = request.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await.map_err(|error| failed(&error))?;
            self.meter.read(output.consumed_capacity().first());
            found.extend(output.responses().and_then(|tables| tables.get(&self.name)).into_iter().flatten().filter_map(render::item));
            let left = output.unprocessed_keys().and_then(|tables| tables.get(&self.name)).map(KeysAndAttributes::keys).unwrap_or_default();
            if left.is_empty() {
                return Ok(());
            }
            keys = left.iter().filter_map(render::item).map(|item| item.key).collect();
            self.back_off(attempt).await;
        }
        Err(TableError::Unavailable(format!("{} items that the table does not come to", keys.len())))
    }
}

impl Table for DynamoTable {
    async fn get(&self, key: &Key) -> Result<Option<Item>, TableError> {
        self.gathering.get(key, |keys| self.get_all(keys)).await
    }

    async fn query(&self, query: &Query) -> Result<Page, TableError> {
        // The service refuses a range that ends before it begins; nothing lies in it.
        if matches!((&query.from, &query.to), (Some(from), Some(to)) if from > to) {
            return Ok(Page { items: Vec::new(), count: 0, next: None });
        }
        let mut terms = Terms::default();
        let condition = render::key_condition(query, &mut terms);
        let output = self
            .client
            .query()
            .table_name(&self.name)
            .set_index_name(query.index.name().map(str::to_owned))
            .set_consistent_read(query.index.name().is_none().then_some(true))
            .key_condition_expression(condition)
            .set_expression_attribute_names(terms.names())
            .set_expression_attribute_values(terms.values())
            .scan_index_forward(!query.descending)
            .limit(i32::try_from(query.limit).unwrap_or(i32::MAX))
            .set_exclusive_start_key(render::start_key(query))
            .set_select((query.select == Select::Count).then_some(SdkSelect::Count))
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .send()
            .await
            .map_err(|error| failed(&error))?;
        self.meter.read(output.consumed_capacity());
        let next = output.last_evaluated_key().and_then(|last| render::cursor(query, last));
        let items = output.items().iter().filter_map(render::item).collect();
        Ok(Page { items, count: u32::try_from(output.count()).unwrap_or_default(), next })
    }

    async fn commit(&self, writes: &[Write], token: &str) -> Result<(), CommitError> {
        if writes.len() > MAX_WRITES {
            return Err(CommitError::Broken(format!("{} writes in one transaction", writes.len())));
        }
        let items = writes.iter().map(|write| render::write(&self.name, write)).collect::<Result<Vec<_>, _>>();
        let items = items.map_err(|error| CommitError::Broken(error.to_string()))?;
        let request = self.client.transact_write_items().set_transact_items(Some(items)).client_request_token(token);
        let output = request.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await;
        match output {
            Ok(output) => {
                self.meter.write(writes.len(), output.consumed_capacity());
                self.meter.keep(|| writes.to_vec());
                Ok(())
            }
            Err(error) => {
                self.meter.write(writes.len(), &[]);
                Err(not_committed(&error))
            }
        }
    }

    async fn add(&self, counter: &Key, n: i64) -> Result<i64, TableError> {
        let request = self.client.update_item().table_name(&self.name).set_key(Some(render::key(counter)));
        let request = request.update_expression("ADD #n :n").expression_attribute_names("#n", "n");
        let request = request.expression_attribute_values(":n", render::value(&Value::Number(n))).return_values(ReturnValue::UpdatedNew);
        let output = request.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await.map_err(|error| failed(&error))?;
        self.meter.write(1, output.consumed_capacity().map(std::slice::from_ref).unwrap_or_default());
        self.meter.keep(|| {
            vec![Write::Update { key: counter.clone(), set: Attributes::new(), remove: Vec::new(), add: vec![("n", n)], when: Vec::new() }]
        });
        let sum = output.attributes().and_then(|raw: &Raw| raw.get("n")).and_then(|value| value.as_n().ok()).and_then(|n| n.parse().ok());
        sum.ok_or_else(|| TableError::Broken("a counter without a number".to_owned()))
    }

    /// 25 ms doubling to 400 ms, with full jitter from the clock's low bits: tries of different callers drift apart.
    #[expect(clippy::disallowed_methods, reason = "this adapter is where waiting happens")]
    async fn back_off(&self, attempt: u32) {
        let cap_ms = (25_u64 << attempt.min(4)).min(400);
        let jitter = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| u64::from(since.subsec_nanos()));
        tokio::time::sleep(Duration::from_millis(jitter % cap_ms + 1)).await;
    }
}

/// Whether the service, not the request, is at fault.
fn transient<E, R>(error: &SdkError<E, R>) -> bool
where
    E: ProvideErrorMetadata,
{
    const OF_THE_SERVICE: [&str; 5] = [
        "ThrottlingException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "InternalServerError",
        "TransactionConflictException",
    ];
    match error.as_service_error() {
        Some(service) => service.code().is_some_and(|code| OF_THE_SERVICE.contains(&code)),
        None => !matches!(error, SdkError::ConstructionFailure(_)),
    }
}

fn failed<E, R>(error: &SdkError<E, R>) -> TableError
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
    R: std::fmt::Debug + 'static,
{
    let cause = DisplayErrorContext(error).to_string();
    if transient(error) { TableError::Unavailable(cause) } else { TableError::Broken(cause) }
}

fn not_committed<R: std::fmt::Debug + 'static>(error: &SdkError<TransactWriteItemsError, R>) -> CommitError {
    let cause = DisplayErrorContext(error).to_string();
    let Some(service) = error.as_service_error() else {
        // No answer of the service at all: unless the request was never built, it may have arrived.
        let never_sent = matches!(error, SdkError::ConstructionFailure(_));
        return if never_sent { CommitError::Broken(cause) } else { CommitError::Unknown(cause) };
    };
    if let TransactWriteItemsError::TransactionCanceledException(cancelled) = service {
        return cancelled_because(cancelled.cancellation_reasons(), cause);
    }
    match service.code().unwrap_or_default() {
        "ThrottlingException" | "ProvisionedThroughputExceededException" | "RequestLimitExceeded" => CommitError::Contended,
        "TransactionInProgressException" | "IdempotentParameterMismatchException" | "InternalServerError" => CommitError::Unknown(cause),
        _ => CommitError::Broken(cause),
    }
}

/// A failed condition outweighs a conflict elsewhere in the same transaction: it would fail at the next try too.
fn cancelled_because(reasons: &[CancellationReason], cause: String) -> CommitError {
    let code = |reason: &CancellationReason| reason.code().unwrap_or("None").to_owned();
    if reasons.iter().any(|reason| code(reason) == "ConditionalCheckFailed") {
        let failure = |reason: &CancellationReason| Failure { old: reason.item().filter(|raw| !raw.is_empty()).and_then(render::item) };
        return CommitError::Refused(
            reasons.iter().map(|reason| (code(reason) == "ConditionalCheckFailed").then(|| failure(reason))).collect(),
        );
    }
    let transient = ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];
    if reasons.iter().any(|reason| transient.contains(&code(reason).as_str())) {
        CommitError::Contended
    } else {
        CommitError::Broken(cause)
    }
}
