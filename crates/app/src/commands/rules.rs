//! `rules test`: a pack's own examples, run.

use std::path::PathBuf;

use pratique_core::rules::Finding;
use serde_json::{Value, json};

use super::CommandFault;
use super::output::{Format, Out};
use crate::house::InForce;

/// Risk rules.
#[derive(Debug, clap::Subcommand)]
pub enum Rules {
    /// Run the examples of a pack's rules; exit code 1 if one of them fails
    #[command(after_help = "Example:\n  pratique rules test packs/respiratory --format table")]
    Test {
        /// The pack's folder: pack.toml, questionnaire.json, rules.toml, areas.csv
        dir: PathBuf,
        /// How answers are shown
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

impl Rules {
    pub(super) fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        let Rules::Test { dir, format } = self;
        let pack = InForce::of_folder(dir)?;
        let outcomes = pack.pack.rules.run_examples(&pack.pack.areas, &pack.vocabulary);
        let failed = outcomes.iter().filter(|outcome| !outcome.passed).count();
        let total = outcomes.len();
        let mut rows =
            outcomes.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>().map_err(std::io::Error::from)?;
        rows.extend(pack.pack.rules.findings().iter().map(finding));
        out.rows(*format, &["passed", "name", "expected_tier", "tier", "missing", "unexpected", "finding"], &rows)?;
        match format {
            Format::Table => out.line(&format!("{} of {total} examples passed ({})", total - failed, pack.name()))?,
            Format::Json => {}
        }
        if failed == 0 { Ok(()) } else { Err(CommandFault::Told) }
    }
}

/// What the examples leave open is worth knowing, and no failure.
fn finding(finding: &Finding) -> Value {
    match finding {
        Finding::NeverHit(rule) => json!({"finding": format!("no example expects the rule {rule}"), "rule": rule}),
        Finding::NeverGreen => json!({"finding": "no example is green: nothing shows that the rules let anybody pass"}),
    }
}
