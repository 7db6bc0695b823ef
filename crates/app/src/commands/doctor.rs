//! `doctor`: is this installation sound? Every check says what it found and what to do; any `fail` ends with exit code 1.

mod checks;

use serde::Serialize;

use super::CommandFault;
use super::messages::Messages;
use super::opening::Place;
use super::output::{Format, Out};

/// Check configuration, keys, clock, store and disk; exit code 1 if something fails.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  pratique doctor --format table")]
pub struct Doctor {
    /// How answers are shown
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    messages: Messages,
    #[command(flatten)]
    place: Place,
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Health {
    Ok,
    Warn,
    Fail,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Check {
    check: &'static str,
    health: Health,
    found: String,
    /// What to do; empty where all is well.
    #[serde(skip_serializing_if = "String::is_empty")]
    cure: String,
}

impl Check {
    fn ok(check: &'static str, found: impl ToString) -> Self {
        Check { check, health: Health::Ok, found: found.to_string(), cure: String::new() }
    }

    fn warn(check: &'static str, found: impl ToString, cure: impl ToString) -> Self {
        Check { check, health: Health::Warn, found: found.to_string(), cure: cure.to_string() }
    }

    /// For a person: one line, and what to do below it.
    fn write(&self, out: &mut Out) -> Result<(), CommandFault> {
        let health = match self.health {
            Health::Ok => "ok",
            Health::Warn => "warn",
            Health::Fail => "FAIL",
        };
        out.line(&format!("{health:<5} {:<14} {}", self.check, self.found))?;
        if self.cure.is_empty() { Ok(()) } else { out.line(&format!("{:>20} -> {}", "", self.cure)) }
    }

    fn fail(check: &'static str, found: impl ToString, cure: impl ToString) -> Self {
        Check { check, health: Health::Fail, found: found.to_string(), cure: cure.to_string() }
    }
}

impl Doctor {
    pub(super) async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        let mut checks = checks::all(&self.place).await?;
        // Behind the program's own line: the store comes last, as its faults hide everything after them.
        checks.splice(1..1, checks::messages(&self.messages).await);
        match self.format {
            Format::Json => checks.iter().try_for_each(|check| out.json(check))?,
            Format::Table => checks.iter().try_for_each(|check| check.write(out))?,
        }
        match checks.iter().any(|check| check.health == Health::Fail) {
            true => Err(CommandFault::Told),
            false => Ok(()),
        }
    }
}
