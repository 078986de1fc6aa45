//! 预览协议书 (SR-66): the agreement on paper as it will be generated.

use api::Problem;
use api::requests::{Nothing, complete};
use api::views::PreviewView;
use domain::agreement::StudentSection;
use lambda::{Call, Reply, Student};
use store::{Store, Table};

/// The draft with the graduate's section from the roster. Its hash goes back with the submission: what is generated is what was read.
///
/// # Errors
/// Something is missing: each by its JSON pointer; nothing was entered yet; the graduate is not verified (SR-44).
pub async fn preview_offline_agreement<T: Table>(store: &Store<T>, call: Call<Student, Nothing>) -> Reply<PreviewView> {
    let drafting = store.drafting(&call.caller.account).await?;
    let text = complete(&drafting.draft.value.sections).map_err(Problem::fields)?;
    Ok(PreviewView::new(&text, &StudentSection::of(&drafting.student)).into())
}
