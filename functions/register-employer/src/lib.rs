//! 单位注册 (SR-10): an employer that the account system knows asks a school for its review.

use api::requests::RegisterEmployer;
use api::views::Receipt;
use domain::Refusal;
use domain::employer::Registration;
use domain::upload::{Owner, Purpose, Readers};
use lambda::{Call, Employer, Reply};
use store::{Change, Error, Store, Table};

/// Registers the employer of the log-in, or asks again after a refusal. One credit code is one employer's.
///
/// # Errors
/// A review is awaited or positive already, the code is another employer's, the school is not on the platform, suspended; the licence
/// is not there, not clean or handed in already.
pub async fn register_employer<T: Table>(store: &Store<T>, call: Call<Employer, RegisterEmployer>) -> Reply<Receipt> {
    let RegisterEmployer { name, credit_code, school, upload_ids } = call.body.clone();
    let standing = store.registered_employer(&call.caller.id).await?;
    match store.school(&school).await {
        Ok(_) => {}
        Err(Error::NotFound) => return Err(Refusal::UnknownSchool.into()),
        Err(other) => return Err(other.into()),
    }
    let id = call.caller.id.clone();
    let licence = store.clean_uploads(&Owner::Employer(id.clone()), Purpose::Licence, &upload_ids).await?;
    let registration = Registration { id, name, credit_code, school, licence: licence.files() };
    let before = standing.as_ref().map(|employer| employer.value.clone());
    let registered = domain::employer::Employer::register(before, registration, call.now())?;
    let version = standing.as_ref().map_or(1, |employer| employer.version + 1);
    let receipt = Receipt::of_employer(&registered.next, version);
    let change = Change::new().writes(&call.context, standing.as_ref(), &registered)?;
    let change = change.claims_credit_code(&registered.next, standing.as_ref().map(|employer| &employer.value.credit_code))?;
    let change = change.attaches(&call.context, &licence, &Readers::AnySchool)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
