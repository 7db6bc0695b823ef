//! The one gate through which every request goes that costs something (faults.md F17, F18): so many are worked on at once, in the
//! whole server, and who waits or is sent away follows from how urgent it is.
//!
//! Three rules. A class may begin only while fewer are worked on than its share of the limit, so what is less urgent leaves room
//! for what is more; but a sixteenth of it each class has in any case, so that nobody waits for ever. Whoever finds no room waits a little, the most urgent in front; where a class could not keep up for a second,
//! its waiting is cut short, since waiting would only end in the same refusal. And the limit itself is measured: four times a second it
//! goes up by one while half of the answers come in time, and down by a tenth while they do not.
//!
//! No library had all of it (`tower` limits without classes, and layered on an axum router it limits each route by itself).

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::class::Class;
use super::told::Told;
use crate::app::App;
use crate::clock::Clock;

const CLASSES: usize = Class::COUNTED.len();
/// So long it is measured before the limit moves.
const WINDOW: Duration = Duration::from_millis(250);
/// Of fewer answers a window's middle says nothing.
const ANSWERS_MIN: usize = 5;
/// The limit never goes below: each class still has room of its own.
const LIMIT_MIN: f64 = 16.0;
/// The part of the limit that each class has, whatever the others do.
const LEAST: f64 = 0.0625;
/// So many of one class wait at most.
const WAITING_MAX: usize = 128;
/// Who could not keep up for so long waits no more than [`CUT_SHORT`].
const STANDING: Duration = Duration::from_secs(1);
const CUT_SHORT: Duration = Duration::from_millis(20);
/// Answers that go on by themselves hold no room of the limit; so many of them are given at once.
const STREAMS_MAX: usize = 256;

impl Class {
    /// The part of the limit up to which it may begin.
    fn share(self) -> f64 {
        match self {
            Class::Free | Class::Lane => 1.0,
            Class::Desk | Class::Bulk => 0.875,
            Class::Declare => 0.75,
            Class::Later => 0.5,
        }
    }

    /// The part of the limit that it may have for itself.
    fn own_share(self) -> f64 {
        if self == Class::Bulk { 0.125 } else { self.share() }
    }

    /// How long it may wait for room. Less than a second even with the work behind it.
    fn patience(self) -> Duration {
        Duration::from_millis(match self {
            Class::Free | Class::Lane => 600,
            Class::Desk | Class::Bulk => 400,
            Class::Declare => 200,
            Class::Later => 100,
        })
    }

    fn place(self) -> Option<usize> {
        Class::COUNTED.iter().position(|class| *class == self)
    }
}

/// No room: come again after so many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full {
    /// Seconds, others for each caller.
    pub retry_s: u64,
}

/// The gate.
#[derive(Debug)]
pub struct Gate {
    clock: Clock,
    limit_max: f64,
    in_time: Duration,
    state: Mutex<State>,
    told: Told,
    streams: Arc<()>,
}

#[derive(Debug)]
struct State {
    limit: f64,
    under_way: usize,
    own: [usize; CLASSES],
    waiting: [VecDeque<oneshot::Sender<Slot>>; CLASSES],
    /// Since when somebody of the class waits without a break.
    standing: [Option<Instant>; CLASSES],
    window: Instant,
    took: Vec<Duration>,
}

/// What the gate holds just now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// How many requests are worked on.
    pub under_way: usize,
    /// How many may be.
    pub limit: f64,
    /// How many wait.
    pub waiting: usize,
    /// How many answers go on by themselves.
    pub streams: usize,
}

/// Room for one request, given back when it is dropped.
#[derive(Debug)]
pub struct Slot {
    gate: Arc<Gate>,
    place: usize,
    began: Instant,
}

/// An answer that goes on by itself, as long as it does.
#[derive(Debug)]
pub struct Stream(#[expect(dead_code, reason = "it counts by being there")] Arc<()>);

impl Gate {
    /// As the application is set up.
    #[must_use]
    pub fn of(app: &App) -> Arc<Self> {
        let limit_max = f64::from(app.config.load.in_flight.get());
        let state = State {
            limit: limit_max,
            under_way: 0,
            own: [0; CLASSES],
            waiting: Default::default(),
            standing: [None; CLASSES],
            window: app.clock.stopwatch(),
            took: Vec::new(),
        };
        let told = Told::new(&app.clock);
        let (clock, state) = (app.clock.clone(), Mutex::new(state));
        let in_time = app.config.load.in_time;
        Arc::new(Gate { clock, limit_max, in_time, state, told, streams: Arc::default() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Room for a request of this class; nothing to hold for one that is not counted.
    ///
    /// # Errors
    /// [`Full`].
    pub async fn enter(self: &Arc<Self>, class: Class, draw: u16) -> Result<Option<Slot>, Full> {
        let Some(place) = class.place() else { return Ok(None) };
        match self.room(class, place) {
            Room::Now(slot) => Ok(Some(slot)),
            Room::Never => Err(self.sent_away(class, draw)),
            Room::Perhaps(mut turn, patience) => {
                let slot = match tokio::time::timeout(patience, &mut turn).await {
                    Ok(given) => given.ok(),
                    Err(_) => {
                        turn.close();
                        turn.try_recv().ok()
                    }
                };
                slot.map(Some).ok_or_else(|| self.sent_away(class, draw))
            }
        }
    }

    fn room(self: &Arc<Self>, class: Class, place: usize) -> Room {
        let now = self.clock.stopwatch();
        let mut state = self.state();
        // Whoever may begin now passes nobody: a line of those who may is emptied with each request that ends.
        if state.may_begin(place) {
            state.begin(place);
            return Room::Now(Slot { gate: Arc::clone(self), place, began: now });
        }
        state.waiting[place].retain(|turn| !turn.is_closed());
        if state.waiting[place].len() >= WAITING_MAX {
            return Room::Never;
        }
        let since = *state.standing[place].get_or_insert(now);
        let is_standing = class != Class::Lane && now.duration_since(since) > STANDING;
        let (turn, waits) = oneshot::channel();
        state.waiting[place].push_back(turn);
        Room::Perhaps(waits, if is_standing { CUT_SHORT } else { class.patience() })
    }

    /// Gives room to those who wait, the most urgent first.
    fn give(self: &Arc<Self>) {
        let now = self.clock.stopwatch();
        let given = self.state().next();
        for (place, turn) in given {
            // Whoever went away meanwhile lets go of it in this very moment.
            drop(turn.send(Slot { gate: Arc::clone(self), place, began: now }));
        }
    }

    /// Nobody of this class finds room.
    #[must_use]
    pub fn sent_away(&self, class: Class, draw: u16) -> Full {
        // Each place gives an answer a second at least.
        let within_s = if class == Class::Lane { 1 } else { self.told.spread_s(self.state().limit) };
        self.told.sent_away(class);
        Full { retry_s: 1 + u64::from(draw) % (within_s + 1) }
    }

    /// Another answer that goes on by itself.
    ///
    /// # Errors
    /// [`Full`] where there are too many of them.
    pub fn stream(&self, draw: u16) -> Result<Stream, Full> {
        let held = Arc::clone(&self.streams);
        if Arc::strong_count(&held) - 1 > STREAMS_MAX {
            return Err(self.sent_away(Class::Desk, draw));
        }
        Ok(Stream(held))
    }

    /// What it holds just now.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let streams = Arc::strong_count(&self.streams) - 1;
        let state = self.state();
        let waiting = state.waiting.iter().map(|turns| turns.iter().filter(|turn| !turn.is_closed()).count()).sum();
        Standing { under_way: state.under_way, limit: state.limit, waiting, streams }
    }
}

enum Room {
    Now(Slot),
    Perhaps(oneshot::Receiver<Slot>, Duration),
    Never,
}

impl State {
    fn may_begin(&self, place: usize) -> bool {
        let class = Class::COUNTED[place];
        let within = |count: usize, share: f64| (count as f64) < (self.limit * share).floor().max(1.0);
        let has_room = within(self.under_way, class.share()) && within(self.own[place], class.own_share());
        // What is for the most urgent alone stays so.
        has_room || (within(self.own[place], LEAST) && within(self.under_way, Class::Desk.share()))
    }

    fn begin(&mut self, place: usize) {
        self.under_way += 1;
        self.own[place] += 1;
    }

    /// Takes out of the lines whoever may begin now.
    fn next(&mut self) -> Vec<(usize, oneshot::Sender<Slot>)> {
        let mut given = Vec::new();
        for place in 0..CLASSES {
            while self.may_begin(place) {
                let Some(turn) = self.waiting[place].pop_front() else { break };
                if !turn.is_closed() {
                    self.begin(place);
                    given.push((place, turn));
                }
            }
            if self.waiting[place].is_empty() {
                self.standing[place] = None;
            }
        }
        given
    }

    fn measured(&mut self, took: Duration, now: Instant, gate: &Gate) {
        self.took.push(took);
        if now.duration_since(self.window) < WINDOW {
            return;
        }
        let answers = self.took.len();
        let (_, middle, _) = self.took.select_nth_unstable(answers / 2);
        if *middle <= gate.in_time {
            self.limit = (self.limit + 1.0).min(gate.limit_max);
        } else if answers >= ANSWERS_MIN {
            self.limit = (self.limit * 0.9).max(LIMIT_MIN.min(gate.limit_max));
        }
        self.took.clear();
        self.window = now;
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let now = self.gate.clock.stopwatch();
        let took = now.duration_since(self.began);
        {
            let mut state = self.gate.state();
            state.under_way -= 1;
            state.own[self.place] -= 1;
            if Class::COUNTED[self.place] != Class::Bulk {
                state.measured(took, now, &self.gate);
            }
        }
        self.gate.told.done();
        self.gate.give();
    }
}
