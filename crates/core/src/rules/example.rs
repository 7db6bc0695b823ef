//! The examples of a rule set: cases with the answer that a physician expects, run by `pratique rules test DIR`.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Answers, Areas, Facts, Fault, FlightFacts, RuleSet, Stay, Tier, Vocabulary, assess};

/// One case, as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    name: String,
    today: Date,
    #[serde(default)]
    facts: ExampleFacts,
    expect: Expect,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    tier: Tier,
    #[serde(default)]
    rules: BTreeSet<String>,
}

/// Facts as an example writes them: the stays are those of the answers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ExampleFacts {
    age_y: Option<i64>,
    sex: Option<String>,
    nationality: String,
    flight: FlightFacts,
    channel: String,
    answers: serde_json::Map<String, Json>,
    temperature_c: Option<f64>,
}

/// What one example came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExampleOutcome {
    /// The example's name.
    pub name: String,
    /// Whether tier and rules are exactly those expected.
    pub passed: bool,
    /// The tier expected.
    pub expected_tier: Tier,
    /// The tier found.
    pub tier: Tier,
    /// Rules that were expected and did not hit.
    pub missing: Vec<String>,
    /// Rules that hit and were not expected.
    pub unexpected: Vec<String>,
}

/// Something that the examples as a whole do not show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Finding {
    /// No example hits this rule.
    NeverHit(String),
    /// No example is green: nothing shows that the rules let anybody pass.
    NeverGreen,
}

impl Example {
    pub(super) fn read(number: usize, case: Json, faults: &mut Vec<Fault>) -> Option<Self> {
        let name =
            case.get("name").and_then(Json::as_str).map_or_else(|| format!("number {}", number + 1), str::to_owned);
        let read = serde_json::from_value(case);
        read.map_err(|error| faults.push(Fault::new(format!("rules.toml, example {name}"), error.to_string()))).ok()
    }

    fn facts(&self, form: &Vocabulary) -> Facts {
        let facts = self.facts.clone();
        let answers = Answers::read(&facts.answers, form);
        Facts {
            age_y: facts.age_y,
            sex: facts.sex,
            nationality: facts.nationality,
            flight: facts.flight,
            channel: facts.channel,
            stays: Stay::from_answers(&answers),
            answers,
            temperature_c: facts.temperature_c,
        }
    }
}

impl RuleSet {
    /// Runs the examples, in the order of the file.
    #[must_use]
    pub fn run_examples(&self, areas: &Areas, form: &Vocabulary) -> Vec<ExampleOutcome> {
        self.examples.iter().map(|example| self.run(example, areas, form)).collect()
    }

    /// What is missing from the examples: rules that none expects, a green case.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let hit: BTreeSet<&String> = self.examples.iter().flat_map(|example| &example.expect.rules).collect();
        let never_hit =
            self.rules.iter().filter(|rule| !hit.contains(&rule.id)).map(|rule| Finding::NeverHit(rule.id.clone()));
        let green = self.examples.iter().any(|example| example.expect.tier == Tier::Green);
        never_hit.chain((!green).then_some(Finding::NeverGreen)).collect()
    }

    fn run(&self, example: &Example, areas: &Areas, form: &Vocabulary) -> ExampleOutcome {
        let assessment = assess(&example.facts(form), self, areas, example.today);
        let expected = &example.expect;
        let hit: BTreeSet<String> = assessment.reasons.into_iter().map(|reason| reason.rule).collect();
        ExampleOutcome {
            name: example.name.clone(),
            passed: assessment.tier == expected.tier && hit == expected.rules,
            expected_tier: expected.tier,
            tier: assessment.tier,
            missing: expected.rules.difference(&hit).cloned().collect(),
            unexpected: hit.difference(&expected.rules).cloned().collect(),
        }
    }
}
