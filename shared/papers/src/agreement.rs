//! The agreement (就业协议书) in its four forms: as accepted, as certified, to be signed on paper, and before it is generated.

use crate::words::moment;
use crate::{Unissuable, clauses, process, sections};
use documents::School;
use domain::agreement::{Agreement, OfflineText, Origin, StudentSection};
use domain::invitation::Invitation;
use domain::student::Student;
use domain::values::Timestamp;
use store::AuditRecord;
use vault::Vault;

/// The copy that the parties see until the school has decided: what the graduate accepted, as the letter has it. Officers may have
/// corrected the agreement meanwhile, or approved it: neither shows here.
///
/// # Errors
/// [`Unissuable::Missing`] of a signing on paper or another letter, [`Unissuable::Overtaken`] of an anonymous one.
pub fn uncertified_agreement(
    agreement: &Agreement,
    letter: &Invitation,
    process: &[AuditRecord],
    vault: &Vault,
    drawn_at: Timestamp,
) -> Result<Vec<u8>, Unissuable> {
    let is_accepted = matches!(&agreement.origin, Origin::Online { invitation, letter_hash, .. }
        if *invitation == letter.id && *letter_hash == letter.letter_hash);
    if !is_accepted {
        return Err(Unissuable::Missing);
    }
    known(agreement)?;
    let text = OfflineText { employer: letter.letter.employer.clone(), ..agreement.text() };
    let mut form = form(&text, &agreement.student, process::undecided(agreement), vault)?;
    // In full it stands on the agreement itself (domain 5.1), which this is not yet.
    form.graduate.id_number.clone_from(&agreement.student.resident_id.mask);
    let signing = process::signing(agreement, process, Some(letter.sent_at));
    Ok(documents::uncertified_agreement(&form, &signing, moment(drawn_at))?)
}

/// The agreement that counts: as certified, whatever has become of it since. `address` is where a stranger verifies it.
///
/// # Errors
/// [`Unissuable::Missing`] if it was never certified, [`Unissuable::Overtaken`] of an anonymous one.
pub fn certified_agreement(
    agreement: &Agreement,
    process: &[AuditRecord],
    vault: &Vault,
    address: &str,
    drawn_at: Timestamp,
) -> Result<Vec<u8>, Unissuable> {
    let certified = agreement.certification().ok_or(Unissuable::Missing)?;
    known(agreement)?;
    let form = form(&agreement.text(), &agreement.student, process::decided(agreement, certified, process), vault)?;
    let signing = (!agreement.is_offline()).then(|| process::signing(agreement, process, None));
    let certification = documents::Certification {
        number: certified.number.as_str().to_owned(),
        certifier: process::certifier(agreement, &certified.by),
        at: certified.at.in_shanghai_to_the_second(),
        address: address.to_owned(),
    };
    Ok(documents::certified_agreement(&form, signing.as_ref(), &certification, moment(drawn_at))?)
}

/// The agreement that is printed, signed and stamped: as the graduate has generated it.
///
/// # Errors
/// [`Unissuable::Missing`] of an online signing, [`Unissuable::Overtaken`] if it no longer says what the graduate generated: an officer
/// has corrected a field.
pub fn paper_agreement(agreement: &Agreement, vault: &Vault, address: &str, drawn_at: Timestamp) -> Result<Vec<u8>, Unissuable> {
    let Origin::Offline { number, text_hash, .. } = &agreement.origin else { return Err(Unissuable::Missing) };
    if agreement.text_hash() != *text_hash {
        return Err(Unissuable::Overtaken);
    }
    let form = form(&agreement.text(), &agreement.student, process::undecided(agreement), vault)?;
    let paper = documents::Paper { number: number.as_str().to_owned(), address: address.to_owned() };
    Ok(documents::paper_agreement(&form, &paper, moment(drawn_at))?)
}

/// 预览协议书: what a graduate has entered, in the form that it will have.
///
/// # Errors
/// Why it is not drawn.
pub fn preview(text: &OfflineText, student: &Student, vault: &Vault, drawn_at: Timestamp) -> Result<Vec<u8>, Unissuable> {
    let student = StudentSection::of(student);
    let school = School { name: student.school_name.as_str().to_owned(), ..School::default() };
    let form = form(text, &student, school, vault)?;
    Ok(documents::paper_preview(&form, moment(drawn_at))?)
}

/// # Errors
/// [`Unissuable::Overtaken`] if nobody can tell any more whose it was (domain 5.6).
pub(crate) fn known(agreement: &Agreement) -> Result<(), Unissuable> {
    if agreement.anonymised_at.is_none() { Ok(()) } else { Err(Unissuable::Overtaken) }
}

fn form(text: &OfflineText, student: &StudentSection, school: School, vault: &Vault) -> Result<documents::Agreement, Unissuable> {
    Ok(documents::Agreement {
        employer: sections::employer(&text.employer),
        graduate: sections::graduate(student, vault)?,
        school,
        files: sections::files(&text.file_receiving),
        household: sections::household(&text.household_receiving),
        terms: sections::terms(&text.signing),
        clauses: clauses::clauses(),
        hash: text.hash(student),
    })
}
