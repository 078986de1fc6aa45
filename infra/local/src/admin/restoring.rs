//! `check-table` and `repair-table`: what a restore has torn apart, found and mended (decision 0029, `infra/runbooks/restore.md`).

use super::told;
use domain::values::Timestamp;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use store::{Context, Error, Finding, Mended, Store, Survey, Surveyed};
use store_dynamo::{DynamoTable, Usage};

/// How often the table is gone through while mending: what is mended makes the next certain, and nothing takes more than a few.
const MOST_ROUNDS: usize = 8;

/// Goes through the whole table, a page at a time.
async fn survey(store: &Store<DynamoTable>, now: Timestamp) -> Result<Surveyed, String> {
    let (mut survey, mut after) = (Survey::default(), None);
    loop {
        let page = store.table().page_of_all(after.as_ref()).await;
        let (items, next) = page.map_err(|error| told("table", error.into()))?;
        for item in items {
            survey.take(item);
        }
        match next {
            Some(next) => after = Some(next),
            None => return Ok(survey.judged(now)),
        }
    }
}

/// Says what is torn. Nothing is written.
pub(super) async fn check(store: &Store<DynamoTable>, now: Timestamp) -> Result<String, String> {
    let surveyed = survey(store, now).await?;
    let mut lines = counted(&surveyed, &store.table().meter().take());
    by_transaction(&mut lines, &surveyed.findings);
    Ok(lines)
}

/// Says what would be mended first. Nothing is written.
pub(super) async fn would_mend(store: &Store<DynamoTable>, now: Timestamp) -> Result<String, String> {
    let mut lines = check(store, now).await?;
    lines.push_str("nothing was written: with --go each is mended, and an audit record tells of it\n");
    Ok(lines)
}

/// Mends what can be mended by the rule, says what was done, and what is left for a person.
pub(super) async fn repair(store: &Store<DynamoTable>, context: &Context) -> Result<String, String> {
    let (mut lines, mut mended, mut left) = (String::new(), 0, Vec::new());
    for round in 1..=MOST_ROUNDS {
        let surveyed = survey(store, context.now).await?;
        if round == 1 {
            lines.push_str(&counted(&surveyed, &store.table().meter().take()));
        }
        let next = surveyed.next(&left);
        if next.is_empty() {
            let _ = writeln!(lines, "{mended} mended, each with an audit record; {} are left for a person", left.len());
            return Ok(lines);
        }
        for finding in next.into_iter().cloned().collect::<Vec<_>>() {
            let finding = &finding;
            match mended_or_left(store.mend(finding, &surveyed, context).await)
                .map_err(|error| format!("{lines}{}", told(&finding.transaction(), error)))?
            {
                Mended::Done(done) => {
                    mended += 1;
                    // Writing to a string cannot fail.
                    let _ = writeln!(lines, "  {finding}\n    {done}");
                }
                Mended::Gone => {}
                Mended::ForAPerson(why) => {
                    let _ = writeln!(lines, "  {finding}\n    for a person: {why}");
                    left.push(finding.clone());
                }
            }
        }
    }
    Err(format!("{lines}after {MOST_ROUNDS} rounds there is still something to mend: say repair-table --go again"))
}

/// A finding that nothing here can mend is a person's, and keeps nobody from the others; only a table that does not answer ends the run.
fn mended_or_left(outcome: Result<Mended, Error>) -> Result<Mended, Error> {
    match outcome {
        Err(error @ (Error::Unavailable(_) | Error::Indeterminate(_))) => Err(error),
        Err(error) => Ok(Mended::ForAPerson(format!("it cannot be mended: {error:?}"))),
        mended => mended,
    }
}

fn counted(surveyed: &Surveyed, usage: &Usage) -> String {
    let Surveyed { items, aggregates, findings, .. } = surveyed;
    let Usage { reads, read_units, .. } = usage;
    format!("{items} items, {aggregates} aggregates: {} findings ({reads} requests, {read_units} read units)\n", findings.len())
}

/// Findings of one transaction stand together.
fn by_transaction(lines: &mut String, findings: &[Finding]) {
    let mut of_each: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        of_each.entry(finding.transaction()).or_default().push(finding);
    }
    for (transaction, findings) in of_each {
        let _ = writeln!(lines, "{transaction}");
        for finding in findings {
            let _ = writeln!(lines, "  {finding}");
        }
    }
}
