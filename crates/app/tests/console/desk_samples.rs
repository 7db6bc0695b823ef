//! The medical desk's pages and those of orders, in every state that looks different.

use pratique::channels::desk::calls::{Call, CallsPage};
use pratique::channels::desk::form::{DeskForm, Maker, Typed, summary};
use pratique::channels::desk::inquiry::InquiryPage;
use pratique::channels::desk::person::PersonPage;
use pratique::channels::desk::queue::QueuePage;
use pratique::channels::desk::told::{ExaminationLine, InquiryLine};
use pratique::channels::obligations::answers::{Before, Section};
use pratique::channels::obligations::deeds::Deedline;
use pratique::channels::orders::list::OrdersPage;
use pratique::channels::orders::one::OrderPage;
use pratique::page::Summary;
use pratique::page::order_text::OrderText;
use pratique::words::Words;
use pratique_core::access::Role;
use pratique_core::field::FieldError;
use pratique_core::journey::Measure;
use pratique_core::port::Port;

use crate::samples::{frame, line, named, shell};

pub fn pages(language: &str) -> Vec<(String, String)> {
    let staff = |role, path| (shell(language, path), frame(language, role, path));
    let zone = || "port time, UTC+8".to_owned();
    let mut pages = Vec::new();
    for nobody in [true, false] {
        let (shell, frame) = staff(Role::Medical, "/desk");
        let waiting = if nobody { Vec::new() } else { vec![line("green"), line("amber")] };
        let mine = if nobody { Vec::new() } else { vec![line("red")] };
        pages.push(named("queue", QueuePage { shell, frame, waiting, mine, others: Vec::new(), zone: zone(), nobody }));
    }
    pages.extend([false, true].map(|bare| named("desk-person", desk_person(language, bare))));
    for more in [true, false] {
        let (shell, frame) = staff(Role::Medical, "/desk/people/1/investigation");
        let summary = Summary::empty(shell.words);
        let page = InquiryPage {
            shell,
            frame,
            back: "/desk/people/1".into(),
            name: "Li <Na>".into(),
            title: "Investigation".into(),
            summary,
            refused: more.then(|| "No.".into()),
            more,
            elements: Vec::new(),
            once: "1".into(),
        };
        pages.push(named("inquiry", page));
    }
    for empty in [true, false] {
        let (shell, frame) = staff(Role::Medical, "/desk/calls");
        let call = Call {
            name: "1.4".into(),
            address: "/desk/people/1".into(),
            person: "Li <Na>".into(),
            facts: vec![("Telephone".into(), "+86".into())],
            line: line("red"),
            messages: vec!["Told by message (E-mail).".into()],
            tried: Some("Tried once.".into()),
            once: "1".into(),
        };
        let calls = if empty { Vec::new() } else { vec![call] };
        pages.push(named(
            "calls",
            CallsPage { shell, frame, refused: empty.then(|| "No.".into()), calls, zone: zone() },
        ));
    }
    for lines in [vec![], vec![line("amber")]] {
        let (shell, frame) = staff(Role::Officer, "/orders");
        pages.push(named("orders", OrdersPage { shell, frame, lines, zone: zone() }));
    }
    pages.extend([false, true].map(|served| named("order", order(language, served))));
    pages
}

/// Answers of before, and those of now.
pub fn before() -> Before {
    let row = |question: &str, was: &str| (question.to_owned(), was.to_owned(), "<No>".to_owned());
    Before {
        heading: "Earlier answers, of 08:00".into(),
        rows: vec![row("Fever?", "<Yes>"), row("Since?", "Left out")],
    }
}

fn desk_person(language: &str, bare: bool) -> PersonPage {
    let words = Words::of(language);
    let typed = Typed {
        form: "examine".into(),
        fields: vec![("/examine/temperature_c/0".into(), "<hot>".into())],
        faults: vec![FieldError::new("/temperature_c/0", "not-a-reading")],
        refused: None,
    };
    let maker = Maker { words, form: "examine", typed: &typed };
    let of = vec![("camera".to_owned(), words.t("device-camera"))];
    let form = DeskForm {
        name: "examine".into(),
        title: words.t("desk-form-examine"),
        intro: vec!["Rest.".into()],
        elements: vec![
            maker.line("/temperature_c/0", "desk-temperature", true, Some("decimal"), ""),
            maker.select("/temperature_c/0/device", "desk-device", of.clone(), ""),
            maker.checks("/symptoms", "desk-symptoms", of.clone()),
            maker.radios("/outcome", "owed-outcome", of, ""),
            maker.lines("/note", "desk-note"),
        ],
        button: words.t("desk-do-examine"),
        open: !bare,
        once: "1".into(),
    };
    let forms = if bare { Vec::new() } else { vec![form] };
    let section = || Section { heading: "Health".into(), rows: vec![("Fever?".into(), vec!["<Yes>".into()])] };
    let some = |text: &str| if bare { Vec::new() } else { vec![text.to_owned()] };
    PersonPage {
        shell: shell(language, "/desk/people/1"),
        frame: frame(language, Role::Medical, "/desk/people/1"),
        address: "/desk/people/1".into(),
        summary: summary(words, &forms),
        refused: bare.then(|| "No.".into()),
        owed: if bare { Vec::new() } else { vec![line("amber"), line("red")] },
        take: (!bare).then(|| "1.1".into()),
        ended: bare.then(|| "Hospital".into()),
        person: if bare { Vec::new() } else { vec![("Name".into(), "Li <Na>".into())] },
        tier: "red",
        reasons: some("Fever."),
        judged: (!bare).then(|| "Rules 1 of <a pack> 1".into()),
        earlier: if bare { Vec::new() } else { vec![before()] },
        answers: if bare { Vec::new() } else { vec![section()] },
        examinations: vec![ExaminationLine {
            head: "08:00".into(),
            readings: some("38.4 °C"),
            symptoms: some("Cough"),
        }],
        inquiries: vec![InquiryLine { head: "08:00".into(), sections: vec![section()] }],
        can_inquire: !bare,
        samples: some("Sample 1"),
        messages: vec!["Told by message (E-mail).".into()],
        orders: if bare { Vec::new() } else { vec![("Isolation".into(), Some("/orders/1.1".into()))] },
        forms,
        history: vec![Deedline { at: "08:00".into(), text: "chen examined.".into(), words: Some("<i>".into()) }],
        zone: "port time, UTC+8".into(),
    }
}

fn order(language: &str, served: bool) -> OrderPage {
    let port = Port::parse(include_str!("../../../../ports/CNPEK.toml")).unwrap();
    let until = "2026-12-08T15:59:00Z".parse().unwrap();
    let spoken = |tag: &'static str| (tag, OrderText::of(Words::of(tag), Measure::CentralIsolation, until, &port));
    OrderPage {
        shell: shell(language, "/orders/1.1"),
        frame: frame(language, Role::Officer, "/orders/1.1"),
        address: "/orders/1.1".into(),
        title: "Isolation".into(),
        standing: "Isolation: given".into(),
        person: if served { Vec::new() } else { vec![("Name".into(), "Li <Na>".into())] },
        texts: if served { Vec::new() } else { vec![spoken("en"), spoken("zh-Hans")] },
        languages: if served {
            Vec::new()
        } else {
            vec![("en", "English".into(), true), ("zh-Hans", "中文".into(), false)]
        },
        other: "\"sw".into(),
        refused: (!served).then(|| "No.".into()),
        served: served.then(|| "Told.".into()),
    }
}
