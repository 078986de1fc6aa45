//! The folder that a stack keeps its data in: what lies there, and that one stack alone uses it.

use crate::BoxError;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

const TABLE: &str = "table.sqlite";
const KEYS: &str = "keys.json";
const SEAL_KEY: &str = "seal-key.json";
const SEAL_PUBLIC: &str = "seal-public.pem";
const ISSUER: &str = "issuer.p8";
const CLOCK: &str = "clock.json";
const ENGINE: &str = "engine";
const LOCK: &str = "lock";
const FILES: &str = "files";
const STREAM: &str = "stream";
const QUEUES: &str = "queues";
const FUNCTIONS: &str = "functions.env";

/// Everything that a stack keeps. The last two are SQLite's.
const KEPT: [&str; 12] =
    [TABLE, KEYS, SEAL_KEY, SEAL_PUBLIC, ISSUER, CLOCK, ENGINE, FUNCTIONS, QUEUES, STREAM, "table.sqlite-wal", "table.sqlite-shm"];

/// A data directory in use. Other stacks are kept out until it is dropped, or the process ends in whatever way.
#[derive(Debug)]
pub(crate) struct DataDir {
    path: PathBuf,
    _lock: File,
}

impl DataDir {
    /// Takes the directory into use, creating it if it is absent.
    pub(crate) fn open(path: &Path) -> Result<Self, BoxError> {
        create(path).map_err(|error| format!("cannot create the data directory {}: {error}", path.display()))?;
        Self::take(path)?.ok_or_else(|| format!("another wangqian is using the data directory {}", path.display()).into())
    }

    /// Takes the directory into use, if it is there and nobody else uses it.
    fn take(path: &Path) -> Result<Option<Self>, BoxError> {
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(path.join(LOCK));
        let lock = lock.map_err(|error| format!("cannot write in the data directory {}: {error}", path.display()))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self { path: path.to_owned(), _lock: lock })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Says at which addresses the engines of table and queues are, and with which settings a function reaches them, for as long as they run.
    pub(crate) fn announce(&self, table: &str, queues: &str, functions: &BTreeMap<String, String>) -> std::io::Result<()> {
        let functions: Vec<String> = functions.iter().map(|(name, value)| format!("{name}={value}")).collect();
        write_whole(&self.path.join(FUNCTIONS), functions.join("\n").as_bytes())?;
        write_whole(&self.path.join(QUEUES), queues.as_bytes())?;
        write_whole(&self.path.join(ENGINE), table.as_bytes())
    }

    /// The engines are about to stop.
    pub(crate) fn withdraw(&self) -> std::io::Result<()> {
        std::fs::remove_file(self.path.join(ENGINE))?;
        std::fs::remove_file(self.path.join(FUNCTIONS))?;
        std::fs::remove_file(self.path.join(QUEUES))
    }

    /// The engine's file.
    pub(crate) fn table(&self) -> PathBuf {
        self.path.join(TABLE)
    }

    /// The offset of business time.
    pub(crate) fn clock(&self) -> PathBuf {
        clock_file(&self.path)
    }

    /// The keys that seal and find personal numbers.
    pub(crate) fn keys(&self) -> PathBuf {
        self.path.join(KEYS)
    }

    /// The key that seals are signed with.
    pub(crate) fn seal_key(&self) -> PathBuf {
        self.path.join(SEAL_KEY)
    }

    /// The key that seals are verified with, for whoever checks them without the stack.
    pub(crate) fn seal_public(&self) -> PathBuf {
        self.path.join(SEAL_PUBLIC)
    }

    /// Up to where the stream has been read.
    pub(crate) fn stream(&self) -> PathBuf {
        self.path.join(STREAM)
    }

    /// The folder of uploaded files.
    pub(crate) fn files(&self) -> PathBuf {
        self.path.join(FILES)
    }

    /// The key that signs tokens.
    pub(crate) fn issuer(&self) -> PathBuf {
        self.path.join(ISSUER)
    }
}

/// What somebody who is no stack finds in a data directory.
pub(crate) enum Found {
    /// Nobody uses it: it is ours until this is dropped.
    Free(DataDir),
    /// A stack uses it, and its engine is at this address.
    Running(String),
}

/// Looks at a directory that a stack has kept data in. Nothing is made where nothing is.
pub(crate) fn find(path: &Path) -> Result<Found, BoxError> {
    if !path.join(TABLE).exists() {
        return Err(format!("no data in {}: `cargo run` makes it", path.display()).into());
    }
    match DataDir::take(path)? {
        Some(free) => Ok(Found::Free(free)),
        None => match std::fs::read_to_string(path.join(ENGINE)) {
            Ok(url) => Ok(Found::Running(url)),
            Err(_) => Err(format!("a wangqian is starting or stopping in {}: try again", path.display()).into()),
        },
    }
}

/// What a running stack says of its queues.
pub(crate) fn announced_queues(path: &Path) -> Result<String, BoxError> {
    let said = std::fs::read_to_string(path.join(QUEUES));
    said.map_err(|_| format!("no wangqian is running in {}: its queues live in memory", path.display()).into())
}

/// Where the offset of business time is kept.
pub(crate) fn clock_file(path: &Path) -> PathBuf {
    path.join(CLOCK)
}

/// Removes what a stack keeps in this directory, and nothing else.
///
/// # Errors
/// When another stack is using it, or a file does not go.
pub fn forget(path: &Path) -> Result<(), BoxError> {
    if !path.exists() {
        return Ok(());
    }
    let _in_use = DataDir::open(path)?;
    for name in KEPT {
        match std::fs::remove_file(path.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(format!("cannot remove {name}: {error}").into()),
            _ => {}
        }
    }
    match std::fs::remove_dir_all(path.join(FILES)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(format!("cannot remove {FILES}: {error}").into()),
        _ => Ok(()),
    }
}

/// Reads a secret, or makes and keeps it for the next run. Without a file it is new each time.
pub(crate) fn secret(file: Option<&Path>, make: impl FnOnce() -> Result<Vec<u8>, BoxError>) -> Result<Vec<u8>, BoxError> {
    match file {
        Some(file) if file.exists() => Ok(std::fs::read(file)?),
        Some(file) => {
            let content = make()?;
            write_whole(file, &content)?;
            Ok(content)
        }
        None => make(),
    }
}

/// Replaces the file's content, for its owner only. Whenever the process dies, the file holds the old or the new content.
pub(crate) fn write_whole(file: &Path, content: &[u8]) -> std::io::Result<()> {
    let new = file.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut written = options.open(&new)?;
    written.write_all(content)?;
    written.sync_all()?;
    std::fs::rename(new, file)
}

fn create(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
