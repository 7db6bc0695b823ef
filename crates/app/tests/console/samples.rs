//! Every template of the staff's pages, in every state that looks different and in every language, rendered and read as a
//! browser would.

#[path = "../traveller_pages/html.rs"]
mod html;

use askama::Template;
use pratique::channels::checkpoint::picture::Band;
use pratique::channels::checkpoint::recent::Recent;
use pratique::channels::checkpoint::scan::{ScanForm, ScanPage};
use pratique::channels::checkpoint::station::ChoosePage;
use pratique::channels::checkpoint::verdict::{Choices, Outcome, PersonLine, VerdictPage};
use pratique::channels::flights::day::{DayPage, Line as FlightLine};
use pratique::channels::flights::import::{Done, ImportPage};
use pratique::channels::flights::one::OnePage as FlightPage;
use pratique::channels::flights::people::PeoplePage;
use pratique::channels::flights::told::{Figure, Missing, Pair, Told};
use pratique::channels::obligations::answers::Section;
use pratique::channels::obligations::hand_over::{Handing, Stand};
use pratique::channels::obligations::list::{Line, ListPage};
use pratique::channels::obligations::one::{Deedline, OnePage};
use pratique::channels::staff::Frame;
use pratique::channels::staff::frame::links;
use pratique::channels::staff::home::Home;
use pratique::channels::staff::kept::{Kept, KeptPage};
use pratique::channels::staff::sign_in::SignInPage;
use pratique::channels::staff::trouble::Trouble;
use pratique::page::{Shell, Summary};
use pratique::words::Words;
use pratique_core::access::{Grant, Role};
use pratique_core::port::Port;

use crate::inbox_samples;

pub fn shell(language: &str, path: &str) -> Shell {
    let port = Port::parse(include_str!("../../../../ports/CNPEK.toml")).unwrap();
    Shell::new(Words::of(language), path).for_staff().at(&port)
}

pub fn frame(language: &str, role: Role, path: &str) -> Frame {
    let (words, grant) = (Words::of(language), Grant { role, port: "CNPEK".into(), organisation: None });
    Frame {
        name: "Wang <Li>".into(),
        role: words.t(&format!("role-{}", role.name())),
        station: Some("T3D-L01".into()),
        csrf: "token".into(),
        links: links(words, &grant, path),
    }
}

fn form(language: &str, wrong: bool) -> ScanForm {
    let error = |text: &str| wrong.then(|| text.to_owned());
    ScanForm {
        words: Words::of(language),
        csrf: "token".into(),
        scan_id: "01989f4e-0000-7000-8000-000000000000".into(),
        read: if wrong { "<?>".into() } else { String::new() },
        read_error: error("What?"),
        mrz: if wrong { "P<".into() } else { String::new() },
        mrz_error: error("What else?"),
    }
}

fn recent() -> Vec<Recent> {
    let line = |band, decided: Option<&str>| Recent {
        address: "/checkpoint/scans/01989f4e-0000-7000-8000-000000000000".into(),
        time: "08:00:09".into(),
        instant: "2026-11-24T00:00:09Z".into(),
        band,
        pass: "good".into(),
        decided: decided.map(str::to_owned),
        by: "wang".into(),
    };
    vec![line(Band::Clear, Some("cleared")), line(Band::Check, None), line(Band::Hold, Some("held"))]
}

fn line(urgency: &'static str) -> Line {
    Line {
        address: "/obligations/01989f4e-0000-7000-8000-000000000000.1".into(),
        kind: "Examine".into(),
        owner: "medical officer".into(),
        since: "08:00".into(),
        due_at: "08:30".into(),
        due_text: "due in 30 min".into(),
        urgency,
        carried: (urgency == "red").then(|| "Step 1 of the ladder".into()),
        flight: "CA938".into(),
        taken_by: (urgency == "red").then(|| "chen".into()),
    }
}

fn verdict(language: &str, band: Band, state: u8) -> VerdictPage {
    let buttons = match state {
        5 => Vec::new(),
        _ => vec![("refer", "Refer".to_owned(), true), ("clear", "Clear".to_owned(), false)],
    };
    let refused = (state == 1 || state == 5).then(|| "No.".to_owned());
    let choices =
        Choices { buttons, reason: "<b>because</b>".into(), needs_reason: state == 1, refused, once: "1".into() };
    VerdictPage {
        shell: shell(language, "/checkpoint/scans/1"),
        frame: frame(language, Role::Officer, "/checkpoint/scans/1"),
        address: "/checkpoint/scans/1".into(),
        band,
        why: (band != Band::Clear).then(|| "Says <that>.".into()),
        others: if state == 3 { Vec::new() } else { vec!["And this.".into()] },
        person: (state != 3).then(|| PersonLine {
            name: "Li Na 李娜".into(),
            document: "ends in 678".into(),
            born: "1988".into(),
        }),
        facts: vec![("Pass".into(), "good".into())],
        used: (state == 1).then(|| "Used before.".into()),
        no_clearance: [1, 4, 5].contains(&state).then(|| "Refer <them>.".into()),
        decided: (state == 2).then(|| Outcome { text: "Referred.".into(), owed: vec![line("green")] }),
        choices: (state < 2 || state == 5).then_some(choices),
        declare: (state == 3).then(|| "/declare?port=CNPEK".into()),
        next: form(language, false),
    }
}

fn obligation(language: &str, answered: bool, refused: bool) -> OnePage {
    OnePage {
        shell: shell(language, "/obligations/1"),
        frame: frame(language, Role::Medical, "/obligations/1"),
        line: line("amber"),
        person: if refused { Vec::new() } else { vec![("Name".into(), "Li Na".into())] },
        reasons: if answered { Vec::new() } else { vec!["Fever.".into()] },
        answers: (!refused).then(|| {
            vec![Section {
                heading: "Health".into(),
                rows: vec![("Fever?".into(), vec!["Yes".into()]), ("Job?".into(), vec![])],
            }]
        }),
        history: vec![Deedline { at: "08:00".into(), text: "wang referred.".into(), words: Some("<i>".into()) }],
        can_take: !answered,
        outcomes: if answered {
            Vec::new()
        } else {
            vec![("fit", "Fit".into(), true), ("hospital", "Hospital".into(), false)]
        },
        reason: "36.6".into(),
        refused: refused.then(|| "No.".into()),
        answered: answered.then(|| "Answered.".into()),
        once: "1".into(),
        handing: if refused { Handing::default() } else { handing() },
    }
}

fn handing() -> Handing {
    let stand = |back: bool| Stand {
        text: "Hospital: Offered".into(),
        take_back: back.then(|| ("01989f4e-0000-7000-8000-000000000000.1".into(), "Take it back".into())),
    };
    Handing {
        stands: vec![stand(true), stand(false)],
        departments: vec![("hospital".into(), "Hospital".into(), true), ("camp".into(), "Camp".into(), false)],
        note: "<short>".into(),
    }
}

fn day(language: &str, flights: Vec<FlightLine>, problem: bool) -> DayPage {
    DayPage {
        shell: shell(language, "/flights"),
        frame: frame(language, Role::Supervisor, "/flights"),
        day: ("2026-11-24".into(), "24 November 2026".into()),
        problem: problem.then(|| "Not a date.".into()),
        before: "/flights?date=2026-11-23".into(),
        after: "/flights?date=2026-11-25".into(),
        zone: "Asia/Shanghai, UTC+8".into(),
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

fn named(name: &str, page: impl Template) -> (String, String) {
    (name.to_owned(), page.render().unwrap())
}

fn pages(language: &str) -> Vec<(String, String)> {
    [doors(language), lane(language), schedule(language), inbox_samples::pages(language)].concat()
}

fn doors(language: &str) -> Vec<(String, String)> {
    let staff = |role, path| (shell(language, path), frame(language, role, path));
    let mut pages = Vec::new();
    for problem in [None, Some("Wrong.".to_owned())] {
        let page = SignInPage {
            shell: shell(language, "/sign-in"),
            csrf: "t".into(),
            next: "/checkpoint".into(),
            name: "w\"".into(),
            kept: problem.is_none().then(|| "sealed".into()),
            problem,
        };
        pages.push(named("sign-in", page));
    }
    let kept = Kept::of(
        "wang",
        "/flights/new",
        vec![("reason".into(), "<b>\"".into())],
        "2026-11-24T00:00:00Z".parse().unwrap(),
    );
    let shell = shell(language, "/sign-in");
    pages.push(named("kept", KeptPage { shell, csrf: "t".into(), kept, instead: "/flights".into() }));
    for role in [Role::Medical, Role::Sampler] {
        let (shell, frame) = staff(role, "/console");
        pages.push(named("home", Home { shell, frame }));
    }
    for signed in [true, false] {
        let (shell, frame) = staff(Role::Officer, "/console");
        pages.push(named(
            "trouble",
            Trouble { shell, frame: signed.then_some(frame), title: "No".into(), text: "Go back.".into() },
        ));
    }
    for problem in [None, Some("Choose.".to_owned())] {
        let (shell, frame) = staff(Role::Officer, "/checkpoint/station");
        pages.push(named(
            "station",
            ChoosePage { shell, frame, stations: vec![("T3D-L01".into(), "lane".into())], problem },
        ));
    }
    pages
}

fn lane(language: &str) -> Vec<(String, String)> {
    let staff = |role, path| (shell(language, path), frame(language, role, path));
    let mut pages = Vec::new();
    for wrong in [true, false] {
        let (shell, frame) = staff(Role::Officer, "/checkpoint");
        let recent = if wrong { Vec::new() } else { recent() };
        pages.push(named(
            "scan",
            ScanPage { shell, frame, form: form(language, wrong), recent, declare: "/declare?port=CNPEK".into() },
        ));
    }
    let states =
        [(Band::Clear, 0), (Band::Check, 1), (Band::Check, 2), (Band::Hold, 3), (Band::Hold, 4), (Band::Clear, 5)];
    for (band, state) in states {
        pages.push(named("verdict", verdict(language, band, state)));
    }
    for lines in [vec![], vec![line("green"), line("red")]] {
        let (shell, frame) = staff(Role::Medical, "/obligations");
        let next = (!lines.is_empty()).then(|| "/obligations?after=x".to_owned());
        pages.push(named("owed", ListPage { shell, frame, lines, zone: "Asia/Shanghai, UTC+8".into(), next }));
    }
    for (answered, refused) in [(false, false), (false, true), (true, false)] {
        pages.push(named("obligation", obligation(language, answered, refused)));
    }
    pages
}

fn schedule(language: &str) -> Vec<(String, String)> {
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
        let zone = "Asia/Shanghai, UTC+8".to_owned();
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

#[test]
fn every_page_is_sound_in_every_language() {
    let mut wrong = Vec::new();
    for (language, _) in Words::languages() {
        for (name, page) in pages(language) {
            assert!(page.contains(&format!("<html lang=\"{language}\" dir=\"ltr\">")), "{name}");
            wrong.extend(html::faults(&page).into_iter().map(|fault| format!("{name} ({language}): {fault}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_cursor_waits_in_the_scan_field_and_nowhere_else() {
    for (name, page) in pages("en") {
        let waits = page.matches(" autofocus").count();
        let scans = page.contains("id=\"read\"");
        assert_eq!(waits, usize::from(scans), "{name}");
    }
}

#[test]
fn a_verdict_is_told_by_word_and_shape_and_not_by_colour_alone() {
    for (band, word, shape) in [
        (Band::Clear, "CLEAR", "<circle cx=\"24\" cy=\"24\" r=\"20\""),
        (Band::Check, "CHECK", "<path d=\"M24 5"),
        (Band::Hold, "HOLD", "<path d=\"M16 4"),
    ] {
        let page = verdict("en", band, 0).render().unwrap();
        assert!(page.contains(&format!("<h1>{word}</h1>")) && page.contains(shape));
    }
}
