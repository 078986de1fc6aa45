//! `/docs`: the OpenAPI document as a page for people, made here: no script, and nothing from anywhere else.

mod schemas;

use axum::response::Response;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use schemas::{component, example, field_rows, kind};
use serde_json::{Map, Value};
use std::sync::LazyLock;

const STYLE: &str = include_str!("docs/style.css");

static DOCUMENT: LazyLock<Value> = LazyLock::new(openapi::document);
static YAML: LazyLock<String> = LazyLock::new(|| openapi::yaml(&DOCUMENT));
static PAGE: LazyLock<String> = LazyLock::new(|| page(&DOCUMENT).into_string());

/// `GET /openapi.yaml`
pub(crate) async fn openapi_yaml() -> Response {
    crate::dev::text("application/yaml; charset=utf-8", &YAML)
}

/// `GET /docs`
pub(crate) async fn docs() -> Response {
    crate::dev::page(&PAGE)
}

/// An operation with where it stands.
struct Operation<'d> {
    method: &'d str,
    path: &'d str,
    says: &'d Value,
}

pub(super) fn text<'d>(value: &'d Value, name: &str) -> &'d str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn list<'d>(value: &'d Value, name: &str) -> &'d [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

pub(super) fn members<'d>(value: &'d Value, name: &str) -> impl Iterator<Item = (&'d String, &'d Value)> + use<'d> {
    value.get(name).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

/// The value, or what it refers to.
fn resolved<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    let referred = value.get("$ref").and_then(Value::as_str).and_then(|pointer| document.pointer(pointer.trim_start_matches('#')));
    referred.unwrap_or(value)
}

fn operations<'d>(document: &'d Value, topic: &'d str) -> Vec<Operation<'d>> {
    // In the order of the table of actions, which is that of the stories.
    let all = openapi::ROWS.iter().filter_map(|row| {
        let methods = document.get("paths")?.get(row.action.path)?.as_object()?;
        let (method, says) = methods.iter().find(|(method, _)| row.action.method.as_str().eq_ignore_ascii_case(method))?;
        Some(Operation { method, path: row.action.path, says })
    });
    all.filter(|operation| list(operation.says, "tags").iter().any(|tag| tag == topic)).collect()
}

fn page(document: &Value) -> Markup {
    let info = &document["info"];
    let topics: Vec<(&str, &str)> = list(document, "tags").iter().map(|tag| (text(tag, "name"), text(tag, "description"))).collect();
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (text(info, "title")) " API" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                nav { (contents(document, &topics)) }
                main {
                    header {
                        h1 { (text(info, "title")) " API" }
                        p.lead { (text(info, "summary")) }
                        @for paragraph in text(info, "description").split("\n\n") { p { (marked(paragraph)) } }
                        p { a href="/openapi.yaml" { "openapi.yaml" } " · OpenAPI " (text(document, "openapi")) " · " (text(info, "version")) }
                    }
                    @for (topic, says) in &topics {
                        section.topic id=(anchor(topic)) {
                            h2 { (topic) }
                            p.lead { (says) }
                            @for operation in operations(document, topic) { (article(document, &operation)) }
                        }
                    }
                    section.topic id="problems" { h2 { "问题 Problems" } (catalogue(document)) }
                    section.topic id="schemas" {
                        h2 { "数据 Schemas" }
                        @for (name, schema) in members(&document["components"], "schemas") { (component(name, schema)) }
                    }
                }
            }
        }
    }
}

fn contents(document: &Value, topics: &[(&str, &str)]) -> Markup {
    let entries = html! {
        @for (topic, _) in topics {
            h3 { a href={ "#" (anchor(topic)) } { (topic) } }
            ul {
                @for operation in operations(document, topic) {
                    li { a href={ "#" (text(operation.says, "operationId")) } { span.method.(operation.method) { (operation.method) } " " (text(operation.says, "summary")) } }
                }
            }
        }
        h3 { a href="#problems" { "问题 Problems" } }
        h3 { a href="#schemas" { "数据 Schemas" } }
    };
    html! {
        div.wide { (entries) }
        details.narrow { summary { "目录 Contents" } (entries) }
    }
}

fn article(document: &Value, operation: &Operation<'_>) -> Markup {
    let Operation { method, path, says } = operation;
    let callers: Vec<&str> = list(says, "x-callers").iter().filter_map(Value::as_str).collect();
    let parameters: Vec<&Value> = list(says, "parameters").iter().map(|parameter| resolved(document, parameter)).collect();
    html! {
        article id=(text(says, "operationId")) {
            h3 { span.method.(method) { (method) } " " code.path { (path) } }
            p.title { strong { (text(says, "summary")) } " " (text(says, "description")) }
            p.callers {
                @for caller in &callers { span.role { (openapi::caller_label(caller)) " " (caller) } " " }
                @if callers.is_empty() { span.role { "公开 public" } }
                " " code { (text(says, "operationId")) }
            }
            @if !parameters.is_empty() {
                h4 { "参数 Parameters" }
                table { tbody {
                    @for parameter in parameters {
                        tr {
                            th { code { (text(parameter, "name")) } @if parameter["required"] == true { span.must title="必填 required" { "*" } } br; small { (text(parameter, "in")) } }
                            td { (kind(&parameter["schema"])) br; (marked(text(parameter, "description"))) }
                        }
                    }
                } }
            }
            (request(document, says))
            @let responses: Vec<(&str, &Value)> = members(says, "responses").map(|(status, response)| (status.as_str(), resolved(document, response))).collect();
            @for (status, response) in &responses { @if list(response, "x-problems").is_empty() { (answer(status, response)) } }
            h4 { "问题 Problems" }
            @for (status, response) in &responses {
                @let problems = list(response, "x-problems");
                @if !problems.is_empty() { p.problems { span.status { (status) } @for problem in problems { " " (problem_link(problem)) } } }
            }
        }
    }
}

fn request(document: &Value, operation: &Value) -> Markup {
    let body = &operation["requestBody"];
    html! {
        @for (media_type, content) in members(body, "content") {
            h4 { "请求 Request" @if body["required"] != true { " " small { "可省略 may be absent" } } " " small { code { (media_type) } } }
            (field_rows(resolved(document, &content["schema"])))
            @if let Some(shown) = content.get("example") { (example("示例 Example", shown)) }
        }
    }
}

/// A success with its schema, and where it leads.
fn answer(status: &str, response: &Value) -> Markup {
    let (of_rows, links) = (list(response, "x-row-problems"), members(response, "links").map(|(_, link)| text(link, "operationId")));
    let links: Vec<&str> = links.collect();
    html! {
        h4 { "答复 Answer " span.status { (status) } " " small { (text(response, "description")) } }
        @for (media_type, content) in members(response, "content") { p { code { (media_type) } " " (kind(&content["schema"])) } }
        @if !of_rows.is_empty() { p.problems { "每行 Rows:" @for problem in of_rows { " " (problem_link(problem)) } } }
        @if !links.is_empty() { p.next { "然后 Then:" @for link in links { " " a href={ "#" (link) } { code { (link) } } } } }
    }
}

fn problem_link(problem: &Value) -> Markup {
    let slug = problem.as_str().unwrap_or_default();
    html! { a href={ "#problem-" (slug) } { code { (slug) } } }
}

fn catalogue(document: &Value) -> Markup {
    html! {
        table.catalogue { tbody {
            @for problem in list(document, "x-problem-catalogue") {
                tr id={ "problem-" (text(problem, "slug")) } {
                    th { span.status { (problem["status"]) } " " code { (text(problem, "slug")) } }
                    td { (text(problem, "title")) br; (text(problem, "title_en")) @if problem["retryable"] == true { " " small { "可重试 try again" } } }
                }
            }
        } }
    }
}

/// Text in which backticks mark code.
pub(super) fn marked(text: &str) -> Markup {
    html! {
        @for (i, part) in text.split('`').enumerate() {
            @if i % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

fn anchor(topic: &str) -> String {
    topic.chars().map(|c| if c.is_whitespace() { '-' } else { c }).collect()
}
