//! 上传: somebody means to hand in a file, and is told where to put it.

use api::requests::RequestUpload;
use api::views::UploadPlace;
use api::{FieldError, Problem};
use domain::policy::Policy;
use domain::upload::{MediaType, Owner, Purpose, Stage, Upload};
use domain::values::{Invalid, UploadId};
use files::{ADDRESS_HOLDS_S, Files};
use lambda::{Call, Fault, Party, PartyOrSchool, Reply};
use std::collections::BTreeSet;
use store::{Error, Store, Table};

/// Answers an address in quarantine that takes exactly the file described: its length, type and SHA-256, once, within five minutes.
///
/// # Errors
/// The file is longer, or of another type, than the school takes; not this caller's to hand in; too many today; the graduate is not
/// verified (SR-44).
pub async fn request_upload<T: Table, F: Files>(
    store: &Store<T>,
    files: &F,
    call: Call<PartyOrSchool, RequestUpload>,
) -> Reply<UploadPlace> {
    let (owner, policy) = owner(store, &call.caller).await?;
    let RequestUpload { purpose, file_name, media_type, length, sha256 } = call.body.clone();
    taken(&call.body, &owner, &policy)?;
    let id = UploadId::new(&call.context.new_suffix(0)).map_err(|_| Error::Broken("upload id".to_owned()))?;
    let upload = Upload { id, owner, purpose, file_name, media_type, length, sha256, requested_at: call.now(), stage: Stage::Requested };
    let requested = Upload::request(upload);
    let place = files.place(&requested.next).await?;
    let answer = UploadPlace {
        id: requested.next.id.clone(),
        url: place.url,
        headers: place.headers,
        expires_in_s: ADDRESS_HOLDS_S,
        confirmed_until: requested.next.confirmed_until(),
    };
    Ok(store.request_upload(&requested, &call.context, answer).await?.into())
}

/// Whose it will be, and by which rules: a graduate's school's; an employer's licence goes to whichever school.
async fn owner<T: Table>(store: &Store<T>, caller: &PartyOrSchool) -> Result<(Owner, Policy), Fault> {
    Ok(match caller {
        PartyOrSchool::Party(Party::Student(student)) => {
            let record = store.newest_record(&student.account).await?;
            (Owner::Student(record.person), store.policy(&record.school).await?)
        }
        PartyOrSchool::Party(Party::Employer(employer)) => (Owner::Employer(employer.id.clone()), Policy::default()),
        PartyOrSchool::School(officer) => (Owner::School(officer.0.school.clone()), Policy::default()),
    })
}

const MIB: i64 = 1024 * 1024;
/// A roster of 20,000 rows.
const ROSTER_MAX_MIB: i64 = 10;

/// What is not taken is refused before it is sent.
fn taken(asked: &RequestUpload, owner: &Owner, policy: &Policy) -> Result<(), Fault> {
    let mut errors = Vec::new();
    let (max, types) = match asked.purpose {
        Purpose::Roster => (ROSTER_MAX_MIB * MIB, &BTreeSet::from([MediaType::Xlsx])),
        Purpose::Licence | Purpose::StampedAgreement | Purpose::TerminationProof => (policy.upload_max_mib * MIB, &policy.upload_types),
    };
    if i64::try_from(asked.length).map_or(true, |length| length > max) {
        errors.push(FieldError::body("/length", Invalid::OutOfRange(1, max)));
    }
    if !types.contains(&asked.media_type) {
        errors.push(FieldError::body("/content_type", Invalid::NotInCodeTable));
    }
    if !asked.purpose.is_of(owner) {
        errors.push(FieldError::body("/purpose", Invalid::NotInCodeTable));
    }
    if errors.is_empty() { Ok(()) } else { Err(Problem::fields(errors).into()) }
}
