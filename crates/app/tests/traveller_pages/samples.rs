//! Samples of every page, in every state that looks different.

use askama::Template;
use axum::http::StatusCode;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use pratique::channels::kiosk::idle::IdlePage;
use pratique::channels::kiosk::read::ReadPage;
use pratique::channels::kiosk::set_up::SetUpPage;
use pratique::channels::kiosk::slip::{Slip, SlipPage};
use pratique::channels::kiosk::start::StartPage;
use pratique::channels::load::busy::{BusyPage, Then};
use pratique::channels::traveller::draft;
use pratique::channels::traveller::form::{Sent, store};
use pratique::channels::traveller::step::{Person, Step, steps};
use pratique::channels::traveller::view::*;
use pratique::channels::web::wait::WaitPage;
use pratique::page::noticed::{self, NoticePart};
use pratique::page::order_text::OrderText;
use pratique::page::when::When;
use pratique::page::{AtKiosk, Mishap, Shell, Summary};
use pratique::words::Words;
use pratique_core::journey::{Measure, Shown};
use pratique_core::notice;
use pratique_core::port::Port;
use pratique_core::questionnaire::Questionnaire;
use serde_json::{Value, json};

/// The day of the samples.
pub const TODAY: Date = date(2026, 11, 24);

pub fn every_kind() -> Questionnaire {
    Questionnaire::parse(include_bytes!("every_kind.json")).unwrap()
}

pub fn port() -> Port {
    Port::parse(include_str!("../../../../ports/CNPEK.toml")).unwrap()
}

pub fn shell(language: &str, path: &str) -> Shell {
    Shell::new(Words::of(language), path).at(&port())
}

/// A draft in which much is said, some of it wrong.
pub fn drafted() -> Value {
    json!({
        "port": "CNPEK", "language": "en", "channel": "web",
        "trip": {"flight": "CA 938", "date": "2026-11-24", "seat": "31A"},
        "traveller": {
            "document": {"type": "passport", "number": "E12345678"},
            "name": {"primary": "Wang <b>", "secondary": "Xiaoming", "native": "王小明"},
            "birth_date": "1990-02-01", "sex": "M", "nationality": "CHN"
        },
        "contact": {"phone": "+86 138 0000 0000", "address": "Chaoyang, Beijing\nRoom 12"},
        "answers": {
            "health": {"fever": true, "temperature": "hot", "symptoms": ["cough", "dizzy \"spells\""], "job": "nurse",
                       "since": "2026-11-20", "inner": {"names": ["aspirin"]}},
            "visited": [{"country": "KHM", "city": "Phnom Penh"}, {"country": "THA", "left": false}]
        },
        "companions": [
            {"traveller": {"name": {"primary": "Wang", "secondary": "Lele"}, "sex": "F"}, "relation": "child", "answers": {}},
            {"traveller": {}, "answers": {}}
        ]
    })
}

/// Every page in one language: its name, and the page.
pub fn pages(language: &str) -> Vec<(String, String)> {
    let mut pages = vec![
        named(
            "start",
            Start {
                shell: Shell::new(Words::of(language), "/"),
                ports: ports(1),
                notice: notice(language),
                draft: false,
            },
        ),
        named("start-again", Start { shell: shell(language, "/"), ports: ports(2), notice: Vec::new(), draft: true }),
    ];
    pages.extend(questions(language));
    pages.push(named("companions-none", companions(language, 0)));
    pages.push(named("companions-full", companions(language, 9)));
    pages.push(named("check", check(language, false)));
    pages.push(named("check-wrong", check(language, true)));
    pages.push(named("check-changed", check(language, false).shown_anew()));
    pages.extend(Shown::ALL.map(|state| named(&format!("pass-{}", state.name()), pass(language, state))));
    pages.push(named("find", Find::new(shell(language, "/find"), ("", None), ("", None))));
    let wrong = (("7GQ2", Some("find-code-shape")), ("", Some("find-proof-missing")));
    pages.push(named("find-wrong", Find::new(shell(language, "/find"), wrong.0, wrong.1)));
    pages.extend(later(language));
    pages.push(named("withdraw", withdraw(language)));
    pages.push(named("privacy", privacy(language, true)));
    pages.push(named("privacy-older", privacy(language, false)));
    pages.push(named("held", held(language, true)));
    pages.push(named("held-little", held(language, false)));
    for name in ["help", "about"] {
        let page = Notice::new(shell(language, &format!("/{name}")), name)
            .asking(port().help.get(language))
            .crediting(Some("/assets/licences.0.txt".to_owned()));
        pages.push(named(name, page));
    }
    for status in [400, 403, 404, 413, 429, 500, 503, 507, 418, 502] {
        let page = Mishap::new(shell(language, "/"), StatusCode::from_u16(status).unwrap());
        pages.push(named(&format!("mishap-{status}"), page));
    }
    pages.push(named("mishap-clock", Mishap::no_time(shell(language, "/declare/check"))));
    pages.push(named("mishap-key", Mishap::no_key(shell(language, "/declare/check"))));
    for wait in [Some("About 30 seconds".to_owned()), None] {
        let name = if wait.is_some() { "wait" } else { "wait-over" };
        let fields = vec![("code".to_owned(), "7GQ2M4XK9TA".to_owned()), ("csrf".to_owned(), "token".to_owned())];
        pages.push(named(name, WaitPage { shell: shell(language, "/wait"), wait, action: "/find".to_owned(), fields }));
    }
    let kept =
        Then::Again(vec![("code".to_owned(), "7GQ2M4XK9TA".to_owned()), ("csrf".to_owned(), "token".to_owned())]);
    for (name, then) in [("busy", Then::ByItself), ("busy-again", kept), ("busy-back", Then::Back)] {
        let wait = Words::of(language).with("busy-seconds", &[("seconds", "7")]);
        pages.push(named(name, BusyPage { shell: shell(language, "/"), wait, then }));
    }
    pages.extend(kiosk(language));
    let text = Words::of(language).t("refusal-withdrawn");
    pages.push(named("overtaken", Mishap::overtaken(shell(language, "/declare/trip"), "/declare")));
    let typed = [("/contact/phone".to_owned(), "+86 \"138\"".to_owned()), ("csrf".to_owned(), "token".to_owned())];
    let kept = Mishap::no_time(shell(language, "/declare/contact")).again("/declare/contact", &typed);
    pages.push(named("no-time", kept));
    pages.push(named("refused", Mishap::refused(shell(language, "/pass/X"), text, "/pass/X")));
    pages
}

fn named(name: &str, page: impl Template) -> (String, String) {
    (name.to_owned(), page.render().unwrap())
}

/// The kiosk's own pages, and one of questions in its frame.
fn kiosk(language: &str) -> Vec<(String, String)> {
    let words = Words::of(language);
    let at = |path: &str| shell(language, path).at_kiosk(Some(AtKiosk::TYPING_S));
    let languages = Words::languages().into_iter().map(|(tag, _)| Words::of(tag)).collect();
    let start = StartPage { shell: shell(language, "/kiosk").at_kiosk(None), languages, station: "T3D-K01".to_owned() };
    let idle = IdlePage { shell: shell(language, "/kiosk/idle").at_kiosk(None), back: "/declare/trip".to_owned() };
    let mut pages = vec![named("kiosk", start), named("kiosk-idle", idle)];
    for wrong in [false, true] {
        let error = wrong.then(|| words.t("kiosk-token-role"));
        let set_up = SetUpPage {
            shell: Shell::new(words, "/kiosk/set-up"),
            stations: vec!["T3D-K01".to_owned()],
            station: if wrong { "T3D-K01".to_owned() } else { String::new() },
            token_error: error.clone(),
            station_error: error,
        };
        let read = ReadPage {
            shell: at("/kiosk/read"),
            action: "/kiosk/read".to_owned(),
            companion: wrong,
            problems: if wrong { vec![words.t("kiosk-misread-number")] } else { Vec::new() },
            onward: "/declare/trip".to_owned(),
            partly: wrong,
            notice: if wrong { Vec::new() } else { notice(language) },
            csrf: token(),
        };
        let state = if wrong { "-wrong" } else { "" };
        pages.extend([named(&format!("kiosk-set-up{state}"), set_up), named(&format!("kiosk-read{state}"), read)]);
    }
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let when = |text: &str| When::of(words, text.parse().unwrap(), &zone);
    let slip = |ready| Slip {
        words,
        port: port().name.get(language).to_owned(),
        picture: "/kiosk/slip/0".to_owned(),
        code: "7GQ2-M4XK-9TA".to_owned(),
        whose: "<N>. L., •••• 678".to_owned(),
        ready,
        counts_from: when("2026-11-23T06:00:00Z"),
        valid_until: when("2026-11-26T06:00:00Z"),
    };
    let slips = SlipPage {
        shell: at("/kiosk/slip"),
        slips: vec![slip(true), slip(false)],
        help: port().help.get(language).to_owned(),
    };
    pages.push(named("kiosk-slip", slips));
    let (form, body) = (every_kind(), drafted());
    let page = Questions::of(at("/declare/trip"), &Step::Trip, &body, &form, TODAY, &|_| true).unwrap();
    pages.push(named("kiosk-trip", page.with_token("token")));
    pages.push(named("kiosk-privacy", Privacy { shell: at("/privacy"), ..privacy(language, true) }));
    pages.push(named("kiosk-mishap", Mishap::new(at("/declare"), StatusCode::NOT_FOUND)));
    pages
}

fn token() -> String {
    "token-for-the-form".to_owned()
}

fn ports(count: usize) -> Vec<PortPick> {
    let port = port();
    let pick = |n| PortPick { code: format!("{}{n}", port.code), name: port.name.get("en").to_owned(), chosen: n == 0 };
    (0..count).map(pick).collect()
}

/// Each page of questions of an empty draft, of a full one with its errors told, and of one with rows still empty.
fn questions(language: &str) -> Vec<(String, String)> {
    let form = every_kind();
    let mut pages = Vec::new();
    let empty = draft::begin("CNPEK", language, "2026-12");
    let mut rows = drafted();
    let pressed = Sent(vec![("add".to_owned(), "/answers/visited".to_owned())]);
    store(&mut rows, &form, &pressed, |_| true);
    for (state, body, tells) in [
        ("empty", &empty, false),
        ("empty-told", &empty, true),
        ("full", &drafted(), false),
        ("told", &drafted(), true),
        ("rows", &rows, false),
    ] {
        for step in steps(&form, body, TODAY) {
            let name = step.address().replace('/', "-");
            let page = Questions::of(shell(language, &step.address()), &step, body, &form, TODAY, &|_| tells);
            pages.extend(page.map(|page| named(&format!("{state}{name}"), page.with_token("token"))));
        }
    }
    pages
}

fn companions(language: &str, count: usize) -> Companions {
    let row = |number| CompanionRow {
        number,
        name: ["Wang Lele", "محمد", "Nguyễn Thị Minh Khai"][number % 3].to_owned(),
        address: Step::You(Person::Companion(number)).address(),
        complete: number % 2 == 0,
    };
    Companions {
        shell: shell(language, "/declare/companions"),
        back: "/declare/contact".to_owned(),
        companions: (0..count).map(row).collect(),
        room: count < 9,
        csrf: token(),
    }
}

fn check(language: &str, wrong: bool) -> Check {
    let words = Words::of(language);
    let mut summary = Summary::empty(words);
    if wrong {
        summary.add_at("/declare/trip?problems=1#f:trip:flight".to_owned(), words.t("error-required-flight"));
        summary.add("f:attested", &[words.t("error-not-attested")]);
    }
    Check {
        shell: shell(language, "/declare/check"),
        back: "/declare/companions".to_owned(),
        sections: check_sections(words, &drafted(), &every_kind(), TODAY),
        summary,
        attest_error: wrong.then(|| words.t("error-not-attested")),
        amending: wrong,
        more: !wrong,
        changed: false,
        seen: token(),
        csrf: token(),
    }
}

fn pass(language: &str, state: Shown) -> PassPage {
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let words = Words::of(language);
    let when = |text: &str| When::of(words, text.parse().unwrap(), &zone);
    let early = state == Shown::Early;
    PassPage {
        shell: shell(language, "/pass/7GQ2M4XK9TA"),
        just_made: state == Shown::Ready,
        just_confirmed: state == Shown::Presented,
        code: "7GQ2-M4XK-9TA".to_owned(),
        address: "/pass/7GQ2M4XK9TA".to_owned(),
        picture: matches!(state, Shown::Early | Shown::Ready | Shown::Referred)
            .then(|| "/pass/7GQ2M4XK9TA/picture".to_owned()),
        name: "Wang Xiaoming 王小明".to_owned(),
        document_tail: (!early).then(|| "678".to_owned()),
        flight: "CA938".to_owned(),
        seat: (!early).then(|| "31A".to_owned()),
        scheduled: !early,
        state: state.name(),
        sample: (state == Shown::Awaiting).then(|| words.t("own-sample-in-laboratory")),
        messages: vec![
            words.with("own-message-email", &[("at", "24 November 2026, 14:00"), ("zone", "Asia/Shanghai")]),
        ],
        next: (state == Shown::Ready).then(|| "Please follow the signs to the health checkpoint.".to_owned()),
        moved_to: early.then(|| when("2026-11-25T06:00:00Z")),
        counts_from: when("2026-11-23T06:00:00Z"),
        says_from: true,
        valid_until: when("2026-11-26T06:00:00Z"),
        confirm: false,
        amend: matches!(state, Shown::Early | Shown::Ready),
        withdraw: matches!(state, Shown::Early | Shown::Ready),
        orders: if state == Shown::Ended { vec![order(language)] } else { Vec::new() },
        companions: if early { Vec::new() } else { vec![companion_pass()] },
        help: port().help.get(language).to_owned(),
        csrf: token(),
    }
}

/// Going on later: before and after a code was asked for, and where it is typed.
fn later(language: &str) -> Vec<(String, String)> {
    let words = Words::of(language);
    let page = |code: Option<&str>| Later {
        shell: shell(language, "/declare/later"),
        kept: words.with("later-kept", &[("days", "30")]),
        can: true,
        code: code.map(str::to_owned),
        csrf: token(),
    };
    let resume = |wrong| Resume::new(shell(language, "/declare/resume"), "7GQ2M", wrong);
    vec![
        named("later", page(None)),
        named("later-code", page(Some("7GQ2M-4XK9T-00000-7GQ2M"))),
        named("resume", resume(None)),
        named("resume-wrong", resume(Some("resume-code-shape"))),
    ]
}

fn order(language: &str) -> OrderText {
    let until = "2026-12-08T15:59:00Z".parse().unwrap();
    OrderText::of(Words::of(language), Measure::HomeObservation, until, &port())
}

fn companion_pass() -> CompanionPass {
    CompanionPass {
        name: "Wang Lele".to_owned(),
        document_tail: Some("\"78".to_owned()),
        code: "0000-1111-222".to_owned(),
        picture: Some("/pass/00001111222.svg".to_owned()),
        state: Some(Shown::Ready.name()),
        address: "/pass/00001111222".to_owned(),
    }
}

pub fn notice(language: &str) -> Vec<NoticePart> {
    let notice = notice::Notice::parse(include_str!("../../../../notices/2026-12.toml")).unwrap();
    noticed::parts(Words::of(language), &notice, &port())
}

fn privacy(language: &str, in_force: bool) -> Privacy {
    Privacy {
        shell: shell(language, "/privacy"),
        version: "2026-12".to_owned(),
        published: "29 November 2026".to_owned(),
        in_force,
        parts: notice(language),
        others: if in_force { vec!["2026-11".to_owned()] } else { Vec::new() },
    }
}

/// Much or little is held; of the little a wish was sent without words.
fn held(language: &str, much: bool) -> HeldPage {
    let words = Words::of(language);
    let look = |what: &str| LookLine {
        at: "24 November 2026, 08:00".to_owned(),
        who: words.t("role-officer"),
        place: "T3D-L01".to_owned(),
        what: words.t(what),
    };
    HeldPage {
        shell: shell(language, "/pass/7GQ2M4XK9TA/held"),
        back: "/pass/7GQ2M4XK9TA".to_owned(),
        purpose: words.t("kept-for-case"),
        until: words.t("held-until-owed"),
        may_go: words.with("held-may-go", &[("day", "22 May 2027")]),
        notice: much.then(|| "2026-12".to_owned()),
        said: check_sections(words, &drafted(), &every_kind(), TODAY),
        earlier: if much { 2 } else { 0 },
        recorded: vec![("24 November 2026, 08:00".to_owned(), words.t("held-declared"))],
        airline: if much { vec![words.with("held-airline-line", &[("what", "Wang <b> · 31A")])] } else { Vec::new() },
        looks: if much { vec![look("held-did-scan"), look("held-why-desk")] } else { Vec::new() },
        own_looks: usize::from(much),
        asked: if much { vec![("24 November 2026, 08:00".to_owned(), "Wang <b>".to_owned())] } else { Vec::new() },
        amend: much,
        typed: String::new(),
        error: (!much).then(|| words.t("held-ask-missing")),
        csrf: token(),
    }
}

fn withdraw(language: &str) -> Withdraw {
    Withdraw {
        shell: shell(language, "/pass/7GQ2M4XK9TA/withdraw"),
        code: "7GQ2-M4XK-9TA".to_owned(),
        back: "/pass/7GQ2M4XK9TA".to_owned(),
        action: "/pass/7GQ2M4XK9TA/withdraw".to_owned(),
        others: true,
        csrf: token(),
    }
}
