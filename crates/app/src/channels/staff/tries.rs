//! How often somebody may try to sign in. Five tries at a name, then one a minute: a person who mistypes is not stopped, a
//! guesser is. An address gets far more, because a whole airport may stand behind one.

use std::num::NonZeroU32;
use std::sync::OnceLock;

use crate::app::App;
use crate::channels::web::Address;
use crate::channels::web::pace::{Pace, network};
use crate::failure::Failure;

/// Tries at one name at once; one more comes back each minute.
pub const PER_NAME: NonZeroU32 = NonZeroU32::new(5).unwrap();
/// Tries from one address a minute.
pub const PER_ADDRESS_MIN: NonZeroU32 = NonZeroU32::new(120).unwrap();

/// The tries of this server; another server counts its own.
#[derive(Debug, Default)]
pub struct Tries(OnceLock<Counts>);

#[derive(Debug)]
struct Counts {
    names: Pace,
    addresses: Pace,
}

impl Tries {
    /// Counts one try.
    ///
    /// # Errors
    /// [`Failure::Slow`], with the seconds after which the next one is taken. Known and unknown names are counted alike.
    pub fn count(&self, app: &App, name: &str, Address(address): Address) -> Result<(), Failure> {
        let counts = self.0.get_or_init(|| Counts {
            names: Pace::per_minute(&app.clock, NonZeroU32::MIN, PER_NAME),
            addresses: Pace::per_minute(&app.clock, PER_ADDRESS_MIN, PER_ADDRESS_MIN),
        });
        counts.addresses.keep(app, "sign-in address", &address.map(network).unwrap_or_default())?;
        counts.names.keep(app, "sign-in name", name.trim().as_bytes())
    }
}
