//! `pass verify`: passes judged with a trust file alone, as a checkpoint without a network does.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pratique_formats::mrz::{self, Mrz};
use pratique_formats::pass::{self, Document, DocumentVerdict};
use pratique_formats::trust::{Trust, TrustError};
use serde_json::Value;
use serde_json::value::RawValue;

use super::CommandFault;
use super::lines::{LineFault, filter, instant, maybe_text, text};
use super::output::Out;
use crate::clock::Clock;

/// Passes, without a store or a network.
#[derive(Debug, clap::Subcommand)]
pub enum Pass {
    /// Verify passes: JSON Lines {"pass","mrz"?,"at"?} in, one verdict a line out
    ///
    /// A zone that cannot be read, or whose check digits do not fit and which does not match, accuses nobody: the pass is
    /// judged all the same, `document` is `unchecked`, and `note` says why.
    #[command(after_help = r#"Example:
  pratique keys export --checkpoint > trust.json
  echo '{"pass":"PQ1:…","mrz":"P<CHN…\n…"}' | pratique pass verify --trust trust.json"#)]
    Verify {
        /// The trust file, of `pratique keys export` or of /.well-known/pratique/trust
        #[arg(long, value_name = "FILE")]
        trust: PathBuf,
    },
}

impl Pass {
    pub(super) fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        let Pass::Verify { trust: path } = self;
        let file = CommandFault::text(path, "a trust file that `pratique keys export` printed")?;
        let trust = Trust::read(&file).map_err(|e| CommandFault::file(path, told(&file, &e)))?;
        let now = Clock::System.now();
        filter(out, |line| verify(&trust, line, now))
    }
}

/// Why the file is no trust file: in which line, and what is expected.
fn told(file: &str, error: &TrustError) -> String {
    let (line, what) = match error {
        TrustError::Shape(_) if !file.trim_start().starts_with('{') => {
            (1, "a JSON object is expected, with issued_at, keys, revoked and revoked_passes".to_owned())
        }
        TrustError::Shape(why) => {
            let said = why.to_string();
            (why.line(), said.split(" at line ").next().unwrap_or(&said).to_owned())
        }
        TrustError::Member { member, index, what } => {
            (line_of(file, member, *index).unwrap_or(1), format!("{member}[{index}]: {what}"))
        }
        other => (1, other.to_string()),
    };
    format!("line {line}: {what}; this is no trust file, name one that `pratique keys export` printed")
}

/// The line in which the entry of a list begins.
fn line_of(file: &str, member: &str, index: usize) -> Option<usize> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(file).ok()?;
    let entries: Vec<&RawValue> = serde_json::from_str(members.get(member)?.get()).ok()?;
    // Each is a slice of the file itself, so its address says where.
    let at = (entries.get(index)?.get().as_ptr().addr()).checked_sub(file.as_ptr().addr())?;
    Some(file.get(..at)?.lines().count().max(1))
}

fn verify(trust: &Trust, line: &Value, now: Timestamp) -> Result<Value, LineFault> {
    let at = instant(line, now)?;
    let today = at.to_zoned_datetime(TimeZone::UTC).date();
    let zone = maybe_text(line, "mrz")?.map(str::trim).filter(|zone| !zone.is_empty());
    let shown = zone.map(|zone| mrz::read(zone, today)).transpose();
    let (shown, mut note) = match shown {
        Ok(shown) => (shown, None),
        Err(why) => (None, Some(LineFault::new("not-an-mrz", why))),
    };
    let document = shown.as_ref().map(Document::from);
    let mut verified = pass::verify(trust, text(line, "pass")?, document.as_ref(), at);
    if verified.document == DocumentVerdict::Mismatch && shown.as_ref().is_some_and(is_damaged) {
        verified.document = DocumentVerdict::Unchecked;
        let why = "a check digit does not fit, so the zone was misread: compare by eye, or read it again";
        note = Some(LineFault::new("damaged-mrz", why));
    }
    let mut answer = serde_json::to_value(&verified).map_err(|e| LineFault::new("bug", e))?;
    if let (Some(note), Some(answer)) = (note, answer.as_object_mut()) {
        answer.insert("note".to_owned(), note.json());
    }
    Ok(answer)
}

fn is_damaged(mrz: &Mrz) -> bool {
    !mrz.valid
}
