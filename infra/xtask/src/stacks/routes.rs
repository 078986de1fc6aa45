//! How an action is reached: a route of the HTTP API, an integration, and the permission to call.

use super::function::function_name;
use super::parameters::camel;
use super::yaml::{Map, Node, attribute, entry, filled, map, reference};
use api::Action;

/// Milliseconds: a little more than a function may take, so that it is the function that gives up.
const TIMEOUT_MS: u64 = 20_000;

/// An action's route.
pub(crate) fn of_action(action: &Action) -> Map {
    let (name, function) = (camel(action.name), function_name(action.name));
    let called = if action.changes_state { reference(&format!("{function}.Alias")) } else { attribute(&function, "Arn") };
    let integration = map([
        ("ApiId", reference("ApiId")),
        ("IntegrationType", "AWS_PROXY".into()),
        ("IntegrationMethod", "POST".into()),
        ("IntegrationUri", called.clone()),
        ("PayloadFormatVersion", "2.0".into()),
        ("TimeoutInMillis", TIMEOUT_MS.into()),
    ]);
    let route = map([
        ("ApiId", reference("ApiId")),
        ("RouteKey", format!("{} {}", action.method, action.path).into()),
        ("AuthorizationType", "NONE".into()),
        ("Target", filled(&format!("integrations/${{{name}Integration}}"))),
    ]);
    let place = format!("{}{}", action.method, action.path.replace("{id}", "*"));
    let from = format!("arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{ApiId}}/*/{place}");
    let permission = map([
        ("Action", "lambda:InvokeFunction".into()),
        ("FunctionName", called),
        ("Principal", "apigateway.amazonaws.com".into()),
        ("SourceArn", filled(&from)),
    ]);
    vec![
        entry(&format!("{name}Integration"), resource("AWS::ApiGatewayV2::Integration", integration)),
        entry(&format!("{name}Route"), resource("AWS::ApiGatewayV2::Route", route)),
        entry(&format!("{name}Permission"), resource("AWS::Lambda::Permission", permission)),
    ]
}

pub(crate) fn resource(kind: &str, properties: Node) -> Node {
    map([("Type", kind.into()), ("Properties", properties)])
}
