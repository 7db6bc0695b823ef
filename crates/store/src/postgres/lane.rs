//! One write lane of a PostgreSQL database: look, judge, write, in two round trips.

use std::sync::Arc;
use std::time::Duration;

use pratique_core::id::Id;
use tokio::runtime::Runtime;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Row, Statement};

use super::connection::record;
use super::{Dial, columns, failure, pipeline};
use crate::audit::{Head, Link, link};
use crate::change::{Change, Outcome};
use crate::crash;
use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::judge::{Seen, judge};
use crate::look::{self, Named};
use crate::plan::{Plan, plan};
use crate::statement as sql;

/// How long one batch may take before its connection counts as lost (a link that is cut in silence answers nothing).
const BATCH_TIMEOUT: Duration = Duration::from_secs(10);
/// Pauses before connecting again: a restart of the server is over within a second.
const PAUSES: [Duration; 3] = [Duration::ZERO, Duration::from_millis(150), Duration::from_millis(600)];

/// Every plan here is a few lookups by key. Planned once on empty tables, a join became a scan at a fifth of the speed;
/// with scans and hash joins off, the plan made then is the plan wanted later. Durability is never less than `on`.
const SETTINGS: &str = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off; \
    SET enable_mergejoin = off; SET enable_bitmapscan = off; SET jit = off; SET idle_in_transaction_session_timeout = '30s'; \
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

/// The looks: scalar subqueries over what the batch names, one index probe each.
const LOOK_ROWS: &str =
    "SELECT b.id, (SELECT r.version FROM guarded_row AS r WHERE r.id = b.id) FROM UNNEST($1::bytea[]) AS b(id)";
const LOOK_CLAIMS: &str = "SELECT b.key, (SELECT c.holder FROM claim AS c WHERE c.key = b.key), \
    (SELECT c.detail FROM claim AS c WHERE c.key = b.key) FROM UNNEST($1::bytea[]) AS b(key)";
const LOOK_ANSWERS: &str =
    "SELECT b.key, (SELECT a.body_hash FROM answer AS a WHERE a.key = b.key) FROM UNNEST($1::bytea[]) AS b(key)";

/// A write connection and the thread's own runtime to drive it.
pub(crate) struct Lane {
    runtime: Runtime,
    dial: Arc<Dial>,
    writer: Id,
    opened_by: String,
    line: Option<Line>,
    /// The chain's newest record once it is known; read again after any error.
    head: Option<Option<Head>>,
}

struct Line {
    client: Client,
    rows: Statement,
    claims: Statement,
    answers: Statement,
    answer: Statement,
    head: Statement,
    generation: Statement,
    writes: Vec<Statement>,
}

impl Lane {
    pub(crate) fn new(dial: Arc<Dial>, writer: Id, opened_by: String) -> Result<Self, StoreError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(StoreError::unavailable)?;
        Ok(Lane { runtime, dial, writer, opened_by, line: None, head: None })
    }

    /// One batch. On an error the connection is kept only if it can be rolled back.
    pub(crate) fn apply(&mut self, changes: &[Change]) -> Result<Vec<Outcome>, StoreError> {
        let Lane { runtime, dial, writer, opened_by, line, head } = self;
        runtime.block_on(async {
            let open = match line.take() {
                Some(open) if !open.client.is_closed() => open,
                _ => {
                    *head = None;
                    Line::open(dial).await?
                }
            };
            let chain = Chain { writer: *writer, opened_by, head: *head };
            let done = match tokio::time::timeout(BATCH_TIMEOUT, open.batch(changes, chain)).await {
                Ok(done) => done,
                Err(_) => Err(StoreError::unavailable("the database did not answer in time")),
            };
            *head = done.as_ref().ok().map(|(_, head)| *head);
            if done.is_ok() || open.rolled_back(&done).await {
                *line = Some(open);
            }
            done.map(|(outcomes, _)| outcomes)
        })
    }
}

/// The audit chain that a batch is linked to.
struct Chain<'a> {
    writer: Id,
    opened_by: &'a str,
    head: Option<Option<Head>>,
}

type Done = Result<(Vec<Outcome>, Option<Head>), StoreError>;

impl Line {
    async fn open(dial: &Dial) -> Result<Self, StoreError> {
        let mut last = StoreError::unavailable("not tried");
        for pause in PAUSES {
            tokio::time::sleep(pause).await;
            match Line::connect(dial).await {
                Ok(line) => return Ok(line),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    async fn connect(dial: &Dial) -> Result<Self, StoreError> {
        let (client, connection) = dial.connect().await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "a write connection was lost; the next batch opens another");
            }
        });
        client.batch_execute(SETTINGS).await.map_err(failure)?;
        let mut writes = Vec::new();
        for write in sql::WRITES {
            writes.push(client.prepare(&Dialect::Postgres.write(write)).await.map_err(failure)?);
        }
        Ok(Line {
            rows: client.prepare(LOOK_ROWS).await.map_err(failure)?,
            claims: client.prepare(LOOK_CLAIMS).await.map_err(failure)?,
            answers: client.prepare(LOOK_ANSWERS).await.map_err(failure)?,
            answer: client.prepare(sql::ANSWER_GIVEN).await.map_err(failure)?,
            head: client.prepare(sql::AUDIT_HEAD).await.map_err(failure)?,
            generation: client.prepare(sql::GENERATION_NEXT).await.map_err(failure)?,
            writes,
            client,
        })
    }

    async fn batch(&self, changes: &[Change], chain: Chain<'_>) -> Done {
        let (seen, head) = self.look(changes, &chain).await?;
        let outcomes = judge(changes, seen);
        let accepted: Vec<&Change> =
            changes.iter().zip(&outcomes).filter(|(_, o)| **o == Outcome::Applied).map(|(change, _)| change).collect();
        if accepted.is_empty() {
            self.client.batch_execute("ROLLBACK").await.map_err(failure)?;
            return Ok((outcomes, head));
        }
        let links = link(chain.writer, head, chain.opened_by, accepted.iter().flat_map(|change| &change.audit));
        crash::point("judged");
        self.write(&plan(&accepted, &links)).await?;
        Ok((outcomes, links.last().map(Link::head)))
    }

    /// BEGIN and every look, in one round trip and one snapshot. REPEATABLE READ makes a later loss of what was seen
    /// an error (40001), and the batch runs again.
    async fn look(&self, changes: &[Change], chain: &Chain<'_>) -> Result<(Seen, Option<Head>), StoreError> {
        let Named { rows, claims, answers } = look::named(changes);
        let rows: Vec<&[u8]> = rows.iter().map(|id| id.0.as_slice()).collect();
        let claims: Vec<&[u8]> = claims.into_iter().collect();
        let answers: Vec<&[u8]> = answers.into_iter().map(<[u8; 32]>::as_slice).collect();
        let writer = chain.writer.0.as_slice();
        let unknown: &[&[u8]] = if chain.head.is_none() { &[writer] } else { &[] };
        let (begun, rows, claims, answers, head) = tokio::join!(
            biased;
            self.client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ"),
            self.ask(&self.rows, rows),
            self.ask(&self.claims, claims),
            self.ask(&self.answers, answers),
            async {
                match unknown {
                    [writer] => self.client.query(&self.head, &[writer]).await,
                    _ => Ok(Vec::new()),
                }
            },
        );
        begun.map_err(failure)?;
        let mut seen = Seen::default();
        for row in rows.map_err(failure)? {
            let mut record = record(&row)?;
            if row.try_get::<_, Option<i64>>(1).map_err(failure)?.is_some() {
                seen.versions.insert(record.id(0)?, record.int(1)?);
            }
        }
        for row in claims.map_err(failure)? {
            let mut record = record(&row)?;
            if let Some(holder) = record.maybe_id(1)? {
                seen.claims.insert(record.bytes(0)?, (holder, record.text(2)?));
            }
        }
        self.given(&mut seen, answers.map_err(failure)?).await?;
        let found = head.map_err(failure)?.iter().map(record).collect::<Result<_, _>>()?;
        let head = match chain.head {
            Some(head) => head,
            None => look::head(found)?,
        };
        Ok((seen, head))
    }

    async fn ask(&self, look: &Statement, keys: Vec<&[u8]>) -> Result<Vec<Row>, tokio_postgres::Error> {
        if keys.is_empty() { Ok(Vec::new()) } else { self.client.query(look, &[&keys]).await }
    }

    /// Repeats are rare: only for them are the stored bytes fetched.
    async fn given(&self, seen: &mut Seen, rows: Vec<Row>) -> Result<(), StoreError> {
        for row in rows {
            if row.try_get::<_, Option<&[u8]>>(1).map_err(failure)?.is_none() {
                continue;
            }
            let key: [u8; 32] = record(&row)?.array(0)?;
            for found in self.client.query(&self.answer, &[&key.as_slice()]).await.map_err(failure)? {
                seen.answers.insert(key, look::answer(key, record(&found)?)?);
            }
        }
        Ok(())
    }

    /// One statement a table, and COMMIT, in one round trip. After a failed statement the server turns COMMIT into
    /// ROLLBACK, so that any error means that nothing was written.
    async fn write(&self, plan: &Plan<'_>) -> Result<(), StoreError> {
        let batches: Vec<_> = plan.sheets.iter().map(|sheet| (&self.writes[sheet.write.n], columns(sheet))).collect();
        let writes = pipeline(batches.iter().map(|(statement, columns)| async move {
            let columns: Vec<&(dyn ToSql + Sync)> =
                columns.iter().map(|column| &**column as &(dyn ToSql + Sync)).collect();
            self.client.execute(*statement, &columns).await.map(drop)
        }));
        let generation =
            async { if plan.generation { self.client.execute(&self.generation, &[]).await.map(drop) } else { Ok(()) } };
        let (written, counted, committed) =
            tokio::join!(biased; writes, generation, self.client.batch_execute("COMMIT"));
        written.into_iter().collect::<Result<Vec<()>, _>>().map_err(failure)?;
        counted.and(committed).map_err(failure)
    }

    /// After an error: is the connection good for another batch?
    async fn rolled_back(&self, done: &Done) -> bool {
        let lost = matches!(done, Err(StoreError::Unavailable { .. }));
        !lost
            && tokio::time::timeout(BATCH_TIMEOUT, self.client.batch_execute("ROLLBACK")).await.is_ok_and(|r| r.is_ok())
    }
}
