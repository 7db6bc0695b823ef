//! What changes on the supervisor's page, in words: the page holds it once, and the stream sends it anew. Whatever may change
//! has an id and the class `live`; a script puts the new content in place of the old, so links stay where they are.

use askama::Template;
use jiff::Timestamp;
use pratique_core::bulletin::Figure;
use pratique_core::flight::Category;
use pratique_core::port::Port;
use pratique_core::supervision::{Owner, Queue, Tally};

use crate::bulletin::grouped;
use crate::channels::obligations::list::clock;
use crate::lookups::supervision::{BY_HOUR, Hour, Summary};
use crate::page::chart::Chart;
use crate::page::when::When;
use crate::words::Words;

/// The live part of the page.
#[derive(Debug, Clone, Template)]
#[template(path = "supervision/live.html")]
pub struct Live {
    /// The words it is in.
    pub words: Words,
    /// When it was counted, on the port's clock to the second.
    pub at: String,
    /// The same for machines.
    pub instant: String,
    /// The port's zone.
    pub zone: String,
    /// Flights that came, and those on the schedule.
    pub flights: Vec<Number>,
    /// Today's figures.
    pub figures: Vec<Number>,
    /// Queues: the number, and since when.
    pub queues: Vec<(Number, String)>,
    /// Open loops, all of them together last.
    pub owners: Vec<OwnerLine>,
    /// Passengers, samples, tests by hour.
    pub charts: Vec<Chart>,
    /// The same as numbers: from, and each of [`BY_HOUR`].
    pub hours: Vec<(String, Vec<String>)>,
    /// What stands above them.
    pub heads: Vec<String>,
}

impl askama::filters::HtmlSafe for Live {}

/// A number that leads to its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// Its id on the page.
    pub id: String,
    /// What it counts.
    pub label: String,
    /// The number.
    pub count: String,
    /// The list.
    pub address: String,
}

/// One owner of open loops.
#[derive(Debug, Clone)]
pub struct OwnerLine {
    /// Who.
    pub name: String,
    /// Open, amber, red; then by age.
    pub numbers: Vec<Number>,
    /// `green`, `amber`, `red`: the worst of them.
    pub urgency: &'static str,
    /// Since when the oldest is open.
    pub oldest: String,
    /// The id of that.
    pub oldest_id: String,
}

impl Live {
    /// A summary in words.
    #[must_use]
    pub fn of(words: Words, port: &Port, summary: &Summary) -> Self {
        let local = summary.at.to_zoned_datetime(port.zone());
        let since = |at: Option<Timestamp>| at.map(|at| clock(words, port, at, summary.at)).unwrap_or_default();
        let begun = summary.hours.iter().filter(|hour| hour.has_begun);
        let queue = |w: &crate::lookups::supervision::Waiting| (queue(words, w.queue, w.count), since(w.since));
        let mut owners: Vec<OwnerLine> =
            summary.loops.iter().map(|(owner, tally)| owner_line(words, port, Some(owner), tally, &since)).collect();
        owners.push(owner_line(words, port, None, &summary.all_loops(), &since));
        Live {
            words,
            at: local.strftime("%H:%M:%S").to_string(),
            instant: format!("{:.0}", summary.at),
            zone: When::of(words, summary.at, &port.zone()).zone,
            flights: flights(words, summary),
            figures: Figure::ALL.iter().map(|figure| figure_number(words, summary, *figure)).collect(),
            queues: summary.queues.iter().map(queue).collect(),
            owners,
            charts: BY_HOUR.iter().map(|figure| chart(words, &summary.hours, *figure)).collect(),
            hours: begun.map(|hour| (hour.from.clone(), counts(hour))).collect(),
            heads: BY_HOUR.iter().map(|figure| words.t(&format!("figure-{}", figure.name()))).collect(),
        }
    }
}

fn flights(words: Words, summary: &Summary) -> Vec<Number> {
    let number = |id: &str, label: String, count: u64, address: String| Number {
        id: format!("n-{id}"),
        label,
        count: grouped(count),
        address,
    };
    let category = |(category, count): (&Category, &u64)| {
        let name = category.name();
        let label = words.t(&format!("bulletin-category-{name}"));
        number(name, label, *count, format!("/supervision/came?category={name}"))
    };
    let came = number("came", words.t("supervision-came"), summary.came_total(), "/supervision/came".into());
    let scheduled = format!("/flights?date={}", summary.day);
    let scheduled = number("scheduled", words.t("supervision-scheduled"), summary.scheduled, scheduled);
    [came].into_iter().chain(summary.came.iter().map(category)).chain([scheduled]).collect()
}

fn figure_number(words: Words, summary: &Summary, figure: Figure) -> Number {
    let name = figure.name();
    Number {
        id: format!("n-{name}"),
        label: words.t(&format!("figure-{name}")),
        count: grouped(summary.figures.get(&figure).copied().unwrap_or_default()),
        address: format!("/supervision/{name}"),
    }
}

fn queue(words: Words, queue: Queue, count: u64) -> Number {
    let name = queue.name();
    Number {
        id: format!("n-queue-{name}"),
        label: words.t(&format!("queue-{name}")),
        count: grouped(count),
        address: format!("/supervision/queue-{name}"),
    }
}

/// An owner in words: a department by its own name.
#[must_use]
pub fn owner_name(words: Words, port: &Port, owner: &Owner) -> String {
    let named = owner.department.as_deref();
    match named.map(|code| (code, port.department(code))) {
        Some((_, Some(department))) => department.name.get(words.language()).to_owned(),
        Some((code, None)) => code.to_owned(),
        None => words.t(&format!("role-{}", owner.role.name())),
    }
}

fn owner_line(
    words: Words,
    port: &Port,
    owner: Option<&Owner>,
    tally: &Tally,
    since: &impl Fn(Option<Timestamp>) -> String,
) -> OwnerLine {
    let (name, id, query) = match owner {
        None => (words.t("supervision-all"), "all".to_owned(), Vec::new()),
        Some(owner) => {
            let department = owner.department.iter().map(|code| format!("department={code}"));
            let query = [format!("owner={}", owner.role.name())].into_iter().chain(department).collect();
            let id = owner.department.as_deref().map_or(owner.role.name(), |code| code);
            (owner_name(words, port, owner), format!("{}-{id}", owner.role.name()), query)
        }
    };
    let number = |what: &str, label: String, count: u64, more: Option<String>| {
        let query = query.iter().cloned().chain(more).collect::<Vec<_>>().join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        Number {
            id: format!("n-loops-{id}-{what}"),
            label,
            count: grouped(count),
            address: format!("/supervision/loops{mark}{query}"),
        }
    };
    let urgency = |what: &str, count| {
        let label = words.t(&format!("loops-{what}"));
        number(what, label, count, Some(format!("urgency={what}")))
    };
    let mut numbers = vec![
        number("open", words.t("loops-open"), tally.open, None),
        urgency("amber", tally.amber),
        urgency("red", tally.red),
    ];
    let ages = tally.ages.iter().enumerate();
    numbers.extend(ages.map(|(age, count)| {
        let what = format!("age-{age}");
        number(&what, words.t(&format!("loops-age-{age}")), *count, Some(format!("age={age}")))
    }));
    OwnerLine {
        name,
        numbers,
        urgency: match (tally.red, tally.amber) {
            (0, 0) => "green",
            (0, _) => "amber",
            _ => "red",
        },
        oldest: since(tally.oldest),
        oldest_id: format!("n-loops-{id}-oldest"),
    }
}

fn counts(hour: &Hour) -> Vec<String> {
    BY_HOUR.iter().map(|figure| grouped(hour.figures.get(figure).copied().unwrap_or_default())).collect()
}

fn chart(words: Words, hours: &[Hour], figure: Figure) -> Chart {
    let value = |hour: &Hour| hour.figures.get(&figure).copied().unwrap_or_default();
    let peak = hours.iter().max_by_key(|hour| value(hour));
    let (most, from) = peak.map(|hour| (value(hour), hour.from.clone())).unwrap_or_default();
    let about = match most {
        0 => words.t("supervision-chart-none"),
        most => words.with("supervision-chart-about", &[("most", &grouped(most)), ("from", &from)]),
    };
    let title = words.t(&format!("figure-{}", figure.name()));
    let id = format!("chart-{}", figure.name());
    let so_far = |hour: &Hour| hour.has_begun.then(|| value(hour) as f64);
    Chart::of(id, (title, about), hours, (|hour: &Hour| hour.from.clone(), so_far), None)
}
