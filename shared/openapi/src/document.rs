//! The whole document: what holds for all operations, and each operation by its row.

use crate::operations::{NamedResponses, operation};
use crate::rows::ROWS;
use crate::schemas::{Named, absent_or_there, blank, polish};
use crate::words::TOPICS;
use api::problems::{Problem, ProblemKind, ProblemView};
use domain::values::{
    AgreementNumber, CollegeId, CreditCode, Date, Destination, Email, EmployerId, GraduationYear, Identifier, Industry, JobCategory,
    Mobile, PersonName, Phone, Postcode, Region, RegistrationId, ResidentId, ResponsePeriod, SchoolId, StudentId, TerminationReason,
    UnitNature, UploadId, VerificationCode,
};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

const ABOUT: &str = "网签: signing graduate employment agreements (高校毕业生就业协议), from the letter of invitation to the termination.

All JSON is UTF-8, names are `snake_case`, times are RFC 3339 in UTC with milliseconds, money is whole fen. Lists answer `{items, next}` and \
take `limit` and `after`. What is refused is a problem document (RFC 9457) in Chinese and English; `type` says which, and each operation \
names those that it can answer. A path that no operation has is answered by `not_found`, a method that a path does not have by \
`method_not_allowed`.

Personal numbers travel in bodies, never in addresses. Something that is not yours is answered like something that is not there.";

/// Writes the document.
#[must_use]
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let (mut named, mut shared) = (Named::default(), NamedResponses::default());
    let mut paths: Map<String, Value> = Map::new();
    for row in ROWS {
        let operation = operation(row, &mut generator, &mut named, &mut shared);
        let path = paths.entry(row.action.path).or_insert_with(|| json!({}));
        if let Some(methods) = path.as_object_mut() {
            methods.insert(row.action.method.as_str().to_ascii_lowercase(), operation);
        }
    }
    let mut document = json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Wangqian 网签",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "高校毕业生就业协议网上签约",
            "description": ABOUT,
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "Where this document was fetched." }],
        "x-problem-catalogue": catalogue(),
        "tags": TOPICS.iter().map(|topic| json!({ "name": topic.name, "description": topic.says })).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "securitySchemes": { "bearer": {
                "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                "description": "A token of the account system (OIDC). The role in it says who calls.",
            } },
            "parameters": parameters(),
            "headers": headers(),
            "examples": examples(&shared),
            "responses": shared.responses,
            "schemas": schemas(generator, named),
        },
    });
    if let Some(paths) = document.get_mut("paths") {
        polish(paths);
    }
    document
}

/// Schemas of answers, of requests, and of the values that requests name.
fn schemas(mut generator: SchemaGenerator, named: Named) -> Map<String, Value> {
    generator.subschema_for::<ProblemView<'static>>();
    let known = [
        note::<AgreementNumber>,
        note::<CollegeId>,
        note::<CreditCode>,
        note::<Date>,
        note::<Destination>,
        note::<Email>,
        note::<EmployerId>,
        note::<GraduationYear>,
        note::<Identifier>,
        note::<Industry>,
        note::<JobCategory>,
        note::<Mobile>,
        note::<PersonName>,
        note::<Phone>,
        note::<Postcode>,
        note::<Region>,
        note::<RegistrationId>,
        note::<ResidentId>,
        note::<ResponsePeriod>,
        note::<SchoolId>,
        note::<StudentId>,
        note::<TerminationReason>,
        note::<UnitNature>,
        note::<UploadId>,
        note::<VerificationCode>,
    ];
    for note in known {
        note(&mut generator);
    }
    let mut schemas = generator.take_definitions(true);
    schemas.values_mut().for_each(absent_or_there);
    schemas.extend(named.schemas);
    schemas.insert("Blank".to_owned(), blank());
    schemas.values_mut().for_each(polish);
    schemas
}

fn note<T: JsonSchema>(generator: &mut SchemaGenerator) {
    generator.subschema_for::<T>();
}

fn parameters() -> Value {
    let schema = json!({ "type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$" });
    let says = "The same request with the same key is done once, and answered alike for seven days. ";
    json!({
        "IdempotencyKey": {
            "name": "Idempotency-Key", "in": "header", "required": true, "schema": schema,
            "description": format!("{says}Another request with the same key is refused."),
        },
        "OptionalIdempotencyKey": {
            "name": "Idempotency-Key", "in": "header", "required": false, "schema": schema,
            "description": format!("{says}It is not needed: what is asked for twice comes to the same, or meets its own effect."),
        },
    })
}

fn headers() -> Value {
    let text = |description: &str| json!({ "description": description, "schema": { "type": "string" } });
    json!({
        "IdempotencyReplayed": {
            "description": "`true` if this was answered before, to an earlier request with the same key.",
            "schema": { "type": "string", "const": "true" },
        },
        "RetryAfter": { "description": "Seconds after which to try again.", "schema": { "type": "integer", "minimum": 1 } },
        "WwwAuthenticate": text("How to say who one is: `Bearer`."),
        "CacheControl": text("How long caches on the way may keep it."),
        "ContentDisposition": text("A download, with the name of the file."),
    })
}

/// The catalogue of problems: all that there are, those of rows of batches too.
fn catalogue() -> Vec<Value> {
    let mut kinds = ProblemKind::ALL.to_vec();
    kinds.sort_by_key(|kind| (kind.status(), kind.slug()));
    let told = |kind: &ProblemKind| {
        json!({
            "slug": kind.slug(), "type": kind.urn(), "status": kind.status(),
            "title": kind.zh(), "title_en": kind.en(), "retryable": kind.retryable(),
        })
    };
    kinds.iter().map(told).collect()
}

/// A document of each problem that an operation names.
fn examples(shared: &NamedResponses) -> Map<String, Value> {
    let example = |kind: ProblemKind| {
        let document = Problem::from(kind).document("11111111111111111111111111111111");
        let value: Value = serde_json::from_str(&document).unwrap_or_default();
        json!({ "summary": format!("{} {}", kind.zh(), kind.en()), "value": value })
    };
    shared.kinds.iter().map(|kind| (kind.slug().to_owned(), example(*kind))).collect()
}
