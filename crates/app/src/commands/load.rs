//! `load`: load on a running server, and what came of it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::CommandFault;
use super::output::{Format, Out};
use crate::clock::Clock;
use crate::load::{Crowd, Figures, Pace, Plan, Report, Target, advice};
use crate::rng::Rng;

/// So many requests a second, or clients, are more than one machine can mean.
const RATE_MAX: f64 = 100_000.0;
const CLIENTS_MAX: u32 = 4_096;
/// An hour: every latency is kept.
const FOR_S_MAX: f64 = 3_600.0;

/// Drive a running server with declarations and scans, and report throughput and latency
///
/// At a rate (--declare, --scan) requests start at fixed times, whatever became of those before; latency counts from the intended
/// start. With clients (--declare-clients, --scan-clients) each asks again as soon as it is answered: that finds the capacity. The
/// people are invented, travellers of the state UTO. They stay in the server's store: never measure one that real people use.
///
/// The server counts by address; start the one that is measured with `--per-address 0`. Scans need an officer's token, in
/// PRATIQUE_TOKEN or a file.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pratique load http://127.0.0.1:8080 --declare 200/s --for 30\n  \
                        pratique load http://127.0.0.1:8080 --declare 200 --scan 100 --for 60 --token-file officer.token --json\n  \
                        pratique load http://127.0.0.1:8080 --declare-clients 64 --for 10")]
pub struct Load {
    /// The server's address, as http://HOST:PORT or https://HOST
    url: String,
    /// Declarations a second
    #[arg(long, value_name = "N/s", value_parser = rate, conflicts_with = "declare_clients")]
    declare: Option<f64>,
    /// Scans a second
    #[arg(long, value_name = "N/s", value_parser = rate, conflicts_with = "scan_clients")]
    scan: Option<f64>,
    /// Clients that declare as fast as they are answered
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(CLIENTS_MAX)))]
    declare_clients: Option<u32>,
    /// Clients that scan as fast as they are answered
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(CLIENTS_MAX)))]
    scan_clients: Option<u32>,
    /// Seconds that are counted
    #[arg(long = "for", value_name = "S", value_parser = seconds)]
    lasting: f64,
    /// Seconds before that, which are not counted
    #[arg(long, value_name = "S", value_parser = seconds_or_none, default_value = "1")]
    warm_up: f64,
    /// People who are declared before scans begin, so that there is somebody to scan
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    prepare: u32,
    /// The port's UN/LOCODE
    #[arg(long, value_name = "PORT", default_value = "CNPEK")]
    at: String,
    /// The station of the scans
    #[arg(long, value_name = "STATION", default_value = "T3D-L01")]
    station: String,
    /// Flights that people come by, in turn; on the schedule or not
    #[arg(long, value_name = "FLIGHT", default_value = "CA938", value_delimiter = ',')]
    flight: Vec<String>,
    /// The day of arrival; today (UTC) if left out
    #[arg(long, value_name = "DATE")]
    date: Option<Date>,
    /// A file with the answers that everybody gives, one JSON object; those of somebody healthy to the form of the built-in pack if
    /// left out
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// A file with the token of an officer, for scans; PRATIQUE_TOKEN if left out
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
}

impl Load {
    pub(super) async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        let plan = self.plan()?;
        let report = plan.run().await.map_err(|fault| CommandFault::Nothing(fault.to_string()))?;
        match self.json {
            true => out.json(&report)?,
            false => told(out, &report)?,
        }
        match lines(&report).iter().all(|(_, figures)| figures.done == 0) {
            true => Err(CommandFault::Nothing(nothing_done(&report))),
            false => Ok(()),
        }
    }

    fn plan(&self) -> Result<Plan, CommandFault> {
        let pace = |rate: Option<f64>, clients: Option<u32>| rate.map(Pace::Rate).or(clients.map(Pace::Clients));
        let (declare, scan) = (pace(self.declare, self.declare_clients), pace(self.scan, self.scan_clients));
        if declare.is_none() && scan.is_none() {
            let why = "nothing to do: give a rate with --declare or --scan, or clients with --declare-clients or --scan-clients";
            return Err(CommandFault::Nothing(why.to_owned()));
        }
        let token = self.token()?;
        if scan.is_some() && token.is_none() {
            let why = "scans need an officer's token, in PRATIQUE_TOKEN or the file of --token-file; `pratique user add NAME \
                       --role officer --at PORT --token` makes one";
            return Err(CommandFault::Nothing(why.to_owned()));
        }
        let [a, b, c, _] = Rng::from_machine()?.bytes();
        let date = self.date.unwrap_or_else(|| Clock::System.now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date());
        let answers = self.answers.as_deref().map(answers).transpose()?.unwrap_or_else(|| Crowd::healthy(date));
        let target = Target::new(&self.url, token.as_deref());
        Ok(Plan {
            target: target.map_err(|fault| CommandFault::Nothing(fault.to_string()))?,
            crowd: Crowd::new(&self.at, &self.flight, date, &answers, u32::from_be_bytes([0, a, b, c])),
            declare,
            scan: scan.map(|pace| (pace, self.station.clone())),
            warm: Duration::from_secs_f64(self.warm_up),
            lasting: Duration::from_secs_f64(self.lasting),
            prepared: self.prepare,
        })
    }

    fn token(&self) -> Result<Option<String>, CommandFault> {
        match &self.token_file {
            Some(file) => {
                let text = CommandFault::text(file, "one that holds an officer's token")?;
                Ok(Some(text.trim().to_owned()))
            }
            None => Ok(std::env::var("PRATIQUE_TOKEN").ok().filter(|token| !token.trim().is_empty())),
        }
    }
}

/// Answers from a file.
fn answers(file: &Path) -> Result<Value, CommandFault> {
    let text = CommandFault::text(file, "one with the answers that everybody gives")?;
    match serde_json::from_str(&text) {
        Ok(Value::Object(answers)) => Ok(Value::Object(answers)),
        Ok(_) => Err(CommandFault::file(file, "one JSON object is meant, as in {\"health\":{\"unwell\":false}}")),
        Err(why) => Err(CommandFault::file(file, why)),
    }
}

/// `200`, `200/s`, `0.5/s`.
fn rate(text: &str) -> Result<f64, String> {
    let number = text.strip_suffix("/s").unwrap_or(text).trim().parse::<f64>();
    match number {
        Ok(rate) if rate > 0.0 && rate <= RATE_MAX => Ok(rate),
        _ => Err(format!("a number of requests a second is meant, as in 200/s, at most {RATE_MAX}")),
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    seconds_or_none(text).and_then(|s| if s > 0.0 { Ok(s) } else { Err("at least something of a second".to_owned()) })
}

/// `30`, `30s`, `0.5`.
fn seconds_or_none(text: &str) -> Result<f64, String> {
    let number = text.strip_suffix('s').unwrap_or(text).trim().parse::<f64>();
    match number {
        Ok(seconds) if (0.0..=FOR_S_MAX).contains(&seconds) => Ok(seconds),
        _ => Err(format!("a number of seconds is meant, as in 30, at most {FOR_S_MAX}")),
    }
}

fn lines(report: &Report) -> Vec<(&'static str, &Figures)> {
    let kinds = [("declare", &report.declare), ("scan", &report.scan)];
    kinds.into_iter().filter_map(|(name, figures)| Some((name, figures.as_ref()?))).collect()
}

fn told(out: &mut Out, report: &Report) -> Result<(), CommandFault> {
    let lines = lines(report);
    let pace = |figures: &Figures| match (figures.asked_a_second, figures.clients) {
        (Some(rate), _) => format!("{rate}/s"),
        (None, clients) => format!("{} clients", clients.unwrap_or_default()),
    };
    let rows = lines.iter().map(|(name, figures)| {
        let ms = |value: f64| format!("{value:.1}");
        json!({
            "request": name, "asked": pace(figures), "done": figures.done, "per_second": format!("{:.1}", figures.a_second),
            "p50_ms": ms(figures.p50_ms), "p90_ms": ms(figures.p90_ms), "p99_ms": ms(figures.p99_ms),
            "p99.9_ms": ms(figures.p999_ms), "max_ms": ms(figures.max_ms),
            "errors": figures.errors.values().sum::<u64>(),
        })
    });
    let columns =
        ["request", "asked", "done", "per_second", "p50_ms", "p90_ms", "p99_ms", "p99.9_ms", "max_ms", "errors"];
    out.rows(Format::Table, &columns, &rows.collect::<Vec<_>>())?;
    for (name, figures) in lines {
        for (code, count) in &figures.errors {
            out.line(&format!("{name}: {count} × {code}{}", advice(code)))?;
        }
    }
    Ok(())
}

fn nothing_done(report: &Report) -> String {
    let most = lines(report).into_iter().flat_map(|(_, figures)| &figures.errors).max_by_key(|(_, count)| **count);
    match most {
        Some((code, _)) => format!("no request was answered well: {code}{}", advice(code)),
        None => "no request was begun: it was over before the first one was due".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_a_number_with_or_without_its_unit() {
        assert_eq!([rate("200"), rate("200/s"), rate("0.5 /s")], [Ok(200.0), Ok(200.0), Ok(0.5)]);
        for bad in ["", "0", "-1", "many", "1e9", "NaN", "5/min"] {
            assert!(rate(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn seconds_are_a_number_with_or_without_their_unit() {
        assert_eq!([seconds("30"), seconds("1.5s"), seconds_or_none("0")], [Ok(30.0), Ok(1.5), Ok(0.0)]);
        assert!(seconds("0").is_err() && seconds("1h").is_err() && seconds("3601").is_err());
    }
}
