//! 信息验证 (SR-44): a graduate's log-in shows that it knows what the school's roster knows, and is bound to the record.

use api::requests::VerifyStudent;
use api::views::Receipt;
use domain::account::Account;
use domain::values::Identifier;
use lambda::{Call, Reply, Student};
use store::{Change, Store, Table};
use vault::Vault;

/// Binds the log-in to the record that name, identity number and mobile all name; one record a graduation year. Asked again for the
/// same record, it answers as before.
///
/// # Errors
/// The facts are not as on the roster, whichever is wrong; five wrong within an hour lock for an hour; record or log-in is bound already.
pub async fn verify_student<T: Table>(store: &Store<T>, vault: &Vault, call: Call<Student, VerifyStudent>) -> Reply<Receipt> {
    let VerifyStudent { school, graduation_year, name, resident_id, mobile, email } = &call.body;
    let find = |identifier| vault.four_fields(school, *graduation_year, name, &identifier);
    let by_number = find(Identifier::ResidentId(resident_id.clone()));
    let by_mobile = find(Identifier::Mobile(mobile.clone()));
    let verifying = store.verifying(school, [&by_number, &by_mobile], &call.context).await?;
    let (student, account) = (&verifying.student, verifying.account.as_ref());
    if student.value.is(&call.caller.account) {
        let receipt = Receipt::of_student(&student.value, student.version);
        return Ok(store.commit(Change::new(), &call.context, receipt).await?.into());
    }
    let verified = student.value.clone().verify(call.caller.account.clone(), email.clone(), call.now())?;
    let login = account.map_or_else(|| Account::new(call.caller.account.clone()), |account| account.value.clone());
    let bound = login.bind(&verified.next)?;
    let receipt = Receipt::of_student(&verified.next, student.version + 1);
    let change = Change::new().moves(&call.context, student, &verified)?.writes(&call.context, account, &bound)?;
    Ok(store.commit(change.guarded_by(&verifying), &call.context, receipt).await?.into())
}
