//! How often somebody may fail to sign in. Five failures at a name, then a minute's wait that doubles to a quarter of an hour: a
//! person who mistypes is not stopped, a guesser is. An address gets far more, because a whole airport may stand behind one.
//!
//! Failures are counted apart at each device at which that person signed in before: so a stranger who knows an officer's name can
//! make them wait where they never were, and not at their own lane.
//!
//! Names, known and unknown alike, are counted by a keyed hash, so nobody can aim at a colleague's count; every count is bounded
//! ([`crate::wrongs`]).

use crate::app::App;
use crate::channels::web::Address;
use crate::channels::web::device::Device;
use crate::failure::Failure;
use crate::keys::BlindIndex;
use crate::proofs::network;
use crate::wrongs::{Counted, Rule, Wrongs};

/// At one name.
const PER_NAME: Rule = Rule { free: 5, wait_min: 1, doubled_max: 4, forgotten_h: 24 };
/// From one address.
const PER_ADDRESS: Rule = Rule { free: 120, wait_min: 1, doubled_max: 4, forgotten_h: 1 };

/// The tries of this server; another server counts its own.
#[derive(Debug)]
pub struct Tries {
    names: Wrongs,
    addresses: Wrongs,
}

impl Default for Tries {
    fn default() -> Self {
        Tries { names: Wrongs::new(PER_NAME), addresses: Wrongs::new(PER_ADDRESS) }
    }
}

/// One try that was counted.
#[derive(Debug)]
pub struct Try {
    name: Counted,
    address: Option<Counted>,
}

impl Tries {
    /// Counts one try, at a name and from an address; at a device of that person's own by the device alone.
    ///
    /// # Errors
    /// [`Failure::Slow`], with the seconds after which the next one is taken. Known and unknown names are counted alike.
    pub fn count(
        &self,
        app: &App,
        name: &str,
        Address(address): Address,
        device: Option<&Device>,
    ) -> Result<Try, Failure> {
        let (now, name) = (app.now(), name.trim());
        if let Some(own) = device.filter(|device| device.knows(app, name)) {
            let name = self.names.take(index(app, "sign-in at", &[name.as_bytes(), &own.id()]), now)?;
            return Ok(Try { name, address: None });
        }
        let name = self.names.take(index(app, "sign-in name", &[name.as_bytes()]), now)?;
        let address = index(app, "sign-in address", &[&address.map(network).unwrap_or_default()]);
        match self.addresses.take(address, now) {
            Ok(address) => Ok(Try { name, address: Some(address) }),
            Err(slow) => {
                self.names.give_back(&name);
                Err(slow)
            }
        }
    }

    /// It was right, and is not counted.
    pub fn right(&self, was: &Try) {
        self.names.give_back(&was.name);
        if let Some(address) = &was.address {
            self.addresses.give_back(address);
        }
    }
}

fn index(app: &App, what: &str, values: &[&[u8]]) -> BlindIndex {
    let parts: Vec<&[u8]> = std::iter::once(what.as_bytes()).chain(values.iter().copied()).collect();
    let hash = app.indexes.once(&parts);
    let mut index = BlindIndex::default();
    index.copy_from_slice(&hash[..16]);
    index
}
