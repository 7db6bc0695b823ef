//! What `pratique doctor` asks of a store: facts as they are in force, not as they were configured.

use std::path::Path;
use std::process::Command;

use pratique_core::id::Id;

use crate::error::StoreError;
use crate::schema;
use crate::sqlite::reserve;
use crate::statement as sql;
use crate::store::Store;

/// The store as it is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Facts {
    /// `SQLite` or `PostgreSQL`.
    pub engine: &'static str,
    /// The engine's version.
    pub version: String,
    /// The database's schema version.
    pub schema: i64,
    /// The schema version that this program needs.
    pub schema_needed: i64,
    /// The settings that durability hangs on, by their names.
    pub settings: Vec<(String, String)>,
    /// Whether what was answered survives a power cut, by these settings.
    pub durable: bool,
    /// Bytes free where the file lies, if it is one and the system says so.
    pub disk_free_bytes: Option<u64>,
    /// The room that is kept for scans and decisions was given back, and not taken again yet.
    pub reserve_given: bool,
    /// How many rows each table holds.
    pub rows: Vec<(&'static str, i64)>,
    /// Writer, number and time (epoch milliseconds) of the newest audit record.
    pub last_audit: Option<(Id, i64, i64)>,
}

impl Store {
    /// Gathers the facts. Counting reads whole tables: not for every request.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn doctor(&self) -> Result<Facts, StoreError> {
        let health = self.engine.health().await?;
        let mut rows = Vec::new();
        for (table, count) in sql::COUNTS {
            let found = self.engine.read(count, Vec::new()).await?.pop();
            rows.push((*table, found.map_or(Ok(0), |mut record| record.int(0))?));
        }
        let heads = self.engine.read(sql::AUDIT_HEADS, Vec::new()).await?;
        let heads = heads.into_iter().map(|mut head| Ok((head.id(0)?, head.int(1)?, head.int(3)?)));
        let last_audit = heads.collect::<Result<Vec<_>, StoreError>>()?.into_iter().max_by_key(|(_, _, at_ms)| *at_ms);
        Ok(Facts {
            engine: health.engine,
            version: health.version,
            schema: self.engine.schema_version().await?,
            schema_needed: schema::needed(),
            settings: health.settings,
            durable: health.durable,
            reserve_given: self.engine.file().is_some_and(reserve_given),
            disk_free_bytes: self.engine.file().and_then(disk_free_bytes),
            rows,
            last_audit,
        })
    }
}

/// What an engine says of itself.
#[derive(Debug)]
pub(crate) struct Health {
    pub(crate) engine: &'static str,
    pub(crate) version: String,
    pub(crate) settings: Vec<(String, String)>,
    pub(crate) durable: bool,
}

/// One that is empty was given back (`sqlite/reserve.rs`).
fn reserve_given(file: &Path) -> bool {
    std::fs::metadata(reserve::path(file)).is_ok_and(|found| found.len() == 0)
}

/// Asks `df` (POSIX, `-P` one line a file system, `-k` in KiB): the standard library has no such call.
fn disk_free_bytes(file: &Path) -> Option<u64> {
    let output = Command::new("df").arg("-Pk").arg(file).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let kib: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    kib.checked_mul(1024)
}
