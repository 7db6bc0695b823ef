//! People are told that a result of theirs is there: by each way of the port's that leads to them, in their language, once a
//! release. What is due is worked out as it is sent, from the journey as it is then; the address is unsealed only for that, and
//! the look is on record. Where no way led to somebody, a human calls.

use std::sync::Arc;

use jiff::SignedDuration;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::{Command, Event, Journey, MessageCommand, Undelivered, Way};
use pratique_core::telling::{self, Telling};
use pratique_store::Leased;
use tokio::task::JoinSet;

use super::deed::{Deed, done};
use super::look::look;
use crate::app::App;
use crate::caller::Caller;
use crate::dossier::Dossier;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups::{journey, verdict};
use crate::messenger::letter::Letter;
use crate::messenger::{Messenger, NotSent};

/// Counts messages to persons by way and by what became of them.
pub const MESSAGES: &str = "pratique_messages_total";
/// Messages under way at once.
const AT_ONCE: u32 = 20;
/// A message whose worker died is due again after so long: longer than any way takes to answer.
const LEASE_MS: i64 = 180_000;
/// Tries after which a human calls: forty minutes with the pauses below.
const TRIES_MAX: i64 = 8;
const WHO: Caller = Caller::System("tell");

/// Seconds until the next try: 15, 45, 135, 405, ten minutes at most.
fn pause_s(tries: i64) -> i64 {
    let tripled = u32::try_from(tries.clamp(1, 8) - 1).unwrap_or_default();
    (15 * 3_i64.pow(tripled)).min(600)
}

/// Tells whoever is due; answers how many messages were taken up. Where the port has no way at all, nothing waits for one: what
/// is to be called stands on the call list already.
///
/// # Errors
/// The store's; what was leased is due again when its lease ends.
pub async fn tell(app: &Arc<App>) -> Result<usize, Failure> {
    let leased = app.store.lease("person", app.now().as_millisecond(), AT_ONCE, LEASE_MS).await?;
    let count = leased.len();
    let mut sending = JoinSet::new();
    for message in leased {
        let app = Arc::clone(app);
        sending.spawn(async move { one(&app, &message).await });
    }
    let mut failed = None;
    while let Some(ended) = sending.join_next().await {
        if let Err(failure) = ended.map_err(Failure::bug).and_then(|ended| ended) {
            failed = failed.or(Some(failure));
        }
    }
    failed.map_or(Ok(count), Err)
}

async fn one(app: &App, message: &Leased) -> Result<(), Failure> {
    let Some(messenger) = app.messenger.get() else { return Ok(app.store.delivered(message.id).await?) };
    let Some(due) = Due::of(app, message).await? else { return Ok(app.store.delivered(message.id).await?) };
    let is_last = message.tries >= TRIES_MAX;
    let mut came_to = Vec::new();
    let mut is_over = true;
    for (way, sent) in due.send(app, messenger, message.id).await {
        let outcome = match sent {
            Ok(()) => "sent",
            Err(NotSent::Later) if !is_last => "retried",
            Err(_) => "failed",
        };
        metrics::counter!(MESSAGES, "way" => way.name(), "outcome" => outcome).increment(1);
        match sent {
            Err(NotSent::Later) if !is_last => is_over = false,
            settled => came_to.push((way, settled.err().map(NotSent::for_good))),
        }
    }
    due.record(app, came_to, is_over).await?;
    if is_over {
        return Ok(app.store.delivered(message.id).await?);
    }
    let again = app.now() + SignedDuration::from_secs(pause_s(message.tries));
    Ok(app.store.put_back(message.id, again.as_millisecond()).await?)
}

/// A message that is to be sent now.
struct Due {
    id: Id,
    journey: Journey,
    dossier: Dossier,
    telling: Telling,
}

impl Due {
    /// What a pointer leads to; nothing, where it is not to be told any more or its person was erased.
    async fn of(app: &App, message: &Leased) -> Result<Option<Self>, Failure> {
        let Some((id, seq)) = ledger::pointed(&message.body) else { return Ok(None) };
        let Some(journey) = journey::load(app, id).await?.journey else { return Ok(None) };
        let events = app.store.events(id).await?;
        let Some(row) = events.iter().find(|row| row.seq == seq) else { return Ok(None) };
        let event: Event = serde_json::from_str(&row.body)?;
        let telling = telling::of(&journey, &event).filter(|telling| telling::stands(&journey, telling.of));
        let Some(telling) = telling else { return Ok(None) };
        look(app, &WHO, &[id], "message").await?;
        let dossier = verdict::person(app, id).await?;
        Ok(dossier.map(|dossier| Due { id, journey, dossier, telling }))
    }

    /// Sends by every way that was not settled before.
    async fn send(&self, app: &App, messenger: &Messenger, id: Id) -> Vec<(Way, Result<(), NotSent>)> {
        let Some(port) = app.house.port(&self.journey.port) else { return Vec::new() };
        let (content, code) = (&self.dossier.content, &self.dossier.code);
        let letter = Letter::of(id, self.telling.matter, (port, &messenger.site), &content.language, code);
        let settled = |way: Way| self.journey.messages.iter().any(|m| m.of == self.telling.of && m.way == Some(way));
        let mut ways = messenger.ways_to(&content.contact);
        ways.retain(|(way, _)| !settled(*way));
        let mut sent = Vec::new();
        for (way, to) in ways {
            sent.push((way, messenger.send(way, to, &letter).await));
        }
        sent
    }

    /// Writes down what it came to; nothing, where everything is to be tried again.
    async fn record(&self, app: &App, came_to: Vec<(Way, Option<Undelivered>)>, is_over: bool) -> Result<(), Failure> {
        if came_to.is_empty() && !is_over {
            return Ok(());
        }
        let deadlines = journey::deadlines(app, self.id).await?;
        let command = MessageCommand { of: self.telling.of, came_to, is_over };
        let command = Command::Message { command, by: WHO.name(), deadlines };
        let deed =
            Deed { label: "tell", act: Act::Examine, journey: self.id, command, reason: None, detail: "{}".into() };
        done(app, &WHO, &deed, None).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_a_human_calls_within_the_hour() {
        assert_eq!([1, 2, 3, 4, 5].map(pause_s), [15, 45, 135, 405, 600]);
        let all_s = (1..TRIES_MAX).map(pause_s).sum::<i64>();
        assert!((1800..3600).contains(&all_s), "{all_s}");
    }
}
