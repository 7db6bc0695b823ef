//! A sync that failed. The kernel may count what it was for as written from then on, so the next sync would succeed and mean
//! nothing (fsync(2); PostgreSQL gives up at once for the same reason). Nothing is written and nothing acknowledged after one: the
//! server stops, and the next start finds out from the log what is really there.

use std::sync::Arc;

use tokio::sync::watch;

use crate::error::StoreError;

/// Whether a sync has failed in this process. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Fallen(Arc<watch::Sender<Option<StoreError>>>);

impl Fallen {
    pub(crate) fn new() -> Self {
        Fallen(Arc::new(watch::Sender::new(None)))
    }

    /// Goes on only if none has.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        self.0.borrow().clone().map_or(Ok(()), Err)
    }

    /// Passes an outcome on, and remembers if it says that a sync failed; what succeeded after one did not.
    pub(crate) fn seen<T>(&self, done: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(error @ StoreError::NotSynced(_)) = &done {
            self.remember(error.clone());
        }
        self.check().and(done)
    }

    pub(crate) fn remember(&self, error: StoreError) {
        self.0.send_if_modified(|known| {
            let is_first = known.is_none();
            known.get_or_insert(error);
            is_first
        });
    }

    /// Waits until one has failed.
    pub(crate) async fn wait(&self) -> StoreError {
        let mut seen = self.0.subscribe();
        let failed = seen.wait_for(Option::is_some).await.ok().and_then(|failed| failed.clone());
        match failed {
            Some(error) => error,
            // The sender lives as long as this.
            None => std::future::pending().await,
        }
    }
}
