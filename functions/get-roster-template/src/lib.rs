//! 学生名册模板: the sheet that a school's roster is filled into.

use api::ProblemKind;
use lambda::{Answer, Call, Fault, Reply, SchoolOfficer};
use store::{Store, Table};

/// The template, with the school's colleges to choose from, and an example.
///
/// # Errors
/// As the table's.
pub async fn get_roster_template<T: Table>(store: &Store<T>, call: Call<SchoolOfficer, ()>) -> Reply<()> {
    let school = store.school(&call.caller.0.school).await?;
    let sheet = desk::roster_template(&school).map_err(|error| Fault::Logged(ProblemKind::Internal, format!("{error:?}")))?;
    Ok(Answer::spreadsheet("学生名册.xlsx", sheet))
}
