//! Documents that an agreement calls for by where it stands: its records may be gone, and it is nothing without them.

use super::finding::Finding;
use super::incident::Mend;
use super::judging::Surveyed;
use super::mending::Mended;
use crate::Store;
use crate::aggregate::parse;
use crate::context::Context;
use crate::documents::Order;
use crate::error::Error;
use crate::keys;
use crate::table::{Condition, Item, Key, Table, Write};
use domain::DocumentKind;
use domain::agreement::{Agreement, Stage};
use domain::values::{AgreementId, Timestamp};

/// Which documents, and since when. Of what is anonymous they are gone.
pub(super) fn called_for(id: &str, item: &Item) -> Vec<(Key, (String, Timestamp))> {
    if item.key.sk != keys::AGREEMENT {
        return Vec::new();
    }
    let Ok(agreement) = parse::<Agreement>(item) else { return Vec::new() };
    if agreement.anonymised_at.is_some() {
        return Vec::new();
    }
    let first = if agreement.is_offline() { DocumentKind::Printable } else { DocumentKind::Uncertified };
    let mut all = vec![(first, agreement.formed_at)];
    all.extend(agreement.certification().map(|certified| (DocumentKind::Final, certified.at)));
    if let Stage::Terminated(ended) = &agreement.stage {
        all.push((DocumentKind::TerminationLetter, ended.at));
    }
    all.into_iter().map(|(kind, at)| (keys::document(&item.key, kind), (id.to_owned(), at))).collect()
}

impl<T: Table> Store<T> {
    /// The record of the mending calls for it.
    pub(super) async fn call_for(
        &self,
        finding: &Finding,
        key: &Key,
        id: &str,
        at: Timestamp,
        surveyed: &Surveyed,
        context: &Context,
    ) -> Result<Mended, Error> {
        let kind = key.sk.strip_prefix(keys::DOCUMENT).and_then(DocumentKind::named);
        let (Some(place), Some(kind), Ok(aggregate)) = (surveyed.places.get(id), kind, AgreementId::parse(id)) else {
            return Ok(Mended::Gone);
        };
        let seq = self.item(place).await?.number("seq").unwrap_or_default() + 1;
        let order = Order { event_id: format!("{id}@{seq}"), kind, aggregate, at };
        let write = Write::Put { item: order.item(place)?, when: vec![Condition::Absent] };
        let mend = Mend::of(finding, "it is called for anew").writing([write]);
        self.mend_on(Some(place), Mend { draws: vec![kind], ..mend }, None, context).await
    }
}
