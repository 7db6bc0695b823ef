//! A sample: ordered, labelled from a scanned pass, collected, sent, received; or refused, rejected, missing, lost. Whoever is
//! owed a result stays in somebody's list until there is one: every end without a result orders a new sample, or asks the
//! doctor (journey.md 6.1, 6.4).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::course::{By, Course};
use super::obligation::{Due, ObligationKind};
use super::test::{self, Test};
use super::{Event, Journey, Outcome, Refusal};
use crate::id::Id;
use crate::named::named;

/// What is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Specimen {
    /// Swab of the nasopharynx.
    Nasopharyngeal,
    /// Swab of the throat.
    Oropharyngeal,
    /// Swab of the front of the nose.
    Nasal,
    /// Saliva: for who cannot be swabbed (journey.md 6.4).
    Saliva,
    /// Sputum.
    Sputum,
}

/// Why a person was not sampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotSampled {
    /// They, or their guardian, did not agree.
    Refused,
    /// It cannot be done: an injury, an infant.
    Unable,
}

/// Why the laboratory cannot use a tube.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unfit {
    /// Broken or leaking.
    Leaking,
    /// Too little in it.
    Insufficient,
    /// No label, or one that cannot be read.
    Unlabelled,
    /// Two labels, or two tubes under one label.
    Mislabelled,
    /// Contaminated.
    Contaminated,
    /// Kept too warm or too long.
    Spoiled,
}

named!(Specimen, ALL, [
    Specimen::Nasopharyngeal => "nasopharyngeal",
    Specimen::Oropharyngeal => "oropharyngeal",
    Specimen::Nasal => "nasal",
    Specimen::Saliva => "saliva",
    Specimen::Sputum => "sputum",
]);
named!(NotSampled, ALL, [NotSampled::Refused => "refused", NotSampled::Unable => "unable"]);
named!(Unfit, ALL, [
    Unfit::Leaking => "leaking",
    Unfit::Insufficient => "insufficient",
    Unfit::Unlabelled => "unlabelled",
    Unfit::Mislabelled => "mislabelled",
    Unfit::Contaminated => "contaminated",
    Unfit::Spoiled => "spoiled",
]);

/// A labelled tube.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tube {
    /// What is printed on it, as bar code and in letters: the sample's only name outside the journey.
    pub label: String,
    /// The scan of the person's pass that it was printed from.
    pub scan: Id,
    /// Version of the consent that the person was shown and gave.
    pub consent: String,
    /// Who labelled it.
    pub by: String,
    /// Where.
    pub station: String,
    /// When.
    pub at: Timestamp,
}

/// A collected specimen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The tube that it is in.
    pub tube: Tube,
    /// What was taken.
    pub specimen: Specimen,
    /// The sampler.
    pub by: String,
    /// Where.
    pub station: String,
    /// When.
    pub at: Timestamp,
}

/// Where a sample is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// To be taken.
    Ordered,
    /// The person was not sampled.
    NotSampled {
        /// Why.
        why: NotSampled,
        /// Who wrote it down.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// A tube is labelled, and empty.
    Labelled(Tube),
    /// Taken, at the booth.
    Collected(Taken),
    /// On its way.
    Sent {
        /// What was sent.
        taken: Taken,
        /// The bag or box.
        parcel: String,
        /// Who handed it over.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// In the laboratory.
    Received {
        /// What was received.
        taken: Taken,
        /// Who took it in.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// The laboratory cannot use it.
    Rejected {
        /// What was rejected.
        taken: Taken,
        /// Why.
        why: Unfit,
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// Collected, and not in the laboratory in time: somebody looks for it.
    Missing {
        /// What is missed.
        taken: Taken,
        /// Since when.
        at: Timestamp,
    },
    /// Given up.
    Lost {
        /// What was lost.
        taken: Taken,
        /// Who said so.
        by: String,
        /// When.
        at: Timestamp,
    },
}

/// One sample of a journey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// Its number in the journey, from 1.
    pub number: u32,
    /// Who ordered it.
    pub ordered_by: String,
    /// When.
    pub ordered_at: Timestamp,
    /// The sample that it takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<u32>,
    /// Where it is.
    pub state: State,
    /// Its tests, in order; the last one is the one that counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<Test>,
}

impl Sample {
    /// The label of its tube.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        match &self.state {
            State::Labelled(tube) => Some(&tube.label),
            _ => self.taken().map(|taken| taken.tube.label.as_str()),
        }
    }

    /// What was taken.
    #[must_use]
    pub fn taken(&self) -> Option<&Taken> {
        match &self.state {
            State::Collected(taken)
            | State::Sent { taken, .. }
            | State::Received { taken, .. }
            | State::Rejected { taken, .. }
            | State::Missing { taken, .. }
            | State::Lost { taken, .. } => Some(taken),
            State::Ordered | State::NotSampled { .. } | State::Labelled(_) => None,
        }
    }

    /// The state's stable name, as in the API and in `locales` (`sample-NAME`).
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match &self.state {
            State::Ordered => "ordered",
            State::NotSampled { .. } => "not-sampled",
            State::Labelled(_) => "labelled",
            State::Collected(_) => "collected",
            State::Sent { .. } => "sent",
            State::Received { .. } => "received",
            State::Rejected { .. } => "rejected",
            State::Missing { .. } => "missing",
            State::Lost { .. } => "lost",
        }
    }
}

/// What can be asked of a sample.
#[derive(Debug, Clone)]
pub enum SampleCommand {
    /// Take one from this person.
    Order,
    /// A tube is labelled, from the person's scanned pass.
    Label {
        /// Which sample.
        number: u32,
        /// The new label.
        label: String,
        /// The scan of the pass.
        scan: Id,
        /// The consent's version.
        consent: String,
        /// The booth.
        station: String,
    },
    /// Taken; the label is scanned back, so that a tube is never swapped.
    Collect {
        /// Which sample.
        number: u32,
        /// The label as scanned back from the tube.
        label: String,
        /// What was taken.
        specimen: Specimen,
        /// The booth.
        station: String,
    },
    /// Not taken.
    NotSampled {
        /// Which sample.
        number: u32,
        /// Why.
        why: NotSampled,
    },
    /// Handed to the courier.
    Send {
        /// Which sample.
        number: u32,
        /// The bag or box.
        parcel: String,
    },
    /// Taken in at the laboratory.
    Receive {
        /// Which sample.
        number: u32,
    },
    /// Cannot be used.
    Reject {
        /// Which sample.
        number: u32,
        /// Why.
        why: Unfit,
    },
    /// Not in the laboratory in time.
    Miss {
        /// Which sample.
        number: u32,
    },
    /// Given up.
    Lose {
        /// Which sample.
        number: u32,
    },
}

pub(super) fn decide(
    journey: &Journey,
    command: &SampleCommand,
    who: &By<'_>,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    journey.declaration.living()?;
    let mut course = Course::of(journey, now);
    match command {
        SampleCommand::Order => order(&mut course, who, None, now)?,
        SampleCommand::Label { number, label, scan, consent, station } => {
            label_it(&mut course, *number, (label, *scan, consent, station), who, now)?;
        }
        SampleCommand::Collect { number, label, specimen, station } => {
            collect(&mut course, *number, (label, *specimen, station), who, now)?;
        }
        SampleCommand::NotSampled { number, why } => not_sampled(&mut course, *number, *why, who, now)?,
        SampleCommand::Send { number, parcel } => send(&mut course, *number, parcel, who, now)?,
        SampleCommand::Receive { number } => receive(&mut course, *number, who, now)?,
        SampleCommand::Reject { number, why } => reject(&mut course, *number, *why, who, now)?,
        SampleCommand::Miss { number } => match &find(journey, *number)?.state {
            State::Collected(_) | State::Sent { .. } => {
                course.happens(Event::SampleMissed { number: *number, at: now });
            }
            State::Missing { .. } => {}
            _ => return Err(Refusal::SampleElsewhere),
        },
        SampleCommand::Lose { number } => lose(&mut course, *number, who, now)?,
    }
    Ok(course.events())
}

/// A sample of this journey by its number.
pub(super) fn find(journey: &Journey, number: u32) -> Result<&Sample, Refusal> {
    journey.samples.iter().find(|s| s.number == number).ok_or(Refusal::NoSuchSample)
}

/// Orders a sample; one that is still to be taken is not ordered twice.
pub(super) fn order(course: &mut Course, who: &By<'_>, instead_of: Option<u32>, now: Timestamp) -> Result<(), Refusal> {
    if course.state.samples.iter().any(|s| matches!(s.state, State::Ordered | State::Labelled(_))) {
        return Err(Refusal::SampleOwed);
    }
    // Whoever has left is not called back by an order alone: a late result or a contact reopens the journey first.
    if course.state.disposition.is_some() && course.state.open().next().is_none() {
        return Err(Refusal::AlreadyClosed);
    }
    let number = course.state.samples.last().map_or(1, |s| s.number + 1);
    course.happens(Event::SampleOrdered { number, at: now, by: who.by.to_owned(), instead_of });
    let minutes = if instead_of.is_some() { who.deadlines.recollect_min } else { who.deadlines.collect_min };
    course.owes(ObligationKind::CollectSample, Some(number), who.by, Due::minutes(minutes));
    Ok(())
}

fn label_it(
    course: &mut Course,
    number: u32,
    (label, scan, consent, station): (&str, Id, &str, &str),
    who: &By<'_>,
    now: Timestamp,
) -> Result<(), Refusal> {
    match find(&course.state, number)?.state {
        // Printed again: the label before is void, and a tube that bears it leads to nobody.
        State::Ordered | State::Labelled(_) => {}
        _ => return Err(Refusal::SampleElsewhere),
    }
    let tube = Tube {
        label: label.to_owned(),
        scan,
        consent: consent.to_owned(),
        by: who.by.to_owned(),
        station: station.to_owned(),
        at: now,
    };
    course.happens(Event::SampleLabelled { number, tube });
    Ok(())
}

fn collect(
    course: &mut Course,
    number: u32,
    (label, specimen, station): (&str, Specimen, &str),
    who: &By<'_>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let tube = match &find(&course.state, number)?.state {
        State::Labelled(tube) if tube.label == label => tube.clone(),
        State::Labelled(_) => return Err(Refusal::WrongTube),
        State::Ordered => return Err(Refusal::NoLabel),
        _ => return Err(Refusal::SampleElsewhere),
    };
    let taken = Taken { tube, specimen, by: who.by.to_owned(), station: station.to_owned(), at: now };
    course.happens(Event::SampleCollected { number, taken });
    course.met(ObligationKind::CollectSample, Some(number), who.by, Outcome::Done);
    course.owes(ObligationKind::DeliverSample, Some(number), who.by, Due::minutes(who.deadlines.deliver_min));
    course.owes(ObligationKind::ReportResult, Some(number), who.by, Due::minutes(who.deadlines.report_min));
    Ok(())
}

/// A refusal is never left blank: the doctor says what follows from it (journey.md 6.4).
fn not_sampled(course: &mut Course, number: u32, why: NotSampled, who: &By<'_>, now: Timestamp) -> Result<(), Refusal> {
    if !matches!(find(&course.state, number)?.state, State::Ordered | State::Labelled(_)) {
        return Err(Refusal::SampleElsewhere);
    }
    course.happens(Event::PersonNotSampled { number, why, by: who.by.to_owned(), at: now });
    course.met(ObligationKind::CollectSample, Some(number), who.by, Outcome::Lapsed);
    course.owes(ObligationKind::Conclude, None, who.by, Due::minutes(who.deadlines.conclude_min));
    Ok(())
}

fn send(course: &mut Course, number: u32, parcel: &str, who: &By<'_>, now: Timestamp) -> Result<(), Refusal> {
    match &find(&course.state, number)?.state {
        State::Collected(_) => {}
        State::Sent { parcel: before, .. } if before == parcel => return Ok(()),
        _ => return Err(Refusal::SampleElsewhere),
    }
    course.happens(Event::SampleSent { number, parcel: parcel.to_owned(), by: who.by.to_owned(), at: now });
    Ok(())
}

fn receive(course: &mut Course, number: u32, who: &By<'_>, now: Timestamp) -> Result<(), Refusal> {
    match &find(&course.state, number)?.state {
        State::Collected(_) | State::Sent { .. } | State::Missing { .. } => {}
        State::Received { .. } => return Ok(()),
        State::Lost { .. } => return Err(Refusal::SampleGivenUp),
        _ => return Err(Refusal::SampleElsewhere),
    }
    course.happens(Event::SampleReceived { number, by: who.by.to_owned(), at: now });
    course.met(ObligationKind::DeliverSample, Some(number), who.by, Outcome::Done);
    course.happens(Event::TestQueued { sample: number, test: 1, at: now });
    Ok(())
}

fn reject(course: &mut Course, number: u32, why: Unfit, who: &By<'_>, now: Timestamp) -> Result<(), Refusal> {
    let sample = find(&course.state, number)?;
    match &sample.state {
        State::Collected(_) | State::Sent { .. } | State::Missing { .. } => {}
        State::Received { .. } if !test::is_released(sample) => {}
        State::Received { .. } => return Err(Refusal::AlreadyReleased),
        _ => return Err(Refusal::SampleElsewhere),
    }
    course.happens(Event::SampleRejected { number, why, by: who.by.to_owned(), at: now });
    again(course, number, who, now)
}

fn lose(course: &mut Course, number: u32, who: &By<'_>, now: Timestamp) -> Result<(), Refusal> {
    match &find(&course.state, number)?.state {
        State::Collected(_) | State::Sent { .. } | State::Missing { .. } => {}
        State::Lost { .. } => return Ok(()),
        _ => return Err(Refusal::SampleElsewhere),
    }
    course.happens(Event::SampleLost { number, by: who.by.to_owned(), at: now });
    again(course, number, who, now)
}

/// No result will come of this one: another is taken where the person is now, within the time for that.
pub(super) fn again(course: &mut Course, number: u32, who: &By<'_>, now: Timestamp) -> Result<(), Refusal> {
    match order(course, who, Some(number), now) {
        Ok(()) | Err(Refusal::SampleOwed) => {}
        Err(other) => return Err(other),
    }
    course.met(ObligationKind::DeliverSample, Some(number), who.by, Outcome::Lapsed);
    course.met(ObligationKind::ReportResult, Some(number), who.by, Outcome::Lapsed);
    Ok(())
}

pub(super) fn apply(mut samples: Vec<Sample>, event: &Event) -> Vec<Sample> {
    if let Event::SampleOrdered { number, at, by, instead_of } = event {
        samples.push(Sample {
            number: *number,
            ordered_by: by.clone(),
            ordered_at: *at,
            instead_of: *instead_of,
            state: State::Ordered,
            tests: Vec::new(),
        });
        return samples;
    }
    for sample in &mut samples {
        sample.state = moved(sample, event).unwrap_or_else(|| sample.state.clone());
        sample.tests = test::apply(std::mem::take(&mut sample.tests), sample.number, event);
    }
    samples
}

/// The sample's state after an event that concerns it.
fn moved(sample: &Sample, event: &Event) -> Option<State> {
    let taken = || sample.taken().cloned();
    let own = |number: &u32| *number == sample.number;
    Some(match event {
        Event::SampleLabelled { number, tube } if own(number) => State::Labelled(tube.clone()),
        Event::SampleCollected { number, taken } if own(number) => State::Collected(taken.clone()),
        Event::PersonNotSampled { number, why, by, at } if own(number) => {
            State::NotSampled { why: *why, by: by.clone(), at: *at }
        }
        Event::SampleSent { number, parcel, by, at } if own(number) => {
            State::Sent { taken: taken()?, parcel: parcel.clone(), by: by.clone(), at: *at }
        }
        Event::SampleReceived { number, by, at } if own(number) => {
            State::Received { taken: taken()?, by: by.clone(), at: *at }
        }
        Event::SampleRejected { number, why, by, at } if own(number) => {
            State::Rejected { taken: taken()?, why: *why, by: by.clone(), at: *at }
        }
        Event::SampleMissed { number, at } if own(number) => State::Missing { taken: taken()?, at: *at },
        Event::SampleLost { number, by, at } if own(number) => State::Lost { taken: taken()?, by: by.clone(), at: *at },
        _ => return None,
    })
}
