//! Edits of a bundle, as somebody makes them who has everything but the key.

mod chains;
mod seals;
mod texts;

use super::scene::{Archive, Chain};
use crate::support::Random;
use ::evidence::Bundle;

/// A bundle as it was given out, and where it comes from.
pub(super) struct Victim<'a> {
    pub(super) archive: &'a Archive,
    pub(super) chain: &'a Chain,
    pub(super) bundle: Bundle,
}

/// What somebody shows in its place.
pub(super) struct Shown {
    pub(super) bundle: Bundle,
    pub(super) file: Vec<u8>,
    /// The bundle as it travels, if it was edited there.
    pub(super) json: Option<Vec<u8>>,
}

/// Changes what is shown; where there is nothing to change, it leaves it as it is.
type Edit = fn(&mut Shown, &Victim, &mut Random);

/// All there are, by their names.
pub(super) fn edits() -> Vec<(&'static str, Edit)> {
    [texts::EDITS, chains::EDITS, seals::EDITS].concat()
}

impl Victim<'_> {
    pub(super) fn whole(&self) -> Shown {
        Shown { bundle: self.bundle.clone(), file: self.chain.file.clone(), json: None }
    }

    /// Whether what is shown is not what was given out.
    pub(super) fn differs_from(&self, shown: &Shown) -> bool {
        let same = match &shown.json {
            Some(json) => Bundle::read(json).is_ok_and(|bundle| bundle == self.bundle),
            None => shown.bundle == self.bundle,
        };
        !same || shown.file != self.chain.file
    }

    /// Another chain of the archive.
    fn other(&self, random: &mut Random) -> (usize, &Chain) {
        loop {
            let n = random.below(self.archive.chains.len());
            let other = &self.archive.chains[n];
            if other.aggregate != self.chain.aggregate {
                return (n, other);
            }
        }
    }
}

/// One of them; what is shown has at least one of everything.
fn any<'a, T>(of: &'a mut [T], random: &mut Random) -> &'a mut T {
    let place = random.below(of.len());
    &mut of[place]
}

/// A bit of one of its ASCII characters, so that it stays text.
fn flip(text: &mut String, random: &mut Random) {
    let mut bytes = std::mem::take(text).into_bytes();
    let place = loop {
        let place = random.below(bytes.len());
        if bytes[place].is_ascii() {
            break place;
        }
    };
    bytes[place] ^= 1 << random.below(7);
    *text = String::from_utf8(bytes).unwrap();
}
