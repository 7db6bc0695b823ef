//! What is behind a number: one line for each that was counted, without a person in it. A line leads to the record where this
//! role may open it; that is where its purpose is written down.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use pratique_core::access::{Act, Role};
use pratique_core::bulletin::{Figure, Period};
use pratique_core::flight::{Category, Flight};
use pratique_core::id::Id;
use pratique_core::journey::{Obligation, ObligationKind};
use pratique_core::port::Port;
use pratique_core::rules::Tier;
use pratique_core::supervision::{Owner, Queue};
use serde::Deserialize;

use super::live::owner_name;
use crate::bulletin::period as period_words;
use crate::channels::obligations::list::{clock, due_words};
use crate::channels::staff::{Console, Frame};
use crate::failure::Failure;
use crate::house::local_date;
use crate::lookups::supervision_list::{self, Line, Wanted, What};
use crate::lookups::{obligation, page as pages, supervision};
use crate::page::when::When;
use crate::page::{self, Shell};
use crate::words::Words;

/// Lines a page, where each is one entry of a list.
const PAGE: u32 = 100;
/// An entry is told by so many characters of its id: enough to tell two lines of a page apart, and no way to anything.
const TAIL_CHARS: usize = 6;

/// The page.
#[derive(Debug, Template)]
#[template(path = "supervision/list.html")]
pub struct ListPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// What is listed.
    pub title: String,
    /// Of when, or of whom.
    pub about: String,
    /// The heads of the columns.
    pub heads: Vec<String>,
    /// The lines.
    pub lines: Vec<Cells>,
    /// The port's zone, said once.
    pub zone: String,
    /// Where the next page is.
    pub next: Option<String>,
}

/// One line: its cells, the first of them its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// What it is called, and where it leads for whoever may open it.
    pub name: (String, Option<String>),
    /// The others.
    pub cells: Vec<String>,
    /// `green`, `amber`, `red`; empty where nothing is owed.
    pub urgency: &'static str,
}

/// Which part of a list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    from: Option<String>,
    to: Option<String>,
    category: Option<String>,
    owner: Option<String>,
    department: Option<String>,
    urgency: Option<String>,
    age: Option<String>,
    after: Option<String>,
}

/// `GET /supervision/{list}`.
pub async fn show(
    console: Console,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Response> {
    console.may(Act::Supervise)?;
    let port = console.port()?;
    let page = build(&console, port, &name, &asked).await.map_err(|failure| console.trouble(failure))?;
    Ok(page::shown(StatusCode::OK, &page))
}

async fn build(console: &Console, port: &Port, name: &str, asked: &Asked) -> Result<ListPage, Failure> {
    let (app, words) = (console.app(), console.words);
    let what = asked.what(port, name).ok_or(Failure::NotFound)?;
    let given = asked.period(port, app.now())?;
    let query = query(&what, given.as_ref());
    let period = given.map_or_else(|| supervision::today(app, port), Ok)?;
    let after = asked.after.as_deref().and_then(|text| pages::read_cursor(text).ok());
    let (lines, next) = supervision_list::listed(app, port, &what, &period, (after, PAGE)).await?;
    let teller = Teller { console, port, words, now: app.now() };
    Ok(ListPage {
        shell: console.shell().keeping(query.clone()),
        frame: console.frame(),
        title: title(words, &what),
        about: about(words, port, &what, &period),
        heads: heads(words, &what),
        lines: lines.iter().map(|line| teller.cells(line, &what)).collect(),
        zone: When::of(words, app.now(), &port.zone()).zone,
        next: next.map(|c| {
            let mark = if query.is_empty() { "" } else { "&" };
            format!("/supervision/{name}?{query}{mark}after={}", pages::cursor_text(&c))
        }),
    })
}

impl Asked {
    /// The period, where one is asked for; else it is today.
    fn period(&self, port: &Port, now: Timestamp) -> Result<Option<Period>, Failure> {
        let [from, to] = [&self.from, &self.to].map(|text| text.as_deref().unwrap_or_default());
        match (from, to) {
            ("", "") => Ok(None),
            _ => Period::read(from, to, &port.zone(), local_date(port, now)).map(Some).map_err(Failure::Invalid),
        }
    }

    /// The list of this name and these filters; what is none of ours is no list.
    fn what(&self, port: &Port, name: &str) -> Option<What> {
        if let Some(figure) = Figure::parse(name) {
            return Some(What::Figure(figure));
        }
        if let Some(queue) = name.strip_prefix("queue-") {
            return Queue::parse(queue).map(What::Queue);
        }
        match name {
            "came" => read(self.category.as_deref(), Category::parse).map(What::Came),
            "loops" => {
                let role = read(self.owner.as_deref(), Role::parse)?;
                let known = |code: &str| port.department(code).map(|department| department.code.clone());
                let department = read(self.department.as_deref(), known)?;
                let urgency = |text: &str| [Tier::Amber, Tier::Red].into_iter().find(|tier| tier.as_str() == text);
                let age = |text: &str| text.parse().ok().filter(|age| *age < Wanted::AGES);
                Some(What::Loops(Wanted {
                    owner: role.map(|role| Owner { role, department }),
                    kind: None,
                    urgency: read(self.urgency.as_deref(), urgency)?,
                    age: read(self.age.as_deref(), age)?,
                }))
            }
            _ => None,
        }
    }
}

/// The list as an address has it, but for the place in it: what was understood, not what came.
fn query(what: &What, period: Option<&Period>) -> String {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    if let Some(period) = period {
        pairs.extend([("from", period.from.to_string()), ("to", period.to.to_string())]);
    }
    match what {
        What::Came(Some(category)) => pairs.push(("category", category.name().to_owned())),
        What::Loops(wanted) => {
            if let Some(owner) = &wanted.owner {
                pairs.push(("owner", owner.role.name().to_owned()));
                pairs.extend(owner.department.clone().map(|code| ("department", code)));
            }
            pairs.extend(wanted.urgency.map(|urgency| ("urgency", urgency.as_str().to_owned())));
            pairs.extend(wanted.age.map(|age| ("age", age.to_string())));
        }
        What::Figure(_) | What::Came(None) | What::Queue(_) => {}
    }
    pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// What is left out is not wanted; what cannot be read is no filter of ours.
fn read<T>(text: Option<&str>, parse: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    text.map_or(Some(None), |text| parse(text).map(Some))
}

fn title(words: Words, what: &What) -> String {
    match what {
        What::Figure(figure) => words.t(&format!("figure-{}", figure.name())),
        What::Came(None) => words.t("supervision-came"),
        What::Came(Some(category)) => words.t(&format!("bulletin-category-{}", category.name())),
        What::Queue(queue) => words.t(&format!("queue-{}", queue.name())),
        What::Loops(_) => words.t("supervision-loops"),
    }
}

fn about(words: Words, port: &Port, what: &What, period: &Period) -> String {
    match what {
        What::Figure(_) | What::Came(_) => period_words(words, period.from, period.to),
        What::Queue(_) => words.t("supervision-now"),
        What::Loops(wanted) => {
            let owner = wanted.owner.as_ref().map(|owner| owner_name(words, port, owner));
            let urgency = wanted.urgency.map(|urgency| words.t(&format!("loops-{}", urgency.as_str())));
            let age = wanted.age.map(|age| words.t(&format!("loops-age-{age}")));
            let parts: Vec<String> = [owner, urgency, age].into_iter().flatten().collect();
            if parts.is_empty() { words.t("supervision-now") } else { parts.join(" · ") }
        }
    }
}

/// Tubes are told without entries, and entries without tubes.
fn is_of_tubes(what: &What) -> bool {
    match what {
        What::Figure(figure) => matches!(figure, Figure::SamplesCollected | Figure::TestsCompleted),
        What::Queue(queue) => queue.kind().is_none(),
        What::Came(_) | What::Loops(_) => false,
    }
}

fn heads(words: Words, what: &What) -> Vec<String> {
    let keys: &[&str] = match what {
        What::Came(_) => &["pass-flight", "flights-origin", "supervision-came-at", "flights-category"],
        _ if is_of_tubes(what) => &["supervision-tube", "supervision-when"],
        What::Loops(_) | What::Queue(_) => {
            &["owed-what", "owed-due", "owed-by", "owed-since", "pass-flight", "supervision-entry"]
        }
        What::Figure(_) => {
            &["supervision-entry", "supervision-when", "pass-flight", "supervision-owed-now", "owed-due"]
        }
    };
    keys.iter().map(|key| words.t(key)).collect()
}

struct Teller<'a> {
    console: &'a Console,
    port: &'a Port,
    words: Words,
    now: Timestamp,
}

impl Teller<'_> {
    fn cells(&self, line: &Line, what: &What) -> Cells {
        match line {
            Line::Came(flight) => self.flight(flight),
            Line::Tube(at, label) => self.tube(*at, label),
            Line::Entry(at, id, flight, owed) => {
                let (flight, tail) = (flight.designator.to_string(), tail(*id));
                match (what, owed) {
                    (What::Loops(_) | What::Queue(_), Some(owed)) => Cells {
                        name: (self.kind(owed.kind), self.open(*id, owed)),
                        cells: vec![self.due(owed), self.owner(owed), self.clock(owed.opened_at), flight, tail],
                        urgency: owed.urgency(self.now).as_str(),
                    },
                    (_, owed) => Cells {
                        name: (tail, owed.as_ref().and_then(|owed| self.open(*id, owed))),
                        cells: vec![
                            self.clock(*at),
                            flight,
                            owed.as_ref().map_or_else(|| self.words.t("supervision-nothing"), |o| self.kind(o.kind)),
                            owed.as_ref().map(|owed| self.due(owed)).unwrap_or_default(),
                        ],
                        urgency: owed.as_ref().map_or("", |owed| owed.urgency(self.now).as_str()),
                    },
                }
            }
        }
    }

    fn may(&self, act: Act) -> bool {
        self.console.may(act).is_ok()
    }

    fn clock(&self, at: Timestamp) -> String {
        clock(self.words, self.port, at, self.now)
    }

    fn hour(&self, at: Timestamp) -> String {
        const HOUR_MS: i64 = 3_600_000;
        // Zones differ from UTC by parts of an hour, and the list is by the port's clock: whole hours of UTC serve as well.
        let from = at.as_millisecond().div_euclid(HOUR_MS) * HOUR_MS;
        let [from, to] = [from, from + HOUR_MS].map(|ms| Timestamp::from_millisecond(ms).unwrap_or(at));
        self.words.with("supervision-hour", &[("from", &self.clock(from)), ("to", &self.clock(to))])
    }

    fn due(&self, owed: &Obligation) -> String {
        let (at, left) = (self.clock(owed.due), due_words(self.words, owed.due, self.now));
        self.words.with("supervision-due", &[("at", &at), ("left", &left)])
    }

    fn kind(&self, kind: ObligationKind) -> String {
        self.words.t(&format!("obligation-{}", kind.name()))
    }

    fn owner(&self, owed: &Obligation) -> String {
        let owner = Owner { role: owed.kind.owner(), department: owed.department.clone() };
        owner_name(self.words, self.port, &owner)
    }

    fn open(&self, id: Id, owed: &Obligation) -> Option<String> {
        self.may(Act::SeeObligations).then(|| format!("/obligations/{}", obligation::name(id, owed.number)))
    }

    fn flight(&self, flight: &Flight) -> Cells {
        let sees = self.may(Act::SeeReadiness);
        Cells {
            name: (flight.id.designator.to_string(), sees.then(|| format!("/flights/{}/people", flight.id))),
            cells: vec![
                flight.origin.clone(),
                flight.came_at().map(|at| self.clock(at)).unwrap_or_default(),
                self.words.t(&format!("category-{}", flight.category.name())),
            ],
            urgency: "",
        }
    }

    fn tube(&self, at: Timestamp, label: &str) -> Cells {
        let bare = label.trim_start_matches('#');
        let sees = self.may(Act::SeeSamples) && !bare.is_empty();
        Cells {
            name: (label.to_owned(), sees.then(|| format!("/laboratory/tubes/{bare}"))),
            // By the hour alone: an instant would tie the tube to the entry that another list shows at it.
            cells: vec![self.hour(at)],
            urgency: "",
        }
    }
}

fn tail(id: Id) -> String {
    let id = id.to_string();
    let at = id.len().saturating_sub(TAIL_CHARS);
    format!("…{}", id.get(at..).unwrap_or_default())
}
