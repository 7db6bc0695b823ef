//! The demo: a realistic day at Beijing Capital T3D, all of it invented, lived through the real actions.
//!
//! The people follow from the seed and the day alone; what has become of them follows from the hour too, so that whenever
//! the demo is started some flights have landed, some are due, and everything can be tried.

mod answers;
mod booth;
mod carrier;
pub mod census;
mod day;
mod desk;
mod fate;
mod flights;
pub mod guide;
mod handing;
mod laboratory;
mod lane;
mod life;
mod names;
mod people;
pub mod progress;
pub mod staff;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use pratique_core::flight::FlightForm;
use pratique_core::port::Port;
use rand::RngExt;
use tokio::sync::Semaphore;
use tokio::task::{JoinSet, LocalSet};

use crate::actions::{move_flight, turn_key};
use crate::app::App;
use crate::caller::Caller;
use crate::clock::Clock;
use crate::failure::Failure;
use day::Planned;
use fate::Fate;
use flights::{LINES, Turn};
use life::Life;
use progress::Progress;

/// The demo's port.
pub const PORT: &str = "CNPEK";
/// Parties that live at once: enough to fill the store's batches of 64.
const AT_ONCE: usize = 96;

/// What may be chosen.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// The seed of people and chance.
    pub seed: u64,
    /// About how many people; `None` for a full day.
    pub people: Option<usize>,
}

/// Loads the day into an empty store whose app runs on [`Clock::Task`].
///
/// # Errors
/// An action refused, or the store failed.
pub async fn load(app: &Arc<App>, scale: Scale, progress: &Progress) -> Result<Vec<Life>, Failure> {
    let now = app.now();
    let port = app.house.port(PORT).ok_or_else(|| Failure::bug("the demo's port is not built in"))?;
    let flights: Vec<Arc<Planned>> = day::flights(port, now)?.into_iter().map(Arc::new).collect();
    let before = now - SignedDuration::from_hours(6 * 24);
    Clock::at(before, turn_key::provide(app, &Caller::System("demo"))).await?;
    Clock::at(before, staff::add(app, PORT)).await?;
    for flight in &flights {
        if let Some(form) = flight.first_form() {
            place(app, flight, &form, flight.scheduled - SignedDuration::from_hours(60)).await?;
        }
    }
    let lives = cast(port, &flights, scale, now);
    progress.begin(u64::try_from(lives.len() * 2).unwrap_or(0));
    let local = LocalSet::new();
    let mut lives = local.run_until(live(app, lives, progress, Stage::Before)).await?;
    for flight in &flights {
        if let Some((form, at)) = flight.later_form(now) {
            place(app, flight, &form, at).await?;
        }
    }
    carrier::lists(app, &flights, &lives, scale.seed, now).await?;
    carrier::boarded(app, &flights, now).await?;
    lives.sort_by_key(|life| life.scanned_at);
    let lives = local.run_until(live(app, lives, progress, Stage::After)).await?;
    laboratory::work(app, now).await?;
    progress.end();
    Ok(lives)
}

async fn place(app: &App, flight: &Planned, form: &FlightForm, at: Timestamp) -> Result<(), Failure> {
    Clock::at(at, move_flight::move_flight(app, &Caller::System("demo"), &flight.id, form, None)).await.map(drop)
}

/// Invents the people and gives every party its fate.
fn cast(port: &Port, flights: &[Arc<Planned>], scale: Scale, now: Timestamp) -> Vec<Life> {
    let today = now.to_zoned_datetime(port.zone()).date();
    let full: usize = LINES.iter().map(|line| line.people).sum();
    let count = |people: usize| scale.people.map_or(people, |wanted| (people * wanted).div_ceil(full).max(1));
    let of_flight = |flight: &Arc<Planned>| {
        let parties = people::parties(scale.seed, today, flight.line, count(flight.line.people), flight.told_on());
        parties.into_iter().map(|party| (party, Arc::clone(flight))).collect::<Vec<_>>()
    };
    let parties: Vec<_> = flights.iter().flat_map(of_flight).collect();
    let mut rng = people::generator(scale.seed, today, "fates");
    let mut fates: Vec<Option<Fate>> = vec![None; parties.len()];
    for fate in fate::CERTAIN {
        let free = |at: &usize| fates[*at].is_none() && fate.fits(&parties[*at].1, now);
        let fitting: Vec<usize> = (0..parties.len()).filter(free).collect();
        if !fitting.is_empty() {
            fates[fitting[rng.random_range(0..fitting.len())]] = Some(fate);
        }
    }
    let mut lives: Vec<Life> = parties
        .into_iter()
        .zip(fates)
        .enumerate()
        .map(|(at, ((party, flight), certain))| {
            let mut rng = people::generator(scale.seed, today, &format!("life {at}"));
            let fate = certain.unwrap_or_else(|| chance(&flight, now, &mut rng));
            Life::new(party, flight, fate, now, rng)
        })
        .collect();
    lives.sort_by_key(|life| life.declares_at);
    lives
}

fn chance(flight: &Planned, now: Timestamp, rng: &mut rand_chacha::ChaCha20Rng) -> Fate {
    let is_gone = flight.scheduled < now - SignedDuration::from_hours(48);
    match Fate::by_chance(rng) {
        _ if is_gone => Fate::Absent,
        fate if fate.fits(flight, now) => fate,
        _ if flight.line.turn == Turn::Cancelled && rng.random_ratio(1, 3) => Fate::Withdrawn,
        _ => Fate::Plain,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Before,
    After,
}

/// Lets everybody live through a stage, many at once, on one thread: what takes time is the store's, and it has its own.
async fn live(app: &Arc<App>, lives: Vec<Life>, progress: &Progress, stage: Stage) -> Result<Vec<Life>, Failure> {
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    let mut done = Vec::with_capacity(lives.len());
    for mut life in lives {
        let turn = Arc::clone(&turns).acquire_owned().await.map_err(Failure::bug)?;
        let app = Arc::clone(app);
        running.spawn_local(async move {
            let lived = match stage {
                Stage::Before => life.before_arrival(&app).await,
                Stage::After => life.after_arrival(&app).await,
            };
            drop(turn);
            lived.map_err(|why| Failure::bug(format!("{:?} on {}: {why:?}", life.fate, life.flight.id))).map(|()| life)
        });
        while let Some(ended) = running.try_join_next() {
            done.push(ended.map_err(Failure::bug)??);
            progress.step();
        }
    }
    while let Some(ended) = running.join_next().await {
        done.push(ended.map_err(Failure::bug)??);
        progress.step();
    }
    Ok(done)
}
