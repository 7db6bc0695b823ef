//! The facts that a condition may ask about.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Answers, Value};
use crate::field::FieldError;

/// What is known of one person's entry when the rules run. Names, numbers and contacts are not in it: no rule may judge by
/// them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Age in completed years on the day of arrival; `null` in a condition if unknown.
    pub age_y: Option<i64>,
    /// `M`, `F` or `X` as printed; `null` in a condition if unknown.
    pub sex: Option<String>,
    /// ISO 3166-1 alpha-3, or the ICAO 9303 code where there is no such state.
    pub nationality: String,
    /// The flight.
    pub flight: FlightFacts,
    /// How the declaration came: `web`, `kiosk`, `wechat`, `paper`…
    pub channel: String,
    /// The answers to the questionnaire.
    pub answers: Answers,
    /// Where the person was; usually [`Stay::from_answers`].
    pub stays: Vec<Stay>,
    /// Temperature measured at the port, in degrees Celsius; `null` in a condition until then.
    pub temperature_c: Option<f64>,
}

/// What the rules may know of the flight.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct FlightFacts {
    /// Carrier code, `CA`.
    pub carrier: String,
    /// Number without the carrier, `938`.
    pub number: String,
    /// `international`, `hmt`, `cargo`, `domestic-transfer` or `private`.
    pub category: String,
    /// IATA code of the airport it left last.
    pub origin: String,
    /// Whether the port's schedule knows the flight.
    pub on_schedule: bool,
}

/// One stay. What the rules see besides, `days_ago` and `level`, depends on the day and the risk areas and is worked out
/// when they run, so that it can never be out of date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stay {
    /// ISO 3166-1 alpha-3; empty if unknown.
    pub country: String,
    /// City or region as the person wrote it; empty if unknown.
    pub place: String,
    /// First day, if known.
    pub from: Option<Date>,
    /// Last day, if known.
    pub to: Option<Date>,
}

impl Stay {
    /// The stays that the answers tell of: the repeating group `visited` with `visited_country`, `visited_place`,
    /// `visited_from` and `visited_to`. A date that cannot be read, or a stay that ends before it begins, has unknown dates,
    /// so that it counts as recent.
    #[must_use]
    pub fn from_answers(answers: &Answers) -> Vec<Stay> {
        let Some(Value::List(entries)) = answers.get("visited") else { return Vec::new() };
        entries
            .iter()
            .filter_map(|entry| if let Value::Group(group) = entry { Some(stay(group)) } else { None })
            .collect()
    }

    /// First and last day within the look-back window that ends today, or `None` if the stay lies wholly outside it.
    /// An unknown first day is the window's first, an unknown last day is today.
    pub(crate) fn within(&self, window: (Date, Date)) -> Option<(Date, Date)> {
        let (first, today) = window;
        let from = self.from.map_or(first, |from| from.max(first));
        let to = self.to.map_or(today, |to| to.min(today));
        (from <= to).then_some((from, to))
    }

    /// Whole days from the last day of the stay to today; 0 if it lasts, or if nobody knows.
    pub(crate) fn days_ago(&self, today: Date) -> i64 {
        let days = self.to.and_then(|to| today.since(to).ok()).map_or(0, |span| i64::from(span.get_days()));
        days.max(0)
    }
}

/// What is wrong with stays that end before they begin, wherever in the answers at the pointer `at`. No form can say it of itself:
/// FHIR has no bound that another answer sets.
#[must_use]
pub fn stay_faults(answers: &serde_json::Map<String, serde_json::Value>, at: &str) -> Vec<FieldError> {
    let day = |id: &str| answers.get(id).and_then(|v| v.as_str()).and_then(|text| text.trim().parse::<Date>().ok());
    let own = match (day("visited_from"), day("visited_to")) {
        (Some(from), Some(to)) if to < from => {
            Some(FieldError::new(format!("{at}/visited_to"), "too-early").with("min", from))
        }
        _ => None,
    };
    let within = answers.iter().flat_map(|(id, value)| match value {
        serde_json::Value::Object(group) => stay_faults(group, &format!("{at}/{id}")),
        serde_json::Value::Array(entries) => {
            let groups = entries.iter().enumerate().filter_map(|(n, entry)| Some((n, entry.as_object()?)));
            groups.flat_map(|(n, group)| stay_faults(group, &format!("{at}/{id}/{n}"))).collect()
        }
        _ => Vec::new(),
    });
    own.into_iter().chain(within).collect()
}

fn stay(group: &BTreeMap<String, Value>) -> Stay {
    let text =
        |id: &str| if let Some(Value::Text(text)) = group.get(id) { text.trim().to_owned() } else { String::new() };
    let (from, to): (Option<Date>, Option<Date>) = (text("visited_from").parse().ok(), text("visited_to").parse().ok());
    let reversed = matches!((from, to), (Some(from), Some(to)) if to < from);
    Stay {
        country: text("visited_country").to_uppercase(),
        place: text("visited_place"),
        from: from.filter(|_| !reversed),
        to: to.filter(|_| !reversed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Vocabulary;

    fn stays(json: &serde_json::Value) -> Vec<Stay> {
        Stay::from_answers(&Answers::read(json.as_object().unwrap(), &Vocabulary::default()))
    }

    #[test]
    fn a_stay_is_read_from_the_answers() {
        let json = serde_json::json!({"travel": {"visited": [
            {"visited_country": "ita", "visited_place": " Lodi ", "visited_from": "2026-11-01", "visited_to": "2026-11-03"}]}});
        let expected = Stay {
            country: "ITA".into(),
            place: "Lodi".into(),
            from: Some("2026-11-01".parse().unwrap()),
            to: Some("2026-11-03".parse().unwrap()),
        };
        assert_eq!(stays(&json), [expected]);
    }

    #[test]
    fn a_stay_that_ends_before_it_begins_has_unknown_dates() {
        let json = serde_json::json!({"visited": [{"visited_from": "2026-11-03", "visited_to": "2026-11-01"}]});
        assert_eq!(stays(&json), [Stay::default()]);
    }

    #[test]
    fn an_unknown_stay_fills_the_window_and_an_old_one_is_outside_it() {
        let window = ("2026-11-10".parse().unwrap(), "2026-11-24".parse().unwrap());
        assert_eq!(Stay::default().within(window), Some(window));
        let old = Stay { to: Some("2026-11-09".parse().unwrap()), ..Stay::default() };
        assert_eq!(old.within(window), None);
        assert_eq!(old.days_ago(window.1), 15);
    }
}
