//! Look, judge, **write**: what accepted changes come to, table by table. Pure, and the same for both engines.
//!
//! Changes of one batch may touch the same row, key or list entry one after the other; only what stands in the end is
//! written, so that a statement over the whole batch never meets the same row twice.

use std::collections::{BTreeMap, BTreeSet};

use pratique_core::id::Id;

use crate::audit::Link;
use crate::change::{Body, Change, Claim, Entry, RowWrite};
use crate::statement as sql;
use crate::statement::Write;
use crate::value::Cell;

/// The rows of one statement, cell after cell.
#[derive(Debug)]
pub(crate) struct Sheet<'a> {
    pub(crate) write: &'static Write,
    pub(crate) cells: Vec<Cell<'a>>,
}

/// Everything a batch writes, in the order of `statement::WRITES`, rows in the order of their keys.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    pub(crate) sheets: Vec<Sheet<'a>>,
    pub(crate) generation: bool,
    pub(crate) shreds: bool,
}

/// Plans the accepted changes of a batch, with their audit already linked.
pub(crate) fn plan<'a>(accepted: &[&'a Change], links: &'a [Link]) -> Plan<'a> {
    let mut desk = Desk { sheets: sql::WRITES.iter().map(|write| Sheet { write, cells: Vec::new() }).collect() };
    desk.rows(accepted);
    desk.claims(accepted);
    desk.entries(accepted);
    let gone = last_gone(accepted);
    for (at, change) in accepted.iter().enumerate() {
        // A body whose row ceases to be later in the same batch is not written at all.
        desk.bodies(change.bodies.iter().filter(|body| gone.get(&body.owner).is_none_or(|last| *last < at)));
        desk.appended(change);
        desk.persons(change);
        desk.answers(change);
    }
    desk.rewrapped(accepted);
    desk.audit(links);
    let mut sheets = desk.sheets;
    sheets.retain(|sheet| !sheet.cells.is_empty());
    Plan {
        sheets,
        generation: accepted.iter().any(|change| change.generation),
        shreds: accepted.iter().any(|change| !change.shred.is_empty()),
    }
}

/// Which change of the batch was the last to let an owner's bodies go, with the row or alone.
fn last_gone(accepted: &[&Change]) -> BTreeMap<Id, usize> {
    let owners = |change: &Change| {
        change.gone.iter().map(|row| row.id).chain(change.bodies_gone.iter().copied()).collect::<Vec<_>>()
    };
    accepted.iter().enumerate().flat_map(|(at, change)| owners(change).into_iter().map(move |id| (id, at))).collect()
}

struct Desk<'a> {
    sheets: Vec<Sheet<'a>>,
}

impl<'a> Desk<'a> {
    fn add<const N: usize>(&mut self, write: &'static Write, cells: [Cell<'a>; N]) {
        debug_assert_eq!(N, write.width());
        self.sheets[write.n].cells.extend_from_slice(&cells);
    }

    fn rows(&mut self, accepted: &[&'a Change]) {
        // What stands in the end, and whether it is the row that the batch found: one that ceased to be in between is not.
        let mut last: BTreeMap<&'a Id, (bool, Option<&'a RowWrite>)> = BTreeMap::new();
        for change in accepted {
            for row in &change.rows {
                last.entry(&row.id)
                    .and_modify(|(_, latest)| *latest = Some(row))
                    .or_insert((row.expected > 0, Some(row)));
            }
            for row in &change.gone {
                if !matches!(last.insert(&row.id, (false, None)), Some((false, _))) {
                    self.add(&sql::ROW_GONE, [Cell::id(&row.id)]);
                }
                self.add(&sql::BODY_GONE, [Cell::id(&row.id)]);
            }
            for owner in &change.bodies_gone {
                self.add(&sql::BODY_GONE, [Cell::id(owner)]);
            }
        }
        for (found, row) in last.into_values() {
            let Some(row) = row else { continue };
            let (id, version, state) = (Cell::id(&row.id), Cell::Int(row.expected + 1), Cell::Text(&row.state));
            if !found {
                self.add(&sql::ROW_NEW, [id, Cell::Int(row.kind.0), version, state]);
            } else {
                self.add(&sql::ROW_NEXT, [id, version, state]);
            }
        }
    }

    fn claims(&mut self, accepted: &[&'a Change]) {
        let mut released: BTreeSet<&'a [u8]> = BTreeSet::new();
        let mut held: BTreeMap<&'a [u8], &'a Claim> = BTreeMap::new();
        for change in accepted {
            for key in &change.release {
                held.remove(key.as_slice());
                released.insert(key);
            }
            held.extend(change.claims.iter().map(|claim| (claim.key.as_slice(), claim)));
        }
        for key in released {
            self.add(&sql::CLAIM_RELEASE, [Cell::Bytes(key)]);
        }
        for (key, claim) in held {
            self.add(&sql::CLAIM, [Cell::Bytes(key), Cell::id(&claim.holder), Cell::Text(&claim.detail)]);
        }
    }

    fn entries(&mut self, accepted: &[&'a Change]) {
        let mut listed: BTreeMap<&'a Entry, bool> = BTreeMap::new();
        for change in accepted {
            listed.extend(change.remove.iter().map(|entry| (entry, false)));
            listed.extend(change.put.iter().map(|entry| (entry, true)));
        }
        for (entry, stays) in listed {
            let write = if stays { &sql::ENTRY_PUT } else { &sql::ENTRY_REMOVE };
            self.add(write, [Cell::Text(&entry.list), Cell::Int(entry.sort), Cell::id(&entry.id)]);
        }
    }

    fn bodies(&mut self, bodies: impl Iterator<Item = &'a Body>) {
        for body in bodies {
            let person = Cell::maybe(body.person.as_ref());
            self.add(&sql::BODY, [Cell::id(&body.owner), Cell::Int(body.part), person, Cell::Bytes(&body.sealed)]);
        }
    }

    fn appended(&mut self, change: &'a Change) {
        for event in &change.events {
            let (kind, body) = (Cell::Text(&event.kind), Cell::Text(&event.body));
            self.add(&sql::EVENT, [Cell::id(&event.subject), Cell::Int(event.seq), kind, Cell::Int(event.at_ms), body]);
        }
        for row in &change.outbox {
            let at = Cell::Int(row.at_ms);
            let (topic, body) = (Cell::Text(&row.topic), Cell::Bytes(&row.body));
            self.add(&sql::OUTBOX, [Cell::id(&row.id), topic, at, at, Cell::Int(0), body]);
        }
    }

    fn persons(&mut self, change: &'a Change) {
        for (person, wrapped) in &change.person_keys {
            self.add(&sql::PERSON_KEY, [Cell::id(person), Cell::Bytes(wrapped)]);
        }
        let at_ms = change.audit.first().map_or(0, |entry| entry.at_ms);
        for person in &change.shred {
            self.add(&sql::SHRED, [Cell::id(person)]);
            self.add(&sql::TOMBSTONE, [Cell::id(person), Cell::Int(at_ms)]);
        }
    }

    fn rewrapped(&mut self, accepted: &[&'a Change]) {
        let last: BTreeMap<Id, &'a (Id, Vec<u8>)> =
            accepted.iter().flat_map(|change| &change.rewrap).map(|pair| (pair.0, pair)).collect();
        for (person, wrapped) in last.into_values() {
            self.add(&sql::REWRAP, [Cell::id(person), Cell::Bytes(wrapped)]);
        }
    }

    fn answers(&mut self, change: &'a Change) {
        for key in &change.forget {
            self.add(&sql::ANSWER_FORGET, [Cell::Bytes(key)]);
        }
        if let Some(answer) = &change.answer {
            self.add(
                &sql::ANSWER,
                [
                    Cell::Bytes(&answer.key),
                    Cell::Bytes(&answer.body_hash),
                    Cell::Int(i64::from(answer.status)),
                    Cell::Bytes(&answer.bytes),
                    Cell::maybe(answer.person.as_ref()),
                    Cell::Int(answer.expires_ms),
                ],
            );
        }
    }

    fn audit(&mut self, links: &'a [Link]) {
        for link in links {
            self.add(
                &sql::AUDIT,
                [
                    Cell::id(&link.writer),
                    Cell::Int(link.n),
                    Cell::Int(link.entry.at_ms),
                    Cell::Text(&link.entry.actor),
                    Cell::Text(&link.entry.action),
                    Cell::maybe(link.entry.subject.as_ref()),
                    Cell::Text(&link.entry.detail),
                    Cell::Bytes(&link.prev),
                    Cell::Bytes(&link.hash),
                ],
            );
        }
    }
}
