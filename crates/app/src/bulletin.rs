//! An issue of the bulletin as it leaves the port: the same numbers as JSON, as plain text and as HTML, in words of any
//! language that there are texts for.

use std::fmt::Write;

use askama::Template;
use jiff::civil::Date;
use pratique_core::bulletin::{Bulletin, Cell, Day, Figure, HIDDEN_BELOW};
use pratique_core::flight::Category;
use pratique_core::port::Port;
use serde_json::{Value, json};

use crate::lookups::supervision::{figures, flights, member};
use crate::page::when::{self, When};
use crate::words::Words;

/// Categories that are told also where none came: those that the bulletin is about.
const ALWAYS: [Category; 3] = [Category::International, Category::Hmt, Category::Cargo];

/// One number with what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it counts.
    pub label: String,
    /// The number, in groups of three digits; or that there are few.
    pub value: String,
    /// It is a part of the one before that is none.
    pub is_part: bool,
    /// The page behind it, without the period (`/supervision/…`).
    pub list: String,
}

/// A bulletin in words.
#[derive(Debug, Clone, Template)]
#[template(path = "bulletin/article.html")]
pub struct Told {
    /// The words it is in.
    pub words: Words,
    /// What it is.
    pub title: String,
    /// The port's name and code.
    pub port: String,
    /// The period.
    pub period: String,
    /// When it was counted.
    pub counted: String,
    /// Flights and figures.
    pub rows: Vec<Row>,
    /// Day by day: the day, then [`Figure::OF_WORK`].
    pub days: Vec<(String, Vec<String>)>,
    /// What the words mean, and what is left out.
    pub notes: Vec<String>,
    /// What leads from a number to its list, for whoever may see it: the period as the list's address takes it.
    pub query: Option<String>,
}

impl askama::filters::HtmlSafe for Told {}

/// A page of its own, to be kept or put elsewhere.
#[derive(Debug, Template)]
#[template(path = "bulletin/document.html")]
struct Document<'a> {
    told: &'a Told,
}

/// The period in words: a day, or two with what is between them.
#[must_use]
pub fn period(words: Words, from: Date, to: Date) -> String {
    match from == to {
        true => when::day(words, from),
        false => words.with("bulletin-period", &[("from", &when::day(words, from)), ("to", &when::day(words, to))]),
    }
}

/// A number with its digits in groups of three.
#[must_use]
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

impl Told {
    /// A bulletin in words.
    #[must_use]
    pub fn of(words: Words, port: &Port, bulletin: &Bulletin) -> Self {
        let counted = When::of(words, bulletin.counted_at, &port.zone());
        let day = |day: &Day| {
            let figures = Figure::OF_WORK.map(|figure| grouped(day.figures.get(&figure).copied().unwrap_or_default()));
            (when::day(words, day.date), figures.to_vec())
        };
        let few = words.with("bulletin-few-note", &[("below", &HIDDEN_BELOW.to_string())]);
        let has_few = Figure::ALL.iter().any(|figure| bulletin.told(*figure) == Cell::Few);
        Told {
            words,
            title: words.t("bulletin-title"),
            port: words.with("bulletin-port", &[("name", port.name.get(words.language())), ("code", &port.code)]),
            period: period(words, bulletin.from, bulletin.to),
            counted: words.with("bulletin-counted", &[("at", &counted.local), ("zone", &counted.zone)]),
            rows: flight_rows(words, bulletin).into_iter().chain(figure_rows(words, bulletin)).collect(),
            days: bulletin.days.iter().map(day).collect(),
            notes: [words.t("bulletin-note-flights"), words.t("bulletin-note-quarantined")]
                .into_iter()
                .chain(has_few.then_some(few))
                .collect(),
            query: None,
        }
    }

    /// What stands above the numbers of a day.
    #[must_use]
    pub fn day_heads(&self) -> Vec<String> {
        Figure::OF_WORK.iter().map(|figure| self.words.t(&format!("figure-{}", figure.name()))).collect()
    }

    /// The address behind a number.
    #[must_use]
    pub fn list(&self, row: &Row) -> Option<String> {
        let mark = if row.list.contains('?') { '&' } else { '?' };
        self.query.as_ref().map(|query| format!("{}{mark}{query}", row.list))
    }

    /// Plain text, to be read out or sent.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{}\n{}\n{}\n\n", self.title, self.port, self.period);
        let colon = self.words.t("bulletin-colon");
        // Writing to a string cannot fail.
        for row in &self.rows {
            let indent = if row.is_part { "  " } else { "" };
            let _ = writeln!(text, "{indent}{}{colon}{}", row.label, row.value);
        }
        if !self.days.is_empty() {
            let _ = writeln!(text, "\n{}", self.words.t("bulletin-by-day"));
        }
        let heads = self.day_heads();
        for (day, figures) in &self.days {
            let told: Vec<String> = heads.iter().zip(figures).map(|(head, count)| format!("{head} {count}")).collect();
            let _ = writeln!(text, "  {day}{colon}{}", told.join(&self.words.t("bulletin-comma")));
        }
        let _ = writeln!(text, "\n{}\n{}", self.notes.join("\n"), self.counted);
        text
    }

    /// A whole page of HTML that needs nothing beside it.
    #[must_use]
    pub fn html(&self) -> String {
        // Writing to a String cannot fail; a template has no other fault at run time.
        Document { told: self }.render().unwrap_or_default()
    }
}

fn flight_rows(words: Words, bulletin: &Bulletin) -> Vec<Row> {
    let total = Row {
        label: words.t("bulletin-flights"),
        value: grouped(bulletin.flights_total()),
        is_part: false,
        list: "/supervision/came".into(),
    };
    let part = |category: Category| {
        let count = bulletin.flights.get(&category).copied().unwrap_or_default();
        (count > 0 || ALWAYS.contains(&category)).then(|| Row {
            label: words.t(&format!("bulletin-category-{}", category.name())),
            value: grouped(count),
            is_part: true,
            list: format!("/supervision/came?category={}", category.name()),
        })
    };
    [total].into_iter().chain(Category::ALL.into_iter().filter_map(part)).collect()
}

fn figure_rows(words: Words, bulletin: &Bulletin) -> impl Iterator<Item = Row> {
    Figure::ALL.into_iter().map(move |figure| Row {
        label: words.t(&format!("figure-{}", figure.name())),
        value: match bulletin.told(figure) {
            Cell::Count(count) => grouped(count),
            Cell::Few => words.with("bulletin-few", &[("below", &HIDDEN_BELOW.to_string())]),
        },
        is_part: false,
        list: format!("/supervision/{}", figure.name()),
    })
}

/// As JSON: what is too few to be told is null and named.
#[must_use]
pub fn view(port: &Port, bulletin: &Bulletin) -> Value {
    let is_few = |figure: &Figure| bulletin.told(*figure) == Cell::Few;
    let mut told = figures(&bulletin.figures);
    let few: Vec<String> = Figure::ALL.iter().filter(|f| is_few(f)).map(|f| member(f.name())).collect();
    few.iter().for_each(|name| drop(told.insert(name.clone(), Value::Null)));
    let day = |day: &Day| {
        let mut told = figures(&day.figures);
        told.insert("date".into(), json!(day.date));
        told
    };
    json!({
        "port": bulletin.port,
        "from": bulletin.from,
        "to": bulletin.to,
        "time_zone": port.time_zone,
        "counted_at": bulletin.counted_at,
        "flights": flights(&bulletin.flights),
        "figures": told,
        "few": few,
        "few_below": HIDDEN_BELOW,
        "days": bulletin.days.iter().map(day).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue() -> Bulletin {
        let flights = Category::ALL.into_iter().zip([62, 90, 1_144, 0, 0]).collect();
        let figures = Figure::ALL.into_iter().zip([12_223, 2_410, 12_223, 12_220, 3, 101, 7, 0, 1]).collect();
        let date: Date = "2020-10-12".parse().unwrap();
        let counted_at = "2020-10-12T16:00:00Z".parse().unwrap();
        Bulletin {
            port: "CNPEK".into(),
            from: "2020-09-03".parse().unwrap(),
            to: date,
            counted_at,
            flights,
            days: vec![Day { date, figures: Figure::OF_WORK.into_iter().zip([1_000, 2, 3, 4]).collect() }],
            figures,
        }
    }

    fn told(language: &str) -> Told {
        let port = Port::parse(include_str!("../../../ports/CNPEK.toml")).unwrap();
        Told::of(Words::of(language), &port, &issue())
    }

    #[test]
    fn the_bulletin_of_12_october_2020_in_english() {
        let expected = "\
Health inspection bulletin
Beijing Capital International Airport (CNPEK)
3 September 2020 to 12 October 2020

Inbound flights: 1,296
  International passenger flights: 62
  Passenger flights from Hong Kong, Macao and Taiwan: 90
  Cargo flights: 1,144
Passengers quarantined: 12,223
Crew quarantined: 2,410
Samples collected: 12,223
Tests completed: 12,220
People with a first positive result: fewer than 5
People referred to the medical desk: 101
Orders of isolation or observation in force: 7
Handovers accepted by departments: 0
People refused entry: fewer than 5

Day by day
  12 October 2020: Passengers quarantined 1,000, Crew quarantined 2, Samples collected 3, Tests completed 4

A flight counts on the day on which it arrived.
Quarantined means passed through health inspection. Isolation is another figure.
A figure about people’s health below 5 is told as “fewer than 5”, so that nobody can be recognised in it.
Counted 13 October 2020, 00:00 (port time, UTC+8).
";
        assert_eq!(told("en").text(), expected);
    }

    #[test]
    fn the_bulletin_of_12_october_2020_in_chinese() {
        let expected = "\
卫生检疫通报
北京首都国际机场（CNPEK）
2020年9月3日至2020年10月12日

入境航班：1,296
  国际客运航班：62
  港澳台客运航班：90
  货运航班：1,144
检疫入境旅客：12,223
检疫机组人员：2,410
采集样本：12,223
完成检测：12,220
首次检出阳性人员：少于 5
转医学排查人员：101
生效的隔离或观察决定：7
各部门已接收的移交：0
不准入境人员：少于 5

逐日数字
  2020年10月12日：检疫入境旅客 1,000，检疫机组人员 2，采集样本 3，完成检测 4

航班计入实际到达当日。
“检疫”指通过卫生检疫查验；隔离另行统计。
涉及健康的数字低于 5 时写作“少于 5”，以免识别出个人。
统计时间：2020年10月13日 00:00（口岸时间，UTC+8）。
";
        assert_eq!(told("zh-Hans").text(), expected);
    }

    #[test]
    fn every_form_tells_the_same_numbers() {
        let told = told("en");
        let html = told.html();
        for row in &told.rows {
            assert!(html.contains(&format!(">{}<", row.value)) && html.contains(&row.label), "{row:?}\n{html}");
        }
        let port = Port::parse(include_str!("../../../ports/CNPEK.toml")).unwrap();
        let json = view(&port, &issue());
        assert_eq!((&json["flights"]["total"], &json["figures"]["positives"]), (&json!(1_296), &Value::Null));
        assert_eq!((&json["few"], &json["figures"]["referred"]), (&json!(["positives", "entry_refused"]), &json!(101)));
    }

    #[test]
    fn digits_stand_in_groups() {
        let cases = [(0, "0"), (999, "999"), (1_000, "1,000"), (12_223, "12,223"), (1_234_567, "1,234,567")];
        assert!(cases.iter().all(|(count, text)| grouped(*count) == *text));
    }
}
