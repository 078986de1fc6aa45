//! 下载邀请函 (SR-47): a letter as a document.

use api::ProblemKind;
use api::views::DownloadView;
use domain::values::InvitationId;
use files::{Kind, Shelf};
use lambda::{Call, Fault, Party, Reply};
use store::{Store, Table};

/// The letter, drawn for whoever reads it: the graduate is called by name, and to the employer by the mask that it knows. It is drawn when it
/// is asked for, since few are; its hash stands in the letter's record from the sending on, and the same letter gives the same file.
///
/// # Errors
/// Not there, or not a party to it: alike.
pub async fn get_invitation_letter<T: Table, F: Shelf>(
    store: &Store<T>,
    shelf: &F,
    call: Call<Party, InvitationId>,
) -> Reply<DownloadView> {
    let (letter, name, studies) = match &call.caller {
        Party::Employer(employer) => {
            let letter = store.invitation_of_employer(&employer.id, &call.body).await?.value;
            let name = letter.masked_name.clone();
            (letter, name, None)
        }
        Party::Student(student) => {
            let (letter, record, _) = store.invitation_of_student(&student.account, &call.body).await?;
            let studies = format!("{}　{}　{}", record.school_name.as_str(), record.college_name.as_str(), record.major.as_str());
            (letter.value, record.name.as_str().to_owned(), Some(studies))
        }
    };
    let drawn = papers::invitation(&letter, &name, studies.as_deref());
    let drawn = drawn.map_err(|cause| Fault::Logged(ProblemKind::Internal, format!("{}: {cause}", letter.id)))?;
    let file_name = format!("邀请函-{}.pdf", letter.letter.employer.name.as_str());
    Ok(papers::hand_out(store, shelf, &file_name, Kind::PDF, drawn, call.now()).await?.into())
}
