//! Operators' work (architecture 3): schools, suspension of employers, disabling of log-ins, statistics counted anew; on whatever table,
//! each audited.

mod places;
mod restoring;
mod words;

pub use places::on_this_machine;
pub use words::{Admin, HELP, parse};

use crate::BoxError;
use api::Problem;
use domain::account::Account;
use domain::party::Actor;
use domain::school::{College, School};
use domain::values::{AccountId, Email, EmployerId, SchoolId, Text, Timestamp};
use lambda::Fault;
use std::fmt::Write as _;
use store::{Context, Differs, Error, Rebuilt, Store, Table};
use store_dynamo::DynamoTable;

/// Most counters that are told one by one.
const MOST_LINES: usize = 50;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// `set-school`: sets up a school, or names it and colleges of it anew.
    SetSchool {
        /// Its code.
        id: SchoolId,
        /// Its name.
        name: Text<100>,
        /// Colleges to set up or name; others stay.
        colleges: Vec<College>,
    },
    /// `suspend-employer`: what is in flight goes on, nothing new begins.
    SuspendEmployer(EmployerId, Text<500>),
    /// `reinstate-employer`.
    ReinstateEmployer(EmployerId, Text<500>),
    /// `disable-account`: no token of the log-in holds any more.
    DisableAccount(AccountId, Text<500>),
    /// `enable-account`: tokens issued from now on hold.
    EnableAccount(AccountId, Text<500>),
    /// `show-account`.
    ShowAccount(AccountId),
    /// `list-schools`.
    ListSchools,
    /// `lift-suppression`: an address that came back, or whose owner complained, is mailed again.
    LiftSuppression(Email),
    /// `rebuild-statistics`: counts all records of a school anew, while changes go on.
    RebuildStatistics(SchoolId),
    /// `check-table`: which transactions a restore has torn apart. Reads alone.
    CheckTable,
    /// `repair-table`: mends them; without `--go` it says what it would mend.
    RepairTable {
        /// Whether anything is written.
        go: bool,
    },
}

/// What the audit records say of an operator who works now.
///
/// # Errors
/// When the machine gives no randomness.
pub fn context(operator: &AccountId, business_now: Timestamp, real_now: Timestamp) -> Result<Context, BoxError> {
    Ok(Context {
        action: "admin",
        actor: Actor::Operator { account: operator.clone() },
        account: operator.clone(),
        token_issued_at: real_now.millis() / 1000,
        request_id: format!("admin-{}", crate::random::hex()?),
        now: business_now,
        idempotency: None,
    })
}

/// Does it, and says what is so now.
///
/// # Errors
/// Says what stands in the way.
pub async fn run(store: &Store<DynamoTable>, work: &Work, context: &Context) -> Result<String, String> {
    match work {
        Work::SetSchool { id, name, colleges } => {
            store.set_up_school(id.clone(), name.clone(), colleges.clone(), context).await.map_err(|error| told(id.as_str(), error))?;
            store.school(id).await.map(|school| school_lines(&school)).map_err(|error| told(id.as_str(), error))
        }
        Work::SuspendEmployer(id, reason) => {
            store.suspend_employer(id, reason.clone(), context).await.map_err(|error| told(id.as_str(), error))?;
            employer_line(store, id).await
        }
        Work::ReinstateEmployer(id, reason) => {
            store.reinstate_employer(id, reason.clone(), context).await.map_err(|error| told(id.as_str(), error))?;
            employer_line(store, id).await
        }
        Work::DisableAccount(id, reason) => {
            store.disable_account(id, reason.clone(), context).await.map_err(|error| told(id.as_str(), error))?;
            account_lines(store, id).await
        }
        Work::EnableAccount(id, reason) => {
            store.enable_account(id, reason.clone(), context).await.map_err(|error| told(id.as_str(), error))?;
            account_lines(store, id).await
        }
        Work::ShowAccount(id) => account_lines(store, id).await,
        Work::ListSchools => {
            let schools = store.schools().await.map_err(|error| told("schools", error))?;
            Ok(schools.iter().map(school_lines).collect())
        }
        Work::LiftSuppression(address) => {
            let lifted = store.lift_suppression(address, context).await.map_err(|error| told(address.as_str(), error))?;
            let now = if lifted { "is mailed again" } else { "was not suppressed" };
            Ok(format!("{} {now}\n", address.as_str()))
        }
        Work::RebuildStatistics(id) => {
            let rebuilt = store.rebuild_statistics(id, context).await.map_err(|error| told(id.as_str(), error))?;
            Ok(rebuilt_lines(id, &rebuilt))
        }
        Work::CheckTable => Box::pin(restoring::check(store, context.now)).await,
        Work::RepairTable { go: false } => Box::pin(restoring::would_mend(store, context.now)).await,
        Work::RepairTable { go: true } => Box::pin(restoring::repair(store, context)).await,
    }
}

fn school_lines(school: &School) -> String {
    let mut lines = format!("{}  {}\n", school.id, school.name.as_str());
    for college in &school.colleges {
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "  {}  {}", college.id, college.name.as_str());
    }
    lines
}

fn rebuilt_lines(school: &SchoolId, rebuilt: &Rebuilt) -> String {
    let Rebuilt { generation, records, late, unread, counters, differing } = rebuilt;
    let mut lines = format!("statistics of {school}: {records} records in {counters} counters, generation {generation}\n");
    // Writing to a string cannot fail.
    if *late > 0 {
        let _ = writeln!(lines, "  {late} changes had not been counted yet");
    }
    if *unread > 0 {
        let _ = writeln!(lines, "  {unread} records cannot be read by this build and count as nothing");
    }
    for Differs { year, name, was, is } in differing.iter().take(MOST_LINES) {
        let _ = writeln!(lines, "  {year} {name}: {was} was shown, {is} is right");
    }
    let _ = match differing.len() {
        0 => writeln!(lines, "  the figures are those that were shown"),
        n => writeln!(lines, "  {n} counters had another figure; the new ones are shown from now on"),
    };
    lines
}

async fn employer_line<T: Table>(store: &Store<T>, id: &EmployerId) -> Result<String, String> {
    let employer = store.employer(id).await.map_err(|error| told(id.as_str(), error))?.value;
    Ok(format!("employer {id}, {}: {}\n", employer.name.as_str(), employer.qualification().as_str()))
}

async fn account_lines<T: Table>(store: &Store<T>, id: &AccountId) -> Result<String, String> {
    let Some(account) = store.account(id).await.map_err(|error| told(id.as_str(), error))? else {
        return Ok(format!("account {id}: nothing is known of it besides what its tokens say\n"));
    };
    Ok(describe(&account.value))
}

fn describe(account: &Account) -> String {
    let mut lines = format!("account {}: {}\n", account.id, account.stage_name());
    if let Some(second) = account.valid_after_s.filter(|_| !account.disabled) {
        let since = Timestamp::from_millis(second.saturating_mul(1000));
        let _ = writeln!(lines, "  tokens issued before {since} do not hold");
    }
    for record in account.binding.iter().flat_map(|binding| &binding.records) {
        let _ = writeln!(lines, "  verified as student {}, graduation year {}", record.student, record.graduation_year);
    }
    lines
}

/// In the catalogue's words. The operator is one of us: a cause of our own is told too.
fn told(whose: &str, error: Error) -> String {
    let (problem, cause) = Fault::from(error).problem();
    let Problem { kind, current_stage, .. } = problem;
    let stage = current_stage.map(|stage| format!(" ({stage})")).unwrap_or_default();
    let cause = cause.map(|cause| format!(": {cause}")).unwrap_or_default();
    format!("{whose}: {}{stage}{cause}", kind.en())
}
