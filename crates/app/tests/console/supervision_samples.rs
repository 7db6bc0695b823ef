//! The supervisor's pages, in every state that looks different.

use std::collections::BTreeMap;

use askama::Template;
use pratique::bulletin::Told;
use pratique::channels::supervision::bulletin::{Asked, BulletinPage};
use pratique::channels::supervision::list::{Cells, ListPage};
use pratique::channels::supervision::live::Live;
use pratique::channels::supervision::page::SupervisionPage;
use pratique::lookups::supervision::{BY_HOUR, Hour, Summary as Figures, Waiting};
use pratique::page::Summary;
use pratique::words::Words;
use pratique_core::access::Role;
use pratique_core::bulletin::{Bulletin, Day, Figure};
use pratique_core::field::FieldError;
use pratique_core::flight::Category;
use pratique_core::port::Port;
use pratique_core::supervision::{Owner, Queue, Tally};

use super::samples::{frame, shell};

fn port() -> Port {
    Port::parse(include_str!("../../../../ports/CNPEK.toml")).unwrap()
}

/// A port with so much of everything.
fn figures(much: u64) -> Figures {
    let at = "2026-11-24T06:05:09Z".parse().unwrap();
    let hour = |from: usize| Hour {
        from: format!("{from:02}:00"),
        has_begun: from <= 14,
        figures: BY_HOUR.into_iter().map(|figure| (figure, much * from as u64)).collect(),
    };
    let queue = |queue: &Queue| Waiting { queue: *queue, count: much, since: (much > 0).then_some(at) };
    let tally = |red: u64| Tally { open: much, amber: much, red, ages: [much; 4], oldest: (much > 0).then_some(at) };
    let owner = |role, department: Option<&str>| Owner { role, department: department.map(str::to_owned) };
    Figures {
        port: "CNPEK".into(),
        at,
        day: "2026-11-24".parse().unwrap(),
        scheduled: much,
        came: Category::ALL.into_iter().map(|category| (category, much)).collect(),
        figures: Figure::ALL.into_iter().map(|figure| (figure, much)).collect(),
        hours: (0..24).map(hour).collect(),
        queues: Queue::ALL.iter().map(queue).collect(),
        loops: BTreeMap::from([
            (owner(Role::Medical, None), tally(much)),
            (owner(Role::Officer, None), tally(0)),
            (owner(Role::Department, Some("hospital")), tally(0)),
            (owner(Role::Department, Some("no-such-one")), tally(0)),
        ]),
    }
}

fn list(language: &str, lines: Vec<Cells>) -> ListPage {
    let next = (!lines.is_empty()).then(|| "/supervision/loops?after=x".to_owned());
    ListPage {
        shell: shell(language, "/supervision/loops"),
        frame: frame(language, Role::Supervisor, "/supervision/loops"),
        title: "Open <loops>".into(),
        about: "As it stands now".into(),
        heads: ["What", "Due", "Who"].map(str::to_owned).to_vec(),
        lines,
        zone: "port time, UTC+8".into(),
        next,
    }
}

fn bulletin(language: &str, faults: &[FieldError], count: Option<u64>) -> BulletinPage {
    let words = Words::of(language);
    let elements = Asked { from: "<x>".into(), to: String::new(), language: None }.elements(words, faults);
    let date = "2026-11-24".parse().unwrap();
    let day = |count: u64| Day { date, figures: Figure::OF_WORK.into_iter().map(|figure| (figure, count)).collect() };
    let issue = |count: u64| Bulletin {
        port: "CNPEK".into(),
        from: date,
        to: date,
        counted_at: "2026-11-24T06:05:09Z".parse().unwrap(),
        flights: Category::ALL.into_iter().map(|category| (category, count)).collect(),
        figures: Figure::ALL.into_iter().map(|figure| (figure, count)).collect(),
        days: if count > 2 { vec![day(count), day(0)] } else { Vec::new() },
    };
    let query = Some("from=2026-11-24&to=2026-11-24".to_owned());
    BulletinPage {
        shell: shell(language, "/bulletin").keeping("from=2026-11-24&to=2026-11-24"),
        frame: frame(language, Role::Planner, "/bulletin"),
        summary: Summary::of(words, &elements),
        told: count.map(|count| Told { query, ..Told::of(words, &port(), &issue(count)) }),
        charts: Vec::new(),
        downloads: vec![("/bulletin/json?from=x&to=y".into(), "JSON".into())],
        elements,
    }
}

/// Every page of the supervisor's.
pub fn pages(language: &str) -> Vec<(String, String)> {
    let named = |name: &str, page: &dyn askama::DynTemplate| (name.to_owned(), page.dyn_render().unwrap());
    let mut pages = Vec::new();
    for much in [0, 1, 1_200] {
        let page = SupervisionPage {
            shell: shell(language, "/supervision"),
            frame: frame(language, Role::Supervisor, "/supervision"),
            live: Live::of(Words::of(language), &port(), &figures(much)),
            script: "/assets/supervision.1.js".into(),
            flow: "/supervision/flow?lang=en".into(),
        };
        pages.push(named("supervision", &page));
    }
    let line = |address: Option<&str>, urgency| Cells {
        name: ("Examine <b>".into(), address.map(str::to_owned)),
        cells: vec!["14:00".into(), "medical officer".into()],
        urgency,
    };
    let lines = vec![line(Some("/obligations/1.1"), "red"), line(None, "")];
    pages.extend([lines, Vec::new()].map(|lines| named("supervision-list", &list(language, lines))));
    let faults = [FieldError::new("/from", "not-a-date"), FieldError::new("/to", "required")];
    for (faults, count) in [(&faults[..], None), (&[], Some(0)), (&[], Some(3)), (&[], Some(12_000))] {
        pages.push(named("bulletin", &bulletin(language, faults, count)));
    }
    for told in [bulletin(language, &[], Some(3)), bulletin(language, &[], Some(0))] {
        pages.extend(told.told.map(|told| ("bulletin-document".to_owned(), told.html())));
    }
    pages
}

/// Whatever the script may change must be found by its id, and whatever is told must be of the page's own words.
#[test]
fn what_the_stream_sends_is_what_the_page_holds() {
    for (language, _) in Words::languages() {
        let live = |much| Live::of(Words::of(language), &port(), &figures(much)).render().unwrap();
        let ids = |html: &str| {
            let mut ids: Vec<String> = Vec::new();
            for tag in html.split('<').filter(|tag| tag.split('>').next().unwrap().contains("live")) {
                ids.push(tag.split("id=\"").nth(1).unwrap().split('"').next().unwrap().to_owned());
            }
            ids
        };
        let (few, many) = (live(0), live(1_200));
        assert!(ids(&few).len() > 60 && ids(&few) == ids(&many), "what is there does not hang on the figures");
        assert!(many.contains(">1,200<") && !few.contains('⟦'));
    }
}
