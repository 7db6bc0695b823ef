//! The model run for a page: bounded in people times runs, one at a time, off the threads that answer everybody else.

use pratique_core::hall::plan::Plan;
use pratique_core::hall::report::Report;
use pratique_core::hall::{flights, plan, schedule, simulate};
use pratique_core::port::Port;
use tokio::sync::Semaphore;

use super::wish::Wish;
use crate::app::App;
use crate::caller::Caller;
use crate::channels::flights::day::{FLIGHTS_MAX, span};
use crate::failure::Failure;
use crate::lookups::flight;

/// People times runs in a report: two seconds at most.
const WORK_MAX: u64 = 200_000;
/// The same for a plan, which tries some sixty sets of posts.
const PLAN_WORK_MAX: u64 = 12_000;
/// More runs tell nothing new.
const RUNS_MAX: u64 = 20;

/// One at a time: planning may wait, the lane may not.
static PLAYING: Semaphore = Semaphore::const_new(1);

/// What came of it.
#[derive(Debug)]
pub struct Played {
    /// The report.
    pub report: Report,
    /// The plan, where it was asked for.
    pub plan: Option<Plan>,
}

/// Plays a wish. Nothing, if nobody lands on that day.
///
/// # Errors
/// The store's.
pub async fn play(app: &App, who: &Caller, port: &Port, wish: Wish) -> Result<Option<Played>, Failure> {
    let mut scenario = wish.scenario;
    let mut landings = std::mem::take(&mut scenario.landings);
    if let Some((date, passengers)) = wish.own {
        let (known, _) = flight::scheduled(app, who, &port.code, span(port, date)?, None, FLIGHTS_MAX).await?;
        let carries = known.iter().filter(|flight| flight.category != pratique_core::flight::Category::Cargo);
        let zone = port.zone();
        landings = carries.filter_map(|f| schedule::of_flight(f, date, &zone, passengers, &scenario)).collect();
    }
    let Ok(scenario) = scenario.landing(flights::grown(&landings, wish.growth)) else { return Ok(None) };
    if scenario.landings.is_empty() {
        return Ok(None);
    }
    let runs = |work: u64| (work / scenario.passengers().max(1)).clamp(1, RUNS_MAX) as u32;
    let (report_runs, plan_runs) = (runs(WORK_MAX), wish.plan.then(|| runs(PLAN_WORK_MAX)));
    // Never closed, so it always has a place in the end.
    let _turn = PLAYING.acquire().await;
    let work = move || Played {
        report: simulate(&scenario, wish.seed, report_runs),
        plan: plan_runs.map(|runs| plan(&scenario, wish.seed, runs)),
    };
    Ok(Some(tokio::task::spawn_blocking(work).await.map_err(|_| Failure::Busy)?))
}
