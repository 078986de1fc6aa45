//! The table's stream as Lambda reads it: in order, from where the last reading ended, kept between runs.

use crate::BoxError;
use crate::data_dir::write_whole;
use crate::engine;
use aws::Patience;
use aws_sdk_dynamodbstreams::Client;
use aws_sdk_dynamodbstreams::types::{AttributeValue, OperationType, Record, ShardIteratorType, StreamDescription};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::PathBuf;

/// Most records that one batch holds.
const BATCH: i32 = 100;

/// A reader of the stream.
#[derive(Debug)]
pub(crate) struct Stream {
    client: Client,
    arn: String,
    shard: String,
    /// Sequence number of the last record that was handed on.
    last: Option<String>,
    /// Where the next page begins, if that is known.
    iterator: Option<String>,
    /// Where the last record's number is kept.
    file: Option<PathBuf>,
}

impl Stream {
    /// The stream of the table, from where this file says; from its beginning if there is nothing to go on from.
    pub(crate) async fn open(dynamo: &aws_sdk_dynamodb::Client, table: &str, url: &str, file: Option<PathBuf>) -> Result<Self, BoxError> {
        let described = dynamo.describe_table().table_name(table).send().await?;
        let arn = described.table().and_then(|table| table.latest_stream_arn()).ok_or("the table has no stream")?.to_owned();
        let settings = engine::settings(url);
        let client = Client::new(&aws::config(&settings, Patience::of(&settings, 1)));
        let stream = client.describe_stream().stream_arn(&arn).send().await?;
        let shards = stream.stream_description().map(StreamDescription::shards).unwrap_or_default();
        let shard = shards.first().and_then(|shard| shard.shard_id()).ok_or("the stream has no shard")?.to_owned();
        let last = match &file {
            Some(file) if file.exists() => Some(std::fs::read_to_string(file)?),
            _ => None,
        };
        Ok(Self { client, arn, shard, last, iterator: None, file })
    }

    /// The next records, as Lambda would be given them, and the place behind them; none if there is nothing new.
    pub(crate) async fn next(&mut self) -> Result<Option<(Value, Place)>, BoxError> {
        // To find a place costs the engine a look at all records: it is found once, and every page says where the next begins.
        let from = match self.iterator.take() {
            Some(iterator) => iterator,
            None => self.find().await?,
        };
        let page = self.client.get_records().shard_iterator(&from).limit(BATCH).send().await?;
        let last = page.records().last().and_then(|record| record.dynamodb()?.sequence_number()).map(str::to_owned);
        let Some(last) = last else {
            self.iterator = page.next_shard_iterator;
            return Ok(None);
        };
        // Until they are passed, the same records come again.
        self.iterator = Some(from);
        let records: Vec<Value> = page.records().iter().filter_map(event).collect();
        Ok(Some((json!({ "Records": records }), Place { last, iterator: page.next_shard_iterator })))
    }

    async fn find(&self) -> Result<String, BoxError> {
        let from = self.client.get_shard_iterator().stream_arn(&self.arn).shard_id(&self.shard);
        let from = match &self.last {
            Some(last) => from.shard_iterator_type(ShardIteratorType::AfterSequenceNumber).sequence_number(last),
            None => from.shard_iterator_type(ShardIteratorType::TrimHorizon),
        };
        Ok(from.send().await?.shard_iterator.ok_or("the stream gives no place")?)
    }

    /// Everything up to here has been handed on.
    pub(crate) fn passed(&mut self, place: Place) -> Result<(), BoxError> {
        if let Some(file) = &self.file {
            write_whole(file, place.last.as_bytes())?;
        }
        (self.last, self.iterator) = (Some(place.last), place.iterator);
        Ok(())
    }
}

/// A place in the stream.
#[derive(Debug)]
pub(crate) struct Place {
    /// Sequence number of the record before it.
    last: String,
    iterator: Option<String>,
}

/// A record as Lambda passes it on.
fn event(record: &Record) -> Option<Value> {
    let change = record.dynamodb()?;
    Some(json!({
        "eventID": record.event_id(),
        "eventName": record.event_name().map(OperationType::as_str),
        "eventSource": "aws:dynamodb",
        "dynamodb": {
            "Keys": change.keys().map(image),
            "NewImage": change.new_image().map(image),
            "SequenceNumber": change.sequence_number(),
            "StreamViewType": "NEW_IMAGE",
        },
    }))
}

fn image(item: &HashMap<String, AttributeValue>) -> Value {
    // The table holds nothing but text and numbers.
    let value = |value: &AttributeValue| match (value.as_s(), value.as_n()) {
        (Ok(text), _) => Some(json!({ "S": text })),
        (_, Ok(number)) => Some(json!({ "N": number })),
        _ => None,
    };
    Value::Object(item.iter().filter_map(|(name, attribute)| Some((name.clone(), value(attribute)?))).collect())
}
