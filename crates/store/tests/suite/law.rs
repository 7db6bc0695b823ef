//! The law: whatever is asked in whatever order, the store does what the naive model does.

use std::task::Poll;

use proptest::prelude::*;
use proptest::sample::select;

use pratique_store::testing::id;
use pratique_store::testing::model::Model;
use pratique_store::{Body, Change, Order, RowGone};

use crate::place::{On, Place, answer, change, claim, entry, event, row};

/// Changes over so few rows, keys and entries that they get in each other's way.
pub fn changes() -> impl Strategy<Value = Vec<Change>> {
    let rows = prop::collection::btree_map(0..4_u64, 0..3_i64, 0..3);
    let claims = prop::collection::btree_set(0..3_u8, 0..2);
    let release = prop::collection::vec(0..3_u8, 0..2);
    let listed = || prop::collection::vec((select(vec!["a", "b"]), 0..2_i64, 0..2_u64), 0..3);
    let answered = prop::option::weighted(0.3, (0..3_u8, 0..2_u8));
    // Rows that come and go have bodies and no history.
    let passing = prop::collection::btree_map(4..6_u64, 0..3_i64, 0..2);
    let gone = prop::collection::btree_map(4..6_u64, 1..3_i64, 0..2);
    let one = (rows, passing, gone, claims, release, listed(), listed(), answered, any::<u8>());
    let one = one.prop_map(|(rows, passing, gone, claims, release, put, remove, answered, salt)| Change {
        gone: gone
            .into_iter()
            .filter(|(n, _)| !passing.contains_key(n))
            .map(|(n, expected)| RowGone { id: id(n), expected })
            .collect(),
        bodies: passing.iter().map(|(n, expected)| body(*n, *expected + 1, salt)).collect(),
        events: rows.iter().map(|(n, expected)| event(id(*n), *expected + 1, &salt.to_string())).collect(),
        rows: rows.into_iter().chain(passing).map(|(n, expected)| row(id(n), expected, &salt.to_string())).collect(),
        claims: claims.into_iter().map(|key| claim(&[key], id(u64::from(salt)))).collect(),
        release: release.into_iter().map(|key| vec![key]).collect(),
        put: put.into_iter().map(|(list, sort, n)| entry(list, sort, n)).collect(),
        remove: remove.into_iter().map(|(list, sort, n)| entry(list, sort, n)).collect(),
        answer: answered.map(|(key, body)| answer(key, body, &[salt])),
        ..change()
    });
    prop::collection::vec(one, 1..40)
}

fn body(n: u64, part: i64, salt: u8) -> Body {
    Body { owner: id(n), part, person: None, sealed: vec![salt] }
}

/// Asks one after the other, or all at once (one lane settles them in the order of asking), and compares everything.
async fn agrees(on: On, changes: Vec<Change>, at_once: bool) {
    let place = Place::new(on).await;
    let mut model = Model::default();
    let expected: Vec<_> = changes.iter().map(|change| Ok(model.apply(change))).collect();
    let settled = if at_once { together(&place, changes).await } else { in_turn(&place, changes).await };
    assert_eq!(settled, expected);
    for n in 4..6 {
        let held = place.store.row(id(n)).await.unwrap().map(|row| (row.version, row.state));
        assert_eq!(held.as_ref(), model.rows.get(&id(n)));
        for part in 1..4 {
            let held = place.store.body(id(n), part).await.unwrap().map(|body| body.sealed);
            assert_eq!(held.as_ref(), model.bodies.get(&(id(n), part)));
        }
    }
    for n in 0..4 {
        let held = place.store.row(id(n)).await.unwrap().map(|row| (row.version, row.state));
        assert_eq!(held.as_ref(), model.rows.get(&id(n)));
        let events: Vec<_> = place.store.events(id(n)).await.unwrap().into_iter().map(|e| (e.seq, e.body)).collect();
        let modelled = model.events.iter().filter(|((subject, _), _)| *subject == id(n));
        assert_eq!(events, modelled.map(|((_, seq), body)| (*seq, body.clone())).collect::<Vec<_>>());
    }
    for key in 0..3_u8 {
        let held = place.store.claim(&[key]).await.unwrap().map(|held| (held.holder, held.detail));
        assert_eq!(held.as_ref(), model.claims.get(&vec![key]));
    }
    for list in ["a", "b"] {
        let page = place.store.entries(list, 0..9, None, 99, Order::Ascending).await.unwrap();
        let modelled = model.entries.iter().filter(|entry| entry.list == list);
        assert_eq!(
            page.iter().map(|c| (c.sort, c.id)).collect::<Vec<_>>(),
            modelled.map(|e| (e.sort, e.id)).collect::<Vec<_>>()
        );
    }
    assert!(place.store.verify_audit(None).await.unwrap().is_whole());
}

type Settled = Vec<Result<pratique_store::Outcome, pratique_store::StoreError>>;

async fn in_turn(place: &Place, changes: Vec<Change>) -> Settled {
    let mut settled = Vec::new();
    for change in changes {
        settled.push(place.store.apply(change).await);
    }
    settled
}

async fn together(place: &Place, changes: Vec<Change>) -> Settled {
    let mut asked: Vec<_> = changes.into_iter().map(|change| Box::pin(place.store.apply(change))).collect();
    let mut settled: Vec<_> = asked.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        // Polling each in turn hands it in; only then is any of them waited for.
        for (one, settled) in asked.iter_mut().zip(&mut settled).filter(|(_, settled)| settled.is_none()) {
            if let Poll::Ready(outcome) = one.as_mut().poll(context) {
                *settled = Some(outcome);
            }
        }
        if settled.iter().all(Option::is_some) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    settled.into_iter().flatten().collect()
}

fn holds_on(on: On, cases: u32, at_once: bool) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(changes in changes())| runtime.block_on(agrees(on, changes, at_once)));
}

#[test]
fn in_memory_one_after_the_other() {
    holds_on(On::Memory, 64, false);
}

#[test]
fn in_memory_all_at_once() {
    holds_on(On::Memory, 128, true);
}

#[test]
fn on_disk_all_at_once() {
    holds_on(On::File, 16, true);
}

#[test]
fn on_postgres_one_after_the_other() {
    holds_on(On::Postgres, 16, false);
}
