//! A new action: what a machine can write of it, so that a human starts at the rule (CONTRIBUTING, "Adding an action").

mod edits;
mod options;
mod templates;

use crate::{Failure, checks, run};
use options::{Kind, NewAction};
use std::fs;
use std::path::{Path, PathBuf};

/// A file as it will be.
#[derive(Debug)]
struct Edit {
    path: PathBuf,
    text: String,
}

/// Adds the action, or changes nothing and says why.
pub(crate) fn add(root: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let action = options::parse(arguments)?;
    let edits = plan(root, &action)?;
    for Edit { path, text } in &edits {
        write(&root.join(path), text).map_err(|error| format!("{}: {error}", path.display()))?;
        println!("wrote {}", path.display());
    }
    // A `mod.rs` would have all its modules formatted, and has lost nothing by a line more.
    let rust =
        edits.iter().map(|edit| &edit.path).filter(|path| path.extension().is_some_and(|is| is == "rs") && !path.ends_with("mod.rs"));
    run::step(root, "rustfmt", &["--edition", "2024"].into_iter().chain(rust.filter_map(|path| path.to_str())).collect::<Vec<_>>())?;
    if let Err(failure) = checks::golden(root) {
        println!("\n{failure}: the new story fails until it is written; nothing else should.");
    }
    println!("\n{}", templates::what_remains(&action));
    Ok(())
}

/// Every file that changes. Nothing is written before all of it is known to fit.
fn plan(root: &Path, action: &NewAction) -> Result<Vec<Edit>, Failure> {
    let name = action.name.as_str();
    let taken = ["functions", "shared", "infra"].map(|folder| Path::new(folder).join(name));
    if let Some(taken) = taken.iter().find(|path| root.join(path).exists()) {
        return Err(format!("{} is there already", taken.display()));
    }
    let changed = |path: &str, edit: &dyn Fn(&str) -> Result<String, Failure>| {
        let text = fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"))?;
        let text = edit(&text).map_err(|why| format!("{path}: {why}"))?;
        Ok::<Edit, Failure>(Edit { path: path.into(), text })
    };
    let function = Path::new("functions").join(name);
    let mut edits = vec![
        // 1. The row in the table.
        changed("shared/api/src/actions.rs", &|text| edits::add_row(text, action))?,
        // 2. The function.
        Edit { path: function.join("Cargo.toml"), text: templates::manifest(action) },
        Edit { path: function.join("src/lib.rs"), text: templates::handler(action) },
        Edit { path: function.join("src/main.rs"), text: templates::composition(action) },
        // 3. Its place in the local stack.
        changed("infra/local/Cargo.toml", &|text| edits::add_dependency(text, action))?,
        changed("infra/local/src/routes.rs", &|text| edits::add_endpoint(text, action))?,
        // What OpenAPI says of it.
        changed("shared/openapi/src/rows.rs", &|text| edits::add_contract(text, action))?,
        // 5. Its story.
        changed("tests/story/mod.rs", &|text| Ok(edits::add_story(text, action)))?,
        Edit { path: Path::new("tests/story").join(action.snake()).with_extension("rs"), text: templates::story(action) },
    ];
    if action.kind != Kind::Reads {
        // 4. An example of its body.
        edits.push(changed("infra/xtask/src/samples/requests.rs", &|text| edits::add_example(text, action))?);
        edits.push(Edit { path: Path::new("samplesdata/requests").join(name).with_extension("json"), text: "{}\n".to_owned() });
    }
    Ok(edits)
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(name: &str, path: &str) -> NewAction {
        options::parse(&[name, "--method", "POST", "--path", path, "--role", "college", "--role=school", "--summary", "撤回: take back"])
            .unwrap()
    }

    #[test]
    fn every_place_that_an_action_is_added_to_is_found_in_this_repository() {
        let edits = plan(&crate::root().unwrap(), &action("withdraw-letter", "/v1/letters/{id}/withdrawal")).unwrap();
        assert_eq!(edits.len(), 11);
        for Edit { path, text } in edits {
            let Ok(before) = fs::read_to_string(crate::root().unwrap().join(&path)) else { continue };
            let kept = before.lines().filter(|line| !line.contains("static ALL")).all(|line| text.contains(line));
            assert!(kept && text.len() > before.len(), "{}", path.display());
        }
    }

    #[test]
    fn an_action_that_is_there_already_is_refused() {
        let refused = |name, path| plan(&crate::root().unwrap(), &action(name, path)).unwrap_err();
        assert_eq!(refused("get-home", "/v1/x"), "functions/get-home is there already");
        assert_eq!(refused("store-memory", "/v1/x"), "shared/store-memory is there already");
        let put = ["set-rules", "--method", "PUT", "--path", "/v1/policy", "--role", "school", "--summary", "rules"];
        let put = plan(&crate::root().unwrap(), &options::parse(&put).unwrap()).unwrap_err();
        assert_eq!(put, "shared/api/src/actions.rs: PUT /v1/policy is set-policy's route");
        plan(&crate::root().unwrap(), &action("ask-rules", "/v1/policy")).expect("another method is another route");
        let route = refused("refuse-letter", "/v1/invitations/{letter}/rejection");
        assert_eq!(route, "shared/api/src/actions.rs: POST /v1/invitations/{letter}/rejection is reject-invitation's route");
    }
}
