//! Why a store could not do what it was asked. An error always means that nothing was written.

/// Why nothing was written or read. `Clone`, because one failure answers every caller of a batch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The disk is full. Heals without a restart once there is room.
    #[error("the store's disk is full ({0}); nothing was written. Free some room, no restart is needed")]
    DiskFull(String),
    /// The disk answered with an error.
    #[error("the store's disk failed ({0}); nothing was written. Check the disk and the system's log")]
    Io(String),
    /// The file of the store, or of a backup, holds what no database does. The disk may be sound.
    #[error("{} is damaged, or is no database of Pratique ({why}); nothing was written", named(file))]
    Damaged {
        /// The file; empty where it is the open store's own.
        file: String,
        /// What the engine said.
        why: String,
    },
    /// The disk did not confirm what was written. Nothing is written after that, until a restart.
    #[error(
        "the store's disk did not confirm a write ({0}); nothing is written any more. Check the disk, then start again"
    )]
    NotSynced(String),
    /// No memory.
    #[error("the store had no memory left ({0}); nothing was written")]
    NoMemory(String),
    /// The database cannot be reached, is starting, or is held by another process.
    ///
    /// The one case whose fate can be unknown: the link broke while PostgreSQL was committing. The same request with the
    /// same idempotency key then finds its own answer.
    #[error("the store is not available ({why}). Send the same request again in {retry_after_s} s")]
    Unavailable {
        /// What the engine said.
        why: String,
        /// When to try again, seconds.
        retry_after_s: u64,
    },
    /// Another writer got in between; the batcher retries this by itself.
    #[error("another writer changed the same rows ({0}); nothing was written. Read and decide again")]
    Contended(String),
    /// The change was not well formed.
    #[error("the change `{label}` is malformed: {why}. Nothing was written")]
    Malformed {
        /// The change's label.
        label: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// The database has another schema than this program.
    #[error("the database's schema is version {found}, this program needs {needed}; run `pratique migrate`")]
    Schema {
        /// The database's version; 0 for an empty one.
        found: i64,
        /// The program's version.
        needed: i64,
    },
    /// Only an empty store can take a backup in.
    #[error("the store already holds data ({0}); restore into an empty one")]
    NotEmpty(String),
    /// A backup file that cannot be read or written.
    #[error("the backup {path} cannot be used: {why}")]
    Backup {
        /// The file.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// The address of the database could not be understood.
    #[error("not a database address: {0}. Use a file path, sqlite:PATH, memory: or postgres://USER@HOST/NAME")]
    BadLocation(String),
    /// The program is wrong, not the world.
    #[error("the store met something that must not happen: {0}. Please report it")]
    Bug(String),
}

impl StoreError {
    /// When to try again, seconds, if trying again may help.
    #[must_use]
    pub fn retry_after_s(&self) -> Option<u64> {
        match self {
            Self::Unavailable { retry_after_s, .. } => Some(*retry_after_s),
            Self::DiskFull(_) | Self::Io(_) | Self::Damaged { .. } | Self::NotSynced(_) | Self::NoMemory(_) => Some(10),
            Self::Contended(_) => Some(1),
            _ => None,
        }
    }

    /// Says which file it is that is damaged, where that is not said yet.
    pub(crate) fn of_file(self, path: &std::path::Path) -> Self {
        match self {
            Self::Damaged { file, why } if file.is_empty() => Self::Damaged { file: path.display().to_string(), why },
            other => other,
        }
    }

    pub(crate) fn unavailable(why: impl ToString) -> Self {
        Self::Unavailable { why: why.to_string(), retry_after_s: 2 }
    }

    pub(crate) fn backup(path: &std::path::Path, why: impl ToString) -> Self {
        Self::Backup { path: path.display().to_string(), why: why.to_string() }
    }
}

fn named(file: &str) -> &str {
    if file.is_empty() { "the store's file" } else { file }
}
