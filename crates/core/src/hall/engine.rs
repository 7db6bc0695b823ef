//! The hall at work: a heap of events in the order of time. Queues are first come, first served; a post that closes finishes
//! the person in front of it.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::clock::HORIZON_MS;
use super::people::Person;
use super::posts::Posts;
use super::station::Station;

/// One person at one station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// Who, by their place among the people.
    pub person: usize,
    /// Where.
    pub station: Station,
    /// When they joined the queue.
    pub came_ms: i64,
    /// When their turn came, if it did.
    pub began_ms: Option<i64>,
    /// When they were done, if they were.
    pub ended_ms: Option<i64>,
}

/// What came of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Every visit, in the order of coming.
    pub visits: Vec<Visit>,
    /// When each person left the hall; nothing for those still inside when the model stops.
    pub left_ms: Vec<Option<i64>>,
}

/// What happens. At the same instant posts change first, then people are done, then others come: the order of the variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// The posts of this station change.
    Shift(usize),
    /// This visit ends.
    Done(usize),
    /// This person comes to the next station from this one on.
    Comes(usize, usize),
}

struct Queue<'a> {
    posts: &'a Posts,
    busy: u32,
    waiting: VecDeque<usize>,
}

struct Hall<'a> {
    people: &'a [Person],
    queues: [Queue<'a>; 4],
    heap: BinaryHeap<Reverse<(i64, Event)>>,
    day: Day,
}

/// Runs a day.
#[must_use]
pub fn run(people: &[Person], posts: &[Posts; 4]) -> Day {
    let queue = |station: Station| Queue { posts: &posts[station.index()], busy: 0, waiting: VecDeque::new() };
    let mut hall = Hall {
        people,
        queues: Station::ALL.map(queue),
        heap: BinaryHeap::with_capacity(people.len() + 64),
        day: Day { visits: Vec::with_capacity(people.len() * 2), left_ms: vec![None; people.len()] },
    };
    for (who, person) in people.iter().enumerate() {
        hall.heap.push(Reverse((person.enters_ms, Event::Comes(who, 0))));
    }
    for (at, posts) in posts.iter().enumerate() {
        hall.heap.extend(posts.changes().map(|when| Reverse((when, Event::Shift(at)))));
    }
    while let Some(Reverse((now, event))) = hall.heap.pop() {
        if now > HORIZON_MS {
            break;
        }
        hall.happens(now, event);
    }
    hall.day
}

impl Hall<'_> {
    fn happens(&mut self, now: i64, event: Event) {
        match event {
            Event::Shift(station) => self.call(now, station),
            Event::Comes(who, from) => match self.people[who].next(from) {
                None => self.day.left_ms[who] = Some(now),
                Some(station) => {
                    let visit = Visit { person: who, station, came_ms: now, began_ms: None, ended_ms: None };
                    self.queues[station.index()].waiting.push_back(self.day.visits.len());
                    self.day.visits.push(visit);
                    self.call(now, station.index());
                }
            },
            Event::Done(visit) => {
                self.day.visits[visit].ended_ms = Some(now);
                let Visit { person, station, .. } = self.day.visits[visit];
                self.queues[station.index()].busy -= 1;
                self.call(now, station.index());
                self.happens(now, Event::Comes(person, station.index() + 1));
            }
        }
    }

    /// Calls up people while posts are free.
    fn call(&mut self, now: i64, station: usize) {
        let queue = &mut self.queues[station];
        while queue.busy < queue.posts.at(now) {
            let Some(visit) = queue.waiting.pop_front() else { break };
            queue.busy += 1;
            let seen = &mut self.day.visits[visit];
            seen.began_ms = Some(now);
            let takes_ms = self.people[seen.person].service_ms[station].unwrap_or(0);
            self.heap.push(Reverse((now + takes_ms, Event::Done(visit))));
        }
    }
}
