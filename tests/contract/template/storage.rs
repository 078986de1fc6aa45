//! The table, the buckets and the keys: as the code expects them, and not to be lost.

use super::super::table::local_deps;
use super::super::workspace::text;
use super::reading::{each, of_kind, resource, resources, stack, template, word};
use domain::upload::{MediaType, Owner, Purpose, Stage, Upload};
use domain::values::{PersonId, Text, Timestamp, UploadId};
use files::Files as _;
use serde_json::json;
use std::collections::BTreeSet;
use store::Index;

#[test]
fn the_table_is_the_one_that_the_code_knows() {
    let table = resource("Table");
    let schema =
        |hash: &str, range: &str| json!([{"AttributeName": hash, "KeyType": "HASH"}, {"AttributeName": range, "KeyType": "RANGE"}]);
    assert_eq!(*table.property("KeySchema"), schema("pk", "sk"));
    let indexes = each(table.property("GlobalSecondaryIndexes"));
    assert_eq!(indexes.len(), Index::ALL.len());
    let mut attributes = vec!["pk", "sk"];
    for (made, index) in indexes.iter().zip(Index::ALL) {
        let (list, order) = index.attributes();
        attributes.extend([list, order]);
        assert_eq!(made["IndexName"], index.name().unwrap());
        assert_eq!(made["KeySchema"], schema(list, order));
        assert_eq!(made["Projection"], json!({"ProjectionType": "INCLUDE", "NonKeyAttributes": Index::PROJECTED}));
    }
    let defined: Vec<_> = each(table.property("AttributeDefinitions")).iter().map(|defined| word(&defined["AttributeName"])).collect();
    assert_eq!(defined, attributes);
    assert_eq!(table.property("StreamSpecification/StreamViewType"), "NEW_IMAGE");
    assert_eq!(table.property("PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled"), true);
    assert_eq!(table.property("DeletionProtectionEnabled"), true);
    assert_eq!(table.property("SSESpecification/SSEType"), "KMS");
    assert!(!table.property("OnDemandThroughput/MaxWriteRequestUnits").is_null());
    assert!(table.property("TimeToLiveSpecification").is_null(), "nothing is deleted by time to live");
}

/// What a restore does not bring, `infra/restore.sh` sets as the template does; then one parameter puts the new table in the old one's place.
#[test]
fn a_restored_table_is_set_as_the_lost_one_and_takes_its_place_by_one_parameter() {
    let (script, table) = (text("infra/restore.sh"), resource("Table"));
    let set = |property: &str, by: String| {
        assert!(!table.property(property).is_null() && script.contains(&by), "{property}: {by}");
    };
    let days = table.property("PointInTimeRecoverySpecification/RecoveryPeriodInDays");
    set("StreamSpecification", format!("StreamViewType={}", word(table.property("StreamSpecification/StreamViewType"))));
    set("PointInTimeRecoverySpecification", format!("PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays={days}"));
    set("DeletionProtectionEnabled", "--deletion-protection-enabled".to_owned());
    set("OnDemandThroughput", "--on-demand-throughput \"$limits\"".to_owned());

    let parameter = "RestoredStreamArn";
    let whole = template("infra/template.yaml");
    assert!(script.contains(&format!("ParameterKey={parameter},")) && whole["Parameters"][parameter]["Default"] == "");
    for (output, own) in stack("data")["Outputs"].as_object().unwrap().iter().filter(|(_, output)| output.to_string().contains("\"Table\""))
    {
        assert_eq!(own["Value"]["Fn::If"][0], "IsRestored", "{output} is the stack's own table, even after a restore");
    }
}

#[test]
fn what_holds_data_outlives_its_stack() {
    let holds = [
        "AWS::DynamoDB::Table",
        "AWS::S3::Bucket",
        "AWS::KMS::Key",
        "AWS::SecretsManager::Secret",
        "AWS::Logs::LogGroup",
        "AWS::Cognito::UserPool",
    ];
    let holders: Vec<_> = resources().iter().filter(|resource| holds.contains(&resource.kind())).collect();
    assert!(holders.len() >= 11, "{}", holders.len());
    for holder in holders {
        // A stack that fails while it is made may take with it what it has just made.
        let kept = ["Retain", "RetainExceptOnCreate"].contains(&holder.value["DeletionPolicy"].as_str().unwrap_or_default());
        assert!(kept && holder.value["UpdateReplacePolicy"] == "Retain", "{}", holder.name);
    }
}

#[test]
fn a_bucket_is_closed_encrypted_kept_in_versions_and_cleared_of_old_ones() {
    for bucket in of_kind("AWS::S3::Bucket") {
        let name = &bucket.name;
        for closed in ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"] {
            assert_eq!(bucket.property(&format!("PublicAccessBlockConfiguration/{closed}")), true, "{name}");
        }
        assert_eq!(bucket.property("VersioningConfiguration/Status"), "Enabled", "{name}");
        let rules = each(bucket.property("LifecycleConfiguration/Rules"));
        assert!(rules.iter().any(|rule| !rule["AbortIncompleteMultipartUpload"].is_null()), "{name}");
        assert!(rules.iter().any(|rule| !rule["NoncurrentVersionExpiration"].is_null()), "{name}");
        let statements = each(resource(&format!("{name}Policy")).property("PolicyDocument/Statement"));
        assert_eq!(statements[0]["Condition"]["Bool"]["aws:SecureTransport"], "false", "{name}");
        assert!(name == "AccessLogs" || !bucket.property("LoggingConfiguration").is_null(), "{name}");
    }
}

/// Each place that the code writes only where nothing lies is one that nobody can overwrite.
#[test]
fn what_is_written_once_cannot_be_overwritten() {
    for (bucket, places) in [("Files", &["clean/*", "drawn/*"][..]), ("Quarantine", &["quarantine/*"]), ("Evidence", &["*"])] {
        let statements = each(resource(&format!("{bucket}Policy")).property("PolicyDocument/Statement"));
        let once = statements.iter().find(|statement| statement["Sid"] == "WrittenOnce").unwrap();
        assert_eq!(once["Condition"]["Null"]["s3:if-none-match"], "true");
        let said: Vec<_> = each(&once["Resource"]).iter().map(|resource| word(&resource["Fn::Sub"])).collect();
        let expected: Vec<_> = places.iter().map(|place| format!("${{{bucket}.Arn}}/{place}")).collect();
        assert_eq!(said, expected);
    }
    let evidence = resource("Evidence");
    assert_eq!(evidence.property("ObjectLockConfiguration/Rule/DefaultRetention/Mode"), "GOVERNANCE");
}

/// A browser asks the bucket before it sends a header that is not among the usual ones.
#[tokio::test]
async fn the_bucket_lets_browsers_send_what_is_signed() {
    let upload = Upload {
        id: UploadId::parse("u00000000000000000001").unwrap(),
        owner: Owner::Student(PersonId::parse("p1").unwrap()),
        purpose: Purpose::StampedAgreement,
        file_name: Text::parse("scan.png").unwrap(),
        media_type: MediaType::Png,
        length: 3,
        sha256: domain::upload::sha256(b"png"),
        requested_at: Timestamp::from_millis(0),
        stage: Stage::Requested,
    };
    let place = local_deps().files.place(&upload).await.unwrap();
    // These two the browser says by itself.
    let signed: BTreeSet<_> = place.headers.into_keys().filter(|name| !["content-length", "host"].contains(&name.as_str())).collect();
    let rule = resource("Quarantine").property("CorsConfiguration/CorsRules/0");
    assert_eq!(each(&rule["AllowedHeaders"]).iter().map(word).collect::<BTreeSet<_>>(), signed);
    assert_eq!((&rule["AllowedMethods"], &rule["AllowedOrigins"][0]["Ref"]), (&json!(["PUT"]), &json!("PortalUrl")));
}

#[test]
fn the_key_is_used_through_services_and_managed_by_others() {
    let key = resource("Key");
    let statements = each(key.property("KeyPolicy/Statement"));
    for statement in &statements {
        let actions: Vec<_> = each(&statement["Action"]).iter().map(word).collect();
        let uses = |action: &String| {
            ["Decrypt", "Encrypt", "GenerateDataKey", "ReEncryptFrom", "CreateGrant"].iter().any(|used| action.ends_with(used))
        };
        let to_account = !statement["Principal"]["AWS"].is_null();
        let through = !statement["Condition"]["StringLike"]["kms:ViaService"].is_null();
        assert!(!to_account || !actions.iter().any(uses) || through, "{statement}");
        assert!(statement["Principal"]["AWS"] != "*" || !statement["Condition"]["StringEquals"]["kms:CallerAccount"].is_null());
        assert!(actions.iter().all(|action| !action.contains('*')), "{actions:?}");
    }
    assert_eq!(key.property("EnableKeyRotation"), true);
    let seals = resource("SealKey");
    assert_eq!((seals.property("KeySpec"), seals.property("KeyUsage")), (&json!("ECC_NIST_P256"), &json!("SIGN_VERIFY")));
}
