//! The hall's scenarios that the binary was built with (`scenarios/`), and those in files of one's own.

use std::path::Path;

use pratique_core::hall::{BadScenario, Scenario};
use rust_embed::RustEmbed;

use crate::unread;

#[derive(RustEmbed)]
#[folder = "../../scenarios"]
struct Files;

/// A scenario that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioFault {
    /// A file cannot be read.
    #[error("{path}: {}; name a file, or one of those built in: {}", unread::why(source), names().join(", "))]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It says what cannot be.
    #[error("{path}: {bad}")]
    Content {
        /// The file.
        path: String,
        /// Which field, why, and what to do.
        bad: BadScenario,
    },
}

/// The names of the scenarios built in, in the order of the alphabet.
#[must_use]
pub fn names() -> Vec<String> {
    let mut names: Vec<String> =
        Files::iter().filter_map(|file| Some(file.strip_suffix(".toml")?.to_owned())).collect();
    names.sort();
    names
}

/// A scenario built in.
#[must_use]
pub fn built_in(name: &str) -> Option<Scenario> {
    let read = |file: &str| Files::get(file).map(|file| file.data);
    let text = read(&format!("{name}.toml"))?;
    let scenario = Scenario::parse(std::str::from_utf8(&text).ok()?).ok()?;
    let schedule = scenario.schedule.as_ref().and_then(|schedule| read(&schedule.file)).unwrap_or_default();
    scenario.take_schedule(&schedule).ok()
}

/// A scenario built in, or a file with the schedule that it names beside it.
///
/// # Errors
/// [`ScenarioFault`], naming the file and the field.
pub fn open(name: &str) -> Result<Scenario, ScenarioFault> {
    if let Some(scenario) = built_in(name) {
        return Ok(scenario);
    }
    let path = Path::new(name);
    read(name, &bytes(path)?, path.parent().unwrap_or(Path::new("")))
}

/// A scenario's text; the schedule that it names lies in `folder`.
///
/// # Errors
/// As [`open`].
pub fn read(name: &str, text: &[u8], folder: &Path) -> Result<Scenario, ScenarioFault> {
    let fault = |bad| ScenarioFault::Content { path: name.to_owned(), bad };
    let text = std::str::from_utf8(text).map_err(|e| fault(BadScenario::at("", format!("not UTF-8 text: {e}"))))?;
    let scenario = Scenario::parse(text).map_err(fault)?;
    let schedule = scenario.schedule.as_ref().map(|schedule| bytes(&folder.join(&schedule.file))).transpose()?;
    scenario.take_schedule(&schedule.unwrap_or_default()).map_err(fault)
}

fn bytes(path: &Path) -> Result<Vec<u8>, ScenarioFault> {
    std::fs::read(path).map_err(|source| ScenarioFault::Io { path: path.display().to_string(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scenario_built_in_can_be_used_and_speaks_every_language() {
        assert_eq!(names(), ["t3d-2020", "t3d-2020-short-inquiry", "t3d-day"]);
        for name in names() {
            let text = Files::get(&format!("{name}.toml")).unwrap();
            let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios"));
            let scenario = read(&name, &text.data, folder).unwrap();
            assert_eq!(built_in(&name), Some(scenario.clone()));
            for language in ["en", "zh-Hans"] {
                assert!(scenario.name.0.contains_key(language) && scenario.about.0.contains_key(language), "{name}");
            }
        }
        assert_eq!(built_in("../ports/CNPEK"), None);
    }
}
