//! The one place that reads the clock. Everything else is handed `now`.
//!
//! A machine's clock can be moved while the server runs: by hand, by a time service gone wrong, by a machine that was stopped and
//! woken. What it says is therefore held against the time since the machine started (`steady`), and while the two disagree the
//! whole application lives by the latter: sessions, leases, the 24-hour rule and the erasures do not jump along.

pub mod steady;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;

use steady::{Finding, Steady};

/// A clock: the system's, or one that a test or the demo sets.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock, as long as it can be believed.
    System,
    /// Epoch milliseconds that somebody else moves.
    Set(Arc<AtomicI64>),
    /// The instant that the running task was given by [`Clock::at`]; the machine's clock outside of one. The demo lives many
    /// hours at once by it, and then goes on in the present.
    Task,
}

/// The machine's clock cannot be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doubt {
    /// By how many seconds it is ahead of the time that is gone by; less than none if it is behind.
    pub off_s: i64,
}

tokio::task_local! {
    static INSTANT: Timestamp;
}

/// What this process knows of its machine's clock.
static STEADY: OnceLock<Mutex<Steady>> = OnceLock::new();

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
    pub fn now(&self) -> Timestamp {
        let ms = match self {
            Clock::System => looked().0,
            Clock::Set(ms) => ms.load(Ordering::Relaxed),
            Clock::Task => INSTANT.try_with(|at| at.as_millisecond()).unwrap_or_else(|_| looked().0),
        };
        Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Whether the clock cannot be believed just now. One that somebody else moves is to be moved.
    #[must_use]
    pub fn doubt(&self) -> Option<Doubt> {
        match self {
            Clock::System => looked().1,
            Clock::Set(_) | Clock::Task => None,
        }
    }

    /// Believes the machine's clock as it is now: somebody has looked at it.
    pub fn believe(&self) {
        if let Clock::System = self {
            let (clock_ms, since_start_ms) = read();
            let steady = STEADY.get_or_init(|| Mutex::new(Steady::new(clock_ms, since_start_ms)));
            *steady.lock().unwrap_or_else(PoisonError::into_inner) = Steady::new(clock_ms, since_start_ms);
            tracing::warn!("the machine's clock is believed as it is now: passes are issued");
        }
    }

    /// Whether the machine's own clock stands within two minutes of this instant, in doubt or not.
    #[must_use]
    pub fn says(&self, at: Timestamp) -> bool {
        (read().0 - at.as_millisecond()).abs() <= 2 * steady::STEP_MS_MAX
    }

    /// Starts measuring how long something takes. Even under a clock that stands, work takes its time.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    pub fn stopwatch(&self) -> std::time::Instant {
        std::time::Instant::now()
    }
}

/// The time to go by, and whether the machine's clock says another.
fn looked() -> (i64, Option<Doubt>) {
    let (clock_ms, since_start_ms) = read();
    let steady = STEADY.get_or_init(|| Mutex::new(Steady::new(clock_ms, since_start_ms)));
    let (ms, finding, off_ms) = {
        let mut steady = steady.lock().unwrap_or_else(PoisonError::into_inner);
        let (ms, finding) = steady.look(clock_ms, since_start_ms);
        (ms, finding, steady.off_ms())
    };
    match finding {
        Some(Finding::Stepped(by_ms)) => tracing::warn!(by_ms, "the machine's clock stepped, and is followed"),
        Some(Finding::InDoubt(by_ms)) => tracing::error!(
            by_ms,
            "the machine's clock jumped and is not followed: no passes are issued until it is right again, or until a restart if it is right now"
        ),
        Some(Finding::Believed) => tracing::warn!("the machine's clock is believed again: passes are issued"),
        None => {}
    }
    (ms, off_ms.map(|off_ms| Doubt { off_s: off_ms / 1000 }))
}

/// The machine's clock, and the time since the machine started, in milliseconds: read again if something came between the two.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn read() -> (i64, i64) {
    for _ in 0..10 {
        let before = since_start_ms();
        let clock = Timestamp::now().as_millisecond();
        if since_start_ms() - before <= 10 {
            return (clock, before);
        }
    }
    (Timestamp::now().as_millisecond(), since_start_ms())
}

/// With the time that the machine slept (Linux's monotonic clock leaves it out): who wakes a laptop moved no clock.
#[cfg(target_os = "linux")]
fn since_start_ms() -> i64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    time.tv_sec * 1000 + time.tv_nsec / 1_000_000
}

#[cfg(not(target_os = "linux"))]
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn since_start_ms() -> i64 {
    static START: OnceLock<std::time::Instant> = OnceLock::new();
    let since = START.get_or_init(std::time::Instant::now).elapsed();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
