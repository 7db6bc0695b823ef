//! Building up what happens: each event is applied at once, so that the next one is decided on what then is.

use jiff::Timestamp;

use super::obligation::{Due, ObligationKind};
use super::{Event, Journey, Outcome, apply};
use crate::port::Deadlines;

/// Who asks, and within how long things are owed at this port.
#[derive(Debug, Clone)]
pub(super) struct By<'a> {
    /// Who.
    pub by: &'a str,
    /// The port's deadlines.
    pub deadlines: &'a Deadlines,
}

/// The events so far, and the journey that they make.
pub(super) struct Course {
    /// The journey as it is after the events.
    pub state: Journey,
    events: Vec<Event>,
    now: Timestamp,
}

impl Course {
    pub fn of(journey: &Journey, now: Timestamp) -> Self {
        Course { state: journey.clone(), events: Vec::new(), now }
    }

    pub fn happens(&mut self, event: Event) {
        self.state = apply(self.state.clone(), &event);
        self.events.push(event);
    }

    /// Somebody owes this from now on, within so many minutes; what is owed already is not owed twice.
    pub fn owes(&mut self, kind: ObligationKind, about: Option<u32>, by: &str, due: Due) {
        if self.state.open().any(|o| o.kind == kind && o.about == about) {
            return;
        }
        let number = self.state.obligations.last().map_or(1, |o| o.number + 1);
        self.happens(Event::ObligationOpened {
            number,
            kind,
            by: by.to_owned(),
            at: self.now,
            due: due.after(self.now),
            about,
            department: due.department,
        });
    }

    /// What was owed is done; nothing happens where nothing was.
    pub fn met(&mut self, kind: ObligationKind, about: Option<u32>, by: &str, outcome: Outcome) {
        let open: Vec<u32> =
            self.state.open().filter(|o| o.kind == kind && o.about == about).map(|o| o.number).collect();
        for number in open {
            self.happens(Event::ObligationAnswered { number, by: by.to_owned(), at: self.now, outcome });
        }
    }

    pub fn events(self) -> Vec<Event> {
        self.events
    }
}
