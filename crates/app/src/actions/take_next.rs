//! The desk takes on whoever has waited longest by their deadline. Of two doctors who press at the same moment each gets another
//! person: the row of the first has moved on, and the second reads again.

use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::{self, Command};
use pratique_store::Change;
use serde::{Deserialize, Serialize};

use super::write::{audit, follow};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups::{self, desk};
use crate::once::Reply;

/// Whom the desk took on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The journey; nobody, where nobody waits.
    pub journey: Option<Id>,
}

/// Takes on the next.
///
/// # Errors
/// [`Failure::Denied`], the store's.
pub async fn take_next(app: &App, who: &Caller, port: &str) -> Result<Reply, Failure> {
    who.may(Act::Examine, port)?;
    app.settle(None, || async move {
        let now = app.now();
        let mut change = Change { label: "take-next", ..Change::default() };
        let waiting = desk::owed(app, port).await?;
        let Some(next) = waiting.into_iter().find(desk::is_free) else {
            change.audit.push(audit(who, "take-next", None, "{\"nobody\":true}", now));
            return Ok(Prepared { change, reply: Reply::new(200, &Taken { journey: None })? });
        };
        let (id, number) = (next.journey_id, next.obligation.number);
        let loaded = lookups::journey::load(app, id).await?;
        let command = Command::Acknowledge { number, by: who.name() };
        let events = journey::decide(Some(loaded.existing()?), &command, now)?;
        follow(&mut change, &loaded, &events, now)?;
        change.audit.push(audit(who, "acknowledge", Some(id), &format!("{{\"obligation\":{number}}}"), now));
        Ok(Prepared { change, reply: Reply::new(200, &Taken { journey: Some(id) })? })
    })
    .await
}
