//! The pages of paper forms, in every state that looks different.

use jiff::tz::TimeZone;
use pratique::channels::kiosk::slip::Slip;
use pratique::channels::paper::desk::{PaperPage, Printing};
use pratique::channels::paper::key::KeyPage;
use pratique::channels::paper::sheet::printed;
use pratique::channels::paper::sheets::{PrintedNotice, PrintedSheet, SheetsPage};
use pratique::channels::paper::slip::KeyedPage;
use pratique::page::Summary;
use pratique::page::noticed::NoticePart;
use pratique::page::when::When;
use pratique::words::Words;
use pratique_core::access::Role;
use pratique_core::questionnaire::Questionnaire;
use pratique_formats::qr::Qr;

use crate::samples::{frame, named, shell};

pub fn pages(language: &str) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for wrong in [false, true] {
        pages.push(named("paper", desk(language, wrong)));
        pages.push(named("paper-key", key(language, wrong)));
    }
    pages.push(named("paper-sheets", sheets(language)));
    pages.push(named("paper-slip", slip(language)));
    pages
}

fn desk(language: &str, wrong: bool) -> PaperPage {
    let error = |text: &str| wrong.then(|| text.to_owned());
    let printing =
        Printing { address: "/paper/forms?first=1&count=3".into(), numbers: "1 – 3".into(), about: "<then>".into() };
    PaperPage {
        shell: shell(language, "/paper"),
        frame: frame(language, Role::Officer, "/paper"),
        keys: wrong,
        serial: "\"CNPEK".into(),
        serial_error: error("No."),
        count: "20".into(),
        count_error: error("No."),
        count_max: 50,
        languages: vec![("en", "English".into(), true)],
        lately: if wrong { Vec::new() } else { vec![printing] },
        once: "1".into(),
    }
}

fn key(language: &str, wrong: bool) -> KeyPage {
    let words = Words::of(language);
    let mut summary = Summary::empty(words);
    if wrong {
        summary.add("f:attested", &["No.".into()]);
    }
    KeyPage {
        shell: shell(language, "/paper/forms/CNPEK-000001-B"),
        frame: frame(language, Role::Officer, "/paper/forms/CNPEK-000001-B"),
        serial: "CNPEK-000001-B".into(),
        other_form: wrong,
        zone: "port time, UTC+8".into(),
        summary,
        refused: wrong.then(|| "No.".into()),
        more: wrong,
        parts: vec![("Time".into(), Vec::new())],
        again: Vec::new(),
        signed: !wrong,
        signed_error: wrong.then(|| "No.".into()),
        once: "1".into(),
    }
}

fn sheets(language: &str) -> SheetsPage {
    let words = Words::of(language);
    let form = Questionnaire::parse(include_bytes!("../traveller_pages/every_kind.json")).unwrap();
    let sheet = |serial: &str| PrintedSheet {
        words,
        port: "Beijing".into(),
        serial: serial.into(),
        picture: Qr::encode(serial).unwrap().svg(serial),
        form: "1".into(),
        printed: printed(words, &form),
    };
    let (shell, frame) = (shell(language, "/paper/forms"), frame(language, Role::Supervisor, "/paper/forms"));
    let part = |terms| NoticePart { title: "<Who>".into(), paragraphs: vec!["One.".into(), "Two.".into()], terms };
    let parts = vec![part(Vec::new()), part(vec![("An entry".into(), "28 days".into())])];
    let notice = Some(PrintedNotice { words, port: "Beijing".into(), version: "2026-12".into(), parts });
    SheetsPage { shell, frame, notice, sheets: vec![sheet("CNPEK-000001-B"), sheet("CNPEK-000002-P")] }
}

fn slip(language: &str) -> KeyedPage {
    let (words, zone) = (Words::of(language), TimeZone::get("Asia/Shanghai").unwrap());
    let when = |text: &str| When::of(words, text.parse().unwrap(), &zone);
    KeyedPage {
        shell: shell(language, "/paper/forms/CNPEK-000001-B/slip"),
        frame: frame(language, Role::Officer, "/paper"),
        serial: "CNPEK-000001-B".into(),
        about: "Keyed in.".into(),
        slip: Slip {
            words,
            port: "Beijing".into(),
            picture: "/paper/forms/CNPEK-000001-B/picture".into(),
            code: "7GQ2-M4XK-9TA".into(),
            whose: "N. L., •••• 678".into(),
            ready: true,
            counts_from: when("2026-11-23T06:00:00Z"),
            valid_until: when("2026-11-26T06:00:00Z"),
        },
    }
}
