//! Seals: that they are in order, linked, and signed.

use super::Bundle;
use crate::fault::{Fault, KeyFault, SealFault};
use crate::public_key::PublicKey;
use crate::seal::{Seal, Sealed, genesis};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::{BTreeMap, BTreeSet};

/// Reads the seals and checks their order and, where neighbours are both here, their links. By their number.
pub(super) fn read(list: &[Sealed]) -> Result<BTreeMap<u64, Seal>, Fault> {
    let mut seals = BTreeMap::new();
    let mut before: Option<(Seal, &Sealed)> = None;
    for (sealed, place) in list.iter().zip(1..) {
        let seal = sealed.read().ok_or(Fault::UnreadableSeal { place })?;
        check_behind(before.as_ref(), &seal).map_err(|fault| Fault::Seal { number: seal.number, fault })?;
        seals.insert(seal.number, seal.clone());
        before = Some((seal, sealed));
    }
    Ok(seals)
}

fn check_behind(before: Option<&(Seal, &Sealed)>, seal: &Seal) -> Result<(), SealFault> {
    if let Some((earlier, sealed)) = before {
        if seal.number <= earlier.number {
            return Err(SealFault::Order);
        }
        if seal.from < earlier.to {
            return Err(SealFault::Hours);
        }
        if seal.number - earlier.number == 1 && seal.previous != sealed.digest() {
            return Err(SealFault::Link);
        }
    }
    let is_first = seal.number == 1;
    if (seal.previous == genesis()) == is_first { Ok(()) } else { Err(SealFault::Link) }
}

/// Checks that the keys are those that the seals name, and each signature: with the trusted keys if there are any, or else with the
/// bundle's own.
pub(super) fn check_signatures(bundle: &Bundle, seals: &BTreeMap<u64, Seal>, trusted: &[PublicKey]) -> Result<(), Fault> {
    let own = own_keys(bundle, seals)?;
    let trusted: BTreeMap<&str, &PublicKey> = trusted.iter().map(|key| (key.id(), key)).collect();
    for (sealed, seal) in bundle.seals.iter().zip(seals.values()) {
        let wrong = |fault| Fault::Seal { number: seal.number, fault };
        let mut key = own.get(seal.key.as_str()).ok_or(wrong(SealFault::KeyMissing))?;
        if !trusted.is_empty() {
            key = trusted.get(seal.key.as_str()).copied().ok_or(wrong(SealFault::NotTrusted))?;
        }
        let holds = sealed.signature().is_some_and(|signature| key.verify(sealed.bytes.as_bytes(), &signature));
        if !holds {
            return Err(wrong(SealFault::Signature));
        }
    }
    Ok(())
}

/// The keys that the bundle brings, by their id.
fn own_keys<'a>(bundle: &'a Bundle, seals: &BTreeMap<u64, Seal>) -> Result<BTreeMap<&'a str, PublicKey>, Fault> {
    let named: BTreeSet<&str> = seals.values().map(|seal| seal.key.as_str()).collect();
    let mut keys: BTreeMap<&str, PublicKey> = BTreeMap::new();
    for (key, place) in bundle.keys.iter().zip(1..) {
        let wrong = |fault| Err(Fault::Key { place, fault });
        let Some(public) = STANDARD.decode(&key.public_key).ok().and_then(|der| PublicKey::parse(&der).ok()) else {
            return wrong(KeyFault::Unreadable);
        };
        if public.id() != key.id {
            return wrong(KeyFault::Id);
        }
        if keys.last_key_value().is_some_and(|(last, _)| *last >= key.id.as_str()) {
            return wrong(KeyFault::Order);
        }
        if !named.contains(key.id.as_str()) {
            return wrong(KeyFault::Unused);
        }
        keys.insert(&key.id, public);
    }
    Ok(keys)
}
