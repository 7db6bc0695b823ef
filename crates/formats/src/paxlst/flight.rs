//! The flight of a list: TDT, and the places and times behind it (segment groups 2 and 3).

use jiff::civil::{Date, DateTime};
use pratique_core::flight::Designator;
use pratique_core::flight::manifest::Leg;

use super::date;
use super::segments::Segment;

/// The flight with its legs.
#[derive(Debug, Default)]
pub(super) struct Legs {
    pub(super) carrier: Option<String>,
    pub(super) number: Option<String>,
    pub(super) legs: Vec<Leg>,
}

impl Legs {
    /// The day on which it all ends, as far as the list says.
    pub(super) fn day(&self) -> Option<Date> {
        let times = self.legs.iter().rev().flat_map(|leg| [leg.arrival, leg.departure]);
        times.flatten().map(|time| time.date()).next()
    }
}

/// One place of a flight's way: where it lands, when, and when it starts again.
#[derive(Debug, Clone, Default)]
struct Stop {
    qualifier: String,
    code: String,
    arrival: Option<DateTime>,
    departure: Option<DateTime>,
}

/// Reads every TDT of the head. The flight is the first one; legs of another carry its number.
pub(super) fn legs(segments: &[Segment]) -> Legs {
    let mut all = Legs::default();
    let mut own: Option<String> = None;
    let mut stops: Vec<Stop> = Vec::new();
    let mut of: Option<Designator> = None;
    let mut open = false;
    for segment in segments {
        match segment.tag.as_str() {
            "TDT" => {
                close(&mut all, &mut stops, of.as_ref(), own.as_deref());
                of = designator(segment);
                open = true;
                if own.is_none()
                    && let Some(designator) = &of
                {
                    (all.carrier, all.number) = (Some(designator.carrier().into()), Some(designator.number().into()));
                    own = Some(designator.to_string());
                }
            }
            "LOC" if open && is_stop(segment) => stop(&mut stops, segment),
            "DTM" if open => time(&mut stops, segment),
            // The people begin: their places are their own.
            "NAD" | "PDT" | "UNS" | "UNT" | "CNT" => open = false,
            _ => {}
        }
    }
    close(&mut all, &mut stops, of.as_ref(), own.as_deref());
    all
}

/// Carrier and number: `AA123`, or `123` with the carrier in element 5.
fn designator(segment: &Segment) -> Option<Designator> {
    let number = segment.at(1, 0).split(['/', ' ']).next().unwrap_or_default();
    let carriers = (4..=6).map(|n| segment.at(n, 0));
    let whole =
        || carriers.clone().filter(|c| (2..=3).contains(&c.len())).find_map(|c| format!("{c}{number}").parse().ok());
    let starts_with_digits = number.bytes().all(|b| b.is_ascii_digit());
    if starts_with_digits { whole() } else { number.parse().ok().or_else(whole) }
}

/// 125 the last place before the border, 87 the first behind it, 92 any place on the way (code list 3227); 5 and 8 in the old
/// American form.
fn is_stop(segment: &Segment) -> bool {
    matches!(segment.at(0, 0), "125" | "87" | "92" | "5" | "8" | "005" | "008" | "9" | "11")
}

fn stop(stops: &mut Vec<Stop>, segment: &Segment) {
    let code = place(segment);
    // One place may be written twice: as the end of one leg and the start of the next.
    if stops.last().is_none_or(|last| last.code != code) {
        stops.push(Stop { qualifier: segment.at(0, 0).to_owned(), code, ..Stop::default() });
    }
}

/// 189 scheduled and 136 actual departure, 232 scheduled and 132 estimated arrival (code list 2005).
fn time(stops: &mut [Stop], segment: &Segment) {
    let Some(stop) = stops.last_mut() else { return };
    // The old American form writes day and clock as two elements.
    let joined = format!("{}{}", segment.value(), if segment.at(0, 1).is_empty() { segment.at(2, 0) } else { "" });
    let read = date::time(&joined).or_else(|| date::time(segment.value()));
    match segment.at(0, 0) {
        "189" | "136" | "133" => stop.departure = read,
        "232" | "132" | "178" | "186" => stop.arrival = read,
        _ => {}
    }
}

fn close(all: &mut Legs, stops: &mut Vec<Stop>, of: Option<&Designator>, own: Option<&str>) {
    let mut stops = std::mem::take(stops);
    // A list may name the arrival first.
    if let [first, second] = stops.as_slice()
        && first.qualifier == "87"
        && second.qualifier == "125"
    {
        stops.reverse();
    }
    let name = of.map(ToString::to_string).filter(|name| own != Some(name));
    for pair in stops.windows(2) {
        if let [from, to] = pair {
            all.legs.push(Leg {
                flight: name.clone(),
                from: Some(from.code.clone()),
                to: Some(to.code.clone()),
                departure: from.departure,
                arrival: to.arrival,
            });
        }
    }
}

/// A place's code, or its name where only that is given (`LOC+180+:::AMBER HILL GBR`).
pub(super) fn place(segment: &Segment) -> String {
    let named = segment.components(1).iter().find(|text| !text.is_empty());
    named.cloned().unwrap_or_default()
}

/// Why a segment of the head is not understood; `None` if it is, or is none of our business.
pub(super) fn refuses(tag: &str, segment: &Segment) -> Option<&'static str> {
    match tag {
        "RFF" | "COM" | "DTM" | "FTX" | "GEI" | "ERP" | "ERC" | "TDT" => None,
        "LOC" if is_stop(segment) => None,
        "LOC" => Some("unknown-qualifier"),
        _ => Some("unknown-segment"),
    }
}
