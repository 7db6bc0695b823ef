//! A plate: built once from queued tubes and three controls, run, and accepted or rejected by what the controls show. Its map is
//! fixed once it is built, so that no result can slide to a neighbour (experience.md 3.5).

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::call::{self, ControlFault, Cycles};
use super::well::{COLUMNS, ROWS, Well};
use super::{Assay, Label};
use crate::id::Id;
use crate::journey::TestResult;
use crate::named::named;

/// A control, in the last three wells in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Control {
    /// Known to hold every target.
    Positive,
    /// Extracted like a specimen, from nothing.
    Extraction,
    /// Nothing but the reaction's own water.
    NoTemplate,
}

named!(Control, ALL, [
    Control::Positive => "positive",
    Control::Extraction => "extraction",
    Control::NoTemplate => "no-template",
]);

/// Tubes that fit beside the controls.
pub const TUBES_MAX: usize = (ROWS * COLUMNS) as usize - 3;

/// What is in a well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// The tube with this label, as [`Label`] writes it.
    Tube(String),
    /// A control.
    Control(Control),
}

/// What an instrument read, and who brought it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// SHA-256 of the file in hexadecimal: the same file twice is one run.
    pub hash: String,
    /// The format that it was read as.
    pub instrument: String,
    /// Who imported it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The cycles of every well.
    pub cycles: BTreeMap<Well, Cycles>,
}

/// Where a plate stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Laid out.
    Built,
    /// Run, and its controls show what they must.
    Accepted {
        /// The run.
        run: Run,
    },
    /// Not believed: all its tests wait for another plate.
    Rejected {
        /// The run, if it came so far.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        run: Option<Run>,
        /// What the controls show; nothing if a person rejected it.
        faults: Vec<ControlFault>,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
}

/// A plate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plate {
    /// The port whose laboratory it is in.
    pub port: String,
    /// The assay as it was when the plate was built: a later edition of the pack reads later plates.
    pub assay: Assay,
    /// Who built it.
    pub built_by: String,
    /// When.
    pub built_at: Timestamp,
    /// What is where, in the order of filling.
    pub wells: Vec<(Well, Content)>,
    /// Where it stands.
    pub state: State,
}

/// Why a plate does not do what is asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlateRefusal {
    /// Nothing to put on it.
    #[error("no tube waits for a plate")]
    Empty,
    /// More tubes than wells.
    #[error("a plate holds {TUBES_MAX} tubes beside its three controls")]
    TooMany,
    /// One label twice.
    #[error("the tube {0} stands twice on the plate")]
    Twice(String),
    /// Another run, or a rejection, came before.
    #[error("this plate was run or rejected already")]
    NotBuilt,
    /// Something on it is final.
    #[error("a result of this plate was released already: amend that one instead")]
    Released,
    /// It was rejected, or has not been run.
    #[error("this plate has no run that counts")]
    NotAccepted,
}

impl PlateRefusal {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            PlateRefusal::Empty => "plate-empty",
            PlateRefusal::TooMany => "plate-too-many",
            PlateRefusal::Twice(_) => "plate-twice",
            PlateRefusal::NotBuilt => "plate-not-built",
            PlateRefusal::Released => "plate-released",
            PlateRefusal::NotAccepted => "plate-not-accepted",
        }
    }
}

/// What one tube's well says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The well.
    pub well: Well,
    /// The tube.
    pub label: String,
    /// What it says.
    pub result: TestResult,
}

impl Plate {
    /// Lays tubes out in their order, down the columns, and the controls into the last three wells.
    ///
    /// # Errors
    /// [`PlateRefusal`].
    pub fn build(port: &str, assay: &Assay, labels: &[Label], by: &str, now: Timestamp) -> Result<Plate, PlateRefusal> {
        if labels.is_empty() {
            return Err(PlateRefusal::Empty);
        }
        if labels.len() > TUBES_MAX {
            return Err(PlateRefusal::TooMany);
        }
        if let Some((_, twice)) = labels.iter().enumerate().find(|(at, label)| labels[..*at].contains(label)) {
            return Err(PlateRefusal::Twice(twice.to_string()));
        }
        let tubes = labels.iter().map(|label| Content::Tube(label.to_string()));
        let mut wells: Vec<(Well, Content)> = Well::all().zip(tubes).collect();
        let last = Well::all().skip(TUBES_MAX);
        wells.extend(last.zip(Control::ALL.iter().map(|control| Content::Control(*control))));
        let (port, by) = (port.to_owned(), by.to_owned());
        Ok(Plate { port, assay: assay.clone(), built_by: by, built_at: now, wells, state: State::Built })
    }

    /// The name that people and instruments give it: `P-` and eight characters of its id.
    #[must_use]
    pub fn name(id: Id) -> String {
        let id = id.to_string().replace('-', "").to_uppercase();
        format!("P-{}", &id[id.len() - 8..])
    }

    /// The state's stable name (`plate-NAME` in `locales`).
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            State::Built => "built",
            State::Accepted { .. } => "accepted",
            State::Rejected { .. } => "rejected",
        }
    }

    /// What is in a well.
    #[must_use]
    pub fn content(&self, well: Well) -> Option<&Content> {
        self.wells.iter().find(|(at, _)| *at == well).map(|(_, content)| content)
    }

    /// Its tubes, in the order of filling.
    pub fn tubes(&self) -> impl Iterator<Item = (Well, &str)> {
        self.wells.iter().filter_map(|(well, content)| match content {
            Content::Tube(label) => Some((*well, label.as_str())),
            Content::Control(_) => None,
        })
    }

    /// The run, if there was one.
    #[must_use]
    pub fn ran(&self) -> Option<&Run> {
        match &self.state {
            State::Built => None,
            State::Accepted { run } => Some(run),
            State::Rejected { run, .. } => run.as_ref(),
        }
    }

    /// Takes a run: the controls alone decide whether it counts.
    ///
    /// # Errors
    /// [`PlateRefusal::NotBuilt`].
    pub fn run(&self, run: Run) -> Result<Plate, PlateRefusal> {
        if self.state != State::Built {
            return Err(PlateRefusal::NotBuilt);
        }
        let faults = self.control_faults(&run);
        let (by, at) = (run.by.clone(), run.at);
        let state = match faults.is_empty() {
            true => State::Accepted { run },
            false => State::Rejected { run: Some(run), faults, by, at },
        };
        Ok(Plate { state, ..self.clone() })
    }

    /// A person does not believe it, or dropped it.
    ///
    /// # Errors
    /// [`PlateRefusal::NotBuilt`] if it was rejected before.
    pub fn reject(&self, by: &str, now: Timestamp) -> Result<Plate, PlateRefusal> {
        if matches!(self.state, State::Rejected { .. }) {
            return Err(PlateRefusal::NotBuilt);
        }
        let run = self.ran().cloned();
        let state = State::Rejected { run, faults: Vec::new(), by: by.to_owned(), at: now };
        Ok(Plate { state, ..self.clone() })
    }

    /// What each tube's well says, on an accepted plate; nothing on any other.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        match &self.state {
            State::Accepted { run } => self.calls_of(run),
            _ => Vec::new(),
        }
    }

    /// What each tube's well would say by a run.
    #[must_use]
    pub fn calls_of(&self, run: &Run) -> Vec<Call> {
        let none = Cycles::new();
        let result = |well: &Well| call::call(&self.assay, run.cycles.get(well).unwrap_or(&none));
        self.tubes().map(|(well, label)| Call { well, label: label.to_owned(), result: result(&well) }).collect()
    }

    /// What is wrong with the controls in a run.
    #[must_use]
    pub fn control_faults(&self, run: &Run) -> Vec<ControlFault> {
        let none = Cycles::new();
        let faults = |(well, content): &(Well, Content)| match content {
            Content::Control(control) => {
                call::control_faults(&self.assay, *control, run.cycles.get(well).unwrap_or(&none))
            }
            Content::Tube(_) => Vec::new(),
        };
        self.wells.iter().flat_map(faults).collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::laboratory::Ct;
    use crate::laboratory::assay::tests::assay;
    use proptest::prelude::*;

    pub fn labels(count: usize) -> Vec<Label> {
        (0..count as u64).map(|n| Label::from_random(n * 7919)).collect()
    }

    pub fn plate(count: usize) -> Plate {
        Plate::build("CNPEK", &assay(), &labels(count), "ann", Timestamp::UNIX_EPOCH).unwrap()
    }

    /// A run in which all controls are as they must be and every tube is negative.
    pub fn clean(plate: &Plate) -> Run {
        let ct = |x: f64| Some(Ct::try_from(x).unwrap());
        let cycles = |content: &Content| match content {
            Content::Control(Control::Positive) => [("A", ct(25.0)), ("B", ct(26.0)), ("IC", None)],
            Content::Control(_) => [("A", None), ("B", None), ("IC", None)],
            Content::Tube(_) => [("A", None), ("B", None), ("IC", ct(28.0))],
        };
        let well = |(well, content): &(Well, Content)| {
            (*well, cycles(content).into_iter().map(|(id, ct)| (id.to_owned(), ct)).collect())
        };
        let cycles = plate.wells.iter().map(well).collect();
        Run { hash: "00".into(), instrument: "generic".into(), by: "ann".into(), at: Timestamp::UNIX_EPOCH, cycles }
    }

    #[test]
    fn a_full_plate_has_its_controls_in_the_last_three_wells() {
        let plate = plate(TUBES_MAX);
        let last: Vec<_> =
            plate.wells[93..].iter().map(|(well, content)| (well.to_string(), content.clone())).collect();
        let control = |name: &str, control| (name.to_owned(), Content::Control(control));
        assert_eq!(
            last,
            [
                control("F12", Control::Positive),
                control("G12", Control::Extraction),
                control("H12", Control::NoTemplate)
            ]
        );
        assert_eq!(plate.wells[8].0.to_string(), "A2");
    }

    #[test]
    fn none_too_many_and_twice_are_refused() {
        let build = |labels: &[Label]| Plate::build("CNPEK", &assay(), labels, "ann", Timestamp::UNIX_EPOCH);
        assert_eq!(build(&[]), Err(PlateRefusal::Empty));
        assert_eq!(build(&labels(94)), Err(PlateRefusal::TooMany));
        let twice = [labels(2), labels(1)].concat();
        assert_eq!(build(&twice), Err(PlateRefusal::Twice(labels(1)[0].to_string())));
    }

    #[test]
    fn the_controls_alone_decide_and_only_once() {
        let plate = plate(3);
        let accepted = plate.run(clean(&plate)).unwrap();
        assert_eq!((accepted.state_name(), accepted.calls().len()), ("accepted", 3));
        assert!(accepted.calls().iter().all(|c| c.result == TestResult::Negative));
        assert_eq!(accepted.run(clean(&plate)), Err(PlateRefusal::NotBuilt));
        let mut bad = clean(&plate);
        bad.cycles
            .get_mut(&"H12".parse::<Well>().unwrap())
            .unwrap()
            .insert("A".into(), Some(Ct::try_from(38.0).unwrap()));
        let rejected = plate.run(bad).unwrap();
        assert_eq!((rejected.state_name(), rejected.calls().len()), ("rejected", 0));
        assert_eq!(rejected.reject("ann", Timestamp::UNIX_EPOCH), Err(PlateRefusal::NotBuilt));
        assert_eq!(accepted.reject("ann", Timestamp::UNIX_EPOCH).unwrap().calls(), []);
    }

    proptest! {
        #[test]
        fn a_plates_map_never_changes_and_holds_each_tube_once(count in 1usize..=TUBES_MAX) {
            let plate = plate(count);
            let mut found: Vec<_> = plate.tubes().map(|(_, label)| label.to_owned()).collect();
            prop_assert_eq!(&found, &labels(count).iter().map(ToString::to_string).collect::<Vec<_>>());
            found.sort();
            found.dedup();
            prop_assert_eq!(found.len(), count);
            let mut wells: Vec<_> = plate.wells.iter().map(|(well, _)| *well).collect();
            wells.dedup();
            prop_assert_eq!(wells.len(), count + 3);
            let ran = plate.run(clean(&plate)).unwrap();
            prop_assert_eq!(&ran.wells, &plate.wells);
            let json = serde_json::to_string(&ran).unwrap();
            prop_assert_eq!(serde_json::from_str::<Plate>(&json).unwrap(), ran);
        }

        /// A plate whose controls were not read is never believed.
        #[test]
        fn without_a_positive_control_no_plate_is_accepted(count in 1usize..=TUBES_MAX) {
            let plate = plate(count);
            let mut run = clean(&plate);
            run.cycles.remove(&"F12".parse::<Well>().unwrap());
            prop_assert_eq!(plate.run(run).unwrap().state_name(), "rejected");
        }
    }
}
