//! A person asks for what the form cannot change: something that was recorded of them put right, or themself erased. Their words
//! are sealed under their key, and somebody owes them an answer: a wish that stands in nobody's list is forgotten.

use jiff::SignedDuration;
use pratique_core::identity::name::clean;
use pratique_core::journey::{self, Command};
use pratique_store::Change;
use serde::{Deserialize, Serialize};

use super::amend::Right;
use super::decide::note;
use super::write::{audit, follow};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::lookups::journey::Loaded;
use crate::once::{self, Once, Reply, Sealer};

/// More than anybody needs to say what is wrong.
pub const CHARS_MAX: usize = 1_000;

/// What was asked is on somebody's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// By when somebody sees to it.
    pub due: jiff::Timestamp,
}

/// Takes a wish, in the person's own words.
///
/// # Errors
/// [`Failure::NotFound`]; [`Failure::Invalid`] for no words or too many; `Refused(AlreadyAsked)` while three wait for an answer.
pub async fn ask(app: &App, who: &Caller, right: &Right, text: &str, once: Option<Once>) -> Result<Reply, Failure> {
    let text = words(text)?;
    let text = text.as_str();
    app.settle(once, || async move {
        let now = app.now();
        let opened = right.open(app).await?;
        let loaded = Loaded { id: opened.id, version: opened.version, journey: Some(opened.journey.clone()) };
        let due = now + SignedDuration::from_mins(opened.port.deadlines.correct_record_min);
        let events = journey::decide(Some(&opened.journey), &Command::AskCorrection { due }, now)?;
        let mut change = Change { label: "ask-correction", ..Change::default() };
        follow(&mut change, &loaded, &events, now)?;
        note(&mut change, app, opened.id, opened.journey.seq + 1, text).await?;
        change.audit.push(audit(who, "ask-correction", Some(opened.id), "", now));
        let reply = Reply::new(201, &Asked { due })?;
        let key = app.person_key(opened.id).await?;
        change.answer = once::stored(app, once, &reply, &Sealer::Person(&key, opened.id), now)?;
        Ok(Prepared { change, reply })
    })
    .await
}

fn words(text: &str) -> Result<String, Failure> {
    // Lines stay lines; each is cleaned as a name is.
    let lines: Result<Vec<String>, Failure> =
        text.lines().map(|line| clean(line, CHARS_MAX).map_err(|_| Failure::field("/text", "not-text"))).collect();
    let text = lines?.join("\n").trim().to_owned();
    if text.is_empty() {
        return Err(Failure::field("/text", "required"));
    }
    if text.chars().count() > CHARS_MAX {
        let fault = pratique_core::field::FieldError::new("/text", "too-long").with("max", CHARS_MAX);
        return Err(Failure::Invalid(vec![fault]));
    }
    Ok(text)
}
