//! 预览协议书 (SR-66): the agreement on paper as it will be generated.

use api::requests::{Nothing, complete};
use api::views::PreviewView;
use api::{Problem, ProblemKind};
use domain::agreement::StudentSection;
use files::{Kind, Shelf};
use lambda::{Call, Fault, Reply, Student};
use store::{Store, Table};
use vault::Vault;

/// The draft with the graduate's section from the roster, and as the document that it will be. Its hash goes back with the submission: what is generated is what was read.
///
/// # Errors
/// Something is missing: each by its JSON pointer; nothing was entered yet; the graduate is not verified (SR-44).
pub async fn preview_offline_agreement<T: Table, F: Shelf>(
    store: &Store<T>,
    vault: &Vault,
    shelf: &F,
    call: Call<Student, Nothing>,
) -> Reply<PreviewView> {
    let drafting = store.drafting(&call.caller.account).await?;
    let text = complete(&drafting.draft.value.sections).map_err(Problem::fields)?;
    let drawn = papers::preview(&text, &drafting.student, vault, drafting.draft.value.saved_at);
    let drawn = drawn.map_err(|cause| Fault::Logged(ProblemKind::Internal, format!("a preview: {cause}")))?;
    let document = papers::hand_out(store, shelf, "协议书（预览）.pdf", Kind::PDF, drawn, call.now()).await?;
    Ok(PreviewView::new(&text, &StudentSection::of(&drafting.student), document).into())
}
