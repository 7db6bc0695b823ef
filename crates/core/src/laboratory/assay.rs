//! An assay as data of a pack (`assays.toml`): its targets with their cut-offs, its internal control, and what its controls must
//! show. How a laboratory reads a test is published with the pack and never edited after, like its rules.

use serde::{Deserialize, Serialize};

use super::Ct;
use crate::language::Text;
use crate::rules::{Fault, stands_in};

/// One thing that is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// As instruments' files name it, e.g. `ORF1ab`.
    pub id: String,
    /// Detected up to this cycle.
    pub ct_max: Ct,
    /// Between `ct_max` and this it is neither detected nor not: the grey zone, where the assay has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grey_max: Option<Ct>,
}

/// The internal control: it shows that there was a specimen in the well and that nothing held the reaction back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Internal {
    /// As instruments' files name it, e.g. `RNase P`.
    pub id: String,
    /// Detected up to this cycle.
    pub ct_max: Ct,
    /// The extraction control must show it too: it is added to every tube, not taken with the specimen.
    #[serde(default)]
    pub in_extraction_control: bool,
}

/// Between which cycles every target of the positive control must lie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PositiveControl {
    /// No earlier: else it was mixed up or concentrated.
    pub ct_min: Ct,
    /// No later: else the reaction is weak.
    pub ct_max: Ct,
}

/// An assay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assay {
    /// The id by which plates name it: `[a-z0-9-]`.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// LOINC code of the test, as a map for exports only: our own ids are the base (journey.md 3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loinc: Option<String>,
    /// How many targets make a positive; fewer, but one at least, is inconclusive.
    pub detected_min: u8,
    /// What is looked for.
    #[serde(rename = "target")]
    pub targets: Vec<Target>,
    /// The internal control.
    pub internal: Internal,
    /// The positive control.
    pub positive_control: PositiveControl,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AssaysToml {
    assay: Vec<Assay>,
}

const FILE: &str = "assays.toml";
/// A multiplex reaction has few colours: more targets than this are a slip.
const TARGETS_MAX: usize = 6;

impl Assay {
    /// Reads a pack's assays.
    ///
    /// # Errors
    /// All faults.
    pub fn parse_all(toml: &str, languages: &[String]) -> Result<Vec<Assay>, Vec<Fault>> {
        let table = crate::rules::parse_toml(FILE, toml).map_err(|fault| vec![fault])?;
        let read: AssaysToml = serde_json::from_value(serde_json::Value::Object(table))
            .map_err(|error| vec![Fault::new(FILE, error.to_string())])?;
        let mut faults: Vec<Fault> = read.assay.iter().flat_map(|assay| assay.faults(languages)).collect();
        for (at, assay) in read.assay.iter().enumerate() {
            if read.assay[..at].iter().any(|before| before.id == assay.id) {
                faults.push(Fault::new(FILE, format!("two assays have the id {}", assay.id)));
            }
        }
        if faults.is_empty() { Ok(read.assay) } else { Err(faults) }
    }

    /// Every name that a run must have in each well: the targets and the internal control.
    pub fn channels(&self) -> impl Iterator<Item = &str> {
        self.targets.iter().map(|t| t.id.as_str()).chain([self.internal.id.as_str()])
    }

    fn faults(&self, languages: &[String]) -> Vec<Fault> {
        let mut words = Vec::new();
        if self.id.is_empty() || !self.id.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-') {
            words.push("an id has a-z, 0-9 and - only".to_owned());
        }
        let missing = languages.iter().filter(|language| !stands_in(&self.name, language));
        words.extend(missing.map(|language| format!("name is missing in {language}")));
        if self.targets.is_empty() || self.targets.len() > TARGETS_MAX {
            words.push(format!("an assay has 1 to {TARGETS_MAX} targets"));
        }
        if self.detected_min == 0 || usize::from(self.detected_min) > self.targets.len() {
            words.push("detected_min must be at least 1 and at most the number of targets".to_owned());
        }
        let channels: Vec<&str> = self.channels().collect();
        for (at, name) in channels.iter().enumerate() {
            if name.trim().is_empty() || channels[..at].iter().any(|before| before.eq_ignore_ascii_case(name)) {
                words.push(format!("target {name:?} is empty or stands twice"));
            }
        }
        let narrow = self.targets.iter().filter(|t| t.grey_max.is_some_and(|grey| grey <= t.ct_max));
        words.extend(narrow.map(|t| format!("grey_max of {} must be above its ct_max", t.id)));
        if self.positive_control.ct_min >= self.positive_control.ct_max {
            words.push("positive_control.ct_min must be below its ct_max".to_owned());
        }
        words.into_iter().map(|words| Fault::new(format!("{FILE}, assay {}", self.id), words)).collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub const GOOD: &str = r#"
[[assay]]
id = "pcr-two"
name = { en = "Two targets" }
detected_min = 2
positive_control = { ct_min = 20, ct_max = 32 }
internal = { id = "IC", ct_max = 35 }
[[assay.target]]
id = "A"
ct_max = 37
grey_max = 40
[[assay.target]]
id = "B"
ct_max = 37
"#;

    /// The assay of the tests.
    pub fn assay() -> Assay {
        Assay::parse_all(GOOD, &["en".into()]).unwrap().remove(0)
    }

    #[test]
    fn an_assay_is_read() {
        assert_eq!(assay().channels().collect::<Vec<_>>(), ["A", "B", "IC"]);
    }

    #[test]
    fn what_cannot_be_is_named() {
        for (from, to, said) in [
            ("pcr-two", "PCR two", "a-z"),
            ("detected_min = 2", "detected_min = 3", "detected_min"),
            ("detected_min = 2", "detected_min = 0", "detected_min"),
            ("\"B\"", "\"a\"", "twice"),
            ("grey_max = 40", "grey_max = 37", "grey_max"),
            ("ct_min = 20", "ct_min = 33", "positive_control"),
            ("ct_max = 37\ngrey", "ct_max = 370\ngrey", "0 to 100"),
            ("{ en =", "{ zh =", "missing in en"),
            ("detected_min", "detect_min", "detect_min"),
        ] {
            let faults = Assay::parse_all(&GOOD.replace(from, to), &["en".into()]).unwrap_err();
            assert!(faults.iter().any(|f| f.words.contains(said)), "{from} -> {to}: {faults:?}");
        }
    }
}
