//! What the acts on a handover have in common: whose it is, and what is answered.

use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::{Command, Handover, HandoverCommand, Journey};
use serde::{Deserialize, Serialize};

use super::decide::{owed, words};
use super::deed::{Decided, Deed, decided};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups;
use crate::once::{self, Once, Reply, Sealer};

/// What an act on a handover answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// The handover: its journey and its number there.
    pub id: String,
    /// The department that it is given to.
    pub to: String,
    /// `offered`, `accepted`, `declined`, `answered` or `withdrawn`.
    pub state: String,
    /// What the journey still owes.
    pub still_open: Vec<String>,
    /// The loop is closed.
    pub closed: bool,
}

/// A handover that was found, and whose it is.
#[derive(Debug)]
pub struct Given {
    /// The journey's id.
    pub id: Id,
    /// The journey.
    pub journey: Journey,
    /// Its number in the journey.
    pub number: u32,
}

impl Given {
    /// The handover.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub fn handover(&self) -> Result<&Handover, Failure> {
        self.journey.handovers.iter().find(|h| h.number == self.number).ok_or(Failure::NotFound)
    }
}

/// The handover of this name, at a port where the caller may do this.
///
/// # Errors
/// [`Failure::Denied`]; [`Failure::NotFound`], also for what another department was given.
pub async fn find(app: &App, who: &Caller, act: Act, name: &str) -> Result<Given, Failure> {
    let (id, number) = lookups::obligation::parse_name(name)?;
    let journey = lookups::journey::load(app, id).await?.existing()?.clone();
    who.may(act, &journey.port)?;
    let given = Given { id, journey, number };
    who.may_of(act, &given.journey.port, &given.handover()?.to).map_err(|_| Failure::NotFound)?;
    Ok(given)
}

/// Does it. `number` says which handover the answer is about: the newest, where an offer made it.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::Refused`], an erased person's `Sealed` where words were given.
pub async fn done(
    app: &App,
    who: &Caller,
    deed: &Deed<'_>,
    number: Option<u32>,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    app.settle(once, || async move {
        let Decided { mut change, state, .. } = decided(app, who, deed).await?;
        let about = |h: &&Handover| number.is_none_or(|number| h.number == number);
        let handover = state.handovers.iter().rfind(about).ok_or(Failure::NotFound)?;
        let handed = Handed {
            id: lookups::obligation::name(deed.journey, handover.number),
            to: handover.to.clone(),
            state: handover.state_name().to_owned(),
            still_open: owed(&state, deed.journey),
            closed: state.closed_at.is_some(),
        };
        let status = if number.is_none() { 201 } else { 200 };
        let reply = Reply::new(status, &handed)?;
        change.answer = once::stored(app, once, &reply, &Sealer::Server, app.now())?;
        Ok(Prepared { change, reply })
    })
    .await
}

/// The command, with the port's deadlines.
///
/// # Errors
/// [`Failure::NotFound`] for a port whose file was taken away.
pub fn command(app: &App, who: &Caller, port: &str, command: HandoverCommand) -> Result<Command, Failure> {
    let deadlines = app.house.port(port).ok_or(Failure::NotFound)?.deadlines;
    Ok(Command::Handover { command, by: who.name(), deadlines })
}

/// Words, cleaned; a fault stands at the field in which they came.
///
/// # Errors
/// Too long, or with characters that show nothing.
pub fn said(text: Option<&str>, pointer: &str) -> Result<Option<String>, Failure> {
    words(text).map_err(|failure| match failure {
        Failure::Invalid(faults) => Failure::Invalid(
            faults.into_iter().map(|f| pratique_core::field::FieldError { pointer: pointer.to_owned(), ..f }).collect(),
        ),
        other => other,
    })
}
