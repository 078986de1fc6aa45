//! The workers' table, and what is derived from it: packages, handlers, what the local stack runs.

use super::table::local_deps;
use super::workspace::{packages, text};
use api::workers::{ALL, Source};
use domain::work::Queue;
use std::collections::BTreeSet;

#[test]
fn every_worker_runs_on_the_local_stack_and_nothing_else_does() {
    let mut running: Vec<_> = local::routes::workers(&local_deps()).iter().map(|worker| worker.row().name).collect();
    let mut table: Vec<_> = ALL.into_iter().map(|worker| worker.name).collect();
    running.sort_unstable();
    table.sort_unstable();
    assert_eq!(running, table);
}

#[test]
fn package_binary_handler_and_row_are_named_after_the_worker() {
    let (packages, table) = (packages(), text("shared/api/src/workers.rs"));
    for worker in ALL {
        let directory = format!("functions/{}", worker.name);
        let package = packages.iter().find(|package| package.directory == directory).unwrap_or_else(|| panic!("no {directory}"));
        let snake = worker.name.replace('-', "_");
        assert_eq!((package.name.as_str(), package.target("bin").name.as_str()), (worker.name, worker.name));
        assert_eq!(package.target("lib").name, snake);
        let handlers = text(&format!("{directory}/src/lib.rs"));
        let handlers: Vec<_> = handlers.lines().filter(|line| line.starts_with("pub ")).collect();
        assert!(handlers.len() == 1 && handlers[0].starts_with(&format!("pub async fn {snake}<")), "{handlers:?}");
        let row = snake.to_uppercase();
        assert!(table.contains(&format!("pub static {row}: Worker =")), "the row {row}");
        let main = text(&format!("{directory}/src/main.rs"));
        let source = match worker.source {
            Source::Queue(_) => "of_queue",
            Source::Stream => "of_stream",
            Source::Schedule(_) => "of_schedule",
        };
        for part in [format!("workers::{row}"), format!("{snake}::{snake}"), source.to_owned()] {
            assert!(main.contains(&part), "{directory}/src/main.rs composes {part}");
        }
    }
}

#[test]
fn a_queue_is_served_by_one_worker_or_by_none() {
    let served: Vec<Queue> =
        ALL.into_iter().filter_map(|worker| if let Source::Queue(queue) = worker.source { Some(queue) } else { None }).collect();
    assert_eq!(served.iter().collect::<BTreeSet<_>>().len(), served.len(), "{served:?}");
    assert_eq!(served, Queue::ALL, "what is served is relayed and swept");
    for queue in Queue::ALL {
        assert_eq!(Queue::named(queue.as_str()), Some(queue));
    }
}
