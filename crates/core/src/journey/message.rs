//! Messages to the person of a journey: by which way they were told that a result is there, and what could not be delivered.
//! Where no way led to them, a human calls (journey.md 6.4): nobody is forgotten for want of an address.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::course::{By, Course};
use super::obligation::{Due, ObligationKind};
use super::{Event, Journey, Refusal};
use crate::named::named;
use crate::telling;

/// By which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// E-mail.
    Email,
    /// A short message to a telephone.
    Sms,
}

named!(Way, ALL, [
    Way::Email => "email",
    Way::Sms => "sms",
]);

/// Why a message did not arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Undelivered {
    /// The person gave no address for any way that this port has.
    NoAddress,
    /// The address was refused for good.
    Refused,
    /// Nobody took it over in all the tries.
    NoAnswer,
}

named!(Undelivered, ALL, [
    Undelivered::NoAddress => "no-address",
    Undelivered::Refused => "refused",
    Undelivered::NoAnswer => "no-answer",
]);

/// One release of one result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResultRef {
    /// The sample.
    pub sample: u32,
    /// The test.
    pub test: u32,
    /// 1, and one more for each amendment.
    pub version: u32,
}

/// What became of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Of which result.
    pub of: ResultRef,
    /// By which way; none where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<Way>,
    /// Why it did not arrive; none where it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undelivered: Option<Undelivered>,
    /// When.
    pub at: Timestamp,
}

/// What a try to reach the person came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageCommand {
    /// Of which result.
    pub of: ResultRef,
    /// Ways by which it was sent, or on which it failed for good.
    pub came_to: Vec<(Way, Option<Undelivered>)>,
    /// No way is left to try.
    pub is_over: bool,
}

pub(super) fn decide(
    journey: &Journey,
    command: &MessageCommand,
    who: &By<'_>,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let mut course = Course::of(journey, now);
    let of = command.of;
    for (way, undelivered) in &command.came_to {
        if course.state.messages.iter().all(|m| m.of != of || m.way != Some(*way)) {
            course.happens(event(Message { of, way: Some(*way), undelivered: *undelivered, at: now }));
        }
    }
    let told = |journey: &Journey| journey.messages.iter().any(|m| m.of == of && m.undelivered.is_none());
    if command.is_over && !told(&course.state) && telling::stands(journey, of) {
        if course.state.messages.iter().all(|m| m.of != of) {
            let undelivered = Some(Undelivered::NoAddress);
            course.happens(event(Message { of, way: None, undelivered, at: now }));
        }
        course.owes(ObligationKind::TellPerson, Some(of.sample), who.by, Due::minutes(who.deadlines.tell_min));
    }
    Ok(course.events())
}

fn event(message: Message) -> Event {
    match message.undelivered {
        None => Event::MessageSent { message },
        Some(_) => Event::MessageUndelivered { message },
    }
}

pub(super) fn apply(mut messages: Vec<Message>, event: &Event) -> Vec<Message> {
    if let Event::MessageSent { message } | Event::MessageUndelivered { message } = event {
        messages.push(*message);
    }
    messages
}
