//! 签约鉴证 (SR-79 to SR-83): a college's or school's officer passes, fails or returns a signing.

use api::requests::Certify;
use api::views::{Reader, Receipt, agreement_actions};
use domain::agreement::Judgement;
use domain::party::Officer;
use lambda::{Call, Reply};
use store::{Change, Store, Table};

/// Decides on the version that the officer saw. A final pass draws the agreement's number.
///
/// # Errors
/// The version or stage has moved, a reason is missing (SR-82), starred fields are missing (SR-78), it is not this officer's turn
/// outside the officer's scope.
pub async fn certify_agreement<T: Table>(store: &Store<T>, call: Call<Officer, Certify>) -> Reply<Receipt> {
    let officer = &call.caller;
    let agreement = store.agreement_of_officer(officer, &call.body.id).await?.at_version(call.body.version)?;
    let judgement = agreement.value.clone().judge(officer, call.body.decision.clone(), call.now())?;
    let decided = match judgement {
        Judgement::Settled(decided) => *decided,
        Judgement::Certifies(passed) => {
            let student = &agreement.value.student;
            passed.numbered(store.draw_number(&student.school, student.graduation_year).await?)
        }
    };
    let receipt = Receipt::of_agreement(&decided.next, agreement.version + 1, agreement_actions(&decided.next, Reader::Officer(officer)));
    let change = Change::new().moves(&call.context, &agreement, &decided)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
