//! The root template gives each stack what it asks for.

use super::super::workspace::text;
use super::reading::{camel, stack, stacks, template, under, word};
use std::collections::BTreeSet;

#[test]
fn the_root_names_every_stack_and_gives_it_what_it_asks_for() {
    let root = template("infra/template.yaml");
    let nested = root["Resources"].as_object().unwrap();
    assert_eq!(nested.keys().cloned().collect::<BTreeSet<_>>(), stacks().iter().map(|name| camel(name)).collect());
    for name in stacks() {
        let properties = &nested[&camel(&name)]["Properties"];
        assert_eq!(word(&properties["Location"]), format!("stacks/{name}.yaml"));
        let given: BTreeSet<_> = properties["Parameters"].as_object().unwrap().keys().cloned().collect();
        let asked: BTreeSet<_> = stack(&name)["Parameters"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(given, asked, "{name}");
    }
}

#[test]
fn what_the_root_takes_of_a_stack_is_there() {
    let root = template("infra/template.yaml");
    let mut taken = Vec::new();
    under(&root, "Fn::GetAtt", &mut taken);
    assert!(taken.len() > 50);
    for attribute in taken {
        let (from, output) = (word(&attribute[0]), word(&attribute[1]));
        let name = stacks().into_iter().find(|name| camel(name) == from).unwrap_or_else(|| panic!("no stack {from}"));
        let output = output.strip_prefix("Outputs.").unwrap().to_owned();
        assert!(!stack(&name)["Outputs"][&output].is_null(), "{name} tells no {output}");
    }
}

#[test]
fn the_stage_is_made_when_every_route_stands() {
    let root = template("infra/template.yaml");
    let waits: BTreeSet<_> = root["Resources"]["Stage"]["DependsOn"].as_array().unwrap().iter().map(word).collect();
    let with_routes = stacks().into_iter().filter(|name| text(&format!("infra/stacks/{name}.yaml")).contains("AWS::ApiGatewayV2::Route\n"));
    assert_eq!(waits, with_routes.map(|name| camel(&name)).collect());
    let throttled = stack("stage")["Resources"]["Stage"]["Properties"]["RouteSettings"].as_object().unwrap();
    let routes: BTreeSet<_> = api::actions::ALL.iter().map(|action| format!("{} {}", action.method, action.path)).collect();
    assert!(!throttled.is_empty() && throttled.keys().all(|route| routes.contains(route)), "{throttled:?}");
}

#[test]
fn samconfig_names_parameters_that_are_there() {
    let parameters = template("infra/template.yaml")["Parameters"].as_object().unwrap().clone();
    let overrides = text("infra/samconfig.toml");
    let named = overrides.lines().map(str::trim).filter_map(|line| line.strip_prefix('"')).filter_map(|line| line.split_once('='));
    let named: Vec<_> = named.map(|(name, _)| name.to_owned()).collect();
    assert!(!named.is_empty());
    for name in named {
        assert!(parameters.contains_key(&name), "samconfig.toml sets {name}, which is no parameter");
    }
}

#[test]
fn the_readme_tells_of_every_parameter() {
    let readme = text("README.md");
    for name in template("infra/template.yaml")["Parameters"].as_object().unwrap().keys() {
        assert!(readme.contains(&format!("`{name}`")), "the README does not tell of {name}");
    }
}
