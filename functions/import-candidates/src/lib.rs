//! 导入拟签约名单 (SR-21 to SR-23, A-17): a spreadsheet of up to 500 graduates joins the send list.

use api::requests::ImportCandidates;
use api::views::ImportView;
use files::Shelf;
use lambda::{Call, Employer, Reply};
use store::{Store, Table};
use vault::Vault;

/// Each row must pass the same four-item match as a search, and is answered by itself; those that are not taken come back as a sheet
/// with the reasons, to be mended and imported again. A second import of the same file adds nobody.
///
/// # Errors
/// The employer may not invite yet (SR-10, SR-12); the file is no spreadsheet that is taken, and why.
pub async fn import_candidates<T: Table, F: Shelf>(
    store: &Store<T>,
    vault: &Vault,
    shelf: &F,
    call: Call<Employer, ImportCandidates>,
) -> Reply<ImportView> {
    Ok(desk::import_candidates(store, vault, shelf, &call).await?.into())
}
