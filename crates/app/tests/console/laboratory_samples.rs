//! Every template of booth and laboratory, in every state that looks different and in every language.

use pratique::actions::import_run::{ControlLine, FaultLine, RunAnswer};
use pratique::actions::move_samples::{AllMoved, Moved};
use pratique::channels::booth::chair::{ChairPage, Step};
use pratique::channels::booth::desk::BoothPage;
use pratique::channels::booth::label::LabelPage;
use pratique::channels::laboratory::bench::{BenchPage, PlateLine};
use pratique::channels::laboratory::custody::{CustodyPage, Line, StepPage};
use pratique::channels::laboratory::plate::{Cell, PlatePage};
use pratique::channels::laboratory::tube::{May, TestLine, TubePage};
use pratique::lookups::custody::Step as CustodyStep;
use pratique::words::Words;
use pratique_core::access::Role;
use pratique_core::id::Id;

use crate::samples::{form, frame, html, named, shell};

const LABEL: &str = "#7GQ2M4XK9";

fn moved() -> AllMoved {
    let bad = Moved {
        label: "<x>".into(),
        state: None,
        ok: false,
        code: Some("unknown-label".into()),
        message: Some("No & no.".into()),
    };
    let good = Moved { label: LABEL.into(), state: Some("sent".into()), ok: true, code: None, message: None };
    AllMoved { taken: 1, refused: 1, tubes: vec![good, bad] }
}

fn booth(language: &str) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for wrong in [true, false] {
        pages.push(named(
            "booth",
            BoothPage {
                shell: shell(language, "/booth"),
                frame: frame(language, Role::Sampler, "/booth"),
                form: form(language, wrong),
                waiting: usize::from(wrong),
                taken: if wrong { Vec::new() } else { vec![LABEL.into()] },
                labels: LABEL.into(),
                parcel: "Box <1>".into(),
                problem: wrong.then(|| "No parcel.".into()),
                moved: (!wrong).then(moved),
                once: "1".into(),
            },
        ));
    }
    let steps = [
        Step::Nobody,
        Step::Nothing(None),
        Step::Nothing(Some("lost".into())),
        Step::Consent,
        Step::Tube(LABEL.into()),
    ];
    for (at, step) in steps.into_iter().enumerate() {
        pages.push(named(
            "chair",
            ChairPage {
                shell: shell(language, "/booth/scans/1"),
                frame: frame(language, Role::Sampler, "/booth/scans/1"),
                address: "/booth/scans/1".into(),
                name: (at > 0).then(|| "Li <Na>".into()),
                tail: (at > 1).then(|| "678".into()),
                mismatch: at == 3,
                step,
                consent: (at != 2).then(|| ("1".into(), vec!["One.".into(), "Two & three.".into()])),
                specimens: vec![("nasal", "nose".into()), ("saliva", "saliva".into())],
                whys: vec![("refused", "no".into()), ("unable", "cannot".into())],
                refused: (at == 4).then(|| "Wrong tube.".into()),
                once: "1".into(),
            },
        ));
    }
    pages.push(named(
        "label",
        LabelPage {
            shell: shell(language, "/booth/scans/1/label"),
            frame: frame(language, Role::Sampler, "/booth/scans/1/label"),
            label: LABEL.into(),
            picture: "/booth/labels/7GQ2M4XK9".into(),
            back: "/booth/scans/1".into(),
        },
    ));
    pages
}

fn bench(language: &str, busy: bool) -> BenchPage {
    let plate = PlateLine {
        address: "/laboratory/plates/1".into(),
        name: "P-00000001".into(),
        state: "built".into(),
        built: "08:00".into(),
        tubes: 93,
    };
    BenchPage {
        shell: shell(language, "/laboratory"),
        frame: frame(language, Role::Technician, "/laboratory"),
        receives: busy,
        builds: busy,
        labels: "<x>".into(),
        problem: busy.then(|| "None.".into()),
        moved: busy.then(moved),
        queued: usize::from(busy),
        hanging: (0, 2),
        plates: if busy { vec![plate] } else { Vec::new() },
        read: if busy { vec![(LABEL.into(), "negative".into())] } else { Vec::new() },
        once: "1".into(),
    }
}

fn dry(fits: bool) -> RunAnswer {
    let fault = |line, column| FaultLine {
        line,
        column,
        well: Some("A1".into()),
        code: "missing".into(),
        message: "Well <A1>.".into(),
    };
    RunAnswer {
        plate: Id([1; 16]),
        name: "P-00000001".into(),
        format: "generic".into(),
        applied: false,
        state: "accepted".into(),
        faults: if fits { Vec::new() } else { vec![fault(Some(2), Some(3)), fault(None, None)] },
        controls: vec![ControlLine { control: "positive".into(), channel: "N".into(), why: "N is late.".into() }],
        calls: Vec::new(),
        counts: [("negative".to_owned(), 3)].into(),
    }
}

fn plate(language: &str, state: usize) -> PlatePage {
    let cell = |look| Cell {
        text: LABEL.into(),
        address: Some("/laboratory/tubes/7GQ2M4XK9".into()),
        says: (look == "positive").then(|| "positive".into()),
        look,
    };
    let control = Cell { text: "positive control".into(), address: None, says: None, look: "control" };
    let row = |letter| {
        let mut wells = vec![None; 12];
        (wells[0], wells[1], wells[11]) = (Some(cell("tube")), Some(cell("positive")), Some(control.clone()));
        (letter, wells)
    };
    PlatePage {
        shell: shell(language, "/laboratory/plates/1"),
        frame: frame(language, Role::Releaser, "/laboratory/plates/1"),
        address: "/laboratory/plates/1".into(),
        name: "P-00000001".into(),
        assay: "PCR".into(),
        state: ["built", "accepted", "rejected"][state],
        built: ("tian".into(), "08:00".into()),
        rows: ('A'..='H').map(row).collect(),
        controls: if state == 2 { vec!["Bad <control>.".into()] } else { Vec::new() },
        imports: state == 0,
        rejects: state < 2,
        negatives: state,
        others: if state == 1 { vec![(LABEL.into(), "positive".into())] } else { Vec::new() },
        dry: (state < 2).then(|| dry(state == 0)),
        problem: (state == 2).then(|| "No.".into()),
        text: "well,ct\n".into(),
        once: "1".into(),
    }
}

fn tube(language: &str, full: bool) -> TubePage {
    let test = |number, plate: Option<(String, String, String)>| TestLine {
        number,
        state: "read".into(),
        result: plate.is_some().then(|| "negative".into()),
        by: if plate.is_some() { "tian".into() } else { String::new() },
        plate,
    };
    let on = ("P-00000001".to_owned(), "/laboratory/plates/1".to_owned(), "A1".to_owned());
    TubePage {
        shell: shell(language, "/laboratory/tubes/7GQ2M4XK9"),
        frame: frame(language, Role::Technician, "/laboratory/tubes/7GQ2M4XK9"),
        address: "/laboratory/tubes/7GQ2M4XK9".into(),
        label: LABEL.into(),
        facts: vec![("Where".into(), "in <the> laboratory".into())],
        tests: if full { vec![test(1, Some(on)), test(2, None)] } else { Vec::new() },
        may: if full {
            May { reject: true, lose: true, review: true, release: true, amend: true }
        } else {
            May::default()
        },
        results: vec![("positive", "positive".into()), ("negative", "negative".into())],
        whys: vec![("leaking", "leaking".into()), ("spoiled", "spoiled".into())],
        amendment: full.then(|| "Ren says no.".into()),
        problem: full.then(|| "No.".into()),
        once: "1".into(),
    }
}

fn custody(language: &str, hanging: usize) -> Vec<(String, String)> {
    let path = "/laboratory/custody";
    let step = CustodyStep { name: "queued", count: 4, late: hanging, astray: 0 };
    let whole = CustodyPage {
        shell: shell(language, path),
        frame: frame(language, Role::Supervisor, path),
        people: hanging,
        tubes: hanging,
        steps: vec![("Waits".into(), step)],
    };
    let line = |label: bool| Line {
        label: label.then(|| (LABEL.to_owned(), "/laboratory/tubes/7GQ2M4XK9".to_owned())),
        ordered: "08:00".into(),
        due: label.then(|| "09:00".into()),
        hangs: !label,
    };
    let list = StepPage {
        shell: shell(language, "/laboratory/custody/queued"),
        frame: frame(language, Role::Technician, "/laboratory/custody/queued"),
        title: "Waits".into(),
        lines: if hanging > 0 { vec![line(true), line(false)] } else { Vec::new() },
        zone: "port time, UTC+8".into(),
    };
    vec![named("custody", whole), named("step", list)]
}

#[test]
fn every_page_of_booth_and_laboratory_is_sound_in_every_language() {
    let mut wrong = Vec::new();
    for (language, _) in Words::languages() {
        let mut pages = booth(language);
        pages.extend([true, false].map(|busy| named("bench", bench(language, busy))));
        pages.extend([0, 1, 2].map(|state| named("plate", plate(language, state))));
        pages.extend([true, false].map(|full| named("tube", tube(language, full))));
        pages.extend([0, 3].into_iter().flat_map(|hanging| custody(language, hanging)));
        for (name, page) in pages {
            assert!(page.contains(&format!("<html lang=\"{language}\" dir=\"ltr\">")), "{name}");
            wrong.extend(html::faults(&page).into_iter().map(|fault| format!("{name} ({language}): {fault}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_plate_is_a_table_of_eight_rows_and_twelve_columns_with_headers() {
    use askama::Template;
    let page = plate("en", 2).render().unwrap();
    assert_eq!(page.matches("<th scope=\"col\">").count(), 12);
    assert_eq!(page.matches("<th scope=\"row\">").count(), 8);
    assert_eq!(page.matches("<td class=").count() + page.matches("<td></td>").count(), 96 + 1);
}
