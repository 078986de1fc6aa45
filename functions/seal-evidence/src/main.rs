//! Composition only: signed by KMS where a key is named, or else by the key of a file.

use evidence::KeyFile;
use evidence_kms::KmsSigner;
use files_s3::S3Files;
use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {
    let config = lambda::WorkerConfig::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    let shelf = S3Files::open(&config.files(), config.buckets()?);
    let row = &api::workers::SEAL_EVIDENCE;
    if let Some(key) = config.optional("SEAL_KMS_KEY") {
        let signer = KmsSigner::open(&config.keys(), key).await?;
        return lambda::work(lambda::worker!(of_schedule, row, seal_evidence::seal_evidence, store, shelf, signer)).await;
    }
    let signer = KeyFile::from_file(config.setting("SEAL_KEY_FILE")?)?;
    lambda::work(lambda::worker!(of_schedule, row, seal_evidence::seal_evidence, store, shelf, signer)).await
}
