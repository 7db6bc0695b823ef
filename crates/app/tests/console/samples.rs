//! Every template of the staff's pages, in every state that looks different and in every language, rendered and read as a
//! browser would.

#[path = "../traveller_pages/html.rs"]
pub mod html;

use askama::Template;
use pratique::channels::checkpoint::picture::Band;
use pratique::channels::checkpoint::recent::Recent;
use pratique::channels::checkpoint::scan::{ScanForm, ScanPage};
use pratique::channels::checkpoint::station::ChoosePage;
use pratique::channels::checkpoint::verdict::{Choices, Outcome, PersonLine, VerdictPage};
use pratique::channels::hall::page::{HallPage, Shown};
use pratique::channels::hall::play::Played;
use pratique::channels::hall::wish::Sent;
use pratique::channels::obligations::answers::Section;
use pratique::channels::obligations::deeds::Deedline;
use pratique::channels::obligations::hand_over::{Handing, Stand};
use pratique::channels::obligations::list::{Line, ListPage};
use pratique::channels::obligations::one::OnePage;
use pratique::channels::staff::Frame;
use pratique::channels::staff::frame::{Lock, links};
use pratique::channels::staff::home::Home;
use pratique::channels::staff::kept::{Kept, KeptPage};
use pratique::channels::staff::sign_in::SignInPage;
use pratique::channels::staff::trouble::Trouble;
use pratique::page::{Shell, Summary};
use pratique::words::Words;
use pratique_core::access::{Grant, Role};
use pratique_core::field::FieldError;
use pratique_core::hall::{Posts, Station, plan, simulate};
use pratique_core::port::Port;

use crate::lane_samples::{button, scripts};
use crate::{desk_samples, flight_samples, inbox_samples, paper_samples, supervision_samples};

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
        alarms: if role == Role::Supervisor { vec!["The clock jumped.".into()] } else { Vec::new() },
        lock: (role == Role::Officer).then(|| Lock { script: "/assets/presence.js".into(), after_s: 120 }),
    }
}

pub fn form(language: &str, wrong: bool) -> ScanForm {
    let error = |text: &str| wrong.then(|| text.to_owned());
    ScanForm {
        words: Words::of(language),
        action: "/checkpoint/scans",
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

pub fn line(urgency: &'static str) -> Line {
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
        _ => vec![button("refer", "F3"), button("clear", "F2")],
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
        desk: (state == 1).then(|| "/desk/people/1".into()),
        facts: vec![("Pass".into(), "good".into())],
        used: (state == 1).then(|| "Used before.".into()),
        not_undone: (state == 4).then(|| "Too <late>.".into()),
        undone: (state == 0).then(|| "Taken back by <wang>.".into()),
        undo_s: (state == 2).then_some(29),
        by_itself: state == 0,
        document: "match",
        scripts: scripts(state != 3),
        recent: if state == 3 { Vec::new() } else { recent() },
        no_clearance: [1, 4, 5].contains(&state).then(|| "Refer <them>.".into()),
        decided: (state == 2).then(|| Outcome { text: "Referred.".into(), owed: vec![line("green")] }),
        choices: (state < 2 || state == 5).then_some(choices),
        declare: state == 3,
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
        judged: (!answered).then(|| "Rules 1 of <a pack> 1".into()),
        earlier: if answered { Vec::new() } else { vec![crate::desk_samples::before()] },
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

pub fn named(name: &str, page: impl Template) -> (String, String) {
    (name.to_owned(), page.render().unwrap())
}

fn pages(language: &str) -> Vec<(String, String)> {
    [
        doors(language),
        lane(language),
        desk_samples::pages(language),
        flight_samples::pages(language),
        hall(language),
        inbox_samples::pages(language),
        supervision_samples::pages(language),
        paper_samples::pages(language),
    ]
    .concat()
}

/// Before anything was asked; with mistakes; with nobody; played, with a promise that can be kept and one that cannot.
fn hall(language: &str) -> Vec<(String, String)> {
    let mistaken = vec![FieldError::new("/seed", "not-a-number"), FieldError::new("/date", "not-a-date")];
    let states = [(vec![], false, None), (mistaken, false, None), (vec![], true, None)];
    let played = [Some(60.0), Some(5.0), None].map(|within| (vec![], false, Some(played(language, within))));
    let page = |(faults, nobody, shown): (Vec<FieldError>, bool, Option<Shown>)| {
        let elements = Sent::default().elements(Words::of(language), &faults);
        HallPage {
            shell: shell(language, "/hall"),
            frame: frame(language, Role::Planner, "/hall"),
            summary: Summary::of(Words::of(language), &elements),
            nobody,
            shown,
            elements,
        }
    };
    states.into_iter().chain(played).map(|state| named("hall", page(state))).collect()
}

/// A flight of 2020; planned for so many minutes, or closed before people are through.
fn played(language: &str, within: Option<f64>) -> Shown {
    let mut scenario = pratique::scenarios::built_in("t3d-2020").unwrap();
    match within {
        Some(within) => scenario.promise.within_min = within,
        None => scenario.desk_mut(Station::Sampling).posts = Posts::always(0),
    }
    scenario.promise.result_within_min = within.map(|within| within * 4.0);
    let plan = within.map(|_| plan(&scenario, 1, 2));
    let played = Played { report: simulate(&scenario, 1, 2), plan };
    Shown::of(Words::of(language), "T3D <2020>".into(), within.map(|_| "About.".into()), &played)
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
            ChoosePage {
                shell,
                frame,
                action: "/checkpoint/station",
                stations: vec![("T3D-L01".into(), "lane".into())],
                problem,
            },
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
            ScanPage { shell, frame, form: form(language, wrong), recent, scripts: scripts(wrong) },
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
        pages.push(named("owed", ListPage { shell, frame, lines, zone: "port time, UTC+8".into(), next }));
    }
    for (answered, refused) in [(false, false), (false, true), (true, false)] {
        pages.push(named("obligation", obligation(language, answered, refused)));
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
fn the_cursor_waits_in_the_scan_field_and_where_somebody_signs_in_and_nowhere_else() {
    for (name, page) in pages("en") {
        let waits = page.matches(" autofocus").count();
        // What is wrong is read first (experience.md 3.2, the summary has the focus).
        let is_wrong = page.contains("tabindex=\"-1\" autofocus");
        let waited_for = is_wrong || page.contains("id=\"read\"") || name == "sign-in";
        assert_eq!(waits, usize::from(waited_for), "{name}");
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
