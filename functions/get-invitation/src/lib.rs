//! 查看邀请函 (SR-47): a letter, as its parties read it.

use api::views::{InvitationView, Viewer};
use domain::values::InvitationId;
use lambda::{Call, Party, Reply};
use store::{SlotState, Store, Table};

/// The letter. Its graduate gets the confirmation token that goes back with 同意, unless another signing makes the letter view only
/// (SR-49).
///
/// # Errors
/// Not there, or not a party to it: alike.
pub async fn get_invitation<T: Table>(store: &Store<T>, call: Call<Party, InvitationId>) -> Reply<InvitationView> {
    let (letter, viewer) = match &call.caller {
        Party::Employer(employer) => {
            let letter = store.invitation_of_employer(&employer.id, &call.body).await?;
            let delivery = store.delivery_of(&letter.value).await?;
            (letter, Viewer::Employer { delivery })
        }
        Party::Student(student) => {
            let (letter, record, slot) = store.invitation_of_student(&student.account, &call.body).await?;
            (letter, Viewer::Student { name: record.name, locked: slot != SlotState::Free })
        }
    };
    Ok(InvitationView::new(&letter.value, letter.version, &viewer, call.now()).into())
}
