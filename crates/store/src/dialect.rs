//! Every difference between the two engines' SQL, side by side. More than ten exceptions: think again.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::statement::{READS, STEPS, Type, Verb, Write};

/// Which engine a text is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// Exception 1: type tokens. A STRICT table of SQLite knows INTEGER, TEXT and BLOB, but neither BIGINT nor BYTEA.
/// Names compare by bytes on both ("C"), and hot rows get room on their page for HOT updates on PostgreSQL.
const TOKENS: [(&str, &str, &str); 7] = [
    ("{int}", "INTEGER", "BIGINT"),
    ("{bytes}", "BLOB", "BYTEA"),
    ("{name}", "TEXT", "TEXT COLLATE \"C\""),
    ("{arrival}", "INTEGER PRIMARY KEY", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
    ("{strict}", "STRICT", ""),
    ("{strict_fill}", "STRICT", "WITH (fillfactor = 80)"),
    ("{clustered}", "STRICT, WITHOUT ROWID", ""),
];

/// Exception 2: how one of several processes waits its turn to migrate (SQLite: BEGIN IMMEDIATE does).
pub(crate) const POSTGRES_MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(6074003)";

/// Exception 3: rows that another process is leasing this instant are passed over (SQLite has one writer).
pub(crate) const SKIP_LOCKED: &str = "/*skip locked*/";

/// The reads and steps as SQLite takes them, rewritten once.
static SQLITE_TEXTS: LazyLock<HashMap<&'static str, String>> =
    LazyLock::new(|| READS.iter().chain(STEPS).map(|sql| (*sql, Dialect::Sqlite.portable(sql))).collect());

/// A read or a step as SQLite takes it.
pub(crate) fn sqlite_text(sql: &'static str) -> &'static str {
    SQLITE_TEXTS.get(sql).map_or(sql, String::as_str)
}

impl Dialect {
    /// The DDL with its type tokens filled in.
    pub(crate) fn ddl(self, text: &str) -> String {
        TOKENS.iter().fold(text.to_owned(), |text, (token, sqlite, postgres)| {
            text.replace(token, if self == Dialect::Sqlite { sqlite } else { postgres })
        })
    }

    /// A statement of the portable subset as this engine takes it.
    ///
    /// Exception 4: `$n` becomes `?n`. Left alone, SQLite numbers `$n` by first appearance and binds wrongly without an error.
    pub(crate) fn portable(self, sql: &str) -> String {
        match self {
            Dialect::Sqlite => sql.replace('$', "?").replace(SKIP_LOCKED, ""),
            Dialect::Postgres => sql.replace(SKIP_LOCKED, "FOR UPDATE SKIP LOCKED"),
        }
    }

    /// Exception 5: a write takes one row at a time on SQLite, and the whole batch as arrays on PostgreSQL.
    pub(crate) fn write(self, write: &Write) -> String {
        match self {
            Dialect::Sqlite => sqlite_write(write),
            Dialect::Postgres => postgres_write(write),
        }
    }
}

fn sqlite_write(write: &Write) -> String {
    let Write { table, verb, keys, .. } = write;
    let names = write.names();
    let place = |at: usize| format!("{} = ?{}", names[at], at + 1);
    let wanted = (0..*keys).map(place).collect::<Vec<_>>().join(" AND ");
    match verb {
        Verb::Insert | Verb::InsertIfAbsent => {
            let places = (1..=names.len()).map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ");
            format!("INSERT INTO {table} ({}) VALUES ({places}){}", names.join(", "), verb.on_conflict())
        }
        Verb::Update => {
            let set = (*keys..names.len()).map(place).collect::<Vec<_>>().join(", ");
            format!("UPDATE {table} SET {set} WHERE {wanted}")
        }
        Verb::Delete => format!("DELETE FROM {table} WHERE {wanted}"),
    }
}

fn postgres_write(write: &Write) -> String {
    let Write { table, verb, keys, .. } = write;
    let names = write.names();
    let arrays =
        write.columns.iter().enumerate().map(|(at, (_, kind))| format!("${}::{}[]", at + 1, postgres_type(*kind)));
    let batch = format!("UNNEST({}) AS b({})", arrays.collect::<Vec<_>>().join(", "), names.join(", "));
    let wanted = (0..*keys).map(|at| format!("t.{0} = b.{0}", names[at])).collect::<Vec<_>>().join(" AND ");
    match verb {
        Verb::Insert | Verb::InsertIfAbsent => {
            format!("INSERT INTO {table} ({0}) SELECT {0} FROM {batch}{1}", names.join(", "), verb.on_conflict())
        }
        Verb::Update => {
            let set = names[*keys..].iter().map(|name| format!("{name} = b.{name}")).collect::<Vec<_>>().join(", ");
            format!("UPDATE {table} AS t SET {set} FROM {batch} WHERE {wanted}")
        }
        Verb::Delete => format!("DELETE FROM {table} AS t USING {batch} WHERE {wanted}"),
    }
}

fn postgres_type(kind: Type) -> &'static str {
    match kind {
        Type::Int => "bigint",
        Type::Text => "text",
        Type::Bytes => "bytea",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::{CLAIM_RELEASE, ROW_NEXT};

    #[test]
    fn one_description_becomes_a_row_statement_and_an_array_statement() {
        assert_eq!(Dialect::Sqlite.write(&ROW_NEXT), "UPDATE guarded_row SET version = ?2, state = ?3 WHERE id = ?1");
        assert_eq!(
            Dialect::Postgres.write(&CLAIM_RELEASE),
            "DELETE FROM claim AS t USING UNNEST($1::bytea[]) AS b(key) WHERE t.key = b.key"
        );
    }

    #[test]
    fn no_type_token_is_left_in_the_schema() {
        for dialect in [Dialect::Sqlite, Dialect::Postgres] {
            let text = dialect.ddl(include_str!("schema/0001.sql"));
            let body = text.lines().filter(|line| !line.starts_with("--"));
            assert!(body.clone().all(|line| !line.contains('{')), "{dialect:?}");
        }
    }
}
