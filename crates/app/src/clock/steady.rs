//! Whether the machine's clock can be believed: its distance to the time since the machine started, which nobody can set.
//!
//! Pure: both readings are arguments. A small step is followed. A large one, or many small ones within a day, puts the clock in
//! doubt: from then on the time is counted on from where it was last believed, until the clock comes back to it (faults.md F8).

/// By how much a clock may step, in one step or in all of a day, and still be followed.
pub const STEP_MS_MAX: i64 = 60_000;
/// A step of more than this is worth a line in the log.
const LOGGED_MS: i64 = 2_000;
/// Two readings cannot be made in the same instant; what is less than this is no step.
const JITTER_MS: i64 = 50;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What a look at the clock found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// It stepped by so many milliseconds, and is followed.
    Stepped(i64),
    /// It is off by so many milliseconds, and no longer believed.
    InDoubt(i64),
    /// It is believed again.
    Believed,
}

/// What is known of the clock.
#[derive(Debug, Clone, Copy)]
pub struct Steady {
    /// The clock's distance to the time since the start, as it is believed.
    believed_ms: i64,
    /// What was followed lately; a day takes [`STEP_MS_MAX`] off it.
    followed_ms: i64,
    /// When that was counted, since the start.
    counted_ms: i64,
    /// By how much the clock is off, while it is in doubt.
    off_ms: Option<i64>,
}

impl Steady {
    /// The first look: this clock is all that there is to believe.
    #[must_use]
    pub fn new(clock_ms: i64, since_start_ms: i64) -> Self {
        Steady { believed_ms: clock_ms - since_start_ms, followed_ms: 0, counted_ms: since_start_ms, off_ms: None }
    }

    /// A look: the time to go by, and what is new.
    pub fn look(&mut self, clock_ms: i64, since_start_ms: i64) -> (i64, Option<Finding>) {
        let by_ms = clock_ms - since_start_ms - self.believed_ms;
        if by_ms.abs() <= JITTER_MS && self.off_ms.is_none() {
            return (clock_ms, None);
        }
        self.forget(since_start_ms);
        if by_ms.abs() + self.followed_ms > STEP_MS_MAX {
            let is_news = self.off_ms.is_none_or(|known| (known - by_ms).abs() > LOGGED_MS);
            if is_news {
                self.off_ms = Some(by_ms);
            }
            return (self.believed_ms + since_start_ms, is_news.then_some(Finding::InDoubt(by_ms)));
        }
        self.believed_ms += by_ms;
        self.followed_ms += by_ms.abs();
        let was_in_doubt = self.off_ms.take().is_some();
        let stepped = (by_ms.abs() > LOGGED_MS).then_some(Finding::Stepped(by_ms));
        (clock_ms, if was_in_doubt { Some(Finding::Believed) } else { stepped })
    }

    /// By how much the clock is off, while it is in doubt.
    #[must_use]
    pub fn off_ms(&self) -> Option<i64> {
        self.off_ms
    }

    fn forget(&mut self, since_start_ms: i64) {
        let over_ms = (since_start_ms - self.counted_ms).clamp(0, DAY_MS) * STEP_MS_MAX / DAY_MS;
        // What is less than a millisecond is counted the next time.
        if over_ms > 0 {
            self.followed_ms = (self.followed_ms - over_ms).max(0);
            self.counted_ms = since_start_ms;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const START: i64 = 1_800_000_000_000;
    const HOUR: i64 = 60 * 60 * 1000;

    #[test]
    fn a_small_step_is_followed_and_a_large_one_is_not() {
        for (by, finding) in [
            (40, None),
            (-1_500, None),
            (2_500, Some(Finding::Stepped(2_500))),
            (-59_000, Some(Finding::Stepped(-59_000))),
        ] {
            let mut steady = Steady::new(START, 0);
            assert_eq!(steady.look(START + 1_000 + by, 1_000), (START + 1_000 + by, finding), "{by}");
            assert_eq!(steady.off_ms(), None);
        }
        for by in [61_000, -61_000, HOUR, -HOUR, 24 * HOUR, -24 * HOUR] {
            let mut steady = Steady::new(START, 0);
            assert_eq!(steady.look(START + 1_000 + by, 1_000), (START + 1_000, Some(Finding::InDoubt(by))), "{by}");
            assert_eq!(steady.look(START + 2_000 + by, 2_000), (START + 2_000, None), "said once");
            assert_eq!(steady.look(START + 3_000, 3_000), (START + 3_000, Some(Finding::Believed)));
            assert_eq!(steady.off_ms(), None);
        }
    }

    #[test]
    fn many_small_steps_are_a_large_one_unless_days_lie_between() {
        let mut steady = Steady::new(START, 0);
        assert_eq!(steady.look(START + 50_000, 0).1, Some(Finding::Stepped(50_000)));
        assert_eq!(steady.look(START + 100_000, 0), (START + 50_000, Some(Finding::InDoubt(50_000))));
        let mut steady = Steady::new(START, 0);
        for day in 1..50 {
            let since = day * DAY_MS;
            assert_eq!(steady.look(START + since + day * 50_000, since).1, Some(Finding::Stepped(50_000)), "{day}");
        }
    }

    proptest! {
        /// Whatever is done to the clock: the time that is gone by never lies further from the true one than a day's steps may,
        /// and the clock is in doubt exactly when the two differ.
        #[test]
        fn no_jump_moves_the_time_that_is_gone_by(moves in proptest::collection::vec((0_i64..HOUR, -40 * HOUR..40 * HOUR), 1..60)) {
            let (mut steady, mut since) = (Steady::new(START, 0), 0);
            for (pause, by) in moves {
                since += pause;
                let clock = START + since + by;
                let (now, _) = steady.look(clock, since);
                let days = since / DAY_MS + 2;
                prop_assert!((now - (START + since)).abs() <= STEP_MS_MAX * days, "{now}");
                prop_assert_eq!(steady.off_ms().is_none(), now == clock);
            }
        }
    }
}
