//! 签约搜索 (SR-19): four exact facts find a graduate, or nothing does, and nobody learns which was wrong.

use api::requests::FindStudent;
use api::views::FoundView;
use lambda::{Call, Employer, Reply};
use store::{Search, Store, Table};
use vault::Vault;

/// Finds a graduate for an employer. The answer says who it is by a mask and an opaque reference, and never whether the graduate
/// has signed.
///
/// # Errors
/// The employer may not search yet (SR-10, SR-12), nobody is found, or too many searches have missed (domain 5.1).
pub async fn find_student<T: Table>(store: &Store<T>, vault: &Vault, call: Call<Employer, FindStudent>) -> Reply<FoundView> {
    let FindStudent { school, graduation_year, name, identifier } = &call.body;
    let hmac = vault.four_fields(school, *graduation_year, name, identifier);
    let target = vault.target(school, *graduation_year, name);
    let search = Search { employer: &call.caller.id, school, four_fields: &hmac, target: &target, imported: false };
    let found = store.search(&search, &call.context).await?;
    let view = FoundView {
        student_ref: vault.student_ref(&call.caller.id, &found.student),
        masked_name: found.masked_name,
        school: found.school_name.as_str().to_owned(),
        college: found.college_name.as_str().to_owned(),
    };
    Ok(view.into())
}
