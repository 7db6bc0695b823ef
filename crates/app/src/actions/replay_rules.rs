//! What draft rules would have made of the people who came on some days. Dossiers are opened for it, so it stands in the log; nobody
//! is shown unless each person is asked for, and then every one of them is a look.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use pratique_core::bulletin::{Figure, Period};
use pratique_core::flight::{Flight, FlightId};
use pratique_core::id::Id;
use pratique_core::journey::Journey;
use pratique_core::port::Port;
use pratique_core::rules::{Assessment, Replay, Tier, Twice};
use pratique_store::{Change, Cursor, Order};

use super::look::look;
use super::person::Found;
use super::write::audit;
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::house::InForce;
use crate::ledger;
use crate::lookups::{findings, flight, journey as journeys};
use crate::setting::Setting;

/// The record of a replay.
const REPLAYED: &str = "rules-replayed";
/// Why the people who are shown are looked at.
const WHY: &str = "rules replay";
/// People who are read at once.
const PAGE: u32 = 200;
/// Those whom an officer decided on, passengers and crew: people who came, not people who meant to.
const CAME: [Figure; 2] = [Figure::PassengersQuarantined, Figure::CrewQuarantined];

/// Somebody whom the draft shows in another colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Whose journey.
    pub journey: Id,
    /// When an officer decided on them.
    pub at: Timestamp,
    /// The flight.
    pub flight: FlightId,
    /// The tier under the rules in force.
    pub in_force: Tier,
    /// The tier under the draft.
    pub draft: Tier,
    /// Rules that the draft alone gives.
    pub gained: Vec<String>,
    /// Rules that the rules in force alone give.
    pub lost: Vec<String>,
}

/// What came of a replay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replayed {
    /// The figures.
    pub replay: Replay,
    /// People who were erased since: of them nothing is known.
    pub erased: u64,
    /// People whose record says another tier than the rules in force do now: other rules judged them, or more is known since.
    pub recorded_otherwise: u64,
    /// How many were judged by which pack, `respiratory@1.0.0`.
    pub judged_by: BTreeMap<String, u64>,
    /// Whom the draft shows in another colour, in the order in which they came; empty unless asked for.
    pub moved: Vec<Moved>,
}

/// Replays a period at a port; with `each`, says who moves.
///
/// # Errors
/// The store's; nothing is answered that is not on record.
pub async fn replay_rules(
    app: &App,
    who: &Caller,
    (port, period): (&Port, &Period),
    draft: &InForce,
    each: bool,
) -> Result<Replayed, Failure> {
    let in_force = app.house.in_force(port).ok_or_else(|| Failure::bug("a port without its pack"))?;
    let mut told = Replayed { replay: Replay::between(&in_force.pack.rules, &draft.pack.rules), ..Replayed::default() };
    for figure in CAME {
        let (list, span) = (ledger::figure(&port.code, figure.name()), ledger::ticks(&period.span));
        let mut after: Option<Cursor> = None;
        loop {
            let page = app.store.entries(&list, span.clone(), after, PAGE, Order::Ascending).await?;
            judge(app, (port, [in_force, draft]), &page, &mut told).await?;
            match page.last() {
                Some(last) if page.len() == PAGE as usize => after = Some(*last),
                _ => break,
            }
        }
    }
    told.moved.sort_by_key(|moved| (moved.at, moved.journey));
    record(app, who, (period, draft), &told).await?;
    if each {
        let people: Vec<Id> = told.moved.iter().map(|moved| moved.journey).collect();
        look(app, who, &people, WHY).await?;
    } else {
        told.moved.clear();
    }
    Ok(told)
}

async fn record(app: &App, who: &Caller, (period, draft): (&Period, &InForce), told: &Replayed) -> Result<(), Failure> {
    let detail = serde_json::json!({"from": period.from, "to": period.to, "draft": draft.name(),
        "people": told.replay.total.people()});
    let audit = vec![audit(who, REPLAYED, None, &detail.to_string(), app.now())];
    app.store.apply(Change { label: "replay rules", audit, ..Change::default() }).await?;
    Ok(())
}

/// Judges the people of a page by both packs.
async fn judge(
    app: &App,
    (port, packs): (&Port, [&InForce; 2]),
    page: &[Cursor],
    told: &mut Replayed,
) -> Result<(), Failure> {
    let ids: Vec<Id> = page.iter().map(|entry| entry.id).collect();
    let people: HashMap<Id, Journey> =
        journeys::loaded(app, &ids).await?.into_iter().filter_map(|one| Some((one.id, one.journey?))).collect();
    let flights: Vec<FlightId> = people.values().map(|journey| journey.flight.clone()).collect();
    let flights = flight::read_many(app, &flights).await?;
    for entry in page {
        let Some(journey) = people.get(&entry.id) else { continue };
        let flight = flights.get(&journey.flight).map(|(flight, _)| flight.clone());
        match twice(app, packs, (entry.id, journey), flight).await {
            Err(Failure::Sealed(_)) => told.erased += 1,
            other => told.add(port, (entry.id, ledger::ticked(entry.sort).map_err(Failure::bug)?, journey), &other?),
        }
    }
    Ok(())
}

/// What both packs say of one person, on the day of their answers, with what the desk found last.
async fn twice(
    app: &App,
    packs: [&InForce; 2],
    (id, journey): (Id, &Journey),
    flight: Option<Flight>,
) -> Result<[Assessment; 2], Failure> {
    let content = journeys::dossier(app, id).await?.content;
    let found = findings::newest(app, id).await?;
    let found = found
        .map_or_else(Found::default, |found| Found { temperature_c: found.temperature_c(), symptoms: found.symptoms });
    let made = journey.declaration.made();
    let mut setting = Setting::with(app, &journey.port, journey.flight.clone(), flight, made.at)?;
    // That the answers changed before anybody saw the first ones is a reason of its own, whatever the rules.
    let is_changed = journey.triage.standing().is_some_and(|standing| standing.input.says_changed());
    Ok(packs.map(|pack| {
        setting.in_force = pack;
        let mut said = setting.assess_found(&content.traveller, &content.answers, made.channel, &found);
        said.tier = if is_changed { said.tier.max(Tier::Amber) } else { said.tier };
        said
    }))
}

impl Replayed {
    fn add(&mut self, port: &Port, (id, at, journey): (Id, Timestamp, &Journey), [in_force, draft]: &[Assessment; 2]) {
        let local = at.to_zoned_datetime(port.zone());
        let twice = Twice { day: local.date(), hour: local.hour(), in_force, draft };
        self.replay.add(&twice);
        if let Some(standing) = journey.triage.standing() {
            *self.judged_by.entry(standing.input.pack.clone()).or_default() += 1;
            self.recorded_otherwise += u64::from(standing.input.tier != in_force.tier);
        }
        if twice.is_moved() {
            let (gained, lost) = twice.reasons();
            let flight = journey.flight.clone();
            let (in_force, draft) = (in_force.tier, draft.tier);
            self.moved.push(Moved { journey: id, at, flight, in_force, draft, gained, lost });
        }
    }
}
