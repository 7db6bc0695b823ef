//! A department's feed: what happened with the people whom it was given, in order, ids and codes alone.
//!
//! Entries are put with the act itself, so that none is missing. Two acts of the same second may become durable in either
//! order; so the feed is read up to a quarter of a minute ago, which every act has ended by (a request ends within ten seconds).
//! Whoever wants to hear at once subscribes.

use pratique_core::department::Department;
use pratique_core::id::Id;
use pratique_core::journey::{Event, Journey};
use pratique_core::news::{self, News, What};
use pratique_store::{Cursor, Order};
use serde_json::{Value, json};

use super::{journey, obligation};
use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// Seconds after which nothing older appears any more.
pub const SETTLED_S: i64 = 15;

/// What happened after the cursor, oldest first, and where to go on: the same cursor, if nothing did.
///
/// # Errors
/// The store's.
pub async fn after(
    app: &App,
    port: &str,
    department: &Department,
    after: Option<Cursor>,
    limit: u32,
) -> Result<(Vec<Value>, Option<Cursor>), Failure> {
    let list = ledger::feed(port, &department.code);
    let until = app.now().as_millisecond() - SETTLED_S * 1000;
    let listed = app.store.entries(&list, i64::MIN..until, after, limit, Order::Ascending).await?;
    let mut told = Vec::new();
    for entry in &listed {
        let Some(journey) = journey::load(app, entry.id).await?.journey else { continue };
        for row in app.store.events(entry.id).await?.iter().filter(|row| row.at_ms == entry.sort) {
            told.extend(item(app, (entry.id, &journey), (row.seq, &row.body), department)?);
        }
    }
    Ok((told, listed.last().copied().or(after)))
}

/// What one event tells a department now; nothing, where it may not know it any more.
///
/// # Errors
/// The store's.
pub async fn one(app: &App, id: Id, seq: i64, department: &Department) -> Result<Option<Value>, Failure> {
    let Some(journey) = journey::load(app, id).await?.journey else { return Ok(None) };
    match app.store.events(id).await?.iter().find(|row| row.seq == seq) {
        Some(row) => item(app, (id, &journey), (seq, &row.body), department),
        None => Ok(None),
    }
}

fn item(
    app: &App,
    (id, journey): (Id, &Journey),
    (seq, body): (i64, &str),
    department: &Department,
) -> Result<Option<Value>, Failure> {
    let event: Event = serde_json::from_str(body)?;
    let needed = |what: What| what.field().is_none_or(|field| field.is_for(department.purpose));
    let news = news::read(journey, &event, &department.code, app.now()).filter(|news| needed(news.what));
    Ok(news.map(|news| {
        json!({
            "id": ledger::message(id, seq, &department.code),
            "type": news.what.name(),
            "timestamp": news.at,
            "data": data(id, journey, &news),
        })
    }))
}

fn data(id: Id, journey: &Journey, news: &News<'_>) -> Value {
    let mut data = json!({ "handover": obligation::name(id, news.handover.number), "journey": id });
    match news.what {
        What::Answered(report) => data["report"] = json!(report.name()),
        What::Result { sample, result, version } => {
            data["sample"] = json!(sample);
            data["result"] = json!(result.name());
            data["version"] = json!(version);
        }
        What::OrderServed(number) | What::OrderEnded(number) => {
            data["order"] = json!(number);
            data["measure"] = json!(journey.orders.iter().find(|o| o.number == number).map(|o| o.measure.name()));
        }
        What::Offered | What::Accepted | What::Declined | What::Withdrawn => {}
    }
    data
}
