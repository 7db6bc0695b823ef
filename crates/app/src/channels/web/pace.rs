//! How often something may be done: token buckets by `governor` (GCRA), on the application's own clock.
//!
//! Names and addresses are counted in a fixed number of buckets by a keyed hash, so memory is bounded however many a stranger
//! tries, and nobody can aim at somebody else's bucket.

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use governor::clock::Clock as Ticks;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Address, Visitor};
use crate::app::{App, OWN_NETWORKS_FACTOR};
use crate::clock::Clock;
use crate::failure::Failure;
use crate::proofs::network;

/// 262,144 buckets: some 20 MB if every one of them is in use.
const BUCKETS_MASK: u32 = 0x3_ffff;

/// The application's clock as `governor` wants it: time since 1970.
#[derive(Debug, Clone)]
struct AppClock(Clock);

impl Ticks for AppClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.now().as_millisecond()).unwrap_or_default())
    }
}

/// One pace, kept by everybody for themself.
#[derive(Debug)]
pub struct Pace {
    limiter: RateLimiter<u32, DefaultKeyedStateStore<u32>, AppClock, NoOpMiddleware<Duration>>,
    at_once: u32,
}

impl Pace {
    /// So many a minute, `at_once` of them together.
    #[must_use]
    pub fn per_minute(clock: &Clock, count: NonZeroU32, at_once: NonZeroU32) -> Self {
        Pace::of(clock, Quota::per_minute(count).allow_burst(at_once))
    }

    /// One an hour.
    #[must_use]
    pub fn once_an_hour(clock: &Clock) -> Self {
        Pace::of(clock, Quota::per_hour(NonZeroU32::MIN))
    }

    fn of(clock: &Clock, quota: Quota) -> Self {
        let limiter = RateLimiter::new(quota, DefaultKeyedStateStore::default(), AppClock(clock.clone()));
        Pace { limiter, at_once: quota.burst_size().get() }
    }

    /// Counts what `who` does at its cost; `what` keeps the buckets of different matters apart.
    ///
    /// # Errors
    /// The seconds after which the next one is taken.
    pub fn keep(&self, app: &App, (what, cost): (&str, NonZeroU32), who: &[u8]) -> Result<(), u64> {
        let hash = app.indexes.once(&[b"pace", what.as_bytes(), who]);
        let bucket = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]) & BUCKETS_MASK;
        // Nothing may cost more than a bucket holds, or it would never be taken.
        let cost = NonZeroU32::new(cost.get().min(self.at_once)).unwrap_or(NonZeroU32::MIN);
        match self.limiter.check_key_n(&bucket, cost) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(refused)) => {
                let wait = refused.wait_time_from(self.limiter.clock().now());
                Err(wait.as_secs() + u64::from(wait.subsec_nanos() > 0))
            }
            // It cannot: the cost was cut to what a bucket holds.
            Err(_) => Err(60),
        }
    }
}

/// What a stranger may do only so often (security.md 2.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Deed {
    /// Begin a draft.
    Begin,
    /// Declare.
    Declare,
    /// Prove that a declaration is one's own, or that a machine is a kiosk.
    Prove,
    /// Sign in with the mini-program.
    SignIn,
}

impl Deed {
    fn name(self) -> &'static str {
        match self {
            Deed::Begin => "begin",
            Deed::Declare => "declare",
            Deed::Prove => "prove",
            Deed::SignIn => "sign-in",
        }
    }
}

/// What one known device may do a minute of each deed: a family's phone does less, and a hall of them is no attack.
const PER_DEVICE_MIN: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// All known devices of one address together may do so many times what its strangers may: numbers can be collected.
const DEVICES_FACTOR: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// So many times what an address may do, browsers are given numbers there: a page is opened more often than a form is sent.
const GREETED_FACTOR: NonZeroU32 = NonZeroU32::new(5).unwrap();
/// What a proof costs while there are more wrong ones than people mistype.
const ALARMED_COST: NonZeroU32 = NonZeroU32::new(4).unwrap();
/// A timetable is looked through for what somebody types so often a minute; nobody types faster for long.
const TYPED_PER_MIN: NonZeroU32 = NonZeroU32::new(120).unwrap();
/// Seconds ahead for which turns are handed out; whoever comes later is told to come again.
const TURNS_S_MAX: i64 = 300;

/// The paces of one kind of address.
#[derive(Debug)]
struct Paces {
    strangers: Pace,
    devices: Pace,
    greeted: Pace,
    each_s: f64,
}

impl Paces {
    fn new(clock: &Clock, per_min: NonZeroU32) -> Self {
        let pace = |count| Pace::per_minute(clock, count, count);
        Paces {
            strangers: pace(per_min),
            devices: pace(per_min.saturating_mul(DEVICES_FACTOR)),
            greeted: pace(per_min.saturating_mul(GREETED_FACTOR)),
            each_s: 60.0 / f64::from(per_min.get()),
        }
    }
}

#[derive(Debug)]
struct Limits {
    others: Paces,
    own_networks: Paces,
    each_device: Pace,
    typed: Pace,
    turns_used: Pace,
    /// Until when the turns of each network are handed out.
    handed_out: Mutex<HashMap<u16, Timestamp>>,
}

/// A deed that came too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Seconds after which the next one is taken.
    pub wait_s: u64,
    /// Whether waiting one's turn leads past it: where it is not this visitor alone who did too much.
    pub turns: bool,
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Failure::Slow(refused.wait_s)
    }
}

/// How often each address and each device did what, as far as this server saw; another server counts its own.
///
/// A known device is counted by itself, and its address for all devices together; so one that runs wild holds up nobody. Without
/// a number a visitor is counted by the address alone, and beyond that waits for a turn. Whoever throws numbers away or collects
/// them is held by what the address may do: as many deeds as its strangers, and ten times as many as its devices.
#[derive(Debug, Default)]
pub struct Addresses(OnceLock<Option<Limits>>);

impl Addresses {
    /// Counts a deed of a visitor. A network of a port's own, behind which a whole hall may stand, may do more.
    ///
    /// # Errors
    /// [`Refused`].
    pub fn count(&self, app: &App, deed: Deed, visitor: &Visitor) -> Result<(), Refused> {
        let (Some(limits), Address(Some(address))) = (self.limits(app), visitor.address) else { return Ok(()) };
        let (paces, network, what) = (limits.of(app, address), network(address), deed.name());
        let alarmed = deed == Deed::Prove && app.proofs.alarmed(app.now());
        let cost = if alarmed { ALARMED_COST } else { NonZeroU32::MIN };
        let pace = match &visitor.device {
            None => &paces.strangers,
            Some(device) => {
                let own = limits.each_device.keep(app, (what, cost), device);
                own.map_err(|wait_s| Refused { wait_s, turns: false })?;
                &paces.devices
            }
        };
        pace.keep(app, (what, cost), &network).or_else(|wait_s| {
            let turn = visitor.turn.as_ref().filter(|turn| turn.is_for(app, deed, &network));
            let used = turn.map(|turn| limits.turns_used.keep(app, ("turn", NonZeroU32::MIN), &turn.id));
            if matches!(used, Some(Ok(()))) { Ok(()) } else { Err(Refused { wait_s, turns: true }) }
        })
    }

    /// Counts a browser that is given a number; answers whether it may be.
    #[must_use]
    pub fn greeted(&self, app: &App, visitor: &Visitor) -> bool {
        let (Some(limits), Address(Some(address))) = (self.limits(app), visitor.address) else { return false };
        limits.of(app, address).greeted.keep(app, ("greet", NonZeroU32::MIN), &network(address)).is_ok()
    }

    /// Counts a question that is asked while somebody types, in the draft of this secret: how many drafts an address has is
    /// counted where they are begun.
    ///
    /// # Errors
    /// The seconds after which the next one is taken.
    pub fn typed(&self, app: &App, secret: &str) -> Result<(), u64> {
        let Some(limits) = self.limits(app) else { return Ok(()) };
        limits.typed.keep(app, ("typed", NonZeroU32::MIN), secret.as_bytes())
    }

    /// From when on a visitor who was refused may go on, and whether that is a turn of their own. A device that did too much of
    /// its own gets none, nor does whoever comes when all turns of the next minutes are handed out.
    #[must_use]
    pub fn turn(&self, app: &App, Address(address): Address, refused: Refused) -> (Timestamp, bool) {
        let now = app.now();
        let earliest = now + SignedDuration::from_secs(i64::try_from(refused.wait_s).unwrap_or(TURNS_S_MAX));
        let (Some(limits), Some(address), true) = (self.limits(app), address, refused.turns) else {
            return (earliest, false);
        };
        let each = SignedDuration::from_secs_f64(limits.of(app, address).each_s);
        let hash = app.indexes.once(&[b"turns", &network(address)]);
        let mut handed_out = limits.handed_out.lock().unwrap_or_else(PoisonError::into_inner);
        let last = handed_out.entry(u16::from_be_bytes([hash[0], hash[1]])).or_insert(now);
        let turn = (*last).max(now) + each;
        if turn > now + SignedDuration::from_secs(TURNS_S_MAX) {
            return (now + SignedDuration::from_secs(TURNS_S_MAX), false);
        }
        *last = turn;
        (turn.max(earliest), true)
    }

    fn limits(&self, app: &App) -> Option<&Limits> {
        let made = self.0.get_or_init(|| {
            let per_min = app.config.traffic.per_address_min?;
            Some(Limits {
                others: Paces::new(&app.clock, per_min),
                own_networks: Paces::new(&app.clock, per_min.saturating_mul(OWN_NETWORKS_FACTOR)),
                each_device: Pace::per_minute(&app.clock, PER_DEVICE_MIN, PER_DEVICE_MIN),
                typed: Pace::per_minute(&app.clock, TYPED_PER_MIN, TYPED_PER_MIN),
                turns_used: Pace::once_an_hour(&app.clock),
                handed_out: Mutex::default(),
            })
        });
        made.as_ref()
    }
}

impl Limits {
    fn of(&self, app: &App, address: IpAddr) -> &Paces {
        let is_own = app.house.ports().flat_map(|port| &port.own_networks).any(|network| network.contains(&address));
        if is_own { &self.own_networks } else { &self.others }
    }
}
