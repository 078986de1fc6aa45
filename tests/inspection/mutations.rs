//! Ordinary files damaged at random: whatever comes of it, inspection ends with an answer, and what it takes it takes again.

use super::inspect;
use super::ordinary::ordinary;
use crate::support::Random;

/// Of each file.
const MUTATIONS: usize = 2_000;

fn mutated(bytes: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len().max(1));
        let length = random.below(40).min(bytes.len() - at);
        match random.below(6) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..at + length)),
            3 => {
                let again = bytes[at..at + length].to_vec();
                bytes.splice(at..at, again);
            }
            4 => {
                let start = random.below(other.len().max(1));
                let part = &other[start..(start + length).min(other.len())];
                bytes.splice(at..at, part.iter().copied());
            }
            _ => {
                for byte in &mut bytes[at..at + length] {
                    *byte = u8::try_from(random.below(256)).unwrap();
                }
            }
        }
    }
    bytes
}

#[test]
fn damaged_files_are_answered_and_what_is_taken_is_taken_again() {
    let mut random = Random::new(0x5eed_0f41_f1e5);
    let files = ordinary();
    let (mut taken, mut refused) = (0, 0);
    for (name, declared, bytes) in &files {
        for _ in 0..MUTATIONS {
            let other = &files[random.below(files.len())].2;
            let mutation = mutated(bytes, other, &mut random);
            match inspect(&mutation, *declared) {
                Ok(cleaned) => {
                    taken += 1;
                    let again = inspect(&cleaned.bytes, *declared).map(|again| again.pages);
                    assert_eq!(again, Ok(cleaned.pages), "{name}");
                }
                Err(_) => refused += 1,
            }
        }
    }
    // Both happen, or the damage is not what it should be.
    assert!(taken > 100 && refused > 1_000, "{taken} taken, {refused} refused");
}
