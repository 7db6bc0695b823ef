//! How often something may be done: token buckets by `governor` (GCRA), on the application's own clock.
//!
//! Names and addresses are counted in a fixed number of buckets by a keyed hash, so memory is bounded however many a stranger
//! tries, and nobody can aim at somebody else's bucket.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::OnceLock;
use std::time::Duration;

use governor::clock::Clock as Ticks;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use super::Address;
use crate::app::{App, OWN_NETWORKS_FACTOR};
use crate::clock::Clock;
use crate::failure::Failure;

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
pub struct Pace(RateLimiter<u32, DefaultKeyedStateStore<u32>, AppClock, NoOpMiddleware<Duration>>);

impl Pace {
    /// So many a minute, `at_once` of them together.
    #[must_use]
    pub fn per_minute(clock: &Clock, count: NonZeroU32, at_once: NonZeroU32) -> Self {
        let quota = Quota::per_minute(count).allow_burst(at_once);
        Pace(RateLimiter::new(quota, DefaultKeyedStateStore::default(), AppClock(clock.clone())))
    }

    /// Counts one for `who`; `what` keeps the buckets of different matters apart.
    ///
    /// # Errors
    /// [`Failure::Slow`], with the seconds after which the next one is taken.
    pub fn keep(&self, app: &App, what: &str, who: &[u8]) -> Result<(), Failure> {
        let hash = app.indexes.once(&[b"pace", what.as_bytes(), who]);
        let bucket = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]) & BUCKETS_MASK;
        self.0.check_key(&bucket).map_err(|refused| {
            let wait = refused.wait_time_from(self.0.clock().now());
            Failure::Slow(wait.as_secs() + u64::from(wait.subsec_nanos() > 0))
        })
    }
}

/// One household or office has a whole /64 of IPv6 (RFC 6177), so that is what counts as one address.
#[must_use]
pub fn network(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
    }
}

/// What a stranger may do only so often from one address (security.md 2.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Begin a draft.
    Begin,
    /// Declare.
    Declare,
    /// Prove that a declaration is one's own.
    Prove,
}

impl Deed {
    fn name(self) -> &'static str {
        match self {
            Deed::Begin => "begin",
            Deed::Declare => "declare",
            Deed::Prove => "prove",
        }
    }
}

/// How often each address did what, as far as this server saw; another server counts its own.
#[derive(Debug, Default)]
pub struct Addresses(OnceLock<Option<(Pace, Pace)>>);

impl Addresses {
    /// Counts a deed of a stranger at this address. A network of a port's own, behind which a whole hall may stand, may do more.
    ///
    /// # Errors
    /// [`Failure::Slow`].
    pub fn count(&self, app: &App, deed: Deed, Address(address): Address) -> Result<(), Failure> {
        let paces = self.0.get_or_init(|| {
            let count = app.config.traffic.per_address_min?;
            let pace = |count| Pace::per_minute(&app.clock, count, count);
            Some((pace(count), pace(count.saturating_mul(OWN_NETWORKS_FACTOR))))
        });
        let (Some((strangers, own)), Some(address)) = (paces, address) else { return Ok(()) };
        let is_own = app.house.ports().flat_map(|port| &port.own_networks).any(|network| network.contains(&address));
        let pace = if is_own { own } else { strangers };
        pace.keep(app, deed.name(), &network(address))
    }
}
