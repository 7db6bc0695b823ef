//! Numbered migrations: each brings the schema from one version to the next.

/// Every migration; the first makes version 1. A released one is never edited: a change is a new one.
pub(crate) const MIGRATIONS: &[&str] = &[include_str!("schema/0001.sql"), include_str!("schema/0002.sql")];

/// Since this version the tables themselves are as they are now: a backup of any version from here on can be taken in.
pub(crate) const TABLES_SINCE: i64 = 1;

/// Makes the table that says which migrations ran; it is the same on both engines.
pub(crate) const SCHEMA_TABLE: &str =
    "CREATE TABLE IF NOT EXISTS schema_version (version {int} NOT NULL PRIMARY KEY, at_ms {int} NOT NULL) {strict}";

/// The version this program needs.
pub(crate) fn needed() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The migrations that a database of version `found` still lacks, with the version that each makes.
pub(crate) fn missing(found: i64) -> impl Iterator<Item = (i64, &'static str)> {
    (1..).zip(MIGRATIONS.iter().copied()).filter(move |(version, _)| *version > found)
}
