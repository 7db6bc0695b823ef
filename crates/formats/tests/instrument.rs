//! Instruments' files: what is read, what is refused, and where.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use pratique_core::laboratory::Ct;
use pratique_formats::instrument::{BYTES_MAX, Format, RunWhy};
use proptest::prelude::*;

const GENERIC: &str = "well,sample,target,ct\nA1,#00000000A,N,23.456\nA01,,ORF1ab,Undetermined\nB1,,N,\n";

/// As QuantStudio 5 software exports it, with what surrounds the results.
const QUANTSTUDIO: &str = "* Block Type = 96-Well 0.2-mL Block\r\n* Experiment Barcode = P-1234ABCD\r\n* Instrument Type = QuantStudio(TM) 5 System\r\n\r\n[Sample Setup]\r\nWell\tWell Position\r\n1\tA1\r\n\r\n[Results]\r\nWell\tWell Position\tOmit\tSample Name\tTarget Name\tTask\tReporter\tQuencher\tCT\tCt Mean\r\n1\tA1\tfalse\t00000000A\tN\tUNKNOWN\tFAM\tNone\t23.4561\t23.46\r\n2\tA2\tfalse\t\t\t\t\t\t\t\r\n13\tB1\tfalse\tNTC\tN\tNTC\tFAM\tNone\tUndetermined\t\r\n\r\n[Melt Curve]\r\nnonsense\r\n";

/// Well, sample, target, cycle.
type Cells = (String, Option<String>, String, Option<String>);

fn read(name: &str, text: &str) -> Result<Vec<Cells>, (u64, u64, RunWhy)> {
    let file = Format::named(name).unwrap().read(text.as_bytes()).map_err(|e| (e.line, e.column, e.why))?;
    let row = |r: pratique_core::laboratory::run::Row| {
        (r.well.to_string(), r.sample, r.target, r.ct.map(|ct| ct.to_string()))
    };
    Ok(file.rows.into_iter().map(row).collect())
}

#[test]
fn our_own_table_is_read() {
    let row = |well: &str, sample: Option<&str>, target: &str, ct: Option<&str>| {
        (well.to_owned(), sample.map(str::to_owned), target.to_owned(), ct.map(str::to_owned))
    };
    let rows = vec![
        row("A1", Some("#00000000A"), "N", Some("23.46")),
        row("A1", None, "ORF1ab", None),
        row("B1", None, "N", None),
    ];
    assert_eq!(read("generic", GENERIC), Ok(rows.clone()));
    assert_eq!(read("generic", &format!("\u{feff}{}", GENERIC.replace('\n', "\r\n"))), Ok(rows));
    assert_eq!(read("generic", "target,well,cq\nN,a1,20\n").unwrap(), [row("A1", None, "N", Some("20.00"))]);
}

#[test]
fn an_instruments_export_is_read_between_its_other_parts() {
    let bytes = QUANTSTUDIO.as_bytes();
    assert_eq!(Format::recognised(bytes).name, "quantstudio");
    assert_eq!(Format::recognised(GENERIC.as_bytes()).name, "generic");
    for text in [
        QUANTSTUDIO.to_owned(),
        QUANTSTUDIO.replace('\t', ",").replace("\r\n", "\n").replace("[Results]", "[Results],,,,"),
    ] {
        let file = Format::named("quantstudio").unwrap().read(text.as_bytes()).unwrap();
        assert_eq!(file.plate.as_deref(), Some("P-1234ABCD"));
        let rows: Vec<_> = file.rows.iter().map(|r| (r.line, r.well.to_string(), r.sample.as_deref(), r.ct)).collect();
        let ct = "23.4561".parse::<Ct>().ok();
        assert_eq!(rows, [(11, "A1".into(), Some("00000000A"), ct), (13, "B1".into(), Some("NTC"), None)]);
    }
}

#[test]
fn what_cannot_be_read_is_named_by_line_and_column() {
    for (name, text, why) in [
        ("generic", "well,target\nA1,N\n", (1, 0, RunWhy::NoColumn("ct"))),
        ("generic", "well,target,ct\nA1,N,20\nA13,N,20\n", (3, 1, RunWhy::Well)),
        ("generic", "well,target,ct\nA1,N,\"23,4\"\n", (2, 3, RunWhy::Ct)),
        ("generic", "well,target,ct\nA1,N,23,4\n", (2, 4, RunWhy::ExtraCell)),
        ("generic", "well,target,ct\n", (0, 0, RunWhy::Empty)),
        ("generic", "", (1, 0, RunWhy::NoColumn("well"))),
        ("quantstudio", GENERIC, (0, 0, RunWhy::NoResults)),
        ("quantstudio", "[Results]\n", (2, 0, RunWhy::NoColumn("Well Position"))),
    ] {
        assert_eq!(read(name, text), Err(why), "{text}");
    }
    assert_eq!(read("quantstudio", &QUANTSTUDIO.replace("23.4561", "-1")), Err((11, 9, RunWhy::Ct)));
    assert_eq!(read("generic", &format!("well,target,ct\nA1,{},1\n", "N".repeat(201))), Err((2, 2, RunWhy::Cell)));
    let format = Format::named("generic").unwrap();
    assert_eq!(format.read(&[b'x'; BYTES_MAX + 1]).unwrap_err().why, RunWhy::TooLarge);
    assert_eq!(format.read(b"\xff").unwrap_err().why, RunWhy::Text);
}

proptest! {
    /// Whatever rows there are, they come out as they went in, in both formats.
    #[test]
    fn rows_come_out_as_they_went_in(cells in prop::collection::vec((0u8..96, prop::option::of(0u16..=10_000)), 1..60)) {
        let (mut ours, mut theirs) = (String::from("well,sample,target,ct\n"), String::from("[Results]\nWell Position\tSample Name\tTarget Name\tCT\n"));
        let mut wanted = Vec::new();
        for (well, ct) in cells {
            let well = pratique_core::laboratory::Well::at(well).unwrap().to_string();
            let ct = ct.map(|hundredths| format!("{}.{:02}", hundredths / 100, hundredths % 100));
            ours.push_str(&format!("{well},s,N,{}\n", ct.as_deref().unwrap_or_default()));
            theirs.push_str(&format!("{well}\ts\tN\t{}\n", ct.as_deref().unwrap_or("Undetermined")));
            wanted.push((well, Some("s".to_owned()), "N".to_owned(), ct));
        }
        prop_assert_eq!(read("generic", &ours).unwrap(), wanted.clone());
        prop_assert_eq!(read("quantstudio", &theirs).unwrap(), wanted);
    }
}
