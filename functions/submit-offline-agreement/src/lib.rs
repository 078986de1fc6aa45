//! 保存并生成协议书 (F2, SR-66): after two confirmations the agreement on paper waits for its first review.

use api::Problem;
use api::requests::{SubmitOfflineAgreement, complete};
use api::views::{Reader, Receipt, agreement_actions};
use domain::Refusal;
use domain::agreement::{Agreement, StudentSection};
use domain::values::AgreementId;
use lambda::{Call, Reply, Student};
use store::{Change, Error, Store, Table};

/// Generates the agreement with its number, and takes the graduate's slot. The draft stays, for another try if this one fails (SR-67).
///
/// # Errors
/// The school does not sign this graduation year; something is missing; the draft or the roster is not as it was previewed; a
/// signing or a registration holds the slot (SR-64); the graduate is not verified (SR-44).
pub async fn submit_offline_agreement<T: Table>(store: &Store<T>, call: Call<Student, SubmitOfflineAgreement>) -> Reply<Receipt> {
    let (drafting, policy) = store.generating(&call.caller.account).await?;
    policy.signs(drafting.student.graduation_year)?;
    let text = complete(&drafting.draft.value.sections).map_err(Problem::fields)?;
    let student = &drafting.student;
    if text.hash(&StudentSection::of(student)) != call.body.preview_sha256 {
        return Err(Refusal::PreviewStale.into());
    }
    let id = AgreementId::new(&student.school, &call.context.new_suffix(0)).map_err(|_| Error::Broken("agreement id".to_owned()))?;
    let number = store.draw_number(&student.school, student.graduation_year).await?;
    let drawn_up = Agreement::draw_up(id.clone(), number, text, student, &policy, call.now());
    let generated = drafting.draft.value.clone().generate(id);
    let receipt = Receipt::of_agreement(&drawn_up.next, 1, agreement_actions(&drawn_up.next, Reader::Student));
    let change = Change::new().creates(&call.context, &drawn_up)?.moves(&call.context, &drafting.draft, &generated)?;
    Ok(store.commit(change, &call.context, receipt).await?.into())
}
