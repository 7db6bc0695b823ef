//! The connections that this server holds: so many of one address, so many altogether, so that file descriptors are left for the
//! store and for whoever comes next (faults.md F19).
//!
//! A connection over which nothing is worked on (idle between two requests, or still sending one) gives way when another comes and
//! there is no place left: one of those that have waited longest, and of an address that holds many rather than of one that holds few. So sockets that are opened to be held cost others nothing; a browser
//! whose idle connection was closed opens another without a word.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ipnet::IpNet;
use tokio::sync::Notify;

use crate::app::App;
use crate::proofs::network;

/// How many connections there are.
pub const OPEN: &str = "pratique_sockets";
/// How many were closed or not taken, by why: `address` and `all` are the limit that was reached.
pub const CLOSED: &str = "pratique_sockets_closed_total";
/// Descriptors that are not for connections: the store, its pool, files, answers from elsewhere.
const DESCRIPTORS_KEPT: usize = 256;
/// Among so many that have waited longest, the one gives way whose address holds most.
const LOOKED_AT: usize = 16;
/// No more are asked of the system, however many it would give.
const DESCRIPTORS_MAX: u64 = 65_536;

/// How many are held.
#[derive(Debug, Clone)]
struct Limits {
    all: usize,
    of_address: usize,
    apart: Vec<IpNet>,
}

/// Every connection.
#[derive(Debug)]
pub struct Sockets {
    limits: Limits,
    table: Mutex<Table>,
}

#[derive(Debug, Default)]
struct Table {
    last: u64,
    open: HashMap<u64, Held>,
    /// How many each network holds.
    of: HashMap<Vec<u8>, usize>,
    /// Those over which nothing is worked on, the one that has waited longest first.
    waiting: BTreeMap<u64, u64>,
}

#[derive(Debug)]
struct Held {
    network: Vec<u8>,
    waits_since: Option<u64>,
    close: Arc<Notify>,
}

/// A connection's place, for whoever works on what comes over it.
#[derive(Debug, Clone)]
pub struct Seat(Arc<Taken>);

#[derive(Debug)]
struct Taken {
    id: u64,
    close: Arc<Notify>,
    sockets: Arc<Sockets>,
}

impl Sockets {
    /// As the application is set up, and no more than the system gives descriptors for.
    #[must_use]
    pub fn of(app: &App) -> Arc<Self> {
        let load = &app.config.load;
        let own = app.house.ports().flat_map(|port| port.own_networks.iter().copied());
        let proxies = app.config.traffic.trusted_proxies.iter().map(|proxy| IpNet::from(*proxy));
        Sockets::with(Limits {
            all: (load.sockets.get() as usize).min(descriptors()),
            of_address: load.sockets_per_address.get() as usize,
            apart: load.apart.iter().copied().chain(own).chain(proxies).collect(),
        })
    }

    fn with(limits: Limits) -> Arc<Self> {
        Arc::new(Sockets { limits, table: Mutex::default() })
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a connection from this address; another one gives way if it must. Nothing where all are worked on.
    #[must_use]
    pub fn seat(self: &Arc<Self>, peer: IpAddr) -> Option<Seat> {
        let peer = peer.to_canonical();
        let is_apart = self.limits.apart.iter().any(|network| network.contains(&peer));
        let network = network(peer);
        let mut table = self.table();
        let has_place = if !is_apart && table.count(&network) >= self.limits.of_address {
            metrics::counter!(CLOSED, "why" => "address").increment(1);
            let own =
                table.waiting.values().copied().find(|id| table.open.get(id).is_some_and(|h| h.network == network));
            table.give_way(own)
        } else if table.open.len() >= self.limits.all {
            metrics::counter!(CLOSED, "why" => "all").increment(1);
            let longest = table.waiting.values().copied().take(LOOKED_AT);
            let of_many = longest.min_by_key(|id| Reverse(table.open.get(id).map_or(0, |h| table.count(&h.network))));
            table.give_way(of_many)
        } else {
            true
        };
        has_place.then(|| Seat(Arc::new(table.take(self, network))))
    }
}

impl Table {
    fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    fn count(&self, network: &[u8]) -> usize {
        self.of.get(network).copied().unwrap_or(0)
    }

    fn take(&mut self, sockets: &Arc<Sockets>, network: Vec<u8>) -> Taken {
        let (id, close) = (self.next(), Arc::new(Notify::new()));
        *self.of.entry(network.clone()).or_default() += 1;
        self.open.insert(id, Held { network, waits_since: None, close: Arc::clone(&close) });
        self.waits(id);
        metrics::gauge!(OPEN).set(self.open.len() as f64);
        Taken { id, close, sockets: Arc::clone(sockets) }
    }

    fn waits(&mut self, id: u64) {
        let turn = self.next();
        let Some(held) = self.open.get_mut(&id) else { return };
        if let Some(before) = held.waits_since.replace(turn) {
            self.waiting.remove(&before);
        }
        self.waiting.insert(turn, id);
    }

    fn is_worked_on(&mut self, id: u64) {
        if let Some(turn) = self.open.get_mut(&id).and_then(|held| held.waits_since.take()) {
            self.waiting.remove(&turn);
        }
    }

    /// Closes this connection, if there is one.
    fn give_way(&mut self, id: Option<u64>) -> bool {
        let Some(close) = id.and_then(|id| self.leave(id)) else { return false };
        close.notify_one();
        true
    }

    fn leave(&mut self, id: u64) -> Option<Arc<Notify>> {
        let held = self.open.remove(&id)?;
        if let Some(turn) = held.waits_since {
            self.waiting.remove(&turn);
        }
        if let Some(count) = self.of.get_mut(&held.network) {
            *count -= 1;
            if *count == 0 {
                self.of.remove(&held.network);
            }
        }
        metrics::gauge!(OPEN).set(self.open.len() as f64);
        Some(held.close)
    }
}

impl Seat {
    /// A request is worked on: the connection stays.
    pub fn is_worked_on(&self) {
        self.0.sockets.table().is_worked_on(self.0.id);
    }

    /// The answer went out; held by its body, so that it is said with its end.
    #[must_use]
    pub fn until_answered(&self) -> Answering {
        Answering(self.clone())
    }

    /// Waits until the connection has to give way.
    pub async fn gives_way(&self) {
        self.0.close.notified().await;
    }
}

/// An answer that goes out.
#[derive(Debug)]
pub struct Answering(Seat);

impl Drop for Answering {
    fn drop(&mut self) {
        let taken = &self.0.0;
        taken.sockets.table().waits(taken.id);
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        drop(self.sockets.table().leave(self.id));
    }
}

/// How many connections the system has descriptors for; it is asked for as many as it will give.
fn descriptors() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let given = getrlimit(Resource::Nofile);
    let wanted = given.maximum.unwrap_or(DESCRIPTORS_MAX).min(DESCRIPTORS_MAX);
    let now = given.current.unwrap_or(DESCRIPTORS_MAX);
    let raised = wanted > now && setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), ..given }).is_ok();
    let have = usize::try_from(if raised { wanted } else { now }).unwrap_or(usize::MAX);
    have.saturating_sub(DESCRIPTORS_KEPT).max(have / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sockets(all: usize, of_address: usize) -> Arc<Sockets> {
        Sockets::with(Limits { all, of_address, apart: vec!["10.0.0.0/8".parse().unwrap()] })
    }

    fn peer(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn closed(seat: &Seat) -> bool {
        !seat.0.sockets.table().open.contains_key(&seat.0.id)
    }

    #[test]
    fn an_address_holds_so_many_and_those_set_apart_hold_as_many_as_there_are() {
        let sockets = sockets(8, 2);
        let (a, b) = (sockets.seat(peer("192.0.2.1")).unwrap(), sockets.seat(peer("192.0.2.1")).unwrap());
        let other = sockets.seat(peer("192.0.2.2")).unwrap();
        let hall: Vec<Seat> = (0..5).map(|_| sockets.seat(peer("::ffff:10.1.2.3")).unwrap()).collect();
        // The longest idle of the same address gives way, and nobody else's.
        let c = sockets.seat(peer("192.0.2.1")).unwrap();
        assert!(closed(&a) && !closed(&b) && !closed(&other) && hall.iter().all(|seat| !closed(seat)));
        b.is_worked_on();
        c.is_worked_on();
        assert!(sockets.seat(peer("192.0.2.1")).is_none(), "what is worked on stays");
        drop(c.until_answered());
        assert!(sockets.seat(peer("192.0.2.1")).is_some() && closed(&c));
    }

    #[test]
    fn who_holds_few_is_closed_after_those_who_hold_many() {
        let sockets = sockets(6, 9);
        let honest = sockets.seat(peer("192.0.2.1")).unwrap();
        let held: Vec<Seat> = (0..5).map(|_| sockets.seat(peer("10.0.0.1")).unwrap()).collect();
        let more: Vec<Seat> = (0..40).map(|_| sockets.seat(peer("10.0.0.1")).unwrap()).collect();
        assert!(!closed(&honest) && held.iter().all(closed));
        assert_eq!(more.iter().filter(|seat| !closed(seat)).count(), 5);
    }

    #[test]
    fn where_all_places_are_taken_the_longest_idle_of_all_gives_way() {
        let sockets = sockets(3, 9);
        let seats: Vec<Seat> = (1..=3).map(|n| sockets.seat(peer(&format!("10.0.0.{n}"))).unwrap()).collect();
        seats[0].is_worked_on();
        // It answered, and waits behind the others.
        drop(seats[0].until_answered());
        let newest = sockets.seat(peer("192.0.2.1")).unwrap();
        assert_eq!(seats.iter().map(closed).collect::<Vec<_>>(), [false, true, false]);
        drop(seats);
        assert_eq!(sockets.table().open.len(), 1);
        drop(newest);
        let table = sockets.table();
        assert!(table.open.is_empty() && table.of.is_empty() && table.waiting.is_empty());
    }
}
