//! How often somebody may fail to sign in. Five failures at a name, then one a minute: a person who mistypes is not stopped, a
//! guesser is. An address gets far more, because a whole airport may stand behind one.
//!
//! A try is counted before the password is looked at, so that many at once cannot slip through together, and given back if it
//! was right: whoever signs in often is no guesser. That is why the count is our own and not a library's: those that keep to
//! GCRA (ITU-T I.371, A.1) take and never give back. Names and addresses are counted in 65,536 buckets by a keyed hash, so
//! memory is bounded however many names a stranger tries, and nobody can aim at a colleague's bucket.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::channels::web::Address;
use crate::channels::web::pace::network;
use crate::failure::Failure;

/// Failures at one name at once, and after how long one of them is forgotten.
const PER_NAME: Quota = Quota { burst: 5, each: SignedDuration::from_secs(60) };
/// The same from one address: 120 a minute.
const PER_ADDRESS: Quota = Quota { burst: 120, each: SignedDuration::from_millis(500) };

#[derive(Debug, Clone, Copy)]
struct Quota {
    burst: i32,
    each: SignedDuration,
}

/// When the count of each bucket will have come back to nothing: GCRA's theoretical arrival time.
#[derive(Debug, Default)]
struct Counts(Mutex<HashMap<u16, Timestamp>>);

impl Counts {
    /// Takes one of the quota.
    fn take(&self, bucket: u16, quota: Quota, now: Timestamp) -> Result<(), Failure> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let empty_at = counts.get(&bucket).copied().unwrap_or(now).max(now);
        let taken = empty_at + quota.each;
        let wait = taken.duration_since(now) - quota.each * quota.burst;
        if wait.is_positive() {
            return Err(Failure::Slow(u64::try_from(wait.as_millis()).unwrap_or_default().div_ceil(1000)));
        }
        counts.insert(bucket, taken);
        Ok(())
    }

    fn give_back(&self, bucket: u16, quota: Quota) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(empty_at) = counts.get_mut(&bucket) {
            *empty_at -= quota.each;
        }
    }
}

/// The tries of this server; another server counts its own.
#[derive(Debug, Default)]
pub struct Tries {
    names: Counts,
    addresses: Counts,
}

/// One try that was counted.
#[derive(Debug)]
pub struct Try {
    name: u16,
    address: u16,
}

impl Tries {
    /// Counts one try.
    ///
    /// # Errors
    /// [`Failure::Slow`], with the seconds after which the next one is taken. Known and unknown names are counted alike.
    pub fn count(&self, app: &App, name: &str, Address(address): Address) -> Result<Try, Failure> {
        let address = bucket(app, "sign-in address", &address.map(network).unwrap_or_default());
        let name = bucket(app, "sign-in name", name.trim().as_bytes());
        self.addresses.take(address, PER_ADDRESS, app.now())?;
        self.names.take(name, PER_NAME, app.now())?;
        Ok(Try { name, address })
    }

    /// It was right, and is not counted.
    pub fn right(&self, was: &Try) {
        self.names.give_back(was.name, PER_NAME);
        self.addresses.give_back(was.address, PER_ADDRESS);
    }
}

fn bucket(app: &App, what: &str, value: &[u8]) -> u16 {
    let hash = app.indexes.once(&[what.as_bytes(), value]);
    u16::from_be_bytes([hash[0], hash[1]])
}
