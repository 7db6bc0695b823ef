//! The bare loop: the same rows, one prepared statement a table, one commit a batch; no channel, no look, no hashes.

use pratique_store::{Change, Location};
use rusqlite::{Connection, ToSql};
use tokio_postgres::{Client, NoTls, Statement, types};

/// Table, columns, and their types (i: integer, b: bytes, t: text).
const TABLES: [(&str, &str, &str); 9] = [
    ("guarded_row", "id, kind, version, state", "biit"),
    ("body", "owner, part, person, sealed", "bibb"),
    ("claim", "key, holder, detail", "bbt"),
    ("entry", "list, sort, id", "tib"),
    ("event", "subject, seq, kind, at_ms, body", "bitit"),
    ("outbox", "id, topic, at_ms, due_ms, tries, body", "btiiib"),
    ("person_key", "person, wrapped", "bb"),
    ("answer", "key, body_hash, status, bytes, person, expires_ms", "bbibbi"),
    ("audit", "writer, n, at_ms, actor, action, subject, detail, prev, hash", "biittbtbb"),
];

enum Value {
    Int(i64),
    Text(String),
    Bytes(Option<Vec<u8>>),
}

pub struct Bare {
    engine: Engine,
    records: i64,
    /// Each loop's records are a chain of their own.
    writer: [u8; 16],
}

enum Engine {
    Sqlite(Connection),
    Postgres { client: Client, inserts: Vec<Statement>, update: Statement },
}

impl Bare {
    pub async fn open(location: &Location, writer: u8) -> Self {
        let engine = match location {
            Location::Sqlite(path) => {
                let db = Connection::open(path).unwrap();
                db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")
                    .unwrap();
                Engine::Sqlite(db)
            }
            Location::Postgres(url) => postgres(url).await,
            Location::Memory => panic!("nothing durable to measure"),
        };
        Bare { engine, records: 0, writer: [writer; 16] }
    }

    pub async fn write(&mut self, batch: &[Change]) {
        let mut tables: Vec<Vec<Vec<Value>>> = TABLES.iter().map(|_| Vec::new()).collect();
        let mut updates = Vec::new();
        for change in batch {
            self.records += 1;
            rows(change, (&self.writer, self.records), &mut tables);
            updates.extend(change.rows.iter().filter(|row| row.expected > 0));
        }
        match &mut self.engine {
            Engine::Sqlite(db) => {
                db.execute_batch("BEGIN IMMEDIATE").unwrap();
                for row in updates {
                    let text = "UPDATE guarded_row SET version = ?3, state = ?4 WHERE id = ?1 AND version = ?2";
                    let changed = db.prepare_cached(text).unwrap().execute((
                        &row.id.0,
                        row.expected,
                        row.expected + 1,
                        &row.state,
                    ));
                    assert_eq!(changed.unwrap(), 1);
                }
                for ((table, columns, kinds), rows) in TABLES.iter().zip(&tables).filter(|(_, rows)| !rows.is_empty()) {
                    let places = vec!["?"; kinds.len()].join(", ");
                    let mut insert =
                        db.prepare_cached(&format!("INSERT INTO {table} ({columns}) VALUES ({places})")).unwrap();
                    for row in rows {
                        insert.execute(rusqlite::params_from_iter(row.iter().map(sqlite))).unwrap();
                    }
                }
                db.execute_batch("COMMIT").unwrap();
            }
            Engine::Postgres { client, inserts, update } => {
                let ids: Vec<&[u8]> = updates.iter().map(|row| row.id.0.as_slice()).collect();
                let olds: Vec<i64> = updates.iter().map(|row| row.expected).collect();
                let states: Vec<&str> = updates.iter().map(|row| row.state.as_str()).collect();
                client.batch_execute("BEGIN").await.unwrap();
                if !ids.is_empty() {
                    assert_eq!(client.execute(&*update, &[&ids, &olds, &states]).await.unwrap(), ids.len() as u64);
                }
                for (insert, ((_, _, kinds), rows)) in
                    inserts.iter().zip(TABLES.iter().zip(&tables)).filter(|(_, (_, rows))| !rows.is_empty())
                {
                    let columns: Vec<Box<dyn types::ToSql + Sync + Send>> =
                        kinds.chars().enumerate().map(|(at, kind)| column(rows, at, kind)).collect();
                    let columns: Vec<&(dyn types::ToSql + Sync)> =
                        columns.iter().map(|c| &**c as &(dyn types::ToSql + Sync)).collect();
                    client.execute(insert, &columns).await.unwrap();
                }
                client.batch_execute("COMMIT").await.unwrap();
            }
        }
    }
}

async fn postgres(url: &str) -> Engine {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute("SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off").await.unwrap();
    let mut inserts = Vec::new();
    for (table, columns, kinds) in TABLES {
        let arrays = kinds.chars().enumerate().map(|(at, kind)| {
            let kind = match kind {
                'i' => "bigint",
                't' => "text",
                _ => "bytea",
            };
            format!("${}::{kind}[]", at + 1)
        });
        let text =
            format!("INSERT INTO {table} ({columns}) SELECT * FROM UNNEST({})", arrays.collect::<Vec<_>>().join(", "));
        inserts.push(client.prepare(&text).await.unwrap());
    }
    let update = "UPDATE guarded_row AS t SET version = b.old + 1, state = b.state \
        FROM UNNEST($1::bytea[], $2::bigint[], $3::text[]) AS b(id, old, state) WHERE t.id = b.id AND t.version = b.old";
    let update = client.prepare(update).await.unwrap();
    Engine::Postgres { client, inserts, update }
}

fn column(rows: &[Vec<Value>], at: usize, kind: char) -> Box<dyn types::ToSql + Sync + Send> {
    let cells = rows.iter().map(|row| &row[at]);
    match kind {
        'i' => Box::new(cells.map(|cell| if let Value::Int(n) = cell { *n } else { 0 }).collect::<Vec<_>>()),
        't' => Box::new(
            cells
                .map(|cell| if let Value::Text(text) = cell { text.clone() } else { String::new() })
                .collect::<Vec<_>>(),
        ),
        _ => Box::new(
            cells.map(|cell| if let Value::Bytes(bytes) = cell { bytes.clone() } else { None }).collect::<Vec<_>>(),
        ),
    }
}

fn sqlite(value: &Value) -> &dyn ToSql {
    match value {
        Value::Int(n) => n,
        Value::Text(text) => text,
        Value::Bytes(bytes) => bytes,
    }
}

fn rows(change: &Change, (writer, record): (&[u8; 16], i64), tables: &mut [Vec<Vec<Value>>]) {
    let bytes = |bytes: &[u8]| Value::Bytes(Some(bytes.to_vec()));
    let text = |text: &str| Value::Text(text.to_owned());
    let person = |id: Option<pratique_core::id::Id>| Value::Bytes(id.map(|id| id.0.to_vec()));
    let int = Value::Int;
    for row in change.rows.iter().filter(|row| row.expected == 0) {
        tables[0].push(vec![bytes(&row.id.0), int(row.kind.0), int(1), text(&row.state)]);
    }
    for body in &change.bodies {
        tables[1].push(vec![bytes(&body.owner.0), int(body.part), person(body.person), bytes(&body.sealed)]);
    }
    for claim in &change.claims {
        tables[2].push(vec![bytes(&claim.key), bytes(&claim.holder.0), text(&claim.detail)]);
    }
    for entry in &change.put {
        tables[3].push(vec![text(&entry.list), int(entry.sort), bytes(&entry.id.0)]);
    }
    for event in &change.events {
        tables[4].push(vec![
            bytes(&event.subject.0),
            int(event.seq),
            text(&event.kind),
            int(event.at_ms),
            text(&event.body),
        ]);
    }
    for row in &change.outbox {
        tables[5].push(vec![
            bytes(&row.id.0),
            text(&row.topic),
            int(row.at_ms),
            int(row.at_ms),
            int(0),
            bytes(&row.body),
        ]);
    }
    for (person, wrapped) in &change.person_keys {
        tables[6].push(vec![bytes(&person.0), bytes(wrapped)]);
    }
    if let Some(given) = &change.answer {
        tables[7].push(vec![
            bytes(&given.key),
            bytes(&given.body_hash),
            int(i64::from(given.status)),
            bytes(&given.bytes),
            person(given.person),
            int(given.expires_ms),
        ]);
    }
    for entry in &change.audit {
        let (prev, hash) = (bytes(&[1; 32]), bytes(&[2; 32]));
        tables[8].push(vec![
            bytes(writer),
            int(record),
            int(entry.at_ms),
            text(&entry.actor),
            text(&entry.action),
            person(entry.subject),
            text(&entry.detail),
            prev,
            hash,
        ]);
    }
}
