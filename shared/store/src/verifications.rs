//! Verification by strangers: what a code or a number stands for, and how much is asked from one place of the net.

use crate::Store;
use crate::agreements::Signing;
use crate::aggregate::parse;
use crate::audit::verify_chain;
use crate::commit::MAX_TRIES;
use crate::error::Error;
use crate::keys;
use crate::strikes::{LOCK_MS, Strikes};
use crate::table::{Item, Table};
use domain::Refusal;
use domain::values::{AgreementId, Timestamp};

/// What strangers verify.
#[derive(Clone, Debug)]
pub struct Verifiable {
    /// The signing.
    pub signing: Signing,
    /// Whether its audit chain has every record, linked, up to its end, and the agreement is as the last of them left it.
    pub chain_holds: bool,
}

/// How many numbers may be asked for from one place within an hour; the last of them locks the place for one.
const NUMBERS_AN_HOUR: i64 = 60;

impl<T: Table> Store<T> {
    /// The signing that a code or a number stands for, and whether its chain holds.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is none, or its time is over.
    pub async fn verifiable(&self, name: &str) -> Result<Verifiable, Error> {
        let id: AgreementId = parse(&self.item(&keys::verifiable(name)).await?)?;
        let (key, items) = (keys::agreement(&id), self.story(&keys::agreement(&id).pk).await?);
        let signing = Signing::read(&id, &items)?;
        let beginning = keys::audits(&key);
        let chain: Vec<Item> = items.iter().filter(|item| item.key.sk.starts_with(&beginning)).cloned().collect();
        let agreement = items.iter().find(|item| item.key == key).ok_or(Error::NotFound)?;
        Ok(Verifiable { chain_holds: verify_chain(id.as_str(), agreement, &chain).is_ok(), signing })
    }

    /// Counts a question from a place of the net, by its hash: numbers follow each other, and whoever asks for all of them is stopped.
    ///
    /// # Errors
    /// [`Refusal::VerificationsUsedUp`], or as the table's.
    pub async fn count_verification(&self, place: &str, invocation: &str, now: Timestamp) -> Result<(), Error> {
        let key = keys::verifying(place);
        for _ in 0..MAX_TRIES {
            let asked = Strikes::of(key.clone(), self.table.get(&key).await?, now);
            if let Some(until) = asked.locked_until() {
                return Err(Refusal::VerificationsUsedUp { wait_s: until.seconds_after(now) }.into());
            }
            let (another, _) = asked.another(NUMBERS_AN_HOUR, LOCK_MS);
            if self.claim("counting a verification", invocation, &[another]).await? {
                return Ok(());
            }
        }
        Err(Error::Unavailable("a verification could not be counted".to_owned()))
    }
}
