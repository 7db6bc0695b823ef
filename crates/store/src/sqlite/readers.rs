//! Reading connections, each with a thread of its own. A read hops once, onto whichever thread is free first; handed to the
//! runtime's pool for blocking work it waited for a turn, then for a thread, and under load those two hops cost more than the read.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{connection, lock};
use crate::error::StoreError;

type Read = Box<dyn FnOnce(&mut Connection) + Send>;

/// The readers of one file; their connections close with the last owner.
#[derive(Debug)]
pub(crate) struct Readers {
    reads: Option<mpsc::Sender<Read>>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    pub(crate) fn open(path: &Path, count: usize) -> Result<Self, StoreError> {
        let (sender, reads) = mpsc::channel::<Read>();
        let reads = Arc::new(Mutex::new(reads));
        let mut readers = Readers { reads: Some(sender), threads: Vec::new() };
        for n in 0..count {
            let (mut connection, reads) = (connection::open_reader(path)?, Arc::clone(&reads));
            let serve = move || {
                // The lock is held while waiting: the others wait for the lock instead, and one of them goes on.
                while let Ok(read) = { lock(&reads).recv() } {
                    // Whoever asked is told by the sender that is dropped; the connection is whole between two calls.
                    let _ = catch_unwind(AssertUnwindSafe(|| read(&mut connection)));
                }
            };
            let thread = std::thread::Builder::new().name(format!("store-reader-{n}"));
            readers.threads.push(thread.spawn(serve).map_err(StoreError::unavailable)?);
        }
        Ok(readers)
    }

    /// Lends a connection. The work is done even if the caller goes away.
    pub(crate) async fn lend<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, found) = oneshot::channel();
        let read: Read = Box::new(move |connection| drop(reply.send(work(connection))));
        let reads = self.reads.as_ref().ok_or_else(|| StoreError::unavailable("its readers have ended"))?;
        reads.send(read).map_err(|_| StoreError::unavailable("its readers have ended"))?;
        found.await.map_err(|_| StoreError::Bug("a read ended without an answer".into()))?
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.reads = None;
        for thread in self.threads.drain(..) {
            // What was sent is still read; then the connection closes.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Folder;

    #[tokio::test]
    async fn a_read_that_panics_fails_alone_and_its_reader_goes_on() {
        let folder = Folder::new();
        let path = folder.path("readers.db");
        connection::open_file(&path).unwrap();
        let readers = Readers::open(&path, 1).unwrap();
        let lost = readers.lend(|_| -> Result<i64, StoreError> { panic!("in a read") }).await;
        assert!(matches!(lost, Err(StoreError::Bug(_))), "{lost:?}");
        let one =
            readers.lend(|db| db.query_row("SELECT 1", [], |row| row.get(0)).map_err(super::super::failure)).await;
        assert_eq!(one, Ok(1_i64));
    }
}
