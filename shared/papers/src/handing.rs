//! What was drawn because somebody asked: laid for a few days, and handed out by a short-lived address.

use api::views::DownloadView;
use domain::upload::sha256;
use domain::values::Timestamp;
use files::{ADDRESS_HOLDS_S, Kind, Shelf, drawn_key};
use lambda::Fault;
use store::{Store, Table};

/// Lays it under its hash and answers where it is fetched. That it lies there is written first, so that it goes in time whoever dies.
///
/// # Errors
/// As the table's and the files'.
pub async fn hand_out<T: Table, F: Shelf>(
    store: &Store<T>,
    shelf: &F,
    file_name: &str,
    kind: Kind,
    drawn: Vec<u8>,
    now: Timestamp,
) -> Result<DownloadView, Fault> {
    let (sha256, length) = (sha256(&drawn), drawn.len() as u64);
    let key = drawn_key(&sha256, kind);
    store.lays(&key, now).await?;
    shelf.lay_once(&key, kind, drawn).await?;
    let url = shelf.link(&key, file_name, kind).await?;
    Ok(DownloadView { url, expires_in_s: ADDRESS_HOLDS_S, file_name: file_name.to_owned(), sha256, length })
}
