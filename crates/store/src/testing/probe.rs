//! What the suite does to an engine that the store itself never does.

use crate::dialect::{Dialect, sqlite_text};
use crate::engine::Engine;
use crate::error::StoreError;
use crate::statement::{COUNTS, KEPT, KEPT_APART, READS, STEPS, WRITES};
use crate::{postgres, sqlite};

impl Engine {
    pub(super) async fn limit_pages(&self, pages: i64) -> Result<i64, StoreError> {
        let Engine::Sqlite(sqlite) = self else { return Err(StoreError::Bug("no pages to limit".into())) };
        sqlite
            .with_writer(move |db| {
                if pages > 0 {
                    db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
                        .map_err(sqlite::failure)?;
                }
                db.query_row("PRAGMA page_count", [], |row| row.get(0)).map_err(sqlite::failure)
            })
            .await
    }

    pub(super) async fn prepare_every_statement(&self) -> Result<usize, StoreError> {
        let reads = || READS.iter().chain(STEPS).copied().chain(COUNTS.iter().map(|(_, count)| *count));
        let dumps = || KEPT.iter().chain(KEPT_APART).map(|table| table.dump(""));
        match self {
            Engine::Sqlite(sqlite) => {
                let writes = WRITES.iter().map(|write| Dialect::Sqlite.write(write));
                let texts: Vec<String> =
                    reads().map(|sql| sqlite_text(sql).to_owned()).chain(dumps()).chain(writes).collect();
                sqlite
                    .with_writer(move |db| {
                        texts
                            .iter()
                            .try_for_each(|text| db.prepare(text).map(drop))
                            .map(|()| texts.len())
                            .map_err(sqlite::failure)
                    })
                    .await
            }
            Engine::Postgres(postgres) => {
                let client = postgres.client().await?;
                let writes = WRITES.iter().map(|write| Dialect::Postgres.write(write));
                let texts: Vec<String> =
                    reads().map(|sql| Dialect::Postgres.portable(sql)).chain(dumps()).chain(writes).collect();
                for text in &texts {
                    client.prepare(text).await.map_err(postgres::failure)?;
                }
                Ok(texts.len())
            }
        }
    }

    pub(super) async fn meddle(&self, sql: &'static str) -> Result<(), StoreError> {
        match self {
            Engine::Sqlite(sqlite) => {
                sqlite.with_writer(move |db| db.execute_batch(sql).map_err(sqlite::failure)).await
            }
            Engine::Postgres(postgres) => postgres.client().await?.batch_execute(sql).await.map_err(postgres::failure),
        }
    }
}
