//! Where a store lives.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::error::StoreError;

/// Where a store lives.
///
/// ```
/// use pratique_store::Location;
/// assert_eq!("data/pratique.db".parse(), Ok(Location::Sqlite("data/pratique.db".into())));
/// assert!(matches!("postgres://me@localhost/pratique".parse(), Ok(Location::Postgres(_))));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// SQLite in memory: gone with the handle. For tests and trials.
    Memory,
    /// SQLite in a file, with `-wal` and `-shm` files beside it.
    Sqlite(PathBuf),
    /// PostgreSQL 15 or later, by connection text.
    Postgres(String),
}

impl FromStr for Location {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let path = text.strip_prefix("sqlite:").unwrap_or(text);
        match text {
            "memory:" => Ok(Self::Memory),
            _ if text.starts_with("postgres://") || text.starts_with("postgresql://") => {
                Ok(Self::Postgres(text.into()))
            }
            _ if path.is_empty() || path.contains("://") => Err(StoreError::BadLocation(text.into())),
            _ => Ok(Self::Sqlite(path.into())),
        }
    }
}

/// Never shows a password: a connection text appears in logs and in `pratique doctor`.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory => f.write_str("memory:"),
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(text) => match text.rsplit_once('@') {
                Some((_, host)) => write!(f, "postgres://…@{}", host.split('?').next().unwrap_or(host)),
                None => f.write_str("postgres://…"),
            },
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
