//! One party's life at the port, lived through the real actions at its own instants.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use pratique_core::declaration::Channel;
use rand::RngExt;
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};

use super::answers::{self, Complaint};
use super::day::Planned;
use super::fate::Fate;
use super::lane;
use super::people::Party;
use crate::actions::amend::{self, Right};
use crate::actions::declare::Declared;
use crate::actions::sender::Sender;
use crate::actions::{confirm, declare, withdraw};
use crate::app::App;
use crate::caller::Caller;
use crate::clock::Clock;
use crate::failure::Failure;

/// A party with its flight and its fate.
#[derive(Debug, Clone)]
pub struct Life {
    /// The people.
    pub party: Party,
    /// Their flight.
    pub flight: Arc<Planned>,
    /// What becomes of them.
    pub fate: Fate,
    /// The present.
    pub now: Timestamp,
    /// When they declare.
    pub declares_at: Timestamp,
    /// When the declarer comes to a lane, if they do.
    pub scanned_at: Option<Timestamp>,
    /// Their lane, from 0.
    pub lane: usize,
    /// Their own chance.
    pub rng: ChaCha20Rng,
    /// What they hold once they have declared: code and pass of each.
    pub held: Vec<(String, String)>,
}

impl Life {
    /// Settles when things happen, and lets the declarer have something to tell where the fate needs it.
    #[must_use]
    pub fn new(mut party: Party, flight: Arc<Planned>, fate: Fate, now: Timestamp, mut rng: ChaCha20Rng) -> Self {
        let declares_at = declares_at(&flight, fate, &mut rng);
        let scanned_at = scanned_at(&flight, fate, now, &mut rng);
        let declarer = &mut party.people[0];
        if fate.needs_complaint() && declarer.complaint == Complaint::None {
            let kind =
                if matches!(fate, Fate::Hospital | Fate::Isolated) { Complaint::Grave } else { Complaint::Slight };
            answers::complain(&mut declarer.answers, kind, flight.told_on(), &mut rng);
            declarer.complaint = kind;
        }
        let lane = rng.random_range(0..6);
        Life { party, flight, fate, now, declares_at, scanned_at, lane, rng, held: Vec::new() }
    }

    /// What happens before the flight has come.
    ///
    /// # Errors
    /// An action refused: then the demo's story is wrong.
    pub async fn before_arrival(&mut self, app: &App) -> Result<(), Failure> {
        if self.fate.is_late() || self.declares_at > self.now {
            return Ok(());
        }
        let channel = match self.rng.random_range(0..100) {
            0..70 => "web",
            70..92 => "wechat",
            92..98 => "api",
            _ => "paper",
        };
        let at = self.declares_at;
        self.declare(app, channel, at).await?;
        match self.fate {
            Fate::Confirmed => self.confirm(app).await,
            Fate::Amended => self.amend(app, at + mins(25), Complaint::None).await,
            Fate::Withdrawn => self.withdraw(app, at + mins(40)).await,
            Fate::Replaced => self.declare(app, "web", at + mins(50)).await,
            _ => Ok(()),
        }
    }

    /// What happens once it has come.
    ///
    /// # Errors
    /// As before.
    pub async fn after_arrival(&mut self, app: &App) -> Result<(), Failure> {
        let Some(arrived) = self.flight.arrives.filter(|at| *at <= self.now) else { return Ok(()) };
        if self.fate.is_late() {
            let at = arrived + mins(self.rng.random_range(8..25));
            if at > self.now {
                return Ok(());
            }
            let channel = if self.fate == Fate::Kiosk { "kiosk" } else { "wechat" };
            self.declare(app, channel, at).await?;
        }
        if self.held.is_empty() || matches!(self.fate, Fate::Absent | Fate::Withdrawn) {
            return Ok(());
        }
        lane::pass(self, app).await
    }

    async fn declare(&mut self, app: &App, channel: &str, at: Timestamp) -> Result<(), Failure> {
        let body = self.body(channel);
        let reply = Clock::at(at, declare::declare(app, &Caller::Traveller, &body, None)).await?;
        let declared: Declared = reply.read()?;
        let companions = declared.companions.into_iter().map(|c| (c.code, c.pass));
        self.held = std::iter::once((declared.code, declared.pass)).chain(companions).collect();
        Ok(())
    }

    fn body(&self, channel: &str) -> Value {
        self.party.body(self.flight.line, self.flight.id.date, &self.flight.id.port, channel)
    }

    /// What proves the declaration of one of the party theirs.
    fn right(&self, at: usize) -> Right {
        Right::Proof { code: self.held[at].0.clone(), proof: self.party.people[at].number.clone() }
    }

    async fn confirm(&mut self, app: &App) -> Result<(), Failure> {
        let counts_from = self.flight.scheduled - SignedDuration::from_hours(24);
        let last = self.now.min(self.flight.reference() - mins(40));
        let span = last.duration_since(counts_from).as_secs().max(2);
        let at = counts_from + SignedDuration::from_secs(self.rng.random_range(1..span));
        for person in 0..self.held.len() {
            let right = self.right(person);
            let reply = Clock::at(at, confirm::confirm(app, &Caller::Traveller, &right, Channel::Web, None)).await?;
            self.held[person].1 = pass_of(&reply.read()?)?;
        }
        Ok(())
    }

    /// The declarer changes their answers, and perhaps says more than before.
    ///
    /// # Errors
    /// As before.
    pub async fn amend(&mut self, app: &App, at: Timestamp, complaint: Complaint) -> Result<(), Failure> {
        answers::complain(&mut self.party.people[0].answers, complaint, self.flight.told_on(), &mut self.rng);
        let mut body = self.body("web");
        body["contact"]["address"] = json!("Guest house at the third ring road, room 12, Beijing");
        let right = self.right(0);
        let reply = Clock::at(at, amend::amend(app, Sender::at(None), &right, &body, None)).await?;
        self.held[0].1 = pass_of(&reply.read()?)?;
        Ok(())
    }

    async fn withdraw(&mut self, app: &App, at: Timestamp) -> Result<(), Failure> {
        for person in 0..self.held.len() {
            Clock::at(at, withdraw::withdraw(app, &Caller::Traveller, &self.right(person), None)).await?;
        }
        Ok(())
    }
}

/// So many minutes.
#[must_use]
pub fn mins(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

fn pass_of(view: &Value) -> Result<String, Failure> {
    view["pass"].as_str().map(str::to_owned).ok_or_else(|| Failure::bug("a declaration without a pass"))
}

fn declares_at(flight: &Planned, fate: Fate, rng: &mut ChaCha20Rng) -> Timestamp {
    let before_h = |hours: std::ops::Range<i64>, rng: &mut ChaCha20Rng| {
        flight.reference() - SignedDuration::from_secs(rng.random_range(hours.start * 3600..hours.end * 3600))
    };
    match fate {
        Fate::Early | Fate::Confirmed => before_h(27..41, rng),
        // Early enough to have changed their mind by now, wherever in the day their flight is.
        Fate::Amended | Fate::Withdrawn | Fate::Replaced => before_h(14..23, rng),
        _ => before_h(1..24, rng),
    }
}

fn scanned_at(flight: &Planned, fate: Fate, now: Timestamp, rng: &mut ChaCha20Rng) -> Option<Timestamp> {
    let arrived = flight.arrives.filter(|at| *at <= now)?;
    let at = match fate.scanned_ago_min() {
        Some((from, to)) => now - SignedDuration::from_secs(rng.random_range(from * 60..to * 60)),
        None => arrived + SignedDuration::from_secs(rng.random_range(12 * 60..70 * 60)),
    };
    // Whoever declared at a kiosk comes after that.
    Some(if fate.is_late() { at + mins(20) } else { at })
}
