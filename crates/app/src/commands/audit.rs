//! `audit`: the log's proof, and the checkpoint to keep outside.

use std::path::{Path, PathBuf};

use pratique_store::{AuditReport, Checkpoint};
use serde_json::{Value, json};

use super::CommandFault;
use super::opening::{Absent, Place};
use super::output::{Format, Out};

/// The tamper-evident log.
#[derive(Debug, clap::Subcommand)]
pub enum Audit {
    /// Prove the log unaltered, or name the first broken record of each chain (exit code 1)
    ///
    /// With an outside checkpoint it is proven complete up to that checkpoint; without one, a cut tail cannot be excluded,
    /// and the answer says so.
    #[command(after_help = "Example:\n  pratique audit verify --checkpoint /mnt/elsewhere/monday.json")]
    Verify {
        /// A file that `pratique audit checkpoint` printed, kept outside the database
        #[arg(long, value_name = "FILE")]
        checkpoint: Option<PathBuf>,
        /// How the answer is shown
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        #[command(flatten)]
        place: Place,
    },
    /// Print the newest record of every chain, to be kept outside the database
    #[command(after_help = "Example:\n  pratique audit checkpoint > /mnt/elsewhere/monday.json")]
    Checkpoint {
        #[command(flatten)]
        place: Place,
    },
}

impl Audit {
    pub(super) async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        match self {
            Audit::Checkpoint { place } => {
                let app = place.open(Absent::Refuse).await?;
                out.json(&app.store.checkpoint().await?)
            }
            Audit::Verify { checkpoint, format, place } => {
                let kept = checkpoint.as_deref().map(read).transpose()?;
                let app = place.open(Absent::Refuse).await?;
                let report = app.store.verify_audit(kept.as_ref()).await?;
                match format {
                    Format::Json => out.json(&answer(&report))?,
                    Format::Table => told(out, &report)?,
                }
                if report.is_whole() { Ok(()) } else { Err(CommandFault::Told) }
            }
        }
    }
}

fn read(path: &Path) -> Result<Checkpoint, CommandFault> {
    let text = CommandFault::text(path, "one that `pratique audit checkpoint` printed")?;
    serde_json::from_str(&text).map_err(|e| {
        CommandFault::file(
            path,
            format!("not a checkpoint ({e}); name a file that `pratique audit checkpoint` printed"),
        )
    })
}

/// For a person: the answer, and every record that is broken.
fn told(out: &mut Out, report: &AuditReport) -> Result<(), CommandFault> {
    let answer = answer(report);
    let row = |name: &str| json!({"proof": name, "found": answer[name]});
    out.rows(Format::Table, &["proof", "found"], &["whole", "chains", "records", "checkpoint", "said"].map(row))?;
    match answer["broken"].as_array() {
        Some(broken) if !broken.is_empty() => {
            out.line("")?;
            out.rows(Format::Table, &["writer", "n", "why"], broken)
        }
        _ => Ok(()),
    }
}

fn answer(report: &AuditReport) -> Value {
    let said = match (report.broken.first(), report.checkpoint) {
        (Some(first), _) => format!("ALTERED: record {} of chain {}: {}", first.n, first.writer, first.why),
        (None, true) => "unaltered, and complete up to the checkpoint".to_owned(),
        (None, false) => "unaltered; without an outside checkpoint it cannot be excluded that records were cut off at \
                          the end of a chain, or a whole chain taken away"
            .to_owned(),
    };
    json!({
        "whole": report.is_whole(),
        "chains": report.chains,
        "records": report.records,
        "broken": report.broken,
        "checkpoint": report.checkpoint,
        "said": said,
    })
}
