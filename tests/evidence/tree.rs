//! The tree is the one of RFC 6962: vectors of Certificate Transparency, and every place of every size against the RFC's own words.

use ::domain::upload::sha256;
use ::evidence::merkle::{Hash, Tree, leaf, verify_inclusion};
use std::collections::BTreeMap;

const MOST: u64 = 70;

/// The leaves of Certificate Transparency's own tests, and the roots over the first of them, the first two, and so on.
const LEAVES: [&str; 8] = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
/// Place and size, and the path.
const PATHS: [(u64, usize, &[&str]); 4] = [
    (
        0,
        8,
        &[
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        &[
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        &[
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
];

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2).map(|place| u8::from_str_radix(&hex[place * 2..place * 2 + 2], 16).unwrap()).collect()
}

fn hash(hex: &str) -> Hash {
    bytes(hex).try_into().unwrap()
}

/// The tree in the RFC's own words, section 2.1, over the leaves in a range; what was hashed once is kept.
struct ByTheRfc {
    leaves: Vec<Vec<u8>>,
    known: BTreeMap<(usize, usize), Hash>,
}

impl ByTheRfc {
    /// MTH.
    fn root(&mut self, from: usize, to: usize) -> Hash {
        if let Some(known) = self.known.get(&(from, to)) {
            return *known;
        }
        let hashed = match to - from {
            0 => Vec::new(),
            1 => [&[0], self.leaves[from].as_slice()].concat(),
            size => [&[1], self.root(from, from + half(size)).as_slice(), &self.root(from + half(size), to)].concat(),
        };
        let root = hash(&sha256(&hashed));
        self.known.insert((from, to), root);
        root
    }

    /// PATH.
    fn path(&mut self, place: usize, from: usize, to: usize) -> Vec<Hash> {
        if to - from == 1 {
            return Vec::new();
        }
        let middle = from + half(to - from);
        let (mut path, other) = if place < middle {
            (self.path(place, from, middle), self.root(middle, to))
        } else {
            (self.path(place, middle, to), self.root(from, middle))
        };
        path.push(other);
        path
    }
}

/// The largest power of two below.
fn half(size: usize) -> usize {
    size.next_power_of_two() / 2
}

fn tree(leaves: &[Vec<u8>]) -> Tree {
    Tree::new(leaves.iter().map(|bytes| leaf(bytes)).collect())
}

#[test]
fn roots_and_paths_are_those_of_certificate_transparency() {
    let leaves: Vec<_> = LEAVES.into_iter().map(bytes).collect();
    assert_eq!(tree(&[]).root(), hash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    for (size, root) in (1..).zip(ROOTS) {
        assert_eq!(tree(&leaves[..size]).root(), hash(root), "of {size}");
    }
    for (place, size, path) in PATHS {
        let path: Vec<_> = path.iter().map(|hex| hash(hex)).collect();
        assert_eq!(tree(&leaves[..size]).path(place).unwrap(), path, "{place} of {size}");
    }
}

#[test]
fn every_place_of_every_size_has_the_path_of_the_rfc_and_it_leads_to_the_root() {
    let leaves: Vec<Vec<u8>> = (0..MOST).map(|n| n.to_string().into_bytes()).collect();
    let mut rfc = ByTheRfc { leaves: leaves.clone(), known: BTreeMap::new() };
    for size in 0..=MOST {
        let count = usize::try_from(size).unwrap();
        let tree = tree(&leaves[..count]);
        assert_eq!((tree.size(), tree.root()), (size, rfc.root(0, count)));
        assert_eq!(tree.path(size), None);
        for (place, bytes) in (0..size).zip(&leaves) {
            let path = tree.path(place).unwrap();
            assert_eq!(path, rfc.path(usize::try_from(place).unwrap(), 0, count), "{place} of {size}");
            assert!(verify_inclusion(&leaf(bytes), place, size, &path, &tree.root()), "{place} of {size}");
        }
    }
}

#[test]
fn a_path_leads_there_from_no_other_place_or_leaf_and_by_no_other_hash() {
    let leaves: Vec<Vec<u8>> = (0..MOST).map(|n| n.to_string().into_bytes()).collect();
    for size in [1, 2, 3, 4, 5, 7, 8, 21, 64, MOST] {
        let tree = tree(&leaves[..usize::try_from(size).unwrap()]);
        let root = tree.root();
        for place in 0..size {
            let path = tree.path(place).unwrap();
            let from = |leaf: &Hash, place, path: &[Hash]| verify_inclusion(leaf, place, size, path, &root);
            let mine = leaf(&leaves[usize::try_from(place).unwrap()]);
            for other in (0..=size).chain([u64::MAX]).filter(|other| *other != place) {
                assert!(!from(&mine, other, &path), "{place} of {size}, said to be {other}");
            }
            assert!(!from(&leaf(b"another"), place, &path));
            for step in 0..path.len() {
                let mut bent = path.clone();
                bent[step][31] ^= 1;
                let mut short = path.clone();
                short.remove(step);
                assert!(!from(&mine, place, &bent) && !from(&mine, place, &short), "{place} of {size}, step {step}");
            }
            let long = [path.as_slice(), &[root]].concat();
            assert!(!from(&mine, place, &long));
        }
    }
}

/// Which is why a proof's size is held against the one that is signed.
#[test]
fn a_path_alone_does_not_tell_the_size() {
    let leaves: Vec<Vec<u8>> = (0..8_u8).map(|n| vec![n]).collect();
    let tree = tree(&leaves);
    let path = tree.path(0).unwrap();
    assert!((5..=8).all(|size| verify_inclusion(&leaf(&[0]), 0, size, &path, &tree.root())));
}
