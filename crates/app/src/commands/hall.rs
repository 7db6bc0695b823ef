//! `hall simulate` and `hall plan`: the arrival hall as a model (docs/PLANNER.md).

use std::io::Read;
use std::path::Path;

use pratique_core::hall::plan::Need;
use pratique_core::hall::report::{Answer, Report};
use pratique_core::hall::{Plan, Scenario, flights, plan, simulate};
use serde::Serialize;
use serde_json::{Value, json};

use super::CommandFault;
use super::output::{Format, Out};
use crate::scenarios;

/// People times runs: some minutes of work at most.
const WORK_MAX: u64 = 20_000_000;

/// The arrival hall as a model.
#[derive(Debug, clap::Subcommand)]
pub enum Hall {
    /// Play a day: queues, waits and use of each station by quarter of an hour, and whether people are through in time
    ///
    /// JSON Lines, each with its `kind`: answer, flight, station, quarter, laboratory. The same seed gives the same bytes.
    #[command(after_help = "Examples:\n  pratique hall simulate t3d-2020 --format table\n  \
                            pratique hall simulate my-day.toml --seed 7 --seeds 50 | jq 'select(.kind==\"answer\")'")]
    Simulate {
        #[command(flatten)]
        asked: Asked,
    },
    /// Find the fewest posts of each station that keep the promise, and say what bounds
    ///
    /// JSON Lines: the plan, then a line for each station (`kind` is `need`) and for the laboratory.
    #[command(after_help = "Example:\n  pratique hall plan t3d-day --within 60 --growth 1.33 --format table")]
    Plan {
        #[command(flatten)]
        asked: Asked,
        /// Minutes from on block until the last person of a flight is through; the scenario's if left out
        #[arg(long, value_name = "MINUTES")]
        within: Option<f64>,
        /// The share of flights for which it must hold; the scenario's if left out
        #[arg(long, value_name = "SHARE")]
        share: Option<f64>,
    },
}

/// What both are asked.
#[derive(Debug, clap::Args)]
pub struct Asked {
    /// A scenario's file, the name of one built in (t3d-2020, t3d-2020-short-inquiry, t3d-day), or - for standard input
    scenario: String,
    /// The first seed
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many seeds, one run each
    #[arg(long, value_name = "K", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    seeds: u32,
    /// How many times as many flights: 1.33 is a third more
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0)]
    growth: f64,
    /// How answers are shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Hall {
    pub(super) fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        match self {
            Hall::Simulate { asked } => {
                let scenario = asked.open()?;
                told(out, asked.format, &simulate(&scenario, asked.seed, asked.seeds))
            }
            Hall::Plan { asked, within, share } => {
                let mut scenario = asked.open()?;
                let promise = &mut scenario.promise;
                promise.within_min = within.unwrap_or(promise.within_min);
                promise.share = share.unwrap_or(promise.share);
                if !(1.0..=1_440.0).contains(&promise.within_min) || !(0.0..=1.0).contains(&promise.share) {
                    let why = "--within is minutes from 1 to 1440, --share a share from 0 to 1, as in 0.95";
                    return Err(CommandFault::Nothing(why.to_owned()));
                }
                planned(out, asked.format, &plan(&scenario, asked.seed, asked.seeds))
            }
        }
    }
}

impl Asked {
    fn open(&self) -> Result<Scenario, CommandFault> {
        let refuse = |why: String| Err(CommandFault::Nothing(why));
        let scenario = match self.scenario.as_str() {
            "-" => {
                let mut text = Vec::new();
                std::io::stdin().read_to_end(&mut text)?;
                scenarios::read("standard input", &text, Path::new(""))?
            }
            name => scenarios::open(name)?,
        };
        if !(1.0..=10.0).contains(&self.growth) {
            return refuse("--growth is a factor from 1 to 10; 1.33 is a third more flights".to_owned());
        }
        let landings = flights::grown(&scenario.landings, self.growth);
        let named = |bad| scenarios::ScenarioFault::Content { path: self.scenario.clone(), bad };
        let scenario = scenario.landing(landings).map_err(named)?;
        let most = WORK_MAX / scenario.passengers().max(1);
        match u64::from(self.seeds) > most {
            true => refuse(format!("{} people: take at most {most} --seeds", scenario.passengers())),
            false => Ok(scenario),
        }
    }
}

/// A value with its kind, and other members taken out or put in.
fn row(kind: &str, value: &impl Serialize, with: &[(&str, Value)], without: &[&str]) -> Result<Value, CommandFault> {
    let mut row = json!({ "kind": kind });
    let value = serde_json::to_value(value).map_err(std::io::Error::from)?;
    if let (Some(row), Value::Object(members)) = (row.as_object_mut(), value) {
        row.extend(with.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        row.extend(members.into_iter().filter(|(name, _)| !without.contains(&name.as_str())));
    }
    Ok(row)
}

const QUARTER: [&str; 9] =
    ["station", "from", "arrivals", "waiting_mean", "waiting_max", "wait_s_p50", "wait_s_p95", "wait_s_max", "use"];

fn told(out: &mut Out, format: Format, report: &Report) -> Result<(), CommandFault> {
    match format {
        Format::Json => out.json(&row("answer", &report.answer, &[], &[])?)?,
        Format::Table => in_words(&report.answer).iter().try_for_each(|line| out.line(line))?,
    }
    let flights = report.flights.iter().map(|flight| row("flight", flight, &[], &[])).collect::<Result<Vec<_>, _>>()?;
    section(out, format, "flight,on_block,passengers,through_min,hall_min,kept,results_by", &flights)?;
    let stations = report.stations.iter().map(|station| row("station", station, &[], &["quarters"]));
    let stations = stations.collect::<Result<Vec<_>, _>>()?;
    section(out, format, "station,posts_most,wait_s_p50,wait_s_p95,wait_s_max", &stations)?;
    let mut quarters: Vec<Value> = Vec::new();
    for station in &report.stations {
        for quarter in &station.quarters {
            quarters.push(row("quarter", quarter, &[("station", json!(station.station))], &[])?);
        }
    }
    if let Some(laboratory) = &report.laboratory {
        let line = row("laboratory", laboratory, &[], &["quarters"])?;
        section(out, format, "samples,plates,filled,result_min", &[line])?;
        for quarter in &laboratory.quarters {
            quarters.push(row("quarter", quarter, &[("station", json!("laboratory"))], &[])?);
        }
    }
    section(out, format, &QUARTER.join(","), &quarters)
}

/// Rows; in a table set off by an empty line, and spreads in a form that people read.
fn section(out: &mut Out, format: Format, columns: &str, rows: &[Value]) -> Result<(), CommandFault> {
    let columns: Vec<&str> = columns.split(',').collect();
    match format {
        Format::Json => out.rows(format, &columns, rows),
        Format::Table => {
            out.line("")?;
            let short = |row: &Value| Value::Object(members(row).map(|(name, v)| (name.clone(), legible(v))).collect());
            out.rows(format, &columns, &rows.iter().map(short).collect::<Vec<_>>())
        }
    }
}

fn members(row: &Value) -> impl Iterator<Item = (&String, &Value)> {
    row.as_object().into_iter().flatten()
}

fn legible(value: &Value) -> Value {
    let part = |name: &str| value.get(name).map(ToString::to_string).unwrap_or_default();
    match value {
        Value::Object(members) if members.contains_key("p50") => {
            json!(format!("{} ({}..{})", part("p50"), part("p05"), part("p95")))
        }
        Value::Object(members) if members.contains_key("low") => {
            json!(format!("{} ({}..{})", part("share"), part("low"), part("high")))
        }
        Value::Array(items) => json!(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" .. ")),
        other => other.clone(),
    }
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn in_words(answer: &Answer) -> Vec<String> {
    let (through, kept) = (answer.through_min, answer.kept);
    let mut lines = vec![
        format!(
            "{}: of {} people everybody is through within {} min for {} of flights ({} to {}, 95 % interval over {} runs); {} was promised.",
            if answer.is_kept { "Yes" } else { "No" },
            answer.people,
            answer.within_min,
            percent(kept.share),
            percent(kept.low),
            percent(kept.high),
            answer.runs,
            percent(answer.promised_share),
        ),
        format!(
            "The last person of a flight is through after {} min (nine of ten: {} to {}). Slowest: {}.",
            through.p50, through.p05, through.p95, answer.slowest
        ),
    ];
    lines.extend(answer.longest_queue.map(|station| format!("The longest queue is at: {}.", station.name())));
    if answer.never_through > 0.0 {
        lines.push(format!("{} people are never through: a station closes while they wait.", answer.never_through));
    }
    lines
}

fn planned(out: &mut Out, format: Format, plan: &Plan) -> Result<(), CommandFault> {
    match format {
        Format::Json => out.json(&row("plan", plan, &[], &["needs", "laboratory"])?)?,
        Format::Table => plan_in_words(plan).iter().try_for_each(|line| out.line(line))?,
    }
    let needs: Vec<Value> =
        plan.needs.iter().map(|need: &Need| row("need", need, &[], &[])).collect::<Result<_, _>>()?;
    if !needs.is_empty() {
        section(out, format, "station,posts_now,posts,least,kept_with_one_less", &needs)?;
    }
    let laboratory = plan.laboratory.as_ref().map(|need| row("laboratory", need, &[], &[])).transpose()?;
    laboratory.map_or(Ok(()), |need| {
        section(out, format, "result_within_min,instruments_now,instruments,can_be_kept,kept", &[need])
    })
}

fn plan_in_words(plan: &Plan) -> Vec<String> {
    let promise = format!("{} min for {} of flights", plan.within_min, percent(plan.promised_share));
    let now = format!(
        "{} people, flights: {}. With the posts of now {} of flights are in time.",
        plan.people,
        plan.flights,
        percent(plan.kept_now.share)
    );
    let without = plan.without_queues_min;
    let then = match (plan.can_be_kept, plan.bound_by) {
        (true, bound) => format!(
            "{promise}: the posts below keep it for {} ({} to {}).{}",
            percent(plan.kept.share),
            percent(plan.kept.low),
            percent(plan.kept.high),
            bound.map(|station| format!(" What bounds is: {}.", station.name())).unwrap_or_default()
        ),
        (false, _) => format!(
            "{promise}: no number of posts keeps it. Without any queue the last person is through after {} min ({} to {}): \
             shorten the walk or the service, or promise more time.",
            without.p50, without.p05, without.p95
        ),
    };
    vec![now, then]
}
