//! `config show`: what this installation is set to, without secrets.

use serde_json::{Value, json};

use super::CommandFault;
use super::messages::Messages;
use super::opening::Place;
use super::output::{Format, Out};
use crate::house::{House, InForce};

/// What this installation is set to.
#[derive(Debug, clap::Subcommand)]
pub enum Config {
    /// Show places, ports and packs; no secret is among it
    #[command(after_help = "Example:\n  pratique config show --config /etc/pratique --format table")]
    Show {
        /// How answers are shown; a table leaves out what a port's file says of its deadlines
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        #[command(flatten)]
        messages: Messages,
        #[command(flatten)]
        place: Place,
    },
}

impl Config {
    pub(super) fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        let Config::Show { format, messages, place } = self;
        let house = place.house()?;
        let shown = json!({
            "version": env!("CARGO_PKG_VERSION"),
            "database": place.location()?.to_string(),
            "data": place.data.display().to_string(),
            "config": place.config.as_ref().map(|folder| folder.display().to_string()),
            "messages": messages.view()?,
            "ports": ports(&house),
            "packs": house.packs().map(pack).collect::<Vec<_>>(),
        });
        match format {
            Format::Json => out.json(&shown),
            Format::Table => told(out, &shown),
        }
    }
}

/// For a person: what is set, then each port and each pack.
fn told(out: &mut Out, shown: &Value) -> Result<(), CommandFault> {
    let set = |name: &str| json!({"setting": name, "value": shown[name]});
    let settings = ["version", "database", "data", "config", "messages"].map(set);
    out.rows(Format::Table, &["setting", "value"], &settings)?;
    for (list, columns) in [
        ("ports", &["code", "iata", "name", "time_zone", "pack", "notice", "areas", "stages"][..]),
        ("packs", &["name", "rules", "languages", "look_back_days"]),
    ] {
        out.line("")?;
        out.rows(Format::Table, columns, shown[list].as_array().map_or(&[], Vec::as_slice))?;
    }
    Ok(())
}

fn ports(house: &House) -> Vec<Value> {
    let port = |port: &pratique_core::port::Port| {
        json!({
            "code": port.code,
            "iata": port.iata,
            "name": port.name.get("en"),
            "time_zone": port.time_zone,
            "pack": port.pack,
            "stages": port.stages,
            "areas": port.areas.iter().map(|area| &area.code).collect::<Vec<_>>(),
            "stations": port.stations.iter().map(|station| &station.code).collect::<Vec<_>>(),
            "departments": port.departments.iter().map(|d| json!({"code": d.code, "purpose": d.purpose})).collect::<Vec<_>>(),
            "deadlines": port.deadlines,
            "retention": port.retention,
            "notice": house.notice_of(port).map(|notice| &notice.version),
        })
    };
    house.ports().map(port).collect()
}

fn pack(in_force: &InForce) -> Value {
    json!({
        "name": in_force.name(),
        "form": {"url": in_force.form.url, "version": in_force.form.version},
        "rules": in_force.pack.rules.version,
        "languages": in_force.pack.languages,
        "look_back_days": in_force.pack.look_back_days,
    })
}
