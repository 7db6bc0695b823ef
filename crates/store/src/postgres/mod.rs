//! The PostgreSQL engine: two write connections, each a lane, and a small pool for reads.

mod care;
mod connection;
mod dial;
mod lane;
mod migrate;
mod value;

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime, Timeouts};
use tokio_postgres::types::ToSql;
use tokio_postgres::{IsolationLevel, Statement};

pub(crate) use connection::{failure, pipeline};
pub(crate) use dial::Dial;
pub(crate) use lane::Lane;
pub(crate) use value::columns;

use crate::dialect::Dialect;
use crate::error::StoreError;
use crate::value::{Record, Value};

/// Two beat one 1.4 times at 64 callers; four lose a third.
pub(crate) const LANES: u8 = 2;
const READERS: usize = 4;
const TURN_WAIT: Duration = Duration::from_secs(5);

/// An open PostgreSQL database.
#[derive(Debug, Clone)]
pub(crate) struct Postgres {
    pub(crate) dial: Arc<Dial>,
    pool: Pool,
}

impl Postgres {
    /// Takes the address in; connections are made when they are first needed, and again when they are lost.
    pub(crate) fn at(url: &str) -> Result<Self, StoreError> {
        let dial = Dial::of(url)?;
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(dial.config.clone(), dial.tls.clone(), recycling);
        let timeouts = Timeouts { wait: Some(TURN_WAIT), create: Some(TURN_WAIT), recycle: Some(TURN_WAIT) };
        let pool = Pool::builder(manager).max_size(READERS).runtime(Runtime::Tokio1).timeouts(timeouts).build();
        Ok(Postgres { dial: Arc::new(dial), pool: pool.map_err(StoreError::unavailable)? })
    }

    /// Runs one read for each set of parameters, all in one snapshot. A read that meets a connection which was lost while
    /// idle runs once more.
    pub(crate) async fn read(&self, sql: &'static str, sets: Vec<Vec<Value>>) -> Result<Vec<Vec<Record>>, StoreError> {
        match self.read_once(sql, &sets).await {
            Err(StoreError::Unavailable { .. }) => self.read_once(sql, &sets).await,
            found => found,
        }
    }

    async fn read_once(&self, sql: &'static str, sets: &[Vec<Value>]) -> Result<Vec<Vec<Record>>, StoreError> {
        let mut client = self.client().await?;
        let statement = prepared(&client, sql).await?;
        if let [set] = sets {
            return Ok(vec![query(&client, &statement, set).await?]);
        }
        let snapshot = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
        let snapshot = snapshot.start().await.map_err(failure)?;
        let found = pipeline(sets.iter().map(|set| query(&snapshot, &statement, set))).await;
        snapshot.commit().await.map_err(failure)?;
        found.into_iter().collect()
    }

    /// Runs reads of different kinds in one round trip, each in a snapshot of its own.
    pub(crate) async fn read_each(
        &self,
        asks: Vec<(&'static str, Vec<Value>)>,
    ) -> Result<Vec<Vec<Record>>, StoreError> {
        match self.read_each_once(&asks).await {
            Err(StoreError::Unavailable { .. }) => self.read_each_once(&asks).await,
            found => found,
        }
    }

    async fn read_each_once(&self, asks: &[(&'static str, Vec<Value>)]) -> Result<Vec<Vec<Record>>, StoreError> {
        let client = self.client().await?;
        let mut statements = Vec::with_capacity(asks.len());
        for (sql, _) in asks {
            statements.push(prepared(&client, sql).await?);
        }
        let queries = asks.iter().zip(&statements).map(|((_, set), statement)| query(&client, statement, set));
        pipeline(queries).await.into_iter().collect()
    }

    /// Runs one small write that is no part of a change.
    pub(crate) async fn step(&self, sql: &'static str, set: Vec<Value>) -> Result<Vec<Record>, StoreError> {
        let client = self.client().await?;
        query(&client, &prepared(&client, sql).await?, &set).await
    }

    /// Lends one of the pool's connections.
    pub(crate) async fn client(&self) -> Result<Object, StoreError> {
        self.pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) => failure(error),
            other => StoreError::unavailable(other),
        })
    }
}

async fn prepared(client: &Object, sql: &'static str) -> Result<Statement, StoreError> {
    client.prepare_cached(&Dialect::Postgres.portable(sql)).await.map_err(failure)
}

async fn query(
    client: &impl deadpool_postgres::GenericClient,
    statement: &Statement,
    set: &[Value],
) -> Result<Vec<Record>, StoreError> {
    let set: Vec<&(dyn ToSql + Sync)> = set.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
    let rows = client.query(statement, &set).await.map_err(failure)?;
    rows.iter().map(connection::record).collect()
}
