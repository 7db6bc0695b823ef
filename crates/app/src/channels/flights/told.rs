//! A flight's people in words.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use pratique_core::flight::manifest::Listed;
use pratique_core::flight::{Balance, Inspection};
use pratique_core::id::Id;
use pratique_core::identity::{BirthDate, Name};

use crate::lookups::who_declared::Readiness;
use crate::manifest::Record;
use crate::page::when::{When, day_of};
use crate::words::Words;

/// A figure of the balance, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What is counted.
    pub name: String,
    /// How many.
    pub count: u64,
    /// What is missing there, where something is.
    pub about: Option<String>,
}

/// Two records to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The declaration.
    pub journey: String,
    /// The line of the manifest.
    pub listed: String,
    /// Who declared.
    pub declared: String,
    /// Who is on the list.
    pub on_list: String,
    /// Why they may be one person.
    pub reasons: Vec<String>,
}

/// One who has not declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The line of the manifest.
    pub listed: String,
    /// Where they sit.
    pub seat: Option<String>,
    /// Passenger or crew, in words.
    pub role: String,
    /// Who, for whoever may see it.
    pub name: Option<String>,
}

/// A health part: when and by whom, and its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// When and by whom.
    pub head: String,
    /// Its lines.
    pub lines: Vec<String>,
}

/// Which list counts.
pub fn manifest(words: Words, record: &Record, zone: &TimeZone) -> String {
    let at = When::of(words, record.at, zone).local;
    let figures =
        [record.edition, record.passengers as i64, record.crew as i64, record.parked as i64].map(|n| n.to_string());
    words.with(
        "people-manifest",
        &[
            ("edition", &figures[0]),
            ("passengers", &figures[1]),
            ("crew", &figures[2]),
            ("parked", &figures[3]),
            ("at", &at),
            ("by", &record.by),
        ],
    )
}

/// The balance, a figure a line.
pub fn figures(words: Words, balance: &Balance) -> Vec<Figure> {
    let figure = |key: &str, count: u64, about: Option<&str>| Figure {
        // shows: balance-{manifest,unlisted,cleared,open,no-show,not-found}
        name: words.t(&format!("balance-{key}")),
        count,
        about: about.filter(|_| count > 0).map(|key| words.t(key)),
    };
    let mut all = vec![
        figure("manifest", balance.manifest, None),
        figure("unlisted", balance.unlisted, Some("balance-unlisted-about")),
        figure("cleared", balance.cleared, None),
    ];
    let ended = balance.ended.iter();
    all.extend(ended.map(|(name, count)| Figure {
        name: words.t(&format!("outcome-{name}")),
        count: *count,
        about: None,
    }));
    all.extend([
        figure("open", balance.open, Some("balance-open-about")),
        figure("no-show", balance.no_show, None),
        figure("not-found", balance.not_found, Some("balance-not-found-about")),
    ]);
    all
}

/// Whether it adds up.
pub fn settled(words: Words, balance: &Balance) -> String {
    match balance.difference {
        0 if balance.is_settled() => words.t("balance-settled"),
        0 => words.t("balance-unsettled"),
        n => words.with("balance-differs", &[("count", &n.abs().to_string())]),
    }
}

/// A name with the birth date.
pub fn person(words: Words, name: &Name, born: Option<BirthDate>) -> String {
    match born {
        Some(born) => format!("{}, {}", name.line(), day_of(words, &born.to_string())),
        None => name.line(),
    }
}

fn listed(words: Words, entry: &Listed) -> String {
    let mut line = person(words, &entry.name, entry.birth_date);
    for part in [&entry.nationality, &entry.seat].into_iter().flatten() {
        line.push_str(", ");
        line.push_str(part);
    }
    line
}

/// What a person should look at.
pub fn pairs(
    words: Words,
    ready: &Readiness,
    on_list: &HashMap<Id, Listed>,
    declared: &HashMap<Id, String>,
) -> Vec<Pair> {
    let pair = |c: &crate::lookups::matching::Candidate| {
        Some(Pair {
            journey: c.journey.to_string(),
            listed: c.listed.to_string(),
            declared: declared.get(&c.journey)?.clone(),
            on_list: listed(words, on_list.get(&c.listed)?),
            reasons: c.found.reasons.iter().map(|r| words.t(&format!("match-{}", r.code))).collect(),
        })
    };
    ready.candidates.iter().filter_map(pair).collect()
}

/// Who has not declared, by seat.
pub fn missing(words: Words, ready: &Readiness, names: &HashMap<Id, Listed>) -> Vec<Missing> {
    let mut all: Vec<Missing> = ready
        .missing()
        .map(|(id, line)| Missing {
            listed: id.to_string(),
            seat: line.seat.clone(),
            role: words.t(&format!("part-{}", line.role.name())),
            name: names.get(&id).map(|entry| person(words, &entry.name, entry.birth_date)),
        })
        .collect();
    let row = |m: &Missing| {
        let seat = m.seat.clone().unwrap_or_default();
        (seat.is_empty(), seat.trim_end_matches(|c: char| c.is_alphabetic()).parse::<u32>().unwrap_or(u32::MAX), seat)
    };
    all.sort_by_key(row);
    all
}

/// A health part as recorded.
pub fn inspection(words: Words, kept: &Inspection, zone: &TimeZone) -> Told {
    let at = |at| When::of(words, at, zone).local;
    let mut lines = vec![words.with("inspection-ill", &[("count", &kept.ill.to_string())])];
    lines.extend(kept.signs.keys().map(|sign| words.t(&format!("sign-{sign}"))));
    let times = [
        ("inspection-disinsected", kept.disinsected_at),
        ("inspection-disinfected", kept.disinfected_at),
        ("inspection-boarded", kept.boarded_at),
    ];
    for (key, time) in times {
        if let Some(time) = time {
            // shows: inspection-{disinsected,disinfected,boarded}
            lines.push(words.with(key, &[("at", &at(time))]));
        }
    }
    lines.extend(kept.outcome.iter().map(|outcome| words.t(&format!("boarding-{outcome}"))));
    Told { head: words.with("inspection-head", &[("at", &at(kept.at)), ("by", &kept.by)]), lines }
}
