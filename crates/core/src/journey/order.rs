//! An order: isolation, observation, rest. Rules and officers may propose one; only a named officer's act puts one in force,
//! and only once the person was served with it (I3; product.md, rule 5).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::course::{By, Course};
use super::obligation::{Due, ObligationKind};
use super::{Disposition, Event, Journey, Outcome, Refusal};
use crate::named::named;

/// What is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Observation at home.
    HomeObservation,
    /// Isolation at a central place.
    CentralIsolation,
    /// Hospital.
    Hospital,
    /// Closed rest of a crew that flies on (journey.md 6.4, cargo flights).
    CrewRest,
}

named!(Measure, ALL, [
    Measure::HomeObservation => "home-observation",
    Measure::CentralIsolation => "central-isolation",
    Measure::Hospital => "hospital",
    Measure::CrewRest => "crew-rest",
]);

impl Measure {
    /// How the entry ends with it.
    #[must_use]
    pub fn disposition(self) -> Disposition {
        match self {
            Measure::HomeObservation => Disposition::HomeObservation,
            Measure::CentralIsolation => Disposition::CentralIsolation,
            Measure::Hospital => Disposition::Hospital,
            Measure::CrewRest => Disposition::CrewRest,
        }
    }
}

/// How an order ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// Its time was over.
    Completed,
    /// It was lifted before.
    Lifted,
    /// It should not have been: a corrected result, an appeal.
    Annulled,
}

named!(Ending, ALL, [
    Ending::Completed => "completed",
    Ending::Lifted => "lifted",
    Ending::Annulled => "annulled",
]);

/// Where an order stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// Somebody, or a rule, thinks that it should be. It binds nobody.
    Proposed {
        /// Who proposes; `rules` for a rule.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// A named officer gave it; the person does not know it yet.
    Issued(Issued),
    /// The person was served with it: it is in force.
    Active {
        /// The order.
        issued: Issued,
        /// Who served it.
        by: String,
        /// When.
        at: Timestamp,
        /// The language in which it was explained.
        language: String,
    },
    /// Over.
    Ended {
        /// How.
        ending: Ending,
        /// Who said so.
        by: String,
        /// When.
        at: Timestamp,
    },
}

/// An order as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// The officer.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The instant at which it ends.
    pub until: Timestamp,
}

/// One order of a journey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its number in the journey, from 1.
    pub number: u32,
    /// What is ordered.
    pub measure: Measure,
    /// Where it stands.
    pub state: State,
}

impl Order {
    /// In force?
    #[must_use]
    pub fn is_active(&self) -> bool {
        matches!(self.state, State::Active { .. })
    }

    /// Until when, once it was given and while it has not ended.
    #[must_use]
    pub fn until(&self) -> Option<Timestamp> {
        match &self.state {
            State::Issued(issued) | State::Active { issued, .. } => Some(issued.until),
            State::Proposed { .. } | State::Ended { .. } => None,
        }
    }

    /// The state's stable name (`order-NAME` in `locales`).
    #[must_use]
    pub fn state_name(&self) -> &'static str {
        match self.state {
            State::Proposed { .. } => "proposed",
            State::Issued(_) => "issued",
            State::Active { .. } => "active",
            State::Ended { .. } => "ended",
        }
    }
}

/// What can be asked of an order.
#[derive(Debug, Clone)]
pub enum OrderCommand {
    /// It should be; a rule's or an officer's thought.
    Propose {
        /// What.
        measure: Measure,
    },
    /// A named officer gives it, proposed before (`number`) or not.
    Issue {
        /// The proposal, if there was one.
        number: Option<u32>,
        /// What.
        measure: Measure,
        /// The instant at which it ends.
        until: Timestamp,
    },
    /// The person was told, in this language.
    Serve {
        /// Which order.
        number: u32,
        /// The language.
        language: String,
    },
    /// Another end: longer or shorter.
    Change {
        /// Which order.
        number: u32,
        /// The new end.
        until: Timestamp,
    },
    /// Over.
    End {
        /// Which order.
        number: u32,
        /// How.
        ending: Ending,
    },
}

/// Hours after an order's end within which somebody says how it ended (journey.md 6.2, row 25).
const END_GRACE_H: i64 = 24;

pub(super) fn decide(
    journey: &Journey,
    command: &OrderCommand,
    who: &By<'_>,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    journey.declaration.living()?;
    let mut course = Course::of(journey, now);
    match command {
        OrderCommand::Propose { measure } => {
            let number = next(journey);
            course.happens(Event::OrderProposed { number, measure: *measure, by: who.by.to_owned(), at: now });
        }
        OrderCommand::Issue { number, measure, until } => issue(&mut course, *number, *measure, *until, who, now)?,
        OrderCommand::Serve { number, language } => serve(&mut course, *number, language, who, now)?,
        OrderCommand::Change { number, until } => change(&mut course, *number, *until, who, now)?,
        OrderCommand::End { number, ending } => end(&mut course, *number, *ending, who, now)?,
    }
    Ok(course.events())
}

fn next(journey: &Journey) -> u32 {
    journey.orders.last().map_or(1, |o| o.number + 1)
}

fn find(journey: &Journey, number: u32) -> Result<&Order, Refusal> {
    journey.orders.iter().find(|o| o.number == number).ok_or(Refusal::NoSuchOrder)
}

fn issue(
    course: &mut Course,
    number: Option<u32>,
    measure: Measure,
    until: Timestamp,
    who: &By<'_>,
    now: Timestamp,
) -> Result<(), Refusal> {
    if until <= now {
        return Err(Refusal::EndsBeforeItBegins);
    }
    if course.state.orders.iter().any(|o| o.until().is_some()) {
        return Err(Refusal::OrderInForce);
    }
    // Whoever is not here any more cannot be ordered to stay.
    if course.state.disposition.is_some_and(Disposition::is_without_examination) {
        return Err(Refusal::AlreadyClosed);
    }
    let number = match number {
        None => {
            let number = next(&course.state);
            course.happens(Event::OrderProposed { number, measure, by: who.by.to_owned(), at: now });
            number
        }
        Some(number) => match find(&course.state, number)? {
            order if order.measure != measure => return Err(Refusal::NoSuchOrder),
            order if matches!(order.state, State::Proposed { .. }) => number,
            _ => return Err(Refusal::OrderElsewhere),
        },
    };
    let issued = Issued { by: who.by.to_owned(), at: now, until };
    course.happens(Event::OrderIssued { number, issued });
    course.owes(ObligationKind::ServeOrder, Some(number), who.by, Due::minutes(who.deadlines.serve_min));
    // Whoever gives the order says with it how the entry ends.
    course.met(ObligationKind::Conclude, None, who.by, Outcome::Disposed(measure.disposition()));
    course.met(ObligationKind::Examine, None, who.by, Outcome::Disposed(measure.disposition()));
    course.happens(Event::Disposed { at: now, disposition: measure.disposition(), by: who.by.to_owned() });
    Ok(())
}

fn serve(course: &mut Course, number: u32, language: &str, who: &By<'_>, now: Timestamp) -> Result<(), Refusal> {
    let until = match &find(&course.state, number)?.state {
        State::Issued(issued) => issued.until,
        State::Active { .. } => return Ok(()),
        _ => return Err(Refusal::OrderElsewhere),
    };
    let language = language.to_owned();
    course.happens(Event::OrderServed { number, by: who.by.to_owned(), at: now, language });
    course.met(ObligationKind::ServeOrder, Some(number), who.by, Outcome::Done);
    course.owes(ObligationKind::EndOrder, Some(number), who.by, Due::at(until, END_GRACE_H));
    Ok(())
}

fn change(course: &mut Course, number: u32, until: Timestamp, who: &By<'_>, now: Timestamp) -> Result<(), Refusal> {
    if until <= now {
        return Err(Refusal::EndsBeforeItBegins);
    }
    let order = find(&course.state, number)?;
    let (before, is_active) = (order.until().ok_or(Refusal::OrderElsewhere)?, order.is_active());
    if before == until {
        return Ok(());
    }
    course.happens(Event::OrderChanged { number, until, by: who.by.to_owned(), at: now });
    if is_active {
        course.met(ObligationKind::EndOrder, Some(number), who.by, Outcome::Lapsed);
        course.owes(ObligationKind::EndOrder, Some(number), who.by, Due::at(until, END_GRACE_H));
    }
    Ok(())
}

fn end(course: &mut Course, number: u32, ending: Ending, who: &By<'_>, now: Timestamp) -> Result<(), Refusal> {
    let order = find(&course.state, number)?;
    let Some(until) = order.until() else {
        return match order.state {
            State::Proposed { .. } if ending == Ending::Annulled => {
                course.happens(Event::OrderEnded { number, ending, by: who.by.to_owned(), at: now });
                Ok(())
            }
            _ => Err(Refusal::OrderElsewhere),
        };
    };
    // Nobody says that the time was over before it was: that is lifting it, and another word.
    if ending == Ending::Completed && (now < until || !order.is_active()) {
        return Err(Refusal::OrderNotOver);
    }
    course.happens(Event::OrderEnded { number, ending, by: who.by.to_owned(), at: now });
    course.met(ObligationKind::ServeOrder, Some(number), who.by, Outcome::Lapsed);
    course.met(ObligationKind::EndOrder, Some(number), who.by, Outcome::Done);
    Ok(())
}

pub(super) fn apply(mut orders: Vec<Order>, event: &Event) -> Vec<Order> {
    if let Event::OrderProposed { number, measure, by, at } = event {
        orders.push(Order { number: *number, measure: *measure, state: State::Proposed { by: by.clone(), at: *at } });
    }
    for order in &mut orders {
        order.state = moved(order, event).unwrap_or_else(|| order.state.clone());
    }
    orders
}

fn moved(order: &Order, event: &Event) -> Option<State> {
    match event {
        Event::OrderIssued { number, issued } if *number == order.number => Some(State::Issued(issued.clone())),
        Event::OrderServed { number, by, at, language } if *number == order.number => match &order.state {
            State::Issued(issued) => {
                Some(State::Active { issued: issued.clone(), by: by.clone(), at: *at, language: language.clone() })
            }
            _ => None,
        },
        Event::OrderChanged { number, until, .. } if *number == order.number => match order.state.clone() {
            State::Issued(issued) => Some(State::Issued(Issued { until: *until, ..issued })),
            State::Active { issued, by, at, language } => {
                Some(State::Active { issued: Issued { until: *until, ..issued }, by, at, language })
            }
            _ => None,
        },
        Event::OrderEnded { number, ending, by, at } if *number == order.number => {
            Some(State::Ended { ending: *ending, by: by.clone(), at: *at })
        }
        _ => None,
    }
}
