//! Composition only.

use domain::work::Queue;
use queue_sqs::SqsQueues;
use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    let config = lambda::WorkerConfig::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    let queues = SqsQueues::open(&config.queues(), config.queue_urls(&Queue::TIMED)?);
    lambda::work(lambda::worker!(of_schedule, &api::workers::SWEEP_DEADLINES, sweep_deadlines::sweep_deadlines, store, queues)).await
}
