//! 学校规则 (domain 3.3): what the officer's school has set, and what stands for the rest.

use api::views::PolicyView;
use lambda::{Call, Reply, SchoolOfficer};
use store::{Store, Table};

/// The policy with its version.
///
/// # Errors
/// As the table's.
pub async fn get_policy<T: Table>(store: &Store<T>, call: Call<SchoolOfficer, ()>) -> Reply<PolicyView> {
    let school = call.caller.0.school.clone();
    let view = match store.school_policy(&school).await? {
        Some(standing) => PolicyView { school, version: standing.version, policy: standing.value.policy },
        None => PolicyView { school, version: 0, policy: domain::policy::Policy::default() },
    };
    Ok(view.into())
}
