//! An instrument's rows against the plate that they should be of: a row that does not fit, or one that is missing, refuses the
//! whole file, with every reason at once. What is half read is worse than what is not read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::call::Cycles;
use super::plate::{Content, Plate};
use super::well::Well;
use super::{Ct, Label};
use crate::id::Id;
use crate::named::named;

/// One row of an instrument's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The well.
    pub well: Well,
    /// What the file calls the specimen, if anything.
    pub sample: Option<String>,
    /// The channel.
    pub target: String,
    /// The cycle; `None` where no signal stood out.
    pub ct: Option<Ct>,
}

/// An instrument's file, as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunFile {
    /// The plate that the file says it is of, if it does.
    pub plate: Option<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// Why a row, or the lack of one, refuses a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowWhy {
    /// The file names another plate.
    OtherPlate,
    /// A reading where the plate has nothing.
    EmptyWell,
    /// What stands there is no label, or a control's well names a tube.
    UnknownLabel,
    /// Another tube than the plate's map has there.
    OtherLabel,
    /// The assay has no such channel.
    UnknownTarget,
    /// The same channel of the same well twice.
    Twice,
    /// A channel of a well is not in the file.
    Missing,
}

named!(RowWhy, ALL, [
    RowWhy::OtherPlate => "other-plate",
    RowWhy::EmptyWell => "empty-well",
    RowWhy::UnknownLabel => "unknown-label",
    RowWhy::OtherLabel => "other-label",
    RowWhy::UnknownTarget => "unknown-target",
    RowWhy::Twice => "twice",
    RowWhy::Missing => "missing",
]);

/// One thing that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The line; none for what is missing.
    pub line: Option<u64>,
    /// The well; none for the file as a whole.
    pub well: Option<Well>,
    /// What the file says there, or what is missing: a label or a channel.
    pub what: String,
    /// Why it does not fit.
    pub why: RowWhy,
}

/// The cycles of every well, if the file is this plate's to the last row.
///
/// # Errors
/// Every fault, in the file's order, then what is missing, in the plate's.
pub fn fit(plate: &Plate, id: Id, file: &RunFile) -> Result<BTreeMap<Well, Cycles>, Vec<RowFault>> {
    let mut faults = Vec::new();
    if let Some(named) = file.plate.as_deref().filter(|named| !named.eq_ignore_ascii_case(&Plate::name(id))) {
        faults.push(RowFault { line: None, well: None, what: named.to_owned(), why: RowWhy::OtherPlate });
    }
    let mut cycles: BTreeMap<Well, Cycles> = BTreeMap::new();
    for row in &file.rows {
        match fit_row(plate, row) {
            Ok(Some(channel)) => {
                if cycles.entry(row.well).or_default().insert(channel.to_owned(), row.ct).is_some() {
                    faults.push(fault(row, &row.target, RowWhy::Twice));
                }
            }
            Ok(None) => {}
            Err(fault) => faults.push(fault),
        }
    }
    faults.extend(missing(plate, &cycles));
    if faults.is_empty() { Ok(cycles) } else { Err(faults) }
}

fn fault(row: &Row, what: &str, why: RowWhy) -> RowFault {
    RowFault { line: Some(row.line), well: Some(row.well), what: what.to_owned(), why }
}

/// The channel that a row is of; nothing for a row of a well that is as empty as the plate's.
fn fit_row<'a>(plate: &'a Plate, row: &Row) -> Result<Option<&'a str>, RowFault> {
    let named = row.sample.as_deref().unwrap_or_default();
    let label: Option<Label> = named.parse().ok();
    match plate.content(row.well) {
        None if row.ct.is_none() && label.is_none() => return Ok(None),
        None => return Err(fault(row, named, RowWhy::EmptyWell)),
        Some(Content::Control(_)) if label.is_some() => return Err(fault(row, named, RowWhy::OtherLabel)),
        Some(Content::Control(_)) => {}
        Some(Content::Tube(tube)) => match label {
            Some(label) if label.to_string() == *tube => {}
            Some(_) => return Err(fault(row, named, RowWhy::OtherLabel)),
            None if named.is_empty() => {}
            None => return Err(fault(row, named, RowWhy::UnknownLabel)),
        },
    }
    let channel = plate.assay.channels().find(|channel| channel.eq_ignore_ascii_case(row.target.trim()));
    channel.map(Some).ok_or_else(|| fault(row, &row.target, RowWhy::UnknownTarget))
}

fn missing(plate: &Plate, cycles: &BTreeMap<Well, Cycles>) -> Vec<RowFault> {
    let mut faults = Vec::new();
    for (well, _) in &plate.wells {
        let read = cycles.get(well);
        let lacking = plate.assay.channels().filter(|channel| !read.is_some_and(|read| read.contains_key(*channel)));
        faults.extend(lacking.map(|channel| RowFault {
            line: None,
            well: Some(*well),
            what: channel.to_owned(),
            why: RowWhy::Missing,
        }));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::laboratory::plate::tests::{clean, labels, plate};
    use proptest::prelude::*;

    const ID: Id = Id([9; 16]);

    type Spoil<'a> = &'a dyn Fn(&mut RunFile);

    /// The rows of a clean run of a plate.
    fn file(plate: &Plate) -> RunFile {
        let mut rows = Vec::new();
        for (well, read) in clean(plate).cycles {
            let sample = match plate.content(well) {
                Some(Content::Tube(label)) => Some(label.clone()),
                _ => Some("CONTROL".to_owned()),
            };
            for (target, ct) in read {
                rows.push(Row { line: rows.len() as u64 + 2, well, sample: sample.clone(), target, ct });
            }
        }
        RunFile { plate: Some(Plate::name(ID)), rows }
    }

    #[test]
    fn a_plates_own_file_fits() {
        let plate = plate(5);
        assert_eq!(fit(&plate, ID, &file(&plate)), Ok(clean(&plate).cycles));
    }

    #[test]
    fn each_kind_of_misfit_is_named_at_its_line() {
        let plate = plate(5);
        let other = labels(6)[5].to_string();
        let cases: [(Spoil<'_>, RowWhy); 8] = [
            (&|f| f.plate = Some("P-12345678".into()), RowWhy::OtherPlate),
            (&|f| f.rows[0].sample = Some(other.clone()), RowWhy::OtherLabel),
            (&|f| f.rows[0].sample = Some("somebody".into()), RowWhy::UnknownLabel),
            (&|f| f.rows[0].target = "C".into(), RowWhy::UnknownTarget),
            (&|f| f.rows.push(f.rows[0].clone()), RowWhy::Twice),
            (&|f| f.rows[17].sample = Some(other.clone()), RowWhy::OtherLabel),
            (
                &|f| f.rows.push(Row { well: "A5".parse().unwrap(), ct: f.rows[2].ct, ..f.rows[0].clone() }),
                RowWhy::EmptyWell,
            ),
            (&|f| drop(f.rows.remove(0)), RowWhy::Missing),
        ];
        for (spoil, why) in cases {
            let mut file = file(&plate);
            spoil(&mut file);
            let faults = fit(&plate, ID, &file).unwrap_err();
            assert!(faults.iter().any(|f| f.why == why), "{why:?}: {faults:?}");
        }
    }

    proptest! {
        /// Two tubes swapped in a file are always found.
        #[test]
        fn a_swap_never_fits(count in 2usize..=93, a in 0usize..93, b in 0usize..93) {
            let plate = plate(count);
            let (a, b) = (a % count, b % count);
            prop_assume!(a != b);
            let mut file = file(&plate);
            let (first, second) = (labels(count)[a].to_string(), labels(count)[b].to_string());
            for row in &mut file.rows {
                row.sample = match row.sample.take() {
                    Some(label) if label == first => Some(second.clone()),
                    Some(label) if label == second => Some(first.clone()),
                    other => other,
                };
            }
            let faults = fit(&plate, ID, &file).unwrap_err();
            prop_assert!(faults.iter().any(|f| f.why == RowWhy::OtherLabel));
        }

        /// A file without one of its rows never fits.
        #[test]
        fn a_file_that_was_cut_never_fits(count in 1usize..=93, at in 0usize..288) {
            let plate = plate(count);
            let mut file = file(&plate);
            let at = at % file.rows.len();
            file.rows.remove(at);
            prop_assert!(fit(&plate, ID, &file).is_err());
        }
    }
}
