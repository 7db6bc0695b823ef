//! How often somebody may try to sign in. Five tries at a name, then one a minute: a person who mistypes is not stopped, a
//! guesser is. An address gets far more, because a whole airport may stand behind one.
//!
//! `governor` keeps the count (GCRA), on the application's own clock. Names and addresses are counted in 65,536 buckets by a
//! keyed hash, so memory is bounded however many names a stranger tries, and nobody can aim at a colleague's bucket.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::OnceLock;
use std::time::Duration;

use governor::clock::Clock as Ticks;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use crate::app::App;
use crate::clock::Clock;
use crate::failure::Failure;

/// Tries at one name at once; one more comes back each minute.
pub const PER_NAME: NonZeroU32 = NonZeroU32::new(5).unwrap();
/// Tries from one address a minute.
pub const PER_ADDRESS_MIN: NonZeroU32 = NonZeroU32::new(120).unwrap();

type Limiter = RateLimiter<u16, DefaultKeyedStateStore<u16>, AppClock, NoOpMiddleware<Duration>>;

/// The application's clock as `governor` wants it: time since 1970.
#[derive(Debug, Clone)]
struct AppClock(Clock);

impl Ticks for AppClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.now().as_millisecond()).unwrap_or_default())
    }
}

/// The tries of this server; another server counts its own.
#[derive(Debug, Default)]
pub struct Tries(OnceLock<Counts>);

#[derive(Debug)]
struct Counts {
    names: Limiter,
    addresses: Limiter,
}

impl Counts {
    fn of(clock: &Clock) -> Self {
        let of = |quota| RateLimiter::new(quota, DefaultKeyedStateStore::default(), AppClock(clock.clone()));
        Counts {
            names: of(Quota::per_minute(NonZeroU32::MIN).allow_burst(PER_NAME)),
            addresses: of(Quota::per_minute(PER_ADDRESS_MIN)),
        }
    }
}

impl Tries {
    /// Counts one try.
    ///
    /// # Errors
    /// [`Failure::Slow`], with the seconds after which the next one is taken. Known and unknown names are counted alike.
    pub fn count(&self, app: &App, name: &str, address: Option<IpAddr>) -> Result<(), Failure> {
        let counts = self.0.get_or_init(|| Counts::of(&app.clock));
        let network = address.map(network).unwrap_or_default();
        check(&counts.addresses, bucket(app, "sign-in address", &network))?;
        check(&counts.names, bucket(app, "sign-in name", name.trim().as_bytes()))
    }
}

fn check(limiter: &Limiter, bucket: u16) -> Result<(), Failure> {
    limiter.check_key(&bucket).map_err(|refused| {
        let wait = refused.wait_time_from(limiter.clock().now());
        Failure::Slow(wait.as_secs() + u64::from(wait.subsec_nanos() > 0))
    })
}

fn bucket(app: &App, what: &str, value: &[u8]) -> u16 {
    let hash = app.indexes.once(&[what.as_bytes(), value]);
    u16::from_be_bytes([hash[0], hash[1]])
}

/// One household or office has a whole /64 of IPv6 (RFC 6177), so that is what counts as one address.
fn network(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
    }
}
