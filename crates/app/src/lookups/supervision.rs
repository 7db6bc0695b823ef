//! What the supervisor sees of a port, as it stands now: today's flights and figures, hour by hour, who waits where, and every
//! open loop by owner and age. It reads counts and one narrow list; nothing of it grows with the years.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use pratique_core::access::Role;
use pratique_core::bulletin::{Figure, Period};
use pratique_core::flight::Category;
use pratique_core::journey::ObligationKind;
use pratique_core::port::Port;
use pratique_core::supervision::{AGES_H, Loop, Owner, Queue, Tally};
use pratique_store::Order;
use serde_json::{Map, Value, json};

use super::bulletin::{Counts, take};
use crate::app::App;
use crate::failure::Failure;
use crate::house::local_date;
use crate::ledger;

/// Open loops read in one go.
const AT_ONCE: u32 = 5_000;
/// What is told hour by hour.
pub const BY_HOUR: [Figure; 3] = [Figure::PassengersQuarantined, Figure::SamplesCollected, Figure::TestsCompleted];

/// The port as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The port.
    pub port: String,
    /// When it was counted.
    pub at: Timestamp,
    /// Today, at the port.
    pub day: Date,
    /// Flights on today's schedule, whatever becomes of them.
    pub scheduled: u64,
    /// Flights that came today, by category.
    pub came: BTreeMap<Category, u64>,
    /// Today's figures.
    pub figures: BTreeMap<Figure, u64>,
    /// Today by hour, also those to come.
    pub hours: Vec<Hour>,
    /// Who waits where, in the order of [`Queue::ALL`].
    pub queues: Vec<Waiting>,
    /// Open loops by who owes them; everybody who can owe something is there.
    pub loops: BTreeMap<Owner, Tally>,
}

/// One hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hour {
    /// The clock at its beginning.
    pub from: String,
    /// It has begun.
    pub has_begun: bool,
    /// [`BY_HOUR`], each with its count.
    pub figures: BTreeMap<Figure, u64>,
}

/// One queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Where.
    pub queue: Queue,
    /// How many.
    pub count: u64,
    /// Since when the first of them.
    pub since: Option<Timestamp>,
}

impl Summary {
    /// The same figures, whenever they were counted?
    #[must_use]
    pub fn says_the_same(&self, other: &Summary) -> bool {
        *self == Summary { at: self.at, ..other.clone() }
    }

    /// All flights that came today.
    #[must_use]
    pub fn came_total(&self) -> u64 {
        self.came.values().sum()
    }

    /// All open loops together.
    #[must_use]
    pub fn all_loops(&self) -> Tally {
        let mut all = Tally::default();
        self.loops.values().for_each(|tally| all.join(tally));
        all
    }
}

/// Today at a port.
///
/// # Errors
/// A clock outside the calendar.
pub fn today(app: &App, port: &Port) -> Result<Period, Failure> {
    let day = local_date(port, app.now());
    Period::of(day, day, &port.zone()).ok_or_else(|| Failure::bug("a day outside the calendar"))
}

/// The port as it stands.
///
/// # Errors
/// The store's.
pub async fn summary(app: &App, port: &Port) -> Result<Summary, Failure> {
    let (at, today) = (app.now(), today(app, port)?);
    let hours = today.hours(&port.zone());
    let mut counts = Counts::default();
    counts.ask(ledger::flights(&port.code), &today.span);
    counts.ask_flights(port, &today.span);
    Figure::ALL.iter().for_each(|figure| counts.ask_figure(port, *figure, &today.span));
    for (_, span) in &hours {
        BY_HOUR.iter().for_each(|figure| counts.ask_figure(port, *figure, span));
    }
    let mut counts = counts.read(app).await?;
    let (loops, kinds) = open_loops(app, port, at).await?;
    Ok(Summary {
        port: port.code.clone(),
        at,
        day: today.from,
        scheduled: counts.next().unwrap_or_default(),
        came: take(&mut counts, Category::ALL),
        figures: take(&mut counts, Figure::ALL),
        hours: hours
            .into_iter()
            .map(|(from, span)| Hour { from, has_begun: span.start <= at, figures: take(&mut counts, BY_HOUR) })
            .collect(),
        queues: queues(app, port, &kinds).await?,
        loops,
    })
}

type Kinds = BTreeMap<&'static str, Tally>;

/// Every open loop of the port: by owner, and by what is owed.
async fn open_loops(app: &App, port: &Port, now: Timestamp) -> Result<(BTreeMap<Owner, Tally>, Kinds), Failure> {
    let (mut owners, mut kinds) = (BTreeMap::new(), Kinds::new());
    for kind in ObligationKind::ALL {
        for department in departments(port, *kind) {
            let list = ledger::loops(&port.code, kind.name(), department.as_deref());
            let tally = tally(app, &list, now).await?;
            kinds.entry(kind.name()).or_default().join(&tally);
            owners.entry(Owner { role: kind.owner(), department }).or_insert_with(Tally::default).join(&tally);
        }
    }
    // What a department owes names it always; a list without one is there for what older ports' files leave open.
    owners
        .retain(|owner: &Owner, tally| owner.role != Role::Department || owner.department.is_some() || tally.open > 0);
    Ok((owners, kinds))
}

/// The departments that can owe this; nobody in particular, besides.
fn departments(port: &Port, kind: ObligationKind) -> Vec<Option<String>> {
    let named = port.departments.iter().filter(|_| kind.owner() == Role::Department).map(|d| Some(d.code.clone()));
    named.chain([None]).collect()
}

async fn tally(app: &App, list: &str, now: Timestamp) -> Result<Tally, Failure> {
    let (mut tally, mut after) = (Tally::default(), None);
    loop {
        let page = app.store.entries(list, i64::MIN..i64::MAX, after, AT_ONCE, Order::Ascending).await?;
        for entry in &page {
            let opened_at = Timestamp::from_millisecond(entry.sort).map_err(Failure::bug)?;
            let due = ledger::loop_due(entry.id).ok_or_else(|| Failure::bug("a loop without a deadline"))?;
            tally.add(Loop { opened_at, due }, now);
        }
        after = page.last().copied();
        if page.len() < AT_ONCE as usize {
            return Ok(tally);
        }
    }
}

async fn queues(app: &App, port: &Port, kinds: &Kinds) -> Result<Vec<Waiting>, Failure> {
    let mut queues = Vec::new();
    for queue in Queue::ALL.iter().copied() {
        queues.push(match (queue.kind(), queue.test_state()) {
            (Some(kind), _) => {
                let tally = kinds.get(kind.name()).cloned().unwrap_or_default();
                Waiting { queue, count: tally.open, since: tally.oldest }
            }
            (None, state) => {
                let list = ledger::tests(&port.code, state.unwrap_or_default());
                let all = i64::MIN..i64::MAX;
                let first = app.store.entries(&list, all.clone(), None, 1, Order::Ascending).await?;
                let since = first.first().and_then(|entry| Timestamp::from_millisecond(entry.sort).ok());
                Waiting { queue, count: app.store.count(&list, all).await?, since }
            }
        });
    }
    Ok(queues)
}

/// A name as a member of JSON.
#[must_use]
pub fn member(name: &str) -> String {
    name.replace('-', "_")
}

/// Counts as an object, a member a figure or category.
#[must_use]
pub fn object<'a>(counts: impl IntoIterator<Item = (&'static str, &'a u64)>) -> Map<String, Value> {
    counts.into_iter().map(|(name, count)| (member(name), json!(count))).collect()
}

/// Flights by category, with their sum.
#[must_use]
pub fn flights(came: &BTreeMap<Category, u64>) -> Value {
    let mut flights = object(came.iter().map(|(category, count)| (category.name(), count)));
    flights.insert("total".into(), json!(came.values().sum::<u64>()));
    flights.into()
}

/// Figures as an object.
#[must_use]
pub fn figures(counted: &BTreeMap<Figure, u64>) -> Map<String, Value> {
    object(counted.iter().map(|(figure, count)| (figure.name(), count)))
}

/// As the API and the stream show it.
#[must_use]
pub fn view(summary: &Summary) -> Value {
    let hour = |hour: &Hour| {
        let mut figures = figures(&hour.figures);
        figures.insert("from".into(), json!(hour.from));
        figures
    };
    let queue = |w: &Waiting| json!({ "queue": w.queue.name(), "waiting": w.count, "since": w.since });
    let age = |at: usize, count: u64| json!({ "from_h": if at == 0 { 0 } else { AGES_H[at - 1] }, "to_h": AGES_H.get(at), "open": count });
    let owner = |(owner, tally): (&Owner, &Tally)| {
        json!({
            "owner": owner.role.name(),
            "department": owner.department,
            "open": tally.open,
            "amber": tally.amber,
            "red": tally.red,
            "ages": tally.ages.iter().enumerate().map(|(at, count)| age(at, *count)).collect::<Vec<_>>(),
            "oldest": tally.oldest,
        })
    };
    json!({
        "port": summary.port,
        "at": summary.at,
        "day": summary.day,
        "flights": { "scheduled": summary.scheduled, "came": flights(&summary.came) },
        "figures": figures(&summary.figures),
        "hours": summary.hours.iter().filter(|hour| hour.has_begun).map(hour).collect::<Vec<_>>(),
        "queues": summary.queues.iter().map(queue).collect::<Vec<_>>(),
        "loops": summary.loops.iter().map(owner).collect::<Vec<_>>(),
    })
}
