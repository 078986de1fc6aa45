//! 下载 excel 模板 (SR-22): the sheet that a list of candidates is filled into.

use api::ProblemKind;
use lambda::{Answer, Call, Employer, Fault, Reply};
use store::{Store, Table};

/// How many graduation years are offered: this one's, and those that come next.
const YEARS: i32 = 3;

/// The template, with the schools of the platform and the years that may be signed to choose from, and an example.
///
/// # Errors
/// As the table's.
pub async fn get_candidate_template<T: Table>(store: &Store<T>, call: Call<Employer, ()>) -> Reply<()> {
    let schools = store.schools().await?;
    let this_year: i32 = call.now().in_shanghai().get(..4).and_then(|year| year.parse().ok()).unwrap_or(2000);
    let years: Vec<String> = (this_year..this_year + YEARS).map(|year| year.to_string()).collect();
    let sheet = desk::candidate_template(&schools, &years);
    let sheet = sheet.map_err(|error| Fault::Logged(ProblemKind::Internal, format!("{error:?}")))?;
    Ok(Answer::spreadsheet("拟签约名单.xlsx", sheet))
}
