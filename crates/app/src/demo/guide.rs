//! What to try: printed once the demo is loaded.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use pratique_core::flight::Category;

use super::answers::Complaint;
use super::carrier::CLOSES_H;
use super::census::Census;
use super::day::Planned;
use super::fate::Fate;
use super::life::Life;
use super::staff::STAFF;

/// A flight that is due sooner may have landed before somebody has filled in the form.
const TIME_TO_DECLARE_H: i64 = 2;
/// A declaration counts from so long before the arrival on; an hour is left to make it.
const DAY: jiff::SignedDuration = jiff::SignedDuration::from_hours(23);

/// Where the demo keeps its things, and what opens its API.
#[derive(Debug, Clone, Copy)]
pub struct Things<'a> {
    /// Store and root key, until the demo ends.
    pub folder: &'a Path,
    /// A bearer token.
    pub token: &'a str,
    /// The token with which a browser becomes the kiosk.
    pub kiosk: &'a str,
}

/// Lines for a person at a terminal.
#[must_use]
pub fn lines(address: SocketAddr, things: Things<'_>, census: &Census, lives: &[Life]) -> Vec<String> {
    let mut lines = vec![
        String::new(),
        format!("{} flights, {} declarations, all invented.", census.flights, census.journeys),
        format!("  states: {}", figures(&census.states)),
        format!("  tiers:  {}", figures(&census.tiers)),
        format!("  owed:   {} open, {} of them overdue", census.owed.0, census.owed.1),
        String::new(),
        "Pages".to_owned(),
    ];
    let pages = [
        ("/", "declare, as a traveller"),
        ("/find", "find a declaration again"),
        ("/kiosk", "declare at a kiosk, once it is set up (below)"),
        ("/checkpoint", "scan and decide, as an officer"),
        ("/paper", "print paper forms and key them in, as an officer"),
        ("/desk", "examine, ask and order, as a medical officer"),
        ("/booth", "take samples, as a sampler"),
        ("/laboratory", "plates and results, as a technician or a releaser"),
        ("/inbox", "whom the port handed over, as a department"),
        ("/supervision", "the port as it stands, as a supervisor"),
        ("/bulletin", "the figures of any days, as a supervisor"),
        ("/flights", "flights and their people, as a planner or an airline"),
        ("/hall", "how many posts the day needs, as a planner"),
        ("/api", "the API"),
    ];
    lines.extend(pages.map(|(page, what)| format!("  http://{address}{page:<14} {what}")));
    lines.push(String::new());
    lines.push("Sign-ins (name, password)".to_owned());
    lines.extend(STAFF.iter().map(|s| format!("  {:<10} {:<26} {:<11} {}", s.name, s.password, s.role.name(), s.page)));
    lines.push(String::new());
    lines.push("To make this browser a kiosk, at /kiosk".to_owned());
    lines.push(format!("  a kiosk: station T3D-K01, token {}", things.kiosk));
    lines.push(String::new());
    lines.push("To ask the API, as a program of a supervisor".to_owned());
    lines.push(format!("  curl -H 'Authorization: Bearer {}' http://{address}/api/v1/obligations", things.token));
    lines.push(String::new());
    lines.push("Data folder, for the other commands (`pratique doctor --data …`); it goes with the demo".to_owned());
    lines.push(format!("  {}", things.folder.display()));
    lines.push(String::new());
    lines.extend(next_flight(lives));
    lines.push("To try at /find (short code, document number)".to_owned());
    lines.extend(found(lives));
    lines.push(String::new());
    lines.extend(checkpoint(lives));
    lines
}

/// A flight to declare for: the next whose doors are still open, so that its list is not in yet, and which a declaration of now
/// counts for; else the next that is due.
fn next_flight(lives: &[Life]) -> Vec<String> {
    let due = |in_h: i64| {
        let from = jiff::SignedDuration::from_hours(in_h);
        let due = lives.iter().filter(move |life| life.flight.arrives.is_some_and(|at| at > life.now + from));
        due.map(|life| &life.flight).min_by_key(|flight| flight.scheduled)
    };
    let now = lives.first().map(|life| life.now).unwrap_or_default();
    let (closed, early) = (now + jiff::SignedDuration::from_hours(CLOSES_H), now + DAY);
    let boards = |flight: &&Arc<Planned>| {
        (closed..early).contains(&flight.scheduled)
            && flight.line.category != Category::Cargo
            && flight.arrives.is_some()
    };
    let open = lives.iter().map(|life| &life.flight).filter(boards).min_by_key(|flight| flight.scheduled);
    let next = open.or_else(|| due(TIME_TO_DECLARE_H)).or_else(|| due(0));
    let line = |flight: &Arc<Planned>| {
        format!("To declare yourself: flight {}, arriving {}", flight.line.designator, flight.id.date)
    };
    next.map(line).into_iter().chain([String::new()]).collect()
}

fn figures(of: &BTreeMap<&'static str, usize>) -> String {
    of.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
}

fn found(lives: &[Life]) -> Vec<String> {
    let kinds: [(Fate, &str); 3] = [
        (Fate::Early, "made too early: confirm it"),
        (Fate::Absent, "ready to be shown"),
        (Fate::Withdrawn, "withdrawn"),
    ];
    let line = |(fate, what): (Fate, &str)| {
        let life = lives.iter().rev().find(|life| life.fate == fate && !life.held.is_empty() && is_recent(life))?;
        Some(format!("  {:<13} {:<12} {what} ({})", life.held[0].0, life.party.people[0].number, life.flight.id))
    };
    kinds.into_iter().filter_map(line).collect()
}

/// A clean pass with its document, and one with a reason to ask.
fn checkpoint(lives: &[Life]) -> Vec<String> {
    let waiting = |slight: bool| {
        let fits = |life: &&Life| {
            let wanted = (life.party.people[0].complaint == Complaint::None) != slight;
            let here = matches!(life.fate, Fate::Absent | Fate::Presented) && is_recent(life);
            wanted && here && !life.held.is_empty()
        };
        // On a small day nobody else may be left.
        let listed = lives.iter().rev().filter(fits).find(|life| !is_last_of_list(life, lives));
        listed.or_else(|| lives.iter().rev().find(fits))
    };
    let show = |(slight, what): (bool, &str)| {
        let life = waiting(slight)?;
        let (_, pass) = life.held.first()?;
        let zone = life.party.people[0].mrz.lines().map(|line| format!("    {line}"));
        let head =
            [format!("To paste at /checkpoint ({what}): a pass, and the document's zone"), format!("    {pass}")];
        Some(head.into_iter().chain(zone).chain([String::new()]).collect::<Vec<_>>())
    };
    [(false, "clean"), (true, "something to ask about")].into_iter().filter_map(show).flatten().collect()
}

/// The last party of each flight is on no list, and a console would say so.
fn is_last_of_list(life: &Life, lives: &[Life]) -> bool {
    let of_flight = lives.iter().filter(|other| other.flight.id == life.flight.id);
    let last = of_flight.flat_map(|other| &other.party.people).map(|person| &person.number).max();
    life.party.people.iter().any(|person| Some(&person.number) == last)
}

fn is_recent(life: &Life) -> bool {
    life.flight.scheduled > life.now - jiff::SignedDuration::from_hours(24)
}
