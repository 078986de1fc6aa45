//! Verification by strangers: what a code or a number stands for, and how much is asked from one place of the net.

use crate::Store;
use crate::aggregate::parse;
use crate::agreements::Signing;
use crate::audit::{AuditRecord, verify_chain};
use crate::commit::MAX_TRIES;
use crate::error::Error;
use crate::keys;
use crate::strikes::{LOCK_MS, Strikes};
use crate::table::{Item, Table};
use domain::Refusal;
use domain::deadline::Hour;
use domain::event::Event;
use domain::upload::sha256;
use domain::values::{AgreementId, Timestamp};

/// What strangers verify.
#[derive(Clone, Debug)]
pub struct Verifiable {
    /// The signing.
    pub signing: Signing,
    /// Whether its audit chain has every record, linked, up to its end, the agreement is as the last of them left it, the documents are those
    /// that were recorded, and one of them bears the code or the agreement the number.
    pub holds: bool,
}

/// How many numbers may be asked for from one place within an hour of the clock.
const NUMBERS_AN_HOUR: i64 = 60;

/// The records that hold: none that a restore has undone (decision 0029).
fn holding(chain: &[AuditRecord]) -> impl Iterator<Item = &AuditRecord> {
    let undone = crate::restoring::undone(chain);
    chain.iter().filter(move |record| !undone.contains(&record.seq))
}

/// Whether a document was issued with this code.
fn bears(chain: &[AuditRecord], code: &str) -> bool {
    let hash = sha256(code.as_bytes());
    holding(chain).any(|record| matches!(&record.what, Event::DocumentIssued { code_sha256, .. } if code_sha256.as_ref() == Some(&hash)))
}

/// Whether the documents beside the agreement are those that its chain says were issued.
fn says_what_was_issued(chain: &[AuditRecord], signing: &Signing) -> bool {
    let recorded = holding(chain).filter_map(|record| {
        let Event::DocumentIssued { kind, sha256, length, .. } = &record.what else { return None };
        Some((*kind, sha256.as_str(), *length))
    });
    let issued = signing.documents.iter().filter_map(|document| document.issued.as_ref());
    let mut recorded: Vec<_> = recorded.collect();
    let mut issued: Vec<_> = issued.map(|issued| (issued.kind, issued.sha256.as_str(), issued.length)).collect();
    recorded.sort_unstable_by_key(|(kind, ..)| kind.as_str());
    issued.sort_unstable_by_key(|(kind, ..)| kind.as_str());
    !recorded.is_empty() && recorded == issued
}

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
        let chain = verify_chain(id.as_str(), agreement, &chain).unwrap_or_default();
        let leads_here = signing.agreement.value.number().is_some_and(|number| number.as_str() == name) || bears(&chain, name);
        Ok(Verifiable { holds: leads_here && says_what_was_issued(&chain, &signing), signing })
    }

    /// Counts a question from a place of the net, by its hash: numbers follow each other, and whoever asks for all of them is stopped.
    ///
    /// # Errors
    /// [`Refusal::VerificationsUsedUp`], or as the table's.
    pub async fn count_verification(&self, place: &str, invocation: &str, now: Timestamp) -> Result<(), Error> {
        let key = keys::verifying(place, &Hour::of(now));
        for _ in 0..MAX_TRIES {
            let asked = Strikes::of(key.clone(), self.table.get(&key).await?, now);
            if asked.count() >= NUMBERS_AN_HOUR {
                let wait_s = u32::try_from((LOCK_MS - now.millis().rem_euclid(LOCK_MS)) / 1000).unwrap_or_default();
                return Err(Refusal::VerificationsUsedUp { wait_s: wait_s.max(1) }.into());
            }
            // The hour's count never locks by itself: it is compared.
            let (another, _) = asked.another(i64::MAX, LOCK_MS);
            if self.claim("counting a verification", invocation, &[another]).await? {
                return Ok(());
            }
        }
        Err(Error::Unavailable("a verification could not be counted".to_owned()))
    }
}
