//! A bucket in memory.

use super::Mortal;
use files::{Kind, Shelf, Unavailable};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Objects in memory; whoever dies at a step of the table dies at one of these too.
#[derive(Clone, Default)]
pub(crate) struct Drawer {
    pub(crate) objects: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    table: Mortal,
}

impl Drawer {
    /// Dies with this table.
    pub(crate) fn beside(table: &Mortal) -> Self {
        Self { table: table.clone(), ..Self::default() }
    }

    /// Does what a step asks, if it is done, and answers, if that is.
    fn step<R>(&self, work: impl FnOnce(&mut BTreeMap<String, Vec<u8>>) -> R) -> Result<R, Unavailable> {
        let (answered, done) = self.table.step();
        let result = (answered || done).then(|| work(&mut self.objects.lock().unwrap()));
        result.filter(|_| answered).ok_or_else(|| Unavailable("dead".to_owned()))
    }

    pub(crate) fn keys(&self) -> Vec<String> {
        self.objects.lock().unwrap().keys().cloned().collect()
    }
}

impl Shelf for Drawer {
    async fn lay(&self, key: &str, _: &'static str, bytes: Vec<u8>) -> Result<(), Unavailable> {
        self.step(|objects| drop(objects.insert(key.to_owned(), bytes)))
    }

    async fn lay_once(&self, key: &str, _: Kind, bytes: Vec<u8>) -> Result<bool, Unavailable> {
        self.step(|objects| {
            let free = !objects.contains_key(key);
            objects.entry(key.to_owned()).or_insert(bytes);
            free
        })
    }

    async fn take(&self, key: &str, _: usize) -> Result<Option<Vec<u8>>, Unavailable> {
        self.step(|objects| objects.get(key).cloned())
    }

    async fn link(&self, key: &str, _: &str, _: Kind) -> Result<String, Unavailable> {
        Ok(key.to_owned())
    }

    async fn clear(&self, key: &str) -> Result<(), Unavailable> {
        self.step(|objects| drop(objects.remove(key)))
    }
}
