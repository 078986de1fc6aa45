//! The table with its indexes, for the local stack and the tests; on AWS the template makes it.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType, ScalarAttributeType,
    StreamSpecification, StreamViewType,
};
use store::Index;

/// Creates the table if it does not stand yet. True if it was created now.
///
/// # Errors
/// What the table's service says.
pub async fn create_table(client: &Client, name: &str) -> Result<bool, Box<dyn std::error::Error + Send + Sync>> {
    if client.describe_table().table_name(name).send().await.is_ok() {
        return Ok(false);
    }
    let mut request =
        client.create_table().table_name(name).billing_mode(BillingMode::PayPerRequest).set_key_schema(Some(key_schema("pk", "sk")?));
    for attribute in ["pk", "sk"] {
        request = request.attribute_definitions(definition(attribute)?);
    }
    for index in Index::ALL {
        let (list, order) = index.attributes();
        request = request.attribute_definitions(definition(list)?).attribute_definitions(definition(order)?);
        request = request.global_secondary_indexes(secondary(index)?);
    }
    let stream = StreamSpecification::builder().stream_enabled(true).stream_view_type(StreamViewType::NewImage).build()?;
    request.stream_specification(stream).send().await?;
    Ok(true)
}

fn secondary(index: Index) -> Result<GlobalSecondaryIndex, BuildError> {
    let (list, order) = index.attributes();
    let projected = Index::PROJECTED.map(str::to_owned).to_vec();
    let projection = Projection::builder().projection_type(ProjectionType::Include).set_non_key_attributes(Some(projected)).build();
    let name = index.name().unwrap_or_default();
    GlobalSecondaryIndex::builder().index_name(name).set_key_schema(Some(key_schema(list, order)?)).projection(projection).build()
}

fn key_schema(hash: &str, range: &str) -> Result<Vec<KeySchemaElement>, BuildError> {
    [(hash, KeyType::Hash), (range, KeyType::Range)]
        .into_iter()
        .map(|(name, kind)| KeySchemaElement::builder().attribute_name(name).key_type(kind).build())
        .collect()
}

fn definition(name: &str) -> Result<AttributeDefinition, BuildError> {
    AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S).build()
}
