//! An outbreak pack: a form, its rules, its risk areas and its words, as one version that is never edited once published.
//!
//! docs/PACKS.md says how to write one. The form (`questionnaire.json`) is kept as the bytes it came in; whoever needs it
//! reads it with [`crate::questionnaire`].

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use crate::journey::Journey;
use crate::laboratory::Assay;
use crate::language::Text;
use crate::proposal::Proposal;
use crate::rules::{Areas, Assessment, Facts, Fault, PackVersion, RuleSet, Tier, assess, stands_in};

/// One version of one pack.
#[derive(Debug)]
pub struct Pack {
    /// The pack's name, `respiratory`: `[a-z0-9-]`, the same for every version.
    pub id: String,
    /// The version, never reused.
    pub version: String,
    /// What the traveller sees above the form.
    pub title: Text,
    /// What the pack is about, for staff.
    pub disease: Text,
    /// The day it was published.
    pub published: Date,
    /// BCP 47 tags; every text of the pack stands in each of them, English among them.
    pub languages: Vec<String>,
    /// Days after its last day that a stay still counts.
    pub look_back_days: u16,
    /// Rows before and behind a case within which somebody counts as a contact.
    pub contact_rows: u32,
    /// The rules, which carry this pack's id and version.
    pub rules: RuleSet,
    /// The dated risk areas.
    pub areas: Areas,
    /// `questionnaire.json` as it is.
    pub questionnaire: Vec<u8>,
    /// `investigation.json` as it is: what the desk asks of whom it looks into; none, if the pack has none.
    pub investigation: Option<Vec<u8>>,
    proposals: Vec<Proposal>,
    /// What the laboratory does, of `assays.toml`; none in a pack without one. The first is the one that plates are built for.
    pub assays: Vec<Assay>,
    /// To what a person agrees before a sample is taken.
    pub consent: Option<Consent>,
    next: Next,
}

/// The text to which a person, or their guardian, agrees before a sample is taken; its version is kept with the tube.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Never reused.
    pub version: String,
    /// The text: a paragraph a line.
    pub text: Text,
}

/// What the traveller is told to expect, by tier. They never learn the tier itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Next {
    green: Text,
    amber: Text,
    red: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackToml {
    id: String,
    version: String,
    title: Text,
    disease: Text,
    published: Date,
    languages: Vec<String>,
    look_back_days: u16,
    #[serde(default)]
    tracing: Tracing,
    next: Next,
    #[serde(default, rename = "proposal")]
    proposals: Vec<Proposal>,
    #[serde(default)]
    consent: Option<Consent>,
}

/// How contacts on a flight are found (tracing.rs).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tracing {
    rows: u32,
}

impl Default for Tracing {
    /// Two rows, as WHO's guide for tuberculosis and air travel has it [M].
    fn default() -> Self {
        Tracing { rows: 2 }
    }
}

/// More rows than any cabin has between two doors would be a slip.
const CONTACT_ROWS_MAX: u32 = 20;
const FILE: &str = "pack.toml";
/// A stay of two months ago says nothing of an acute infection; the bound keeps a slip (140 for 14) from passing.
const LOOK_BACK_DAYS: std::ops::RangeInclusive<u16> = 1..=60;
/// The tiers' names, as whole English words and as Chinese characters: they do not belong in a traveller's text.
const TIER_WORDS: [&str; 3] = ["green", "amber", "red"];
const TIER_SIGNS: [char; 4] = ['红', '黄', '橙', '绿'];

impl Pack {
    /// Reads a pack from its files, by path relative to its folder. `texts/` and anything else is not read here.
    ///
    /// # Errors
    /// Every fault of every file, so that they can be mended in one go.
    pub fn parse(files: &BTreeMap<String, Vec<u8>>) -> Result<Pack, Vec<Fault>> {
        let mut faults = Vec::new();
        let head = note(text(files, FILE).and_then(|text| head(&text)), &mut faults);
        // A wrong pack.toml must not hide what is wrong with the areas, so these are read with any look-back.
        let look_back_days = head.as_ref().map_or(14, |head| head.look_back_days);
        let rules = note(text(files, "rules.toml").and_then(|text| RuleSet::parse(&text)), &mut faults);
        let areas = note(text(files, "areas.csv").and_then(|text| Areas::parse(&text, look_back_days)), &mut faults);
        let questionnaire = note(bytes(files, "questionnaire.json").map(<[u8]>::to_vec), &mut faults);
        let languages = head.as_ref().map(|head| head.languages.as_slice()).unwrap_or_default();
        let assays = match files.contains_key("assays.toml") {
            true => note(text(files, "assays.toml").and_then(|text| Assay::parse_all(&text, languages)), &mut faults),
            false => Some(Vec::new()),
        };
        if let (Some(head), Some(rules)) = (&head, &rules) {
            faults.extend(rules.missing_languages(&head.languages));
        }
        match (head, rules, areas, questionnaire) {
            (Some(head), Some(rules), Some(areas), Some(questionnaire)) if faults.is_empty() => {
                let investigation = files.get("investigation.json").cloned();
                let assays = assays.unwrap_or_default();
                Ok(Pack { investigation, assays, ..Pack::tie(head, rules, areas, questionnaire) })
            }
            _ => Err(faults),
        }
    }

    /// What happens next at the port, for the traveller.
    #[must_use]
    pub fn next(&self, tier: Tier) -> &Text {
        match tier {
            Tier::Green => &self.next.green,
            Tier::Amber => &self.next.amber,
            Tier::Red => &self.next.red,
        }
    }

    /// What the pack would order for this person as things stand, in the order of its file. Nobody is bound by it.
    #[must_use]
    pub fn proposals(&self, journey: &Journey) -> Vec<&Proposal> {
        self.proposals.iter().filter(|proposal| proposal.fits(journey)).collect()
    }

    /// Runs this pack's rules and risk areas over the facts of a person on a day.
    #[must_use]
    pub fn assess(&self, facts: &Facts, today: Date) -> Assessment {
        assess(facts, &self.rules, &self.areas, today)
    }

    fn tie(head: PackToml, mut rules: RuleSet, areas: Areas, questionnaire: Vec<u8>) -> Pack {
        rules.pack = PackVersion { id: head.id.clone(), version: head.version.clone() };
        Pack {
            id: head.id,
            version: head.version,
            title: head.title,
            disease: head.disease,
            published: head.published,
            languages: head.languages,
            look_back_days: head.look_back_days,
            contact_rows: head.tracing.rows,
            rules,
            areas,
            questionnaire,
            investigation: None,
            proposals: head.proposals,
            assays: Vec::new(),
            consent: head.consent,
            next: head.next,
        }
    }
}

fn note<T>(read: Result<T, Vec<Fault>>, faults: &mut Vec<Fault>) -> Option<T> {
    read.map_err(|more| faults.extend(more)).ok()
}

fn bytes<'a>(files: &'a BTreeMap<String, Vec<u8>>, name: &str) -> Result<&'a [u8], Vec<Fault>> {
    let found = files.get(name).map(Vec::as_slice);
    found.ok_or_else(|| {
        vec![Fault::new(name, "the file is missing: a pack has pack.toml, questionnaire.json, rules.toml, areas.csv")]
    })
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Result<String, Vec<Fault>> {
    let text = std::str::from_utf8(bytes(files, name)?);
    text.map(str::to_owned).map_err(|error| vec![Fault::new(name, format!("the file is not UTF-8: {error}"))])
}

fn head(toml: &str) -> Result<PackToml, Vec<Fault>> {
    let table = crate::rules::parse_toml(FILE, toml).map_err(|fault| vec![fault])?;
    let read = serde_json::from_value(serde_json::Value::Object(table));
    let head: PackToml = read.map_err(|error| vec![Fault::new(FILE, error.to_string())])?;
    let faults = head_faults(&head);
    if faults.is_empty() { Ok(head) } else { Err(faults) }
}

fn head_faults(head: &PackToml) -> Vec<Fault> {
    let mut words = Vec::new();
    if head.id.is_empty() || !head.id.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-') {
        words.push("an id has a-z, 0-9 and - only".to_owned());
    }
    if head.version.trim().is_empty() {
        words.push("the version is empty".to_owned());
    }
    if !head.languages.iter().any(|language| language == "en") {
        words.push("languages must contain en, which everybody falls back to".to_owned());
    }
    if !LOOK_BACK_DAYS.contains(&head.look_back_days) {
        words.push(format!("look_back_days is {}, but must be 1 to 60", head.look_back_days));
    }
    if head.tracing.rows > CONTACT_ROWS_MAX {
        words.push(format!("tracing.rows is {}, but must be 0 to {CONTACT_ROWS_MAX}", head.tracing.rows));
    }
    let next = [("next.green", &head.next.green), ("next.amber", &head.next.amber), ("next.red", &head.next.red)];
    for (name, text) in [("title", &head.title), ("disease", &head.disease)].into_iter().chain(next) {
        let missing = head.languages.iter().filter(|language| !stands_in(text, language));
        words.extend(missing.map(|language| format!("{name} is missing in {language}")));
    }
    if let Some(consent) = &head.consent {
        let missing = head.languages.iter().filter(|language| !stands_in(&consent.text, language));
        words.extend(missing.map(|language| format!("consent.text is missing in {language}")));
        if consent.version.trim().is_empty() {
            words.push("consent.version is empty".to_owned());
        }
    }
    words.extend(
        next.into_iter().filter(|(_, text)| names_a_tier(text)).map(|(name, _)| {
            format!("{name} names a colour: travellers are told what to do, never which tier they are")
        }),
    );
    for (at, proposal) in head.proposals.iter().enumerate() {
        let missing = head.languages.iter().filter(|language| !stands_in(&proposal.reason, language));
        let missing = missing.map(|language| format!("the reason is missing in {language}"));
        words.extend(proposal.faults().into_iter().chain(missing).map(|why| format!("proposal {}: {why}", at + 1)));
    }
    words.into_iter().map(|words| Fault::new(FILE, words)).collect()
}

fn names_a_tier(text: &Text) -> bool {
    text.0.values().any(|words| {
        let english = words.to_lowercase();
        words.contains(TIER_SIGNS)
            || english.split(|c: char| !c.is_alphanumeric()).any(|word| TIER_WORDS.contains(&word))
    })
}
