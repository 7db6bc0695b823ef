//! What has been done with a journey by people, in order, with the words that they gave for it.

use jiff::Timestamp;
use pratique_core::id::Id;
use pratique_core::journey::order::Ending;
use pratique_core::journey::{Class, Decision, Disposition, Event, Measure, ObligationKind, Outcome};

use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Decided at a station.
    Decided(Decision),
    /// Took a decision back.
    TookBack(Decision),
    /// Took an obligation on.
    TookOn,
    /// Answered an obligation.
    Answered(Outcome),
    /// Examined.
    Examined,
    /// Inquired.
    Investigated,
    /// Ordered a sample.
    OrderedSample,
    /// Said of which class the entry is.
    Classified(Class),
    /// Said how the entry ends.
    Disposed(Disposition),
    /// Gave an order.
    GaveOrder(Measure),
    /// Told the person of an order.
    ServedOrder,
    /// Let an order end at another time.
    ChangedOrder,
    /// Ended an order.
    EndedOrder(Ending),
    /// The person themself asked for what the form cannot change.
    AskedCorrection,
}

/// One act with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// What.
    pub deed: Deed,
    /// In their words.
    pub words: Option<String>,
}

/// Everything that people did with a journey, oldest first. The words are personal data: whoever calls this shows a person, and
/// it must be on record (`actions::look`).
///
/// # Errors
/// [`Failure::Sealed`] for an erased person; the store's.
pub async fn all(app: &App, journey: Id) -> Result<Vec<Noted>, Failure> {
    let mut noted: Vec<Noted> = Vec::new();
    // An order that is given at once is proposed by the same act, whose words stand at its first event.
    let mut proposed: Vec<(u32, Measure, Option<String>)> = Vec::new();
    for row in app.store.events(journey).await? {
        let mut said = words(app, journey, row.seq).await?;
        let (at, by, deed) = match serde_json::from_str(&row.body)? {
            Event::OrderProposed { number, measure, .. } => {
                proposed.push((number, measure, said));
                continue;
            }
            Event::OrderIssued { issued, number } => {
                let before = proposed.iter().find(|(known, ..)| *known == number);
                let Some((_, measure, before)) = before else { continue };
                said = said.or_else(|| before.clone());
                (issued.at, issued.by, Deed::GaveOrder(*measure))
            }
            // Where an answer or an order ended the entry, that says so already.
            Event::Disposed { at, .. } if noted.last().is_some_and(|last| last.at == at && last.deed.ends()) => {
                continue;
            }
            event => match of(event) {
                Some(deed) => deed,
                None => continue,
            },
        };
        noted.push(Noted { at, by, deed, words: said });
    }
    Ok(noted)
}

impl Deed {
    fn ends(&self) -> bool {
        matches!(self, Deed::Answered(Outcome::Disposed(_)) | Deed::GaveOrder(_))
    }
}

/// The act that an event tells of by itself.
fn of(event: Event) -> Option<(Timestamp, String, Deed)> {
    Some(match event {
        Event::Decided { at, decision, by, .. } => (at, by, Deed::Decided(decision)),
        Event::DecisionUndone { at, decision, by, .. } => (at, by, Deed::TookBack(decision)),
        // It says so itself, right before.
        Event::ObligationAnswered { outcome: Outcome::TakenBack, .. } => return None,
        Event::ObligationOpened { at, by, kind: ObligationKind::CorrectRecord, .. } => (at, by, Deed::AskedCorrection),
        Event::ObligationAcknowledged { at, by, .. } => (at, by, Deed::TookOn),
        Event::ObligationAnswered { at, by, outcome, .. } => (at, by, Deed::Answered(outcome)),
        Event::Examined { at, by, .. } => (at, by, Deed::Examined),
        Event::Investigated { at, by, .. } => (at, by, Deed::Investigated),
        Event::SampleOrdered { at, by, instead_of: None, .. } => (at, by, Deed::OrderedSample),
        Event::Classified { at, by, class } => (at, by, Deed::Classified(class)),
        Event::OrderServed { at, by, .. } => (at, by, Deed::ServedOrder),
        Event::OrderChanged { at, by, .. } => (at, by, Deed::ChangedOrder),
        Event::OrderEnded { at, by, ending, .. } => (at, by, Deed::EndedOrder(ending)),
        Event::Disposed { at, by, disposition } => (at, by, Deed::Disposed(disposition)),
        _ => return None,
    })
}

/// The words given with the event of this number. Personal data, as those of [`all`].
///
/// # Errors
/// As [`all`].
pub async fn of_event(app: &App, journey: Id, seq: i64) -> Result<Option<String>, Failure> {
    words(app, journey, seq).await
}

/// The words sealed at this event, if there are any.
async fn words(app: &App, journey: Id, seq: i64) -> Result<Option<String>, Failure> {
    let Some(body) = app.store.body(ledger::notes_of(journey), seq).await? else { return Ok(None) };
    let plain = app.person_key(journey).await?.open(&format!("note/{seq}"), &body.sealed)?;
    Ok(Some(String::from_utf8_lossy(&plain).into_owned()))
}
