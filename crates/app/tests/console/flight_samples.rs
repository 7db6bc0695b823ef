//! The pages of flights and of the people on them, in every state that looks different.

use pratique::channels::flights::day::{DayPage, Line as FlightLine};
use pratique::channels::flights::import::{Done, ImportPage};
use pratique::channels::flights::one::OnePage as FlightPage;
use pratique::channels::flights::people::PeoplePage;
use pratique::channels::flights::told::{Figure, Missing, Pair, Told};
use pratique::page::Summary;
use pratique_core::access::Role;

use crate::samples::{frame, named, shell};

pub fn pages(language: &str) -> Vec<(String, String)> {
    let staff = |role, path| (shell(language, path), frame(language, role, path));
    let mut pages = vec![
        named("flights", day(language, vec![flight(true), flight(false)], false)),
        named("flights-none", day(language, Vec::new(), true)),
        named("people", people(language, true)),
        named("people-none", people(language, false)),
    ];
    for known in [true, false] {
        let (shell, frame) = staff(Role::Planner, "/flights/new");
        let summary = Summary::empty(shell.words);
        let refused = (!known).then(|| "No.".to_owned());
        let flight = known.then(|| "CA938".to_owned());
        let zone = "port time, UTC+8".to_owned();
        pages.push(named(
            "flight",
            FlightPage {
                shell,
                frame,
                flight,
                action: "/flights/new".into(),
                zone,
                summary,
                elements: Vec::new(),
                refused,
            },
        ));
    }
    for problem in [None, Some("Empty.".to_owned())] {
        let (shell, frame) = staff(Role::Planner, "/flights/import");
        let done = problem.is_none().then(|| Done { text: "New: 1.".into(), refused: vec![(3, vec!["Bad.".into()])] });
        pages.push(named("import", ImportPage { shell, frame, text: "a,b".into(), problem, done }));
    }
    pages
}

fn day(language: &str, flights: Vec<FlightLine>, problem: bool) -> DayPage {
    DayPage {
        shell: shell(language, "/flights"),
        frame: frame(language, Role::Supervisor, "/flights"),
        day: ("2026-11-24".into(), "24 November 2026".into()),
        saved: problem.then(|| "CA938 is saved.".into()),
        problem: problem.then(|| "Not a date.".into()),
        before: "/flights?date=2026-11-23".into(),
        after: "/flights?date=2026-11-25".into(),
        zone: "port time, UTC+8".into(),
        can_move: !flights.is_empty(),
        flights,
    }
}

fn flight(address: bool) -> FlightLine {
    FlightLine {
        address: address.then(|| "/flights/CA938-2026-11-24-CNPEK".into()),
        flight: "CA938".into(),
        origin: "LHR".into(),
        scheduled: "14:00".into(),
        actual: address.then(|| "13:40".into()),
        category: "International".into(),
        status: "Landed".into(),
        declared: 211,
        people: address.then(|| "/flights/CA938-2026-11-24-CNPEK/people".into()),
    }
}

/// Everything a flight's people page can show, or nothing of it.
fn people(language: &str, full: bool) -> PeoplePage {
    let some = |text: &str| full.then(|| text.to_owned());
    let list = |texts: &[&str]| if full { texts.iter().map(|t| (*t).to_owned()).collect() } else { Vec::new() };
    let id = "01989f4e-0000-7000-8000-000000000000";
    let pair = Pair {
        journey: id.into(),
        listed: id.into(),
        declared: "Li <Na>, 2 March 1988".into(),
        on_list: "LI NA, 3 February 1988, CHN, 31A".into(),
        reasons: vec!["The same name".into(), "Day and month of birth are exchanged".into()],
    };
    let missing = |seat: Option<&str>, name: Option<&str>| Missing {
        listed: id.into(),
        seat: seat.map(str::to_owned),
        role: "Passenger".into(),
        name: name.map(str::to_owned),
    };
    PeoplePage {
        shell: shell(language, "/flights/CA938-2026-11-24-CNPEK/people"),
        frame: frame(language, Role::Supervisor, "/flights/CA938-2026-11-24-CNPEK/people"),
        flight: "CA938".into(),
        address: "/flights/CA938-2026-11-24-CNPEK/people".into(),
        done: some("Taken."),
        refused: some("No."),
        manifest: some("Manifest 2."),
        figures: vec![Figure { name: "Not seen".into(), count: 2, about: some("Look for them.") }],
        settled: "Not yet.".into(),
        pairs: if full { vec![pair] } else { Vec::new() },
        missing: if full { vec![missing(Some("12C"), Some("A <b>")), missing(None, None)] } else { Vec::new() },
        unlisted: list(&["Garcia Maria"]),
        inspections: if full {
            vec![Told { head: "08:00, wang".into(), lines: vec!["Fever".into()] }]
        } else {
            Vec::new()
        },
        signs: vec![("fever", "Fever".into())],
        outcomes: vec![("held", "Held".into())],
        can_hand_in: full,
        can_judge: full,
        can_mark: full,
        can_inspect: full,
    }
}
