//! The letter of invitation (邀请函): what an employer offers, drawn as at its sending.

use crate::words::moment;
use crate::{Unissuable, sections};
use domain::invitation::Invitation;

/// The letter. It names the graduate as the caller may: the letter itself holds the mask alone. `studies` are school, college and major, in
/// a line. A deadline that was put off is shown as it stands now.
///
/// # Errors
/// [`Unissuable::Overtaken`] if nobody can tell any more whose it was (domain 5.6).
pub fn invitation(letter: &Invitation, graduate_name: &str, studies: Option<&str>) -> Result<Vec<u8>, Unissuable> {
    if letter.anonymised_at.is_some() {
        return Err(Unissuable::Overtaken);
    }
    let shown = documents::Invitation {
        reference: letter.id.as_str().to_owned(),
        employer: sections::employer(&letter.letter.employer),
        graduate: graduate_name.to_owned(),
        studies: studies.map(str::to_owned),
        terms: sections::terms(&letter.letter.signing),
        files: sections::files(&letter.letter.file_receiving),
        household: sections::household(&letter.letter.household_receiving),
        sent_at: letter.sent_at.in_shanghai(),
        answer_until: letter.expires_at().in_shanghai(),
        hash: letter.letter_hash.clone(),
    };
    Ok(documents::invitation(&shown, moment(letter.sent_at))?)
}
