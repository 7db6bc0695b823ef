//! The batcher: gathers changes for one shared commit, and gives each caller its own outcome.
//!
//! A plain thread a lane: async timers tick in milliseconds, and a batch waits 100 µs.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::change::{Change, Outcome};
use crate::crash;
use crate::error::StoreError;

/// One fsync carries 64 changes almost for free; more gained nothing when it was measured.
const BATCH_MAX: usize = 64;
const WAIT_MAX: Duration = Duration::from_micros(100);
/// How often a change alone is tried again while other writers keep winning.
const TRIES_MAX: usize = 5;

pub(crate) type Settled = Result<Outcome, StoreError>;

/// A change and the caller who waits for its outcome.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) change: Change,
    pub(crate) reply: oneshot::Sender<Settled>,
}

/// Serves one lane until every sender is gone; what was sent before that is still written.
pub(crate) fn serve(jobs: &Receiver<Job>, mut apply: impl FnMut(&[Change]) -> Result<Vec<Outcome>, StoreError>) {
    let mut last = 1;
    while let Ok(first) = jobs.recv() {
        // A lone caller must not wait for company that does not come.
        let (changes, replies) = gather(first, jobs, if last == 1 { Duration::ZERO } else { WAIT_MAX });
        last = changes.len();
        let settled = settle(&changes, &mut apply);
        crash::point("committed");
        for (reply, settled) in replies.into_iter().zip(settled) {
            // A caller that went away has its change written all the same; a repeat finds the answer.
            let _ = reply.send(settled);
            crash::point("answered");
        }
    }
}

fn gather(first: Job, jobs: &Receiver<Job>, wait: Duration) -> (Vec<Change>, Vec<oneshot::Sender<Settled>>) {
    let mut changes = vec![first.change];
    let mut replies = vec![first.reply];
    #[expect(clippy::disallowed_methods, reason = "how long a batch waits is no fact that anything is decided on")]
    let started = Instant::now();
    while changes.len() < BATCH_MAX {
        let next = match jobs.try_recv() {
            Ok(job) => Ok(job),
            Err(_) => jobs.recv_timeout(wait.saturating_sub(started.elapsed())),
        };
        match next {
            Ok(job) => {
                changes.push(job.change);
                replies.push(job.reply);
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    (changes, replies)
}

/// An error means that nothing was written: the batch runs once more, then each change alone, so that a bad neighbour
/// or a lost race costs nobody else anything.
fn settle(changes: &[Change], apply: &mut impl FnMut(&[Change]) -> Result<Vec<Outcome>, StoreError>) -> Vec<Settled> {
    let first = match apply(changes) {
        // After a sync that failed there is no second try (sqlite/fallen.rs).
        Err(error) if !matches!(error, StoreError::NotSynced(_)) => apply(changes),
        other => other,
    };
    match first {
        Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
        // Nobody fares better alone while the database cannot be reached.
        Err(error @ (StoreError::Unavailable { .. } | StoreError::NotSynced(_))) => {
            changes.iter().map(|_| Err(error.clone())).collect()
        }
        Err(_) => changes.iter().map(|change| alone(change, apply)).collect(),
    }
}

fn alone(change: &Change, apply: &mut impl FnMut(&[Change]) -> Result<Vec<Outcome>, StoreError>) -> Settled {
    for _ in 0..TRIES_MAX {
        match apply(std::slice::from_ref(change)) {
            Ok(mut outcomes) => return outcomes.pop().ok_or_else(|| StoreError::Bug("a change had no outcome".into())),
            Err(StoreError::Contended(_)) => {}
            Err(error) => return Err(error),
        }
    }
    match change.touched().first() {
        Some(id) => Ok(Outcome::Conflict { id: *id, found: -1 }),
        None => Err(StoreError::Contended(change.label.into())),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::change::RowWrite;
    use crate::testing::id;

    fn change(n: u64) -> Change {
        let row = RowWrite { kind: crate::change::Kind(1), id: id(n), expected: 0, state: String::new() };
        Change { label: "test", rows: vec![row], ..Change::default() }
    }

    /// Hands all of them in at once and answers the batches that were made of them, with what each caller heard.
    fn served(
        count: u64,
        mut apply: impl FnMut(&[Change]) -> Result<Vec<Outcome>, StoreError>,
    ) -> (Vec<usize>, Vec<Settled>) {
        let (sender, jobs) = mpsc::channel();
        let mut callers = Vec::new();
        for n in 0..count {
            let (reply, settled) = oneshot::channel();
            sender.send(Job { change: change(n), reply }).unwrap();
            callers.push(settled);
        }
        drop(sender);
        let mut batches = Vec::new();
        serve(&jobs, |changes| {
            batches.push(changes.len());
            apply(changes)
        });
        (batches, callers.into_iter().map(|mut settled| settled.try_recv().unwrap()).collect())
    }

    #[test]
    fn what_waits_is_gathered_but_never_more_than_64() {
        let (batches, heard) = served(150, |changes| Ok(vec![Outcome::Applied; changes.len()]));
        assert_eq!(batches, [64, 64, 22]);
        assert!(heard.iter().all(|settled| *settled == Ok(Outcome::Applied)));
    }

    #[test]
    fn a_batch_that_fails_once_is_run_once_more() {
        let mut failures = vec![StoreError::Contended("another lane".into())];
        let (batches, heard) =
            served(3, |changes| failures.pop().map_or(Ok(vec![Outcome::Applied; changes.len()]), Err));
        assert_eq!(batches, [3, 3]);
        assert_eq!(heard, vec![Ok(Outcome::Applied); 3]);
    }

    #[test]
    fn a_bad_neighbour_fails_alone() {
        let bad = StoreError::Bug("bad".into());
        let (_, heard) = served(5, |changes| {
            if changes.iter().any(|change| change.rows[0].id == id(2)) {
                Err(bad.clone())
            } else {
                Ok(vec![Outcome::Applied; changes.len()])
            }
        });
        let mut expected = vec![Ok(Outcome::Applied); 5];
        expected[2] = Err(bad.clone());
        assert_eq!(heard, expected);
    }

    #[test]
    fn nobody_is_tried_alone_while_the_database_is_away() {
        let (batches, heard) = served(5, |_| Err(StoreError::unavailable("away")));
        assert_eq!(batches, [5, 5]);
        assert!(heard.iter().all(Result::is_err));
    }

    #[test]
    fn who_keeps_losing_a_race_is_told_to_read_again() {
        let (_, heard) = served(1, |_| Err(StoreError::Contended("always".into())));
        assert_eq!(heard, [Ok(Outcome::Conflict { id: id(0), found: -1 })]);
    }
}
