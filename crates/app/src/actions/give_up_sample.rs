//! A tube that will give no result: the laboratory cannot use it, or it is lost, or it did not arrive in time. Another sample is
//! ordered where it is certain; whoever is late is first looked for.

use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::obligation::ObligationKind;
use pratique_core::journey::sample::{SampleCommand, State, Unfit};
use pratique_core::journey::{Command, Journey};
use pratique_core::port::Port;
use pratique_store::{Change, Order};
use serde_json::json;

use super::deed::{Decided, Deed, decided};
use super::many::Many;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups::sample::{self, Place};
use crate::once::{self, Once, Reply, Sealer};

/// Rejects a tube.
///
/// # Errors
/// [`Failure::Denied`], [`Failure::NotFound`], [`Failure::Invalid`], [`Failure::Refused`].
pub async fn reject_sample(
    app: &App,
    who: &Caller,
    label: &str,
    why: &str,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let why = Unfit::parse(why).ok_or_else(|| Failure::field("/why", "not-a-why"))?;
    let reject = move |number| SampleCommand::Reject { number, why };
    gone(app, who, label, ("reject-sample", &reject), once).await
}

/// Gives a tube up as lost.
///
/// # Errors
/// The same.
pub async fn lose_sample(app: &App, who: &Caller, label: &str, once: Option<Once>) -> Result<Reply, Failure> {
    gone(app, who, label, ("lose-sample", &|number| SampleCommand::Lose { number }), once).await
}

async fn gone(
    app: &App,
    who: &Caller,
    label: &str,
    (act, command): (&'static str, &(impl Fn(u32) -> SampleCommand + Sync)),
    once: Option<Once>,
) -> Result<Reply, Failure> {
    app.settle(once, || async move {
        let (place, journey) = sample::find(app, who, Act::Receive, label).await?;
        let port = app.house.port(&journey.port).ok_or(Failure::NotFound)?;
        let command = Command::Sample { command: command(place.number), by: who.name(), deadlines: port.deadlines };
        let Place { journey, number, label } = place;
        let deed = Deed { label: act, act: Act::Receive, journey, command, reason: None, detail: "{}".into() };
        let Decided { mut change, state, .. } = decided(app, who, &deed).await?;
        let sample = state.samples.iter().find(|s| s.number == number).ok_or(Failure::NotFound)?;
        let reply = Reply::new(200, &json!({ "label": label, "state": sample.state_name() }))?;
        change.answer = once::stored(app, once, &reply, &Sealer::Server, app.now())?;
        Ok(Prepared { change, reply })
    })
    .await
}

/// Journeys looked at in one go.
const AT_ONCE: u32 = 500;

/// Marks every tube as missing that was to be in the laboratory by now; answers how many. Doing it twice does nothing twice.
///
/// # Errors
/// The store's.
pub async fn miss_overdue(app: &App) -> Result<usize, Failure> {
    let mut missed = 0;
    for port in app.house.ports() {
        for state in ["collected", "sent"] {
            let list = ledger::samples(&port.code, state);
            let mut after = None;
            loop {
                let listed = app.store.entries(&list, i64::MIN..i64::MAX, after, AT_ONCE, Order::Ascending).await?;
                let ids: Vec<Id> = listed.iter().map(|entry| entry.id).collect();
                for row in app.store.rows(&ids).await?.into_iter().flatten() {
                    let journey: Journey = serde_json::from_str(&row.state)?;
                    if !overdue(&journey, app.now()).is_empty() {
                        missed += miss(app, port, row.id).await?;
                    }
                }
                after = listed.last().copied();
                if listed.len() < AT_ONCE as usize {
                    break;
                }
            }
        }
    }
    Ok(missed)
}

/// Samples that were to be delivered before now.
fn overdue(journey: &Journey, now: Timestamp) -> Vec<u32> {
    let late = |number: u32| {
        journey.open().any(|o| o.kind == ObligationKind::DeliverSample && o.about == Some(number) && o.due < now)
    };
    let under_way = journey.samples.iter().filter(|s| matches!(s.state, State::Collected(_) | State::Sent { .. }));
    under_way.map(|s| s.number).filter(|number| late(*number)).collect()
}

async fn miss(app: &App, port: &Port, journey: Id) -> Result<usize, Failure> {
    let who = &Caller::System("missing");
    let reply = app
        .settle(None, || async move {
            let mut many = Many::open(app, [journey]).await?;
            let numbers = overdue(many.journey(journey)?, app.now());
            for number in &numbers {
                let command = SampleCommand::Miss { number: *number };
                many.does(journey, &Command::Sample { command, by: who.name(), deadlines: port.deadlines })?;
            }
            let mut change = Change { label: "miss-sample", ..Change::default() };
            many.write(&mut change, who, "{}")?;
            // Somebody received it in the meantime: nothing to write but that we looked.
            if change.audit.is_empty() {
                change.audit.push(super::write::audit(who, "miss-sample", Some(journey), "{}", app.now()));
            }
            Ok(Prepared { change, reply: Reply::new(200, &numbers.len())? })
        })
        .await?;
    reply.read()
}
