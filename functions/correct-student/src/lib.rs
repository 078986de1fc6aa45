//! 更正学生信息: the school corrects its roster, or takes a record away from the log-in that it is bound to.

use api::ProblemKind;
use api::requests::CorrectStudent;
use api::views::Receipt;
use domain::Refusal;
use domain::student::{Correction, Student};
use domain::values::{Identifier, Mobile, ResidentId, SchoolId};
use lambda::{Call, Fault, Reply, SchoolOfficer};
use store::roster::Lookups;
use store::{Change, Rekeying, Store, Table};
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
    let rekeying = rekeying(store, vault, &student.value, &corrected.next).await?;
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

/// What finds the student before and after. A number is free again unless another record of the person carries it too.
async fn rekeying<T: Table>(store: &Store<T>, vault: &Vault, from: &Student, to: &Student) -> Result<Rekeying, Fault> {
    let (before, after) = (lookups(vault, from)?, lookups(vault, to)?);
    let mut keeps_number = false;
    if before.document != after.document {
        for other in store.other_records(from).await? {
            keeps_number |= lookups(vault, &other)?.document == before.document;
        }
    }
    Ok(Rekeying { before, after, keeps_number })
}

/// The keyed hashes under which a student is found.
fn lookups(vault: &Vault, student: &Student) -> Result<Lookups, Fault> {
    let broken = |what: &str| Fault::Logged(ProblemKind::Internal, format!("{}: {what} does not open", student.id));
    let resident_id: ResidentId = vault.open_resident_id(&student.id, &student.resident_id).map_err(|_| broken("the identity number"))?;
    let mobile = vault.open_mobile(&student.id, &student.mobile).map_err(|_| broken("the mobile"))?;
    let mobile = Mobile::parse(&mobile).map_err(|_| broken("the mobile"))?;
    let document = vault.document(&resident_id);
    let find = |identifier| vault.four_fields(&student.school, student.graduation_year, &student.name, &identifier);
    Ok(Lookups { four_fields: vec![find(Identifier::ResidentId(resident_id)), find(Identifier::Mobile(mobile))], document })
}
