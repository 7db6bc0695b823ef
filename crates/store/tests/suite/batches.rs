//! Neighbours in one batch: each gets its own outcome, none pays for another.

use pratique_store::testing::id;
use pratique_store::{Change, Outcome, Store};

use crate::place::{On, Place, applied, change, entry, event, on_every_engine, write};

/// Hands all of them in before the first is settled.
async fn together(store: &Store, changes: Vec<Change>) -> Vec<Result<Outcome, pratique_store::StoreError>> {
    let asked: Vec<_> = changes
        .into_iter()
        .map(|change| {
            let store = store.clone();
            tokio::spawn(async move { store.apply(change).await })
        })
        .collect();
    let mut settled = Vec::new();
    for outcome in asked {
        settled.push(outcome.await.unwrap());
    }
    settled
}

on_every_engine! {
    async fn a_bad_neighbour_costs_the_others_nothing(place: Place) {
        // The event's number is taken, and no guarded row says so: the last guard, the unique index, fails the batch.
        applied(&place.store, Change { events: vec![event(id(1000), 1, "{}")], ..change() }).await;
        let bad = Change { events: vec![event(id(1000), 1, "twice")], ..write(id(999), 0, "bad") };
        let mut changes: Vec<Change> = (0..40).map(|n| write(id(n), 0, "good")).collect();
        changes.insert(20, bad);
        let mut settled = together(&place.store, changes).await;
        assert_eq!(settled.remove(20), Ok(Outcome::Conflict { id: id(999), found: -1 }));
        assert!(settled.iter().all(|outcome| *outcome == Ok(Outcome::Applied)), "{settled:?}");
        assert_eq!(place.store.row(id(999)).await.unwrap(), None);
        assert!(place.store.verify_audit(None).await.unwrap().is_whole());
    }

    async fn of_many_who_decided_on_one_version_one_is_applied(place: Place) {
        applied(&place.store, write(id(1), 0, "start")).await;
        let settled = together(&place.store, (0..50).map(|n| write(id(1), 1, &n.to_string())).collect()).await;
        assert_eq!(settled.iter().filter(|outcome| **outcome == Ok(Outcome::Applied)).count(), 1);
        let conflict = Ok(Outcome::Conflict { id: id(1), found: 2 });
        assert_eq!(settled.iter().filter(|outcome| **outcome == conflict).count(), 49);
    }

    async fn readers_that_decide_again_after_a_conflict_all_get_through(place: Place) {
        applied(&place.store, write(id(1), 0, "0")).await;
        let mut counting = Vec::new();
        for n in 0..20 {
            let store = place.store.clone();
            counting.push(tokio::spawn(async move {
                loop {
                    let held = store.row(id(1)).await.unwrap().unwrap();
                    let next = held.state.parse::<u64>().unwrap() + 1;
                    let seq = held.version;
                    let one = Change {
                        events: vec![event(id(1), seq, &n.to_string())],
                        put: vec![entry("counted", seq, n)],
                        ..write(id(1), held.version, &next.to_string())
                    };
                    if store.apply(one).await.unwrap() == Outcome::Applied {
                        return;
                    }
                }
            }));
        }
        for count in counting {
            count.await.unwrap();
        }
        assert_eq!(place.store.row(id(1)).await.unwrap().unwrap().state, "20");
        let order: Vec<i64> = place.store.events(id(1)).await.unwrap().iter().map(|event| event.seq).collect();
        assert_eq!(order, (1..=20).collect::<Vec<_>>());
        assert_eq!(place.store.count("counted", 0..100).await.unwrap(), 20);
    }
}
