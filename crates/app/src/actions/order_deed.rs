//! One act on an order, answered with the order as it then is.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use pratique_core::field::FieldError;
use pratique_core::id::Id;
use pratique_core::journey::{Command, OrderCommand};
use pratique_core::port::Port;
use pratique_core::proposal::DAYS_MAX;
use serde::{Deserialize, Serialize};

use super::deed::{Decided, Deed, Done, decided_on};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::house::local_date;
use crate::lookups::order::{OrderView, view};
use crate::lookups::{self, obligation};
use crate::once::{self, Once, Reply, Sealer};

/// What an act on an order answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderDone {
    /// The order.
    #[serde(flatten)]
    pub order: OrderView,
    /// The journey, and what it still owes.
    #[serde(flatten)]
    pub done: Done,
}

/// Until when, as somebody says it: an instant, a day of the port, or so many days.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Until {
    /// An instant (RFC 3339), or the last day, on the port's calendar.
    pub until: Option<String>,
    /// So many days after today, the last of them included.
    pub days: Option<u16>,
}

impl Until {
    /// The instant. A day ends at its last minute, so that nobody reads midnight as the day before or after.
    ///
    /// # Errors
    /// At `/until` or `/days`: missing, unreadable, or longer than anybody may order.
    pub fn instant(&self, port: &Port, now: Timestamp) -> Result<Timestamp, Failure> {
        let at = match (self.until.as_deref().map(str::trim).filter(|text| !text.is_empty()), self.days) {
            (Some(text), _) => match (text.parse::<Timestamp>(), text.parse::<Date>()) {
                (Ok(at), _) => at,
                (_, Ok(day)) => end_of(port, day)?,
                _ => return Err(Failure::field("/until", "not-an-end")),
            },
            (None, Some(days)) => {
                if days == 0 || days > DAYS_MAX {
                    return Err(too_long("/days"));
                }
                let last = local_date(port, now).checked_add(i32::from(days).days()).map_err(Failure::bug)?;
                end_of(port, last)?
            }
            (None, None) => return Err(Failure::field("/until", "required")),
        };
        if at > now + SignedDuration::from_hours(24 * (i64::from(DAYS_MAX) + 1)) {
            return Err(too_long("/until"));
        }
        Ok(at)
    }
}

fn too_long(pointer: &str) -> Failure {
    Failure::Invalid(vec![FieldError::new(pointer, "order-too-long").with("max", DAYS_MAX)])
}

fn end_of(port: &Port, day: Date) -> Result<Timestamp, Failure> {
    let last = day.at(23, 59, 0, 0).to_zoned_datetime(port.zone());
    last.map(|at| at.timestamp()).map_err(|_| Failure::field("/until", "not-an-end"))
}

/// An order's name outside is the journey and its number there, as an obligation's.
///
/// # Errors
/// [`Failure::NotFound`].
pub fn parse_name(name: &str) -> Result<(Id, u32), Failure> {
    obligation::parse_name(name)
}

/// What is the same in every act on an order.
pub(super) struct Act<'a> {
    /// The name in audit and metrics.
    pub label: &'static str,
    /// What the gate is asked.
    pub act: pratique_core::access::Act,
    /// On whom.
    pub journey: Id,
    /// The order's number; `None` for the newest, once the act is done.
    pub number: Option<u32>,
    /// In the officer's words.
    pub reason: Option<&'a str>,
}

/// Does it; `command` is made anew from the port and the time at each try.
pub(super) async fn done(
    app: &App,
    who: &Caller,
    act: &Act<'_>,
    command: impl Fn(&Port, Timestamp) -> Result<OrderCommand, Failure> + Send + Sync,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let command = &command;
    app.settle(once, || async move {
        let now = app.now();
        let loaded = lookups::journey::load(app, act.journey).await?;
        let journey = loaded.existing()?;
        who.may(act.act, &journey.port)?;
        let port = app.house.port(&journey.port).ok_or(Failure::NotFound)?;
        let command = command(port, now)?;
        let command = Command::Order { command, by: who.name(), deadlines: port.deadlines };
        let number = act.number.map_or_else(|| "null".to_owned(), |n| n.to_string());
        let detail = format!("{{\"order\":{number}}}");
        let deed = Deed { label: act.label, act: act.act, journey: act.journey, command, reason: act.reason, detail };
        let Decided { mut change, state, .. } = decided_on(app, who, &deed, &loaded).await?;
        let order = match act.number {
            Some(number) => state.orders.iter().find(|o| o.number == number),
            None => state.orders.iter().rev().find(|o| o.until().is_some()),
        };
        let order = view(act.journey, order.ok_or_else(|| Failure::bug("an order that is not there"))?);
        let status = if act.number.is_none() { 201 } else { 200 };
        let reply = Reply::new(status, &OrderDone { order, done: Done::of(&state, act.journey) })?;
        change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
        Ok(Prepared { change, reply })
    })
    .await
}
