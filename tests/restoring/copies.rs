//! Many schools like those of a story: the same table again under other names, so that each chain links and nothing stands in two copies.

use super::tape::{Image, Tape, set};
use domain::upload::sha256;
use evidence::chain::{genesis, link};
use serde_json::Value;
use std::collections::BTreeMap;
use store::{Attributes, Key};

/// The schools of a story.
const SCHOOLS: [&str; 3] = ["99001", "99002", "99009"];

/// How the names of a story become those of its n-th copy.
pub(super) struct Names {
    n: usize,
    /// Hashes, and what has no other name than itself.
    known: BTreeMap<String, String>,
}

impl Names {
    /// Everything that the story has ever written becomes something else.
    pub(super) fn of(n: usize, tape: &Tape) -> Self {
        let mut names = Self { n, known: BTreeMap::new() };
        let mut last = tape.base.clone();
        let written = tape.transactions.iter().flatten();
        written.clone().for_each(|cut| set(&mut last, &cut.key, cut.after.as_ref()));
        for key in last.keys() {
            if let Some(code) = key.pk.strip_prefix("VERIFICATION#").filter(|code| !SCHOOLS.iter().any(|school| code.starts_with(school))) {
                let new = format!("{code}x{n}");
                names.known.insert(sha256(code.as_bytes()), sha256(new.as_bytes()));
                names.known.insert(code.to_owned(), new);
            } else if let Some(hash) = key.pk.strip_prefix("IDEMPOTENCY#") {
                names.known.insert(hash.to_owned(), format!("{hash}x{n}"));
            } else if let Some(file) = key.pk.strip_prefix("UPLOAD#") {
                names.known.insert(file.to_owned(), format!("{}{n:04}", &file[..file.len() - 4]));
            }
        }
        let data = |attributes: &Attributes| attributes.get("data").and_then(store::Value::text).map(str::to_owned);
        for data in tape.base.values().chain(written.filter_map(|cut| cut.after.as_ref())).filter_map(data) {
            let new = sha256(names.renamed(&data).as_bytes());
            names.known.insert(sha256(data.as_bytes()), new);
        }
        // Whoever was set up has no record yet.
        for item in last.values().filter(|item| item.contains_key("head")) {
            let data: Value = serde_json::from_str(&data(item).unwrap()).unwrap();
            let said = |name: &str| data[name].as_str().unwrap_or_default().to_owned();
            for id in [said("id"), format!("account/{}", said("id")), format!("{}/policy", said("school"))] {
                let first = genesis(&names.renamed(&id));
                names.known.insert(genesis(&id), first);
            }
        }
        for (key, record) in last.iter().filter(|(key, _)| key.sk.starts_with("AUDIT#")) {
            names.link(key, record);
        }
        names
    }

    /// A record links behind the one before it.
    fn link(&mut self, key: &Key, record: &Attributes) {
        let text = |name| record.get(name).and_then(store::Value::text).unwrap().to_owned();
        let said: Value = serde_json::from_str(&text("bytes")).unwrap();
        let (id, prev) = (said["aggregate"].as_str().unwrap(), said["prev"].as_str().unwrap());
        let begins = genesis(id);
        let first = genesis(&self.renamed(id));
        self.known.insert(begins, first);
        let bytes = self.renamed(&text("bytes"));
        let prev = self.known.get(prev).unwrap_or_else(|| panic!("{key:?} links to nothing"));
        let new = link(&bytes, prev);
        self.known.insert(text("hash"), new);
    }

    /// Of all words in a text.
    fn renamed(&self, text: &str) -> String {
        let part_of_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let (mut new, mut rest) = (String::with_capacity(text.len() + 64), text);
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|c: char| part_of_word(c) != part_of_word(first)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            if part_of_word(first) {
                new.push_str(&self.word(word));
            } else {
                new.push_str(word);
            }
            rest = after;
        }
        new
    }

    fn word(&self, word: &str) -> String {
        if let Some(known) = self.known.get(word) {
            return known.clone();
        }
        if let Some((which, school)) = SCHOOLS.iter().enumerate().find(|(_, school)| word.starts_with(**school)) {
            return format!("{}{}", 10_000 + SCHOOLS.len() * self.n + which, &word[school.len()..]);
        }
        let numbered =
            |beginning: char| word.strip_prefix(beginning).is_some_and(|n| !n.is_empty() && n.bytes().all(|c| c.is_ascii_digit()));
        let account = ["student-", "hr-", "teacher-", "office-"].iter().any(|kind| word.starts_with(kind));
        if account || numbered('p') || numbered('e') { format!("{word}x{}", self.n) } else { word.to_owned() }
    }

    /// The copy of a table.
    pub(super) fn copy(&self, image: &Image) -> Image {
        let value = |value: &store::Value| match value {
            store::Value::Text(text) => store::Value::Text(self.renamed(text)),
            store::Value::Number(number) => store::Value::Number(*number),
        };
        let item = |attributes: &Attributes| attributes.iter().map(|(name, of)| (name.clone(), value(of))).collect();
        image.iter().map(|(key, of)| (Key { pk: self.renamed(&key.pk), sk: self.renamed(&key.sk) }, item(of))).collect()
    }
}
