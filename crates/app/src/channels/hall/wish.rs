//! What is to be played, as typed. The form is sent by GET, since it changes nothing: a plan is an address that can be kept.

use jiff::civil::Date;
use pratique_core::field::FieldError;
use pratique_core::hall::posts::POSTS_MAX;
use pratique_core::hall::{Posts, Scenario, Station};
use serde::Deserialize;

use crate::page::{Control, Element, Field, Line, Pick};
use crate::scenarios;
use crate::words::Words;

/// The choice that means the port's own flights of a day.
pub const OWN: &str = "own";
/// What the own flights are played with, where nothing else is typed.
pub const OWN_BASE: &str = "t3d-day";
/// People on an own flight, where nothing is typed.
const PASSENGERS: u32 = 190;

/// The form.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Sent {
    /// A scenario built in, or [`OWN`]; none before anything was asked.
    pub scenario: String,
    date: String,
    passengers: String,
    kiosk: String,
    lane: String,
    inquiry: String,
    sampling: String,
    inquiry_min: String,
    declared: String,
    referred: String,
    sampled: String,
    within: String,
    growth: String,
    seed: String,
    plan: String,
}

/// What is assumed, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// With what is typed put in, and without flights if they are the port's own.
    pub scenario: Scenario,
    /// The day of the port's own flights, and the people on each.
    pub own: Option<(Date, u32)>,
    /// How many times as many flights.
    pub growth: f64,
    /// The first seed.
    pub seed: u64,
    /// Whether the fewest posts are asked for too.
    pub plan: bool,
}

/// Reads fields and keeps what is wrong.
struct Reader(Vec<FieldError>);

impl Reader {
    fn number(&mut self, name: &str, text: &str, least: f64, most: f64) -> Option<f64> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let fault = |code: &str| FieldError::new(format!("/{name}"), code).with("min", least).with("max", most);
        let wrong = match text.parse::<f64>() {
            Err(_) => "not-a-number",
            Ok(value) if value < least => "too-small",
            Ok(value) if value <= most => return Some(value),
            Ok(_) => "too-large",
        };
        self.0.push(fault(wrong));
        None
    }

    fn whole(&mut self, name: &str, text: &str, least: u32, most: u32) -> Option<u32> {
        let value = self.number(name, text, f64::from(least), f64::from(most))?;
        if value.fract() != 0.0 {
            self.0.push(FieldError::new(format!("/{name}"), "not-a-whole-number"));
            return None;
        }
        Some(value as u32)
    }
}

impl Sent {
    /// What is meant.
    ///
    /// # Errors
    /// Every field that cannot be taken.
    pub fn read(&self, today: Date) -> Result<Wish, Vec<FieldError>> {
        let mut reader = Reader(Vec::new());
        let is_own = self.scenario == OWN;
        let base = scenarios::built_in(if is_own { OWN_BASE } else { &self.scenario });
        let passengers = reader.whole("passengers", &self.passengers, 1, 1_000).unwrap_or(PASSENGERS);
        let growth = reader.number("growth", &self.growth, 0.0, 300.0).unwrap_or(0.0);
        let seed = reader.whole("seed", &self.seed, 0, 1_000_000).unwrap_or(1);
        let date = match self.date.trim() {
            "" => Some(today),
            text => text.parse::<Date>().ok(),
        };
        if date.is_none() {
            reader.0.push(FieldError::new("/date", "not-a-date"));
        }
        let Some(mut scenario) = base else {
            return Err(vec![FieldError::not_an_option("/scenario", scenarios::names().iter().map(String::as_str))]);
        };
        self.assume(&mut reader, &mut scenario);
        match (reader.0.is_empty(), date) {
            (true, Some(date)) => Ok(Wish {
                scenario,
                own: is_own.then_some((date, passengers)),
                growth: 1.0 + growth / 100.0,
                seed: u64::from(seed),
                plan: self.plan == "yes",
            }),
            _ => Err(reader.0),
        }
    }

    /// Whether the scenario is played as it stands, so that its own words hold for it.
    #[must_use]
    pub fn is_as_shipped(&self) -> bool {
        let posts = [&self.kiosk, &self.lane, &self.inquiry, &self.sampling];
        let shares = [&self.inquiry_min, &self.declared, &self.referred, &self.sampled, &self.growth];
        self.scenario != OWN && posts.into_iter().chain(shares).all(|typed| typed.trim().is_empty())
    }

    /// Puts what is typed into the scenario; flights that say something else of themselves follow too.
    fn assume(&self, reader: &mut Reader, scenario: &mut Scenario) {
        for (station, text) in Station::ALL.into_iter().zip([&self.kiosk, &self.lane, &self.inquiry, &self.sampling]) {
            if let Some(posts) = reader.whole(station.name(), text, 1, POSTS_MAX) {
                scenario.desk_mut(station).posts = Posts::always(posts);
            }
        }
        if let Some(minutes) = reader.number("inquiry_min", &self.inquiry_min, 0.5, 120.0) {
            scenario.desk_mut(Station::Inquiry).service.mean_s = minutes * 60.0;
        }
        if let Some(within) = reader.number("within", &self.within, 1.0, 600.0) {
            scenario.promise.within_min = within;
        }
        let mut share = |name, text: &str| reader.number(name, text, 0.0, 100.0).map(|percent| percent / 100.0);
        let (declared, referred, sampled) =
            (share("declared", &self.declared), share("referred", &self.referred), share("sampled", &self.sampled));
        let flights = scenario.landings.iter_mut().map(|landing| &mut landing.shares);
        for shares in flights.chain([&mut scenario.people]) {
            shares.declared = declared.unwrap_or(shares.declared);
            shares.referred = referred.unwrap_or(shares.referred);
            shares.sampled = sampled.unwrap_or(shares.sampled);
        }
    }

    /// The form's fields, with what is wrong at each.
    #[must_use]
    pub fn elements(&self, words: Words, faults: &[FieldError]) -> Vec<Element> {
        let line = |name: &str, label: &str, hint: Option<&str>, value: &str| {
            field(words, faults, (name, label, hint), line_of(value))
        };
        vec![
            field(words, faults, ("scenario", "hall-scenario", None), self.scenarios(words)),
            line("date", "hall-date", Some("hall-date-hint"), &self.date),
            line("passengers", "hall-passengers", Some("hall-passengers-hint"), &self.passengers),
            Element::Text(words.t("hall-blank")),
            line("kiosk", "hall-posts-kiosk", None, &self.kiosk),
            line("lane", "hall-posts-lane", None, &self.lane),
            line("inquiry", "hall-posts-inquiry", None, &self.inquiry),
            line("sampling", "hall-posts-sampling", None, &self.sampling),
            line("inquiry_min", "hall-inquiry-min", None, &self.inquiry_min),
            line("declared", "hall-declared", Some("hall-percent-hint"), &self.declared),
            line("referred", "hall-referred", Some("hall-percent-hint"), &self.referred),
            line("sampled", "hall-sampled", Some("hall-percent-hint"), &self.sampled),
            line("within", "hall-within", None, &self.within),
            line("growth", "hall-growth", Some("hall-growth-hint"), &self.growth),
            line("seed", "hall-seed", Some("hall-seed-hint"), &self.seed),
            field(words, faults, ("plan", "hall-plan", None), self.plans(words)),
        ]
    }

    fn scenarios(&self, words: Words) -> Control {
        let name = |name: &str| scenarios::built_in(name).map(|s| s.name.get(words.language()).to_owned());
        let shipped = scenarios::names().into_iter().map(|value| (name(&value).unwrap_or_default(), value));
        let all = shipped.chain([(words.t("hall-own"), OWN.to_owned())]);
        let picks = all.map(|(text, value)| Pick { chosen: value == self.scenario, value, text });
        Control::Select { picks: picks.collect(), autocomplete: None }
    }

    fn plans(&self, words: Words) -> Control {
        let pick = |value: &str, text| Pick { value: value.to_owned(), text, chosen: self.plan == value };
        let picks = vec![pick("no", words.t("hall-plan-no")), pick("yes", words.t("hall-plan-yes"))];
        Control::Select { picks, autocomplete: None }
    }
}

fn line_of(value: &str) -> Control {
    Control::Line(Line { value: value.to_owned(), chars: Some(10), as_printed: true, ..Line::default() })
}

fn field(
    words: Words,
    faults: &[FieldError],
    (name, label, hint): (&str, &str, Option<&str>),
    control: Control,
) -> Element {
    let at = format!("/{name}");
    let errors = faults.iter().filter(|fault| fault.pointer == at);
    Element::Field(Field {
        name: name.to_owned(),
        nth: 0,
        label: words.t(label),
        hint: hint.map(|key| words.t(key)),
        optional: None,
        errors: errors.map(|fault| words.error(&fault.code, &fault.params)).collect(),
        control,
    })
}
