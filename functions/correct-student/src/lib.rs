//! 更正学生信息: the school corrects its roster, or takes a record away from the log-in that it is bound to.

use api::requests::CorrectStudent;
use api::views::Receipt;
use domain::Refusal;
use domain::student::{Correction, Lookups, Student};
use domain::values::SchoolId;
use lambda::{Call, Fault, Reply, SchoolOfficer};
use store::{Change, Error, Store, Table};
use vault::Vault;

/// Corrects a record of the officer's school, on the version that was seen, with what finds it. Letters and agreements keep what they
/// were sent and signed with, and stay with the college that had them.
///
/// # Errors
/// Nothing would change, the version has moved, the college does not exist, the number is another person's; not of this school.
pub async fn correct_student<T: Table>(store: &Store<T>, vault: &Vault, call: Call<SchoolOfficer, CorrectStudent>) -> Reply<Receipt> {
    let (officer, asked, context) = (&call.caller.0, &call.body, &call.context);
    let student = store.student_of_officer(officer, &asked.id).await?.at_version(asked.version)?;
    let correction = correction(store, vault, &officer.school, asked).await?;
    let corrected = student.value.clone().correct(correction, asked.reason.clone())?;
    let receipt = Receipt::of_student(&corrected.next, student.version + 1);
    let rekeying = store.rekeying(&student.value, &corrected.next, |student| lookups(vault, student)).await?;
    let mut change = store.rekey(Change::new().moves(context, &student, &corrected)?, &student.value, &corrected.next, &rekeying).await?;
    if asked.unbind_account
        && let Some(account) = store.account_of(&student.value).await?
    {
        change = change.moves(context, &account, &account.value.clone().unbind(&asked.id))?;
    }
    Ok(store.commit(change, context, receipt).await?.into())
}

/// What is asked, with numbers sealed and the college by its name.
async fn correction<T: Table>(store: &Store<T>, vault: &Vault, school: &SchoolId, asked: &CorrectStudent) -> Result<Correction, Fault> {
    let college = match &asked.college {
        Some(id) => Some(store.school(school).await?.college(id).ok_or(Refusal::UnknownCollege)?.clone()),
        None => None,
    };
    Ok(Correction {
        name: asked.name.clone(),
        resident_id: asked.resident_id.as_ref().map(|number| vault.seal_resident_id(&asked.id, number)),
        mobile: asked.mobile.as_ref().map(|number| vault.seal_mobile(&asked.id, number)),
        email: asked.email.clone(),
        college,
        major: asked.major.clone(),
        class: asked.class.clone(),
        extra_terminations: asked.extra_terminations,
        unbind_account: asked.unbind_account,
    })
}

/// What finds a student; that a record does not open is our fault.
fn lookups(vault: &Vault, student: &Student) -> Result<Lookups, Error> {
    vault.lookups(student).map_err(|_| Error::Broken(format!("{}: a number does not open", student.id)))
}
