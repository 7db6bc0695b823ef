//! The departments' pages, in every state that looks different.

use askama::Template;
use pratique::channels::inbox::case::{CasePage, Line as Contact};
use pratique::channels::inbox::cases::{CasesPage, Line as Case};
use pratique::channels::inbox::list::{InboxPage, Line};
use pratique::channels::inbox::one::GivenPage;
use pratique::channels::inbox::person::rows;
use pratique::findings::{Device, Findings, Site, Temperature};
use pratique::house::House;
use pratique::inquiry::Inquiry;
use pratique::lookups::handover::Said;
use pratique::lookups::shared::{
    Asked, ContactLine, Found, Measured, OrderLine, Paper, ResultLine, SampleLine, Shared,
};
use pratique::verdict::JudgedBy;
use pratique::words::Words;
use pratique_core::access::Role;
use pratique_core::id::Id;
use pratique_core::port::Port;

use super::samples::{frame, shell};

const ZONE: &str = "port time, UTC+8";

fn line(urgency: &'static str) -> Line {
    Line {
        address: "/inbox/01989f4e-0000-7000-8000-000000000000.1".into(),
        what: "Offered".into(),
        due_at: "08:30".into(),
        due_text: if urgency == "green" { String::new() } else { "due in 30 min".into() },
        urgency,
        carried: (urgency == "red").then(|| "Step 1 of the ladder".into()),
        since: "08:00".into(),
        by: "chen".into(),
    }
}

/// Everything that can be shared of a person.
fn whole() -> Shared {
    let at = "2026-11-24T00:00:00Z".parse().unwrap();
    let reading = |value_c, device| Temperature { value_c, site: Some(Site::Ear), device, at: None };
    let found = Findings {
        temperatures: vec![reading(38.4, Some(Device::Infrared)), reading(38.1, None)],
        symptoms: vec!["dry_cough".into(), "moonsickness".into()],
        pack: "respiratory@1.0.1".into(),
    };
    let house = House::built_in().unwrap();
    let form = house.pack(&found.pack).and_then(|pack| pack.investigation.as_ref()).unwrap().version.clone();
    let answers = serde_json::json!({"exposures": {"exposed_case": true, "exposed_case_how": "Shared a <room>"}});
    let answers = answers.as_object().unwrap().clone();
    let asked = Inquiry { pack: found.pack.clone(), questionnaire: form, answers };
    let contact = |rule: &str, rows| ContactLine { case: Id([1; 16]), rule: rule.into(), rows };
    Shared {
        name: Some("Li <Na>".into()),
        document: Some(Paper { number: "E12345678".into(), issuer: "CHN".into() }),
        document_tail: Some("678".into()),
        birth_date: Some("1988-03".into()),
        age_band: Some("30-39".into()),
        sex: Some("F"),
        nationality: Some("CHN".into()),
        phone: Some("+8613800000000".into()),
        email: Some("mail@example.org".into()),
        address: Some("7 Lotus Lane".into()),
        flight: Some("CA938".into()),
        seat: Some("31A".into()),
        companions: Some(vec![Id([2; 16])]),
        tier: Some("amber"),
        reasons: Some(vec!["Fever.".into()]),
        judged_by: Some(JudgedBy { rules: "1".into(), pack: "respiratory@1".into() }),
        findings: Some(vec![Found { at, text: "39.4".into() }]),
        examinations: Some(vec![Measured { at, findings: found }]),
        investigations: Some(vec![Asked { at, inquiry: asked }]),
        samples: Some(vec![SampleLine { sample: 1, state: "received" }]),
        results: Some(vec![
            ResultLine { sample: 1, result: "positive", at, version: 1 },
            ResultLine { sample: 2, result: "negative", at, version: 2 },
        ]),
        orders: Some(vec![
            OrderLine { order: 1, measure: "central-isolation", state: "active", until: Some(at) },
            OrderLine { order: 2, measure: "hospital", state: "ended", until: None },
        ]),
        contacts: Some(vec![contact("seat", Some(0)), contact("seat", Some(2)), contact("crew", None)]),
    }
}

fn given(language: &str, state: u8) -> GivenPage {
    let port = Port::parse(include_str!("../../../../ports/CNPEK.toml")).unwrap();
    let shared = if state == 1 { Shared::default() } else { whole() };
    GivenPage {
        shell: shell(language, "/inbox/1"),
        frame: frame(language, Role::Department, "/inbox/1"),
        line: line(["amber", "red", "green"][usize::from(state)]),
        purpose: "You see what is needed.".into(),
        person: rows(&House::built_in().unwrap(), Words::of(language), &port, &shared),
        said: Said { offer: Some("<i>".into()), end: (state == 2).then(|| "Home, well".into()) },
        offered: state == 0,
        reports: if state == 1 {
            vec![("completed", "Completed".into(), true), ("not-found", "Not found".into(), false)]
        } else {
            Vec::new()
        },
        typed: "typed".into(),
        refused: (state < 2).then(|| "No.".into()),
    }
}

fn contact(n: u8, owed: bool) -> Contact {
    Contact {
        journey: format!("01989f4e-0000-7000-8000-00000000000{n}"),
        why: "Sat in the same row".into(),
        seat: (n > 1).then(|| "31B".into()),
        owed: owed.then(|| "01989f4e-0000-7000-8000-000000000000.1".into()),
        due_text: "due in 20 hours".into(),
        reach: if owed { vec!["Li Na".into(), "+8613800000000".into()] } else { Vec::new() },
    }
}

fn case(language: &str, full: bool) -> CasePage {
    let some = |lines: Vec<Contact>| if full { lines } else { Vec::new() };
    CasePage {
        shell: shell(language, "/inbox/cases/1"),
        frame: frame(language, Role::Department, "/inbox/cases/1"),
        address: "/inbox/cases/1".into(),
        flight: "CA938".into(),
        owed: full.then(|| "01989f4e-0000-7000-8000-000000000000.1".into()),
        due_text: "due in 20 hours".into(),
        found: some(vec![contact(1, false), contact(2, false)]),
        tied: some(vec![contact(3, true), contact(4, false)]),
        unknown: some(vec![contact(5, false)]),
        refused: full.then(|| "No.".into()),
    }
}

pub fn pages(language: &str) -> Vec<(String, String)> {
    let staff = |path| (shell(language, path), frame(language, Role::Department, path));
    let mut pages = Vec::new();
    for (answered, lines) in
        [(false, vec![]), (true, vec![]), (false, vec![line("amber"), line("red")]), (true, vec![line("green")])]
    {
        let (shell, frame) = staff("/inbox");
        let next = (!lines.is_empty()).then(|| "/inbox?after=x".to_owned());
        let page = InboxPage {
            shell,
            frame,
            department: "Hospital".into(),
            traces: answered,
            answered,
            lines,
            zone: ZONE.into(),
            next,
        };
        pages.push(("inbox".to_owned(), page.render().unwrap()));
    }
    for state in 0..3 {
        pages.push(("given".to_owned(), given(language, state).render().unwrap()));
    }
    for lines in [vec![], vec!["", "due in 20 hours"]] {
        let (shell, frame) = staff("/inbox/cases");
        let next = (!lines.is_empty()).then(|| "/inbox/cases?after=x".to_owned());
        let line = |due: &str| Case {
            address: "/inbox/cases/1".into(),
            flight: "CA938".into(),
            since: "08:00".into(),
            due_text: due.into(),
            urgency: "green",
        };
        let page = CasesPage { shell, frame, lines: lines.into_iter().map(line).collect(), zone: ZONE.into(), next };
        pages.push(("cases".to_owned(), page.render().unwrap()));
    }
    for full in [true, false] {
        pages.push(("case".to_owned(), case(language, full).render().unwrap()));
    }
    pages
}
