//! Somebody tried to reach a person with their result, and did not: kept beside the obligation, which stays open. Whoever reached
//! them answers it.

use pratique_core::access::{Act, Denied};
use pratique_core::journey::{ObligationKind, Refusal};
use pratique_store::{Change, Entry};
use serde::{Deserialize, Serialize};

use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups::{journey, obligation};
use crate::once::{self, Once, Reply, Sealer};

/// That it was noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// The obligation.
    pub id: String,
}

/// Notes the try.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Refused`] (reached already, or another kind of obligation).
pub async fn try_call(app: &App, who: &Caller, name: &str, once: Option<Once>) -> Result<Reply, Failure> {
    let (id, number) = obligation::parse_name(name)?;
    app.settle(once, || async move {
        let now = app.now();
        let loaded = journey::load(app, id).await?;
        let journey = loaded.existing()?;
        who.may(Act::AnswerObligation, &journey.port)?;
        let owed = journey.obligations.iter().find(|o| o.number == number).ok_or(Failure::NotFound)?;
        if let Caller::Staff(staff) = who
            && staff.grant.role != owed.kind.owner()
        {
            return Err(Denied::Role.into());
        }
        if !owed.is_open() {
            return Err(Refusal::AlreadyAnswered.into());
        }
        if owed.kind != ObligationKind::TellPerson {
            return Err(Refusal::OutcomeDoesNotFit.into());
        }
        let mut change = Change { label: "try-call", ..Change::default() };
        change.put.push(Entry { list: ledger::tries(id, number), sort: now.as_millisecond(), id });
        change.audit.push(audit(who, "try-call", Some(id), &format!("{{\"obligation\":{number}}}"), now));
        let reply = Reply::new(200, &Tried { id: name.to_owned() })?;
        change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
        Ok(Prepared { change, reply })
    })
    .await
}
