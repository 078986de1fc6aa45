//! The files of a new action, in the form of those that are there.

use super::options::{Kind, NewAction};

pub(super) fn manifest(action: &NewAction) -> String {
    let name = &action.name;
    let domain = if action.callers.module == "lambda" { "" } else { "domain.workspace = true\n" };
    format!(
        r#"[package]
name = "{name}"
version.workspace = true
edition.workspace = true
license.workspace = true
publish.workspace = true

[lib]
test = false
doctest = false

[[bin]]
name = "{name}"
path = "src/main.rs"
test = false

[dependencies]
api.workspace = true
{domain}lambda.workspace = true
store.workspace = true
store-dynamo.workspace = true
tokio.workspace = true

[lints]
workspace = true
"#
    )
}

/// Answers 404 until it is written; `expect` reminds whoever writes the first `await` to take it away.
pub(super) fn handler(action: &NewAction) -> String {
    let (summary, function, caller) = (&action.summary, action.snake(), action.callers.type_name);
    let imports = match action.callers.module {
        "lambda" => {
            let mut names = ["Call", "Reply", caller];
            names.sort_unstable();
            format!("use lambda::{{{}}};", names.join(", "))
        }
        module => format!("use {module}::{caller};\nuse lambda::{{Call, Reply}};"),
    };
    format!(
        r#"//! {summary}.

use api::ProblemKind;
{imports}
use store::{{Store, Table}};

/// Not written yet: answers as if nothing were there.
///
/// # Errors
/// Always [`ProblemKind::NotFound`].
#[expect(clippy::unused_async, reason = "not written yet")]
pub async fn {function}<T: Table>(_store: &Store<T>, _call: Call<{caller}, ()>) -> Reply<()> {{
    Err(ProblemKind::NotFound.into())
}}
"#
    )
}

pub(super) fn composition(action: &NewAction) -> String {
    let (constant, function) = (action.constant(), action.snake());
    format!(
        r#"//! Composition only.

use store::Store;
use store_dynamo::DynamoTable;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda::Error> {{
    let config = lambda::Config::from_env()?;
    let store = Store::new(DynamoTable::open(&config.aws, &config.table));
    lambda::serve(lambda::endpoint!(&api::actions::{constant}, config.authenticator(), {function}::{function}, store)).await
}}
"#
    )
}

/// A test that fails until somebody tells the requirements.
pub(super) fn story(action: &NewAction) -> String {
    let (name, summary, function) = (&action.name, &action.summary, action.snake());
    format!(
        r#"//! {summary}.

#[test]
fn {function}_has_a_story() {{
    panic!("tell what {name} must do, one test for each requirement, and remove this one");
}}
"#
    )
}

/// What a human writes now.
pub(super) fn what_remains(action: &NewAction) -> String {
    let NewAction { name, .. } = action;
    let example = match action.kind {
        Kind::Reads => "",
        Kind::Asks | Kind::Decides | Kind::Creates | Kind::Settles | Kind::Sets => {
            "  the request      shared/api/src/requests/, and a whole example in infra/xtask/src/samples/requests.rs (then `cargo xtask samples`)\n"
        }
    };
    let settled = match action.kind {
        Kind::Settles => "  why no key       its name in SETTLED in tests/contract/table.rs, unless its path names an {id}\n",
        Kind::Reads | Kind::Asks | Kind::Decides | Kind::Creates | Kind::Sets => "",
    };
    format!(
        "{name} is there and answers 404. What remains:\n  the story        tests/story/{}.rs\n  the rule         shared/domain/, if it moves a stage\n{example}{settled}  \
         the answer       shared/api/src/views/\n  what it says     its row in shared/openapi/src/rows.rs, its refusals in problems.rs beside it\n  the handler      functions/{name}/src/lib.rs\nthen `cargo xtask golden`, read the difference, and `cargo xtask ci`.",
        action.snake()
    )
}
