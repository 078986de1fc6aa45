//! The termination letter (解约函): that a signing is dissolved, and why. Both parties hold it, so both are named in full; numbers of persons
//! it has none.

use crate::Unissuable;
use crate::agreement::known;
use crate::words::{UNKNOWN, moment, party, text};
use domain::agreement::Agreement;
use domain::termination::{Stage, Termination};
use domain::values::Timestamp;

/// The letter about a termination that is certified. Who certified it, the request does not say.
///
/// # Errors
/// [`Unissuable::Missing`] of another agreement's request, or one that is not certified; [`Unissuable::Overtaken`] of an anonymous one.
pub fn termination_letter(
    agreement: &Agreement,
    termination: &Termination,
    address: &str,
    drawn_at: Timestamp,
) -> Result<Vec<u8>, Unissuable> {
    let (Stage::Certified(settled), true) = (&termination.stage, termination.agreement == agreement.id) else {
        return Err(Unissuable::Missing);
    };
    known(agreement)?;
    let (student, subject) = (&agreement.student, &termination.subject);
    let proofs = termination.proofs.len();
    let letter = documents::Termination {
        number: subject.number.as_str().to_owned(),
        employer: text(&agreement.employer.name),
        credit_code: agreement.employer.credit_code.as_str().to_owned(),
        graduate: student.name.as_str().to_owned(),
        student_number: text(&student.student_number),
        school: text(&student.school_name),
        college: text(&student.college_name),
        major: text(&student.major),
        way: if subject.offline { "线下签约" } else { "线上签约" }.to_owned(),
        signed_at: agreement.certification().map_or_else(|| UNKNOWN.to_owned(), |certified| certified.at.in_shanghai_to_the_second()),
        initiator: party(termination.initiator).to_owned(),
        reason: format!("{}：{}", termination.reason_code.name(), text(&termination.reason)),
        asked_at: termination.requested_at.in_shanghai_to_the_second(),
        consented_at: termination.consent.as_ref().map(|consent| consent.at.in_shanghai_to_the_second()),
        proof: (proofs > 0).then(|| format!("{proofs} 份文件")),
        certifier: None,
        certified_at: settled.at.in_shanghai_to_the_second(),
        address: address.to_owned(),
        hash: termination.hash(),
    };
    Ok(documents::termination_letter(&letter, moment(drawn_at))?)
}
