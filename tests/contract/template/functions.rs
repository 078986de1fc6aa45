//! Functions and routes: those of the tables, each once, and no others.

use super::super::workspace::root;
use super::reading::{camel, functions, of_kind, resources, stack, stacks, timeout, word};
use api::{actions, workers};
use std::collections::BTreeSet;
use std::fs;

#[test]
fn generated_stacks_are_as_the_tables_make_them() {
    let made = xtask::stacks::made(&root()).unwrap();
    assert!(made.len() > 5);
    for file in made {
        let there = fs::read_to_string(root().join(&file.path)).unwrap_or_default();
        assert!(there == file.text, "{} is not as it would be made: run `cargo xtask stacks`", file.path);
    }
}

#[test]
fn every_function_of_the_tables_is_deployed_once_and_no_other() {
    let mut deployed: Vec<_> = functions().into_iter().map(|(name, _)| name).collect();
    let mut table: Vec<_> = actions::ALL.iter().map(|action| action.name).chain(workers::ALL.iter().map(|worker| worker.name)).collect();
    deployed.sort_unstable();
    table.sort_unstable();
    assert_eq!(deployed, table);
    for (name, function) in functions() {
        assert_eq!(function.name, format!("{}Function", camel(&name)));
        assert_eq!(word(function.property("CodeUri")), format!("../../target/lambda/{name}/bootstrap.zip"));
        let globals = &stack(&function.stack)["Globals"]["Function"];
        assert_eq!((word(&globals["Runtime"]), word(&globals["Handler"])), ("provided.al2023".to_owned(), "bootstrap".to_owned()));
        assert_eq!(word(&globals["Tracing"]), "Active");
        assert_eq!(globals["LoggingConfig"]["LogGroup"]["Ref"], "LogGroup", "one log for all");
    }
}

#[test]
fn every_action_is_a_route_and_every_route_an_action() {
    let mut routes: Vec<_> = of_kind("AWS::ApiGatewayV2::Route").iter().map(|route| word(route.property("RouteKey"))).collect();
    let mut table: Vec<_> = actions::ALL.iter().map(|action| format!("{} {}", action.method, action.path)).collect();
    routes.sort_unstable();
    table.sort_unstable();
    assert_eq!(routes, table);
}

#[test]
fn a_route_calls_the_function_of_its_action_and_may() {
    let (routes, integrations) = (of_kind("AWS::ApiGatewayV2::Route"), of_kind("AWS::ApiGatewayV2::Integration"));
    let permissions = of_kind("AWS::Lambda::Permission");
    for action in actions::ALL {
        let key = format!("{} {}", action.method, action.path);
        let route = routes.iter().find(|route| word(route.property("RouteKey")) == key).unwrap();
        assert_eq!(route.property("AuthorizationType"), "NONE", "functions verify tokens themselves");
        let name = camel(action.name);
        assert_eq!(route.property("Target")["Fn::Sub"], format!("integrations/${{{name}Integration}}"));
        let integration = integrations.iter().find(|integration| integration.name == format!("{name}Integration")).unwrap();
        assert_eq!(integration.property("PayloadFormatVersion"), "2.0");
        let patience = integration.property("TimeoutInMillis").as_u64().unwrap();
        let permission = permissions.iter().find(|permission| permission.name == format!("{name}Permission")).unwrap();
        for called in [integration.property("IntegrationUri"), permission.property("FunctionName")] {
            let function = format!("{name}Function");
            let reached =
                if action.changes_state { called["Ref"] == format!("{function}.Alias") } else { called["Fn::GetAtt"][0] == function };
            assert!(reached, "{}: {called}", action.name);
        }
        let from = word(&permission.property("SourceArn")["Fn::Sub"]);
        assert!(from.ends_with(&format!("${{ApiId}}/*/{}{}", action.method, action.path.replace("{id}", "*"))), "{from}");
        let (_, function) = functions().into_iter().find(|(name, _)| name == action.name).unwrap();
        assert!(timeout(function) * 1000 < patience && patience < 30_000, "the function gives up before the gateway does");
    }
    assert_eq!((routes.len(), integrations.len(), permissions.len()), (actions::ALL.len(), actions::ALL.len(), actions::ALL.len()));
}

#[test]
fn what_changes_state_comes_to_a_new_version_bit_by_bit() {
    for (name, function) in functions() {
        let changes = actions::ALL.iter().any(|action| action.name == name && action.changes_state);
        let by_alias = function.property("AutoPublishAlias") == "live" && function.property("AutoPublishAliasAllProperties") == true;
        let described = function.property("VersionDescription")["Fn::Sub"].as_str().unwrap_or_default();
        let told = ["${SettingsRevision}", "${TokenIssuer}", "${TokenAudience}", "${TokenScope}"]
            .iter()
            .all(|setting| described.contains(setting));
        assert_eq!(told, changes, "{name}: a changed setting makes a new version");
        let turns_back = function.property("DeploymentPreference/Alarms/0")["Ref"] == "DeploymentAlarm";
        assert_eq!((by_alias, turns_back), (changes, changes), "{name}");
        let role = function.property("DeploymentPreference/Role");
        assert!(!changes || role["Ref"] == "DeploymentRole", "{name}: the role is ours, not the tool's");
    }
}

/// What the tool makes of a function besides: a version, an alias and a deployment group, and one application a stack.
#[test]
fn no_stack_comes_near_what_cloudformation_takes() {
    for name in stacks() {
        let here: Vec<_> = resources().iter().filter(|resource| resource.stack == name).collect();
        let aliases = here.iter().filter(|resource| resource.property("AutoPublishAlias").is_string()).count();
        let configured = here.iter().filter(|resource| resource.property("EventInvokeConfig").is_object()).count();
        let count = here.len() + 3 * aliases + configured + 1;
        assert!(count < 350, "{name}: {count} resources");
    }
}

#[test]
fn logical_names_are_unique_over_all_stacks_of_functions() {
    let names: Vec<_> = functions().into_iter().map(|(_, function)| &function.name).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

#[test]
fn the_same_program_makes_the_same_package() {
    let (one, other) = (b"\x7fELF one program".repeat(1_000), b"\x7fELF another".repeat(1_000));
    let package = xtask::package::archive(&one).unwrap();
    assert_eq!(package, xtask::package::archive(&one).unwrap());
    assert_ne!(package, xtask::package::archive(&other).unwrap());
    // The local header: its time and date are those of no machine.
    assert_eq!((&package[..4], &package[10..14]), (&b"PK\x03\x04"[..], &[0, 0, 0x21, 0][..]), "the first of January 1980");
    let central = package.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    let attributes = u32::from_le_bytes(package[central + 38..central + 42].try_into().unwrap());
    assert_eq!(attributes >> 16 & 0o777, 0o755, "it can be run");
}
