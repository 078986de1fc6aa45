//! 下载 excel 模板 (SR-22): the sheet that a list of candidates is filled into.

use api::ProblemKind;
use lambda::{Answer, Call, Employer, Fault, Reply};
use store::{Store, Table};

/// How many graduation years are offered: the one that is signing now, and those behind it.
const YEARS: i32 = 3;

/// The template, with the schools of the platform and the years that may be signed to choose from, and an example.
///
/// # Errors
/// As the table's.
pub async fn get_candidate_template<T: Table>(store: &Store<T>, call: Call<Employer, ()>) -> Reply<()> {
    let schools = store.schools().await?;
    let now = call.now().in_shanghai();
    let number = |from: usize, to: usize| now.get(from..to).and_then(|part| part.parse::<i32>().ok()).unwrap_or_default();
    // From July on it is next summer's graduates who sign.
    let signing = number(0, 4) + i32::from(number(5, 7) >= 7);
    let years: Vec<String> = (signing..signing + YEARS).map(|year| year.to_string()).collect();
    let sheet = desk::candidate_template(&schools, &years);
    let sheet = sheet.map_err(|error| Fault::Logged(ProblemKind::Internal, format!("{error:?}")))?;
    Ok(Answer::spreadsheet("拟签约名单.xlsx", sheet))
}
