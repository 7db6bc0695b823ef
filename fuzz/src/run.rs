//! Instruments' files, and their fit to a plate.

use std::sync::LazyLock;

use jiff::Timestamp;
use pratique_core::id::Id;
use pratique_core::laboratory::{Assay, Label, Plate, run};
use pratique_formats::instrument::{FORMATS, Format};

const ASSAYS: &str = include_str!("../../packs/respiratory/assays.toml");

/// A plate of three tubes.
static PLATE: LazyLock<Plate> = LazyLock::new(|| {
    let assay = Assay::parse_all(ASSAYS, &["en".to_owned()]).unwrap_or_default().remove(0);
    let labels = [1, 2, 3].map(Label::from_random);
    #[expect(clippy::expect_used, reason = "the arguments are constants: this fails always or never")]
    Plate::build("CNPEK", &assay, &labels, "fuzz", Timestamp::UNIX_EPOCH).expect("the invented plate")
});

const ID: Id = Id([5; 16]);

/// A file that fits the plate, row by row.
fn rows(separator: &str) -> String {
    let mut text = String::new();
    for (well, content) in &PLATE.wells {
        let sample = match content {
            pratique_core::laboratory::plate::Content::Tube(label) => label.as_str(),
            pratique_core::laboratory::plate::Content::Control(_) => "",
        };
        for channel in PLATE.assay.channels() {
            text.push_str(&[well.to_string().as_str(), sample, channel, "25.5"].join(separator));
            text.push('\n');
        }
    }
    text
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let ours = format!("well,sample,target,ct\n{}", rows(","));
    let plate = Plate::name(ID);
    let header = format!("* Experiment Barcode = {plate}\n\n[Results]\nWell Position\tSample Name\tTarget Name\tCT\n");
    vec![ours.into_bytes(), format!("{header}{}", rows("\t")).into_bytes()]
}

/// Reads any bytes as each format. What fits the plate has every channel of every well, and nothing else.
pub fn instrument(data: &[u8]) {
    let _ = Format::recognised(data);
    for format in FORMATS {
        let Ok(file) = format.read(data) else { continue };
        if let Ok(cycles) = run::fit(&PLATE, ID, &file) {
            assert_eq!(cycles.len(), PLATE.wells.len(), "a file that fits has every well");
            let channels = PLATE.assay.channels().count();
            assert!(cycles.values().all(|read| read.len() == channels), "and every channel");
        }
    }
}
