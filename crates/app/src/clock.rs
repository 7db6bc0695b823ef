//! The one place that reads the clock. Everything else is handed `now`.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// A clock: the system's, or one that a test or the demo sets.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Epoch milliseconds that somebody else moves.
    Set(Arc<AtomicI64>),
    /// The instant that the running task was given by [`Clock::at`]; the machine's clock outside of one. The demo lives many
    /// hours at once by it, and then goes on in the present.
    Task,
}

tokio::task_local! {
    static INSTANT: Timestamp;
}

impl Clock {
    /// A clock that stands at `at` until it is moved.
    #[must_use]
    pub fn standing_at(at: Timestamp) -> Self {
        Clock::Set(Arc::new(AtomicI64::new(at.as_millisecond())))
    }

    /// Moves a clock that can be moved; the system's stays.
    pub fn set(&self, at: Timestamp) {
        if let Clock::Set(ms) = self {
            ms.store(at.as_millisecond(), Ordering::Relaxed);
        }
    }

    /// Runs a task at an instant, for whoever asks a [`Clock::Task`] in it.
    pub async fn at<T>(instant: Timestamp, task: impl Future<Output = T>) -> T {
        INSTANT.scope(instant, task).await
    }

    /// Now, in whole milliseconds: what is stored must compare equal to what was decided on.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    pub fn now(&self) -> Timestamp {
        let ms = match self {
            Clock::System => Timestamp::now().as_millisecond(),
            Clock::Set(ms) => ms.load(Ordering::Relaxed),
            Clock::Task => INSTANT.try_with(|at| *at).unwrap_or_else(|_| Timestamp::now()).as_millisecond(),
        };
        Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Starts measuring how long something takes. Even under a clock that stands, work takes its time.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    pub fn stopwatch(&self) -> std::time::Instant {
        std::time::Instant::now()
    }
}
