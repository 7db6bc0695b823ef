//! What carriers hand in, and what is found on board: a manifest of every flight that is under way, and the health part of each
//! that has come.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use pratique_core::access::Role;
use pratique_core::flight::manifest::Manifest;
use pratique_core::flight::{Category, InspectionForm};
use serde_json::{Value, json};

use super::day::Planned;
use super::life::Life;
use super::people::{self, Person};
use super::staff;
use crate::actions::hand_in_manifest::hand_in;
use crate::actions::inspect_flight::inspect;
use crate::app::App;
use crate::clock::Clock;
use crate::failure::Failure;

/// A list comes in when the doors close, so many hours before the arrival.
pub(super) const CLOSES_H: i64 = 9;
/// Minutes after the arrival at which the boarding officers are done.
const BOARDED_MIN: i64 = 6;
/// People of each list who never declare.
const SILENT: usize = 3;

/// Hands in the lists of all flights that have left by now.
pub(super) async fn lists(
    app: &App,
    flights: &[std::sync::Arc<Planned>],
    lives: &[Life],
    seed: u64,
    now: Timestamp,
) -> Result<(), Failure> {
    for flight in flights.iter().filter(|flight| flight.arrives.is_some() && flight.first_form().is_some()) {
        let at = flight.scheduled - SignedDuration::from_hours(CLOSES_H);
        if at > now {
            continue;
        }
        let own = lives.iter().filter(|life| life.flight.id == flight.id);
        let manifest: Manifest = serde_json::from_value(list(flight, own, seed))?;
        let carrier = staff::of(Role::Planner, &flight.id.port);
        Clock::at(at, hand_in(app, &carrier, &flight.id, manifest, None)).await?;
    }
    Ok(())
}

/// Everybody who declared but the last party, and some who did not; one number is mistyped, so that somebody has to look.
fn list<'a>(flight: &Planned, lives: impl Iterator<Item = &'a Life>, seed: u64) -> Value {
    let mut people: Vec<&Person> = lives.flat_map(|life| &life.party.people).collect();
    people.sort_by(|a, b| a.number.cmp(&b.number));
    if people.len() > 20 {
        people.pop();
    }
    let others = people::parties(seed.wrapping_add(1), flight.id.date, flight.line, SILENT, flight.told_on());
    let taken: HashSet<&Option<String>> = people.iter().map(|person| &person.seat).collect();
    let is_cargo = flight.line.category == Category::Cargo;
    let silent = others.iter().flat_map(|party| &party.people);
    let silent: Vec<&Person> = silent.filter(|p| !is_cargo && !taken.contains(&p.seat)).collect();
    let mut lines: Vec<Value> = people.into_iter().chain(silent).map(|person| line(person, is_cargo)).collect();
    if lines.len() > 20 {
        let number = lines[7]["documents"][0]["number"].as_str().unwrap_or_default().to_owned();
        lines[7]["documents"][0]["number"] = json!(mistyped(&number));
    }
    json!({ "people": lines })
}

fn line(person: &Person, is_cargo: bool) -> Value {
    let traveller = &person.traveller;
    let document = &traveller["document"];
    json!({
        "role": if is_cargo { "crew" } else { "passenger" },
        "name": traveller["name"],
        "birth_date": traveller["birth_date"],
        "sex": traveller["sex"],
        "nationality": traveller["nationality"],
        "seat": person.seat,
        "documents": [{"type": "P", "number": document["number"], "issuer": document["issuer"]}],
    })
}

/// Two neighbours changed places.
fn mistyped(number: &str) -> String {
    let mut letters: Vec<char> = number.chars().collect();
    let at = letters.windows(2).rposition(|two| two[0] != two[1]);
    if let Some(at) = at {
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

/// Records what the boarding officers found on every flight that has come.
pub(super) async fn boarded(app: &App, flights: &[std::sync::Arc<Planned>], now: Timestamp) -> Result<(), Failure> {
    for (number, flight) in flights.iter().filter(|flight| flight.first_form().is_some()).enumerate() {
        let Some(at) = flight.arrives.map(|at| at + SignedDuration::from_mins(BOARDED_MIN)) else { continue };
        if at > now {
            continue;
        }
        let form: InspectionForm = serde_json::from_value(found(number, flight.line.category))?;
        let officer = staff::officer(number, &flight.id.port);
        Clock::at(at, inspect(app, &officer, &flight.id, &form, None)).await?;
    }
    Ok(())
}

/// One flight in six has somebody ill on board; freighters are disinfected, the others sprayed against insects.
fn found(number: usize, category: Category) -> Value {
    let boarding = json!({"outcome": "free-pratique"});
    match (category, number % 6) {
        (Category::Cargo, _) => json!({"disinfection": {"method": "spray"}, "boarding": boarding}),
        (_, 3) => json!({"ill": [{"signs": ["fever", "cough"], "seat": "34C"}], "disinsection": {"method": "residual"},
            "boarding": {"outcome": "conditional"}, "note": "Ill since the morning; moved to the last row"}),
        _ => json!({"disinsection": {"method": "residual"}, "boarding": boarding}),
    }
}
