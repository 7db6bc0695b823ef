//! A handover: what one department gives another. It stays the sender's until it is accepted, and is over only when it was
//! answered (product.md, The words; journey.md 6.1).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::course::{By, Course};
use super::obligation::{Due, ObligationKind};
use super::{Event, Journey, Outcome, Refusal};
use crate::named::named;

/// What the receiver reports back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Report {
    /// Isolation or observation was completed.
    Completed,
    /// Treated, and discharged.
    Discharged,
    /// Contacts were found and told.
    ContactsReached,
    /// The person could not be found.
    NotFound,
    /// It was another department's, and was given there.
    PassedOn,
}

named!(Report, ALL, [
    Report::Completed => "completed",
    Report::Discharged => "discharged",
    Report::ContactsReached => "contacts-reached",
    Report::NotFound => "not-found",
    Report::PassedOn => "passed-on",
]);

/// Where a handover stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Offered, and still the sender's.
    Offered,
    /// The receiver's.
    Accepted {
        /// Who took it.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// Not taken: the sender gives it to somebody else.
    Declined {
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// Answered.
    Answered {
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
        /// With what.
        report: Report,
    },
    /// Taken back by the sender.
    Withdrawn {
        /// Who.
        by: String,
        /// When.
        at: Timestamp,
    },
}

/// One handover of a journey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// Its number in the journey, from 1.
    pub number: u32,
    /// The department that it is offered to, as the port's file names it.
    pub to: String,
    /// Who offered it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Where it stands.
    pub state: State,
}

impl Handover {
    /// Offered or accepted, and not answered.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Offered | State::Accepted { .. })
    }

    /// The state's stable name (`handover-NAME` in `locales`).
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            State::Offered => "offered",
            State::Accepted { .. } => "accepted",
            State::Declined { .. } => "declined",
            State::Answered { .. } => "answered",
            State::Withdrawn { .. } => "withdrawn",
        }
    }
}

/// What can be asked of a handover.
#[derive(Debug, Clone)]
pub enum HandoverCommand {
    /// Offered to a department.
    Offer {
        /// The department.
        to: String,
    },
    /// Taken.
    Accept {
        /// Which.
        number: u32,
    },
    /// Not taken; a reason was given (its words are sealed elsewhere).
    Decline {
        /// Which.
        number: u32,
        /// Words were given.
        reasoned: bool,
    },
    /// Reported back.
    Answer {
        /// Which.
        number: u32,
        /// With what.
        report: Report,
    },
    /// Taken back.
    Withdraw {
        /// Which.
        number: u32,
    },
}

pub(super) fn decide(
    journey: &Journey,
    command: &HandoverCommand,
    who: &By<'_>,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let mut course = Course::of(journey, now);
    let by = || who.by.to_owned();
    match command {
        HandoverCommand::Offer { to } => offer(&mut course, to, who, now)?,
        HandoverCommand::Accept { number } => accept(&mut course, *number, who, now)?,
        HandoverCommand::Decline { number, reasoned } => {
            let handover = find(journey, *number)?;
            match handover.state {
                State::Offered if *reasoned => {}
                State::Offered => return Err(Refusal::ReasonNeeded),
                State::Declined { .. } => return Ok(Vec::new()),
                _ => return Err(Refusal::HandoverElsewhere),
            }
            let sender = handover.by.clone();
            course.happens(Event::HandoverDeclined { number: *number, by: by(), at: now });
            course.met(ObligationKind::AcceptHandover, Some(*number), who.by, Outcome::Lapsed);
            // It was the sender's all along, and they find another who takes it.
            course.owes(ObligationKind::OfferAgain, Some(*number), &sender, Due::minutes(who.deadlines.accept_min));
        }
        HandoverCommand::Answer { number, report } => {
            match find(journey, *number)?.state {
                State::Accepted { .. } => {}
                State::Offered => return Err(Refusal::NotAccepted),
                _ => return Err(Refusal::HandoverElsewhere),
            }
            course.happens(Event::HandoverAnswered { number: *number, by: by(), at: now, report: *report });
            course.met(ObligationKind::AnswerHandover, Some(*number), who.by, Outcome::Done);
        }
        HandoverCommand::Withdraw { number } => {
            if !find(journey, *number)?.is_open() {
                return Err(Refusal::HandoverElsewhere);
            }
            course.happens(Event::HandoverWithdrawn { number: *number, by: by(), at: now });
            course.met(ObligationKind::AcceptHandover, Some(*number), who.by, Outcome::Lapsed);
            course.met(ObligationKind::AnswerHandover, Some(*number), who.by, Outcome::Lapsed);
        }
    }
    Ok(course.events())
}

fn find(journey: &Journey, number: u32) -> Result<&Handover, Refusal> {
    journey.handovers.iter().find(|h| h.number == number).ok_or(Refusal::NoSuchHandover)
}

fn offer(course: &mut Course, to: &str, who: &By<'_>, now: Timestamp) -> Result<(), Refusal> {
    if course.state.handovers.iter().any(|h| h.to == to && h.is_open()) {
        return Err(Refusal::OfferedAlready);
    }
    let number = course.state.handovers.last().map_or(1, |h| h.number + 1);
    course.happens(Event::HandoverOffered { number, to: to.to_owned(), by: who.by.to_owned(), at: now });
    let due = Due::minutes(who.deadlines.accept_min).of(Some(to));
    course.owes(ObligationKind::AcceptHandover, Some(number), who.by, due);
    // What was declined elsewhere has found another.
    let again: Vec<Option<u32>> =
        course.state.open().filter(|o| o.kind == ObligationKind::OfferAgain).map(|o| o.about).collect();
    for about in again {
        course.met(ObligationKind::OfferAgain, about, who.by, Outcome::Done);
    }
    Ok(())
}

fn accept(course: &mut Course, number: u32, who: &By<'_>, now: Timestamp) -> Result<(), Refusal> {
    let handover = find(&course.state, number)?;
    match handover.state {
        State::Offered => {}
        State::Accepted { .. } => return Ok(()),
        _ => return Err(Refusal::HandoverElsewhere),
    }
    let to = handover.to.clone();
    course.happens(Event::HandoverAccepted { number, by: who.by.to_owned(), at: now });
    course.met(ObligationKind::AcceptHandover, Some(number), who.by, Outcome::Done);
    // Feedback is owed at the end of the measure where there is one, else within the port's own time.
    let ends = course.state.orders.iter().filter_map(super::order::Order::until).max();
    let due = match ends {
        Some(until) if until > now => Due::at(until, 24),
        _ => Due::minutes(who.deadlines.feedback_min),
    };
    course.owes(ObligationKind::AnswerHandover, Some(number), who.by, due.of(Some(&to)));
    Ok(())
}

pub(super) fn apply(mut handovers: Vec<Handover>, event: &Event) -> Vec<Handover> {
    let (number, state) = match event {
        Event::HandoverOffered { number, to, by, at } => {
            let (number, to, by, at) = (*number, to.clone(), by.clone(), *at);
            handovers.push(Handover { number, to, by, at, state: State::Offered });
            return handovers;
        }
        Event::HandoverAccepted { number, by, at } => (number, State::Accepted { by: by.clone(), at: *at }),
        Event::HandoverDeclined { number, by, at } => (number, State::Declined { by: by.clone(), at: *at }),
        Event::HandoverAnswered { number, by, at, report } => {
            (number, State::Answered { by: by.clone(), at: *at, report: *report })
        }
        Event::HandoverWithdrawn { number, by, at } => (number, State::Withdrawn { by: by.clone(), at: *at }),
        _ => return handovers,
    };
    if let Some(found) = handovers.iter_mut().find(|h| h.number == *number) {
        found.state = state;
    }
    handovers
}
