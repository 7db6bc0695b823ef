//! Schema versions of a PostgreSQL database.

use deadpool_postgres::GenericClient;

use super::{Postgres, failure};
use crate::dialect::{Dialect, POSTGRES_MIGRATION_LOCK};
use crate::error::StoreError;
use crate::schema;

/// PostgreSQL 15: the oldest that the suite runs on.
const OLDEST: i64 = 150_000;

impl Postgres {
    /// Runs the missing migrations in one transaction; several processes that start at once take turns.
    pub(crate) async fn migrate(&self, now_ms: i64) -> Result<(i64, i64), StoreError> {
        let mut client = self.client().await?;
        let transaction = client.transaction().await.map_err(failure)?;
        transaction.batch_execute(POSTGRES_MIGRATION_LOCK).await.map_err(failure)?;
        let found = version(&transaction).await?;
        if found > schema::needed() {
            return Err(StoreError::Schema { found, needed: schema::needed() });
        }
        transaction.batch_execute(&Dialect::Postgres.ddl(schema::SCHEMA_TABLE)).await.map_err(failure)?;
        for (version, text) in schema::missing(found) {
            transaction.batch_execute(&Dialect::Postgres.ddl(text)).await.map_err(failure)?;
            let done = "INSERT INTO schema_version (version, at_ms) VALUES ($1, $2)";
            transaction.execute(done, &[&version, &now_ms]).await.map_err(failure)?;
        }
        transaction.commit().await.map_err(failure)?;
        Ok((found, schema::needed()))
    }

    pub(crate) async fn schema_version(&self) -> Result<i64, StoreError> {
        let client = self.client().await?;
        let server: i64 = one(&client, "SELECT current_setting('server_version_num')::bigint").await?;
        if server < OLDEST {
            return Err(StoreError::unavailable(format!("PostgreSQL {server} is older than {OLDEST}")));
        }
        version(&client).await
    }
}

async fn version(client: &impl GenericClient) -> Result<i64, StoreError> {
    if one::<Option<String>>(client, "SELECT to_regclass('schema_version')::text").await?.is_none() {
        return Ok(0);
    }
    one(client, "SELECT COALESCE(MAX(version), 0) FROM schema_version").await
}

async fn one<T: for<'a> tokio_postgres::types::FromSql<'a>>(
    client: &impl GenericClient,
    sql: &str,
) -> Result<T, StoreError> {
    client.query_one(sql, &[]).await.and_then(|row| row.try_get(0)).map_err(failure)
}
