//! Who sends a declaration, and what is counted of it. Some answers tell whether somebody has declared with a document, or shown it
//! at a lane: they are told so often for one document and for one address, and no more (`proofs`). The port's own staff, who have
//! the person before them, are not counted; a kiosk is, since anybody types there.

use std::net::IpAddr;

use pratique_core::access::Role;
use pratique_store::{Entry, Order};

use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;

/// Who sends a declaration.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    /// Who.
    pub who: &'a Caller,
    /// The kiosk's code.
    pub station: Option<&'a str>,
    /// The address that is counted; none for a kiosk, which belongs to the port.
    pub address: Option<IpAddr>,
}

impl<'a> Sender<'a> {
    /// Somebody of whom no address is known or counted.
    #[must_use]
    pub fn of(who: &'a Caller) -> Self {
        Sender { who, station: None, address: None }
    }

    /// A traveller at this address.
    #[must_use]
    pub fn at(address: Option<IpAddr>) -> Self {
        Sender { who: &Caller::Traveller, station: None, address }
    }

    /// May they go on, with a document of this number where the answer would tell something of it?
    ///
    /// # Errors
    /// [`Failure::Slow`].
    pub fn admitted(&self, app: &App, number: Option<&str>) -> Result<(), Failure> {
        if self.is_counted() { app.proofs.open_to(app, self.address, number) } else { Ok(()) }
    }

    /// They are told that somebody has declared with this document, or shown it.
    pub fn told(&self, app: &App, number: Option<&str>) {
        if self.is_counted() {
            app.proofs.told(app, self.address, number);
        }
    }

    /// They name a document that others name too (`names`: their own entry among them), with another birth date: a slip, or a
    /// guess.
    ///
    /// # Errors
    /// The store's.
    pub async fn stands_beside(&self, app: &App, names: Option<&Entry>) -> Result<(), Failure> {
        let Some(Entry { list, id, .. }) = names.filter(|_| self.is_counted()) else { return Ok(()) };
        let two = app.store.entries(list, 0..1, None, 2, Order::Ascending).await?;
        if two.iter().any(|one| one.id != *id) {
            app.proofs.told(app, self.address, None);
        }
        Ok(())
    }

    fn is_counted(&self) -> bool {
        match self.who {
            Caller::Traveller => true,
            Caller::Staff(staff) => staff.grant.role == Role::Kiosk,
            Caller::System(_) => false,
        }
    }
}
