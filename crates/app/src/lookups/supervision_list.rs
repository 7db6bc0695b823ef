//! What stands behind each number that a supervisor sees: flights, entries, tubes and open loops, without a person in them. A
//! tube is never shown with the entry that it belongs to: the laboratory works blind, and its supervisor reads with it.

use jiff::Timestamp;
use pratique_core::access::Role;
use pratique_core::bulletin::{Figure, Period};
use pratique_core::flight::{Category, Flight, FlightId};
use pratique_core::id::Id;
use pratique_core::journey::{Journey, Obligation, ObligationKind, test};
use pratique_core::port::Port;
use pratique_core::rules::Tier;
use pratique_core::supervision::{AGES_H, Loop, Owner, Queue, Tally};
use pratique_store::{Cursor, Order};

use super::bulletin::millis;
use super::sample::{self, Which};
use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// Which open loops.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Whose; everybody's if left out.
    pub owner: Option<Owner>,
    /// What is owed; anything if left out.
    pub kind: Option<ObligationKind>,
    /// How urgent it is by now; however urgent if left out.
    pub urgency: Option<Tier>,
    /// Which of the ages of a [`Tally`]; however old if left out.
    pub age: Option<usize>,
}

/// Which list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// What counted for a figure.
    Figure(Figure),
    /// Flights that came, of a category or of all.
    Came(Option<Category>),
    /// Who or what waits.
    Queue(Queue),
    /// Open loops.
    Loops(Wanted),
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A flight that came.
    Came(Flight),
    /// A tube, by its label; and since when it stands here.
    Tube(Timestamp, String),
    /// An entry: when it counted, what it still owes first.
    Entry(Timestamp, Id, FlightId, Option<Obligation>),
}

/// A page of a list and where the next one starts. Figures and flights are those of the period, newest first; queues and loops
/// are those of now, earliest deadline first.
///
/// # Errors
/// The store's.
pub async fn listed(
    app: &App,
    port: &Port,
    what: &What,
    period: &Period,
    (after, limit): (Option<Cursor>, u32),
) -> Result<(Vec<Line>, Option<Cursor>), Failure> {
    match what {
        What::Figure(figure) => counted(app, port, *figure, period, (after, limit)).await,
        What::Came(category) => came(app, port, *category, period, (after, limit)).await,
        What::Loops(wanted) => open(app, port, wanted, (after, limit)).await,
        What::Queue(queue) => match (queue.kind(), queue.test_state()) {
            (Some(kind), _) => {
                let owner = (kind.owner() != Role::Department).then(|| Owner { role: kind.owner(), department: None });
                open(app, port, &Wanted { owner, kind: Some(kind), ..Wanted::default() }, (after, limit)).await
            }
            (None, state) => {
                let which = Which::Test(state.unwrap_or_default());
                let (tubes, next) = sample::listed(app, &port.code, which, after, limit).await?;
                let line = |tube: sample::Tube| {
                    let since = tube.sample.taken().map_or(tube.sample.ordered_at, |taken| taken.at);
                    Line::Tube(since, tube.label().to_owned())
                };
                Ok((tubes.into_iter().map(line).collect(), next))
            }
        },
    }
}

fn next(page: &[Cursor], limit: u32) -> Option<Cursor> {
    page.last().copied().filter(|_| page.len() == limit as usize)
}

async fn counted(
    app: &App,
    port: &Port,
    figure: Figure,
    period: &Period,
    (after, limit): (Option<Cursor>, u32),
) -> Result<(Vec<Line>, Option<Cursor>), Failure> {
    let list = ledger::figure(&port.code, figure.name());
    let page = app.store.entries(&list, ledger::ticks(&period.span), after, limit, Order::Descending).await?;
    let ids: Vec<Id> = page.iter().map(|entry| entry.id).collect();
    let mut lines = Vec::new();
    for (entry, row) in page.iter().zip(app.store.rows(&ids).await?) {
        let Some(row) = row else { continue };
        let journey: Journey = serde_json::from_str(&row.state)?;
        let at = ledger::ticked(entry.sort).map_err(Failure::bug)?;
        lines.push(match figure {
            Figure::SamplesCollected | Figure::TestsCompleted => Line::Tube(at, label(&journey, figure, at)),
            _ => {
                let owed = journey.open().min_by_key(|o| o.due).cloned();
                Line::Entry(at, entry.id, journey.flight, owed)
            }
        });
    }
    Ok((lines, next(&page, limit)))
}

/// The label of the tube that counted at this instant; of the person's first tube, if its test was amended since.
fn label(journey: &Journey, figure: Figure, at: Timestamp) -> String {
    let same = |then: Timestamp| then.as_millisecond() == at.as_millisecond();
    let counted = |sample: &&pratique_core::journey::Sample| match figure {
        Figure::SamplesCollected => sample.taken().is_some_and(|taken| same(taken.at)),
        _ => sample.tests.iter().any(|t| matches!(&t.state, test::State::Released { at, .. } if same(*at))),
    };
    let amended = || journey.samples.iter().find(|s| s.tests.iter().any(|t| t.released().is_some()));
    let sample = journey.samples.iter().find(counted).or_else(amended);
    sample.and_then(|sample| sample.label()).unwrap_or_default().to_owned()
}

async fn came(
    app: &App,
    port: &Port,
    category: Option<Category>,
    period: &Period,
    (after, limit): (Option<Cursor>, u32),
) -> Result<(Vec<Line>, Option<Cursor>), Failure> {
    let mut page = Vec::new();
    // Every list is asked from the same place on, and the first of all of them are the page.
    for category in category.map_or(Category::ALL.to_vec(), |one| vec![one]) {
        let list = ledger::came(&port.code, category.name());
        page.extend(app.store.entries(&list, millis(&period.span), after, limit, Order::Descending).await?);
    }
    page.sort_by_key(|entry| std::cmp::Reverse((entry.sort, entry.id)));
    page.truncate(limit as usize);
    let ids: Vec<Id> = page.iter().map(|entry| entry.id).collect();
    let rows = app.store.rows(&ids).await?.into_iter().flatten();
    let lines = rows.map(|row| Ok(Line::Came(serde_json::from_str(&row.state)?)));
    Ok((lines.collect::<Result<_, Failure>>()?, next(&page, limit)))
}

/// So many pages of a list are looked through for one of those that are wanted.
const PAGES_MAX: usize = 20;

async fn open(
    app: &App,
    port: &Port,
    wanted: &Wanted,
    (after, limit): (Option<Cursor>, u32),
) -> Result<(Vec<Line>, Option<Cursor>), Failure> {
    let list = match &wanted.owner {
        Some(owner) => ledger::owed_by(&port.code, owner.role.name()),
        None => ledger::obligations(&port.code),
    };
    let now = app.now();
    let (mut lines, mut next_from) = (Vec::new(), after);
    // Most of a page may be somebody else's: it is read on until there is something to show, or nothing left.
    for _ in 0..PAGES_MAX {
        let page = app.store.entries(&list, i64::MIN..i64::MAX, next_from, limit, Order::Ascending).await?;
        let ids: Vec<Id> = page.iter().map(|entry| entry.id).collect();
        for row in app.store.rows(&ids).await?.into_iter().flatten() {
            let journey: Journey = serde_json::from_str(&row.state)?;
            for owed in journey.open().filter(|owed| wanted.is(owed, now)) {
                lines.push(Line::Entry(owed.opened_at, row.id, journey.flight.clone(), Some(owed.clone())));
            }
        }
        next_from = next(&page, limit);
        if next_from.is_none() || lines.len() >= limit as usize {
            break;
        }
    }
    lines.sort_by_key(|line| match line {
        Line::Entry(_, _, _, Some(owed)) => Some(owed.due),
        _ => None,
    });
    Ok((lines, next_from))
}

impl Wanted {
    /// Is this obligation one of those?
    #[must_use]
    pub fn is(&self, owed: &Obligation, now: Timestamp) -> bool {
        let owns = |owner: &Owner| owner.role == owed.kind.owner() && owner.department == owed.department;
        let mut alone = Tally::default();
        alone.add(Loop { opened_at: owed.opened_at, due: owed.due }, now);
        self.owner.as_ref().is_none_or(owns)
            && self.kind.is_none_or(|kind| kind == owed.kind)
            && self.urgency.is_none_or(|urgency| urgency == owed.urgency(now))
            && self.age.is_none_or(|age| alone.ages.get(age).is_some_and(|count| *count == 1))
    }

    /// How many ages there are.
    pub const AGES: usize = AGES_H.len() + 1;
}
