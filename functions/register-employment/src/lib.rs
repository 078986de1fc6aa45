//! 登记就业信息: another destination than an agreement; it holds the same slot.

use api::requests::RegisterEmployment;
use api::views::Receipt;
use api::{FieldError, Problem};
use domain::registration::Registration;
use domain::student::Student;
use domain::values::{Invalid, RegistrationId, StudentId};
use lambda::{Call, Fault, Reply, StudentOrSchool};
use store::{Change, Error, Store, Table};

/// Registers it, for the graduate or by the school for one of its students, and opens a record of the employment plan.
///
/// # Errors
/// A signing or another registration holds the slot (SR-64, A-24); what only agreements write; outside the school; the graduate is
/// not verified (SR-44).
pub async fn register_employment<T: Table>(store: &Store<T>, call: Call<StudentOrSchool, RegisterEmployment>) -> Reply<Receipt> {
    let RegisterEmployment { student_id, facts } = call.body.clone();
    let student = student(store, &call.caller, student_id).await?;
    let id = RegistrationId::new(&student.school, &call.context.new_suffix(0)).map_err(|_| Error::Broken("registration id".to_owned()))?;
    let registered = Registration::register(id, &student, facts, call.caller.registrar(), call.now())?;
    let receipt = Receipt::of_registration(&registered.next, 1);
    let change = Change::new().creates(&call.context, &registered)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}

/// Whom it is about: a graduate says so by the log-in, a school by the roster record.
async fn student<T: Table>(store: &Store<T>, caller: &StudentOrSchool, named: Option<StudentId>) -> Result<Student, Fault> {
    let wrong = |invalid| Fault::from(Problem::fields(vec![FieldError::body("/student_id", invalid)]));
    match (caller, named) {
        (StudentOrSchool::Student(student), None) => Ok(store.newest_record(&student.account).await?),
        (StudentOrSchool::Student(_), Some(_)) => Err(wrong(Invalid::Unknown)),
        (StudentOrSchool::School(officer), Some(id)) => Ok(store.student_to_register(&officer.0, &id).await?),
        (StudentOrSchool::School(_), None) => Err(wrong(Invalid::Missing)),
    }
}
