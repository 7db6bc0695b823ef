//! The traveller takes a declaration back, as long as nobody has scanned it.

use pratique_core::journey::{self, Command};
use pratique_store::Change;

use super::amend::Right;
use super::person::named;
use super::write::{audit, follow};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups::before::claim;
use crate::lookups::declaration::own_view;
use crate::lookups::journey::Loaded;
use crate::once::{self, Once, Reply, Sealer};

/// Withdraws a declaration.
///
/// # Errors
/// `Refused(AlreadyPresented)` after the first scan.
pub async fn withdraw(app: &App, who: &Caller, right: &Right, once: Option<Once>) -> Result<Reply, Failure> {
    app.settle(once, || async move {
        let now = app.now();
        let mut opened = right.open(app).await?;
        let loaded = Loaded { id: opened.id, version: opened.version, journey: Some(opened.journey.clone()) };
        let events = journey::decide(Some(&opened.journey), &Command::Withdraw, now)?;
        let mut change = Change { label: "withdraw", ..Change::default() };
        if !events.is_empty() {
            opened.journey = follow(&mut change, &loaded, &events, now)?;
            // Whoever withdraws may declare anew.
            let traveller = &opened.dossier.content.traveller;
            let flight = &opened.journey.flight;
            change.release.extend(claim(app, traveller, flight));
            change.remove.extend(named(app, opened.id, traveller, flight));
        }
        change.audit.push(audit(who, "withdraw", Some(opened.id), "", now));
        let key = app.person_key(opened.id).await?;
        let reply = Reply::new(200, &own_view(app, &opened, now))?;
        change.answer = once::stored(app, once, &reply, &Sealer::Person(&key, opened.id), now)?;
        Ok(Prepared { change, reply })
    })
    .await
}
