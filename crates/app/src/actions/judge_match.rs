//! A person says of two records whether they are one person; or that somebody on a manifest did not fly. Both can be taken back.

use pratique_core::access::Act;
use pratique_core::flight::FlightId;
use pratique_core::id::Id;
use pratique_store::{Change, Entry, RowWrite};
use serde::{Deserialize, Serialize};

use super::write::audit;
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;
use crate::lookups;
use crate::manifest::{Line, Mark};
use crate::once::{self, Once, Reply, Sealer};

/// What somebody says of a line of a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "say", content = "journey")]
pub enum Word {
    /// This declaration is theirs.
    Same(Id),
    /// It is not.
    Different(Id),
    /// They did not fly.
    NoShow,
    /// They did.
    Flew,
}

impl Word {
    /// What can be said, by its name.
    pub const NAMES: [&'static str; 4] = ["same", "different", "no-show", "flew"];

    fn name(self) -> &'static str {
        match self {
            Word::Same(_) => "same",
            Word::Different(_) => "different",
            Word::NoShow => "no-show",
            Word::Flew => "flew",
        }
    }

    fn journey(self) -> Option<Id> {
        match self {
            Word::Same(journey) | Word::Different(journey) => Some(journey),
            Word::NoShow | Word::Flew => None,
        }
    }
}

/// What stands then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The person of the manifest.
    pub listed: Id,
    /// What was said.
    pub said: String,
}

/// Says it.
///
/// # Errors
/// [`Failure::Denied`]; [`Failure::NotFound`] for a line or a declaration that is not this flight's.
pub async fn judge(
    app: &App,
    who: &Caller,
    flight: &FlightId,
    listed: Id,
    word: Word,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    let act = if word.journey().is_some() { Act::JudgeMatch } else { Act::MarkNoShow };
    who.may_for(act, &flight.port, flight.designator.carrier())?;
    app.settle(once, || prepare(app, who, flight, (listed, word), once)).await
}

async fn prepare(
    app: &App,
    who: &Caller,
    flight: &FlightId,
    (listed, word): (Id, Word),
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let now = app.now();
    let (line, version) = lookups::manifest::line(app, listed).await?;
    if line.flight != *flight {
        return Err(Failure::NotFound);
    }
    if let Some(journey) = word.journey() {
        let loaded = lookups::journey::load(app, journey).await?;
        if loaded.existing()?.flight != *flight {
            return Err(Failure::NotFound);
        }
    }
    let mark = Mark { journey: word.journey(), by: who.name(), at: now };
    let next = said(line, word, mark);
    let mut change = Change { label: "judge-match", ..Change::default() };
    if let Word::Same(journey) = word {
        change.put.push(Entry { list: ledger::tied(journey), sort: now.as_millisecond(), id: listed });
    }
    let state = serde_json::to_string(&next)?;
    change.rows.push(RowWrite { kind: ledger::LISTED, id: listed, expected: version, state });
    let detail = match word.journey() {
        Some(journey) => format!("{{\"said\":\"{}\",\"journey\":\"{journey}\"}}", word.name()),
        None => format!("{{\"said\":\"{}\"}}", word.name()),
    };
    change.audit.push(audit(who, "judge-match", Some(listed), &detail, now));
    let reply = Reply::new(200, &Judged { listed, said: word.name().to_owned() })?;
    change.answer = once::stored(app, once, &reply, &Sealer::Server, now)?;
    Ok(Prepared { change, reply })
}

/// The newest word holds.
fn said(mut line: Line, word: Word, mark: Mark) -> Line {
    let about = |journey: Id| move |m: &Mark| m.journey == Some(journey);
    match word {
        Word::Same(journey) => {
            line.refused.retain(|m| !about(journey)(m));
            (line.tie, line.no_show) = (Some(mark), None);
        }
        Word::Different(journey) => {
            line.tie = line.tie.filter(|m| !about(journey)(m));
            line.refused.retain(|m| !about(journey)(m));
            line.refused.push(mark);
        }
        Word::NoShow => line.no_show = Some(mark),
        Word::Flew => line.no_show = None,
    }
    line
}
