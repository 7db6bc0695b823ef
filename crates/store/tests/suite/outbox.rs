//! Messages are delivered under a lease: none twice at once, none lost.

use pratique_store::testing::id;
use pratique_store::{Change, OutboxRow};

use crate::place::{On, Place, applied, change, on_every_engine};

fn message(n: u64, at_ms: i64) -> OutboxRow {
    OutboxRow { id: id(n), topic: "department/quarantine".into(), at_ms, body: vec![u8::try_from(n).unwrap()] }
}

on_every_engine! {
    async fn a_leased_message_is_nobody_elses_until_the_lease_ends(place: Place) {
        let outbox = vec![message(2, 20), message(1, 10), message(3, 900)];
        applied(&place.store, Change { outbox, ..change() }).await;
        assert_eq!(place.store.outbox_due(100).await.unwrap(), 2);
        let leased = place.store.lease("department", 100, 10, 50).await.unwrap();
        assert_eq!(leased.iter().map(|message| message.id).collect::<Vec<_>>(), [id(1), id(2)]);
        assert_eq!(place.store.lease("department", 149, 10, 50).await.unwrap(), []);
        place.store.delivered(id(1)).await.unwrap();
        let again = place.store.lease("department", 150, 10, 50).await.unwrap();
        assert_eq!(again.iter().map(|message| (message.id, message.tries)).collect::<Vec<_>>(), [(id(2), 2)]);
        place.store.put_back(id(2), 500).await.unwrap();
        assert_eq!(place.store.lease("department", 499, 10, 50).await.unwrap(), []);
        assert_eq!(place.store.lease("department", 500, 10, 50).await.unwrap().len(), 1);
    }

    async fn each_first_word_of_a_topic_is_leased_by_itself(place: Place) {
        let other = OutboxRow { topic: "person/CNPEK".into(), ..message(2, 10) };
        applied(&place.store, Change { outbox: vec![message(1, 10), other], ..change() }).await;
        let ids = async |topic: &str| {
            let leased = place.store.lease(topic, 100, 10, 50).await.unwrap();
            leased.iter().map(|message| message.id).collect::<Vec<_>>()
        };
        assert_eq!(ids("per").await, []);
        assert_eq!(ids("person").await, [id(2)]);
        assert_eq!(ids("department").await, [id(1)]);
    }

    async fn two_workers_never_lease_the_same_message(place: Place) {
        applied(&place.store, Change { outbox: (0..60).map(|n| message(n, 1)).collect(), ..change() }).await;
        let mut workers = Vec::new();
        for _ in 0..6 {
            let store = place.store.clone();
            workers.push(tokio::spawn(async move { store.lease("department", 10, 20, 1000).await.unwrap() }));
        }
        let mut seen = std::collections::BTreeSet::new();
        for worker in workers {
            for message in worker.await.unwrap() {
                assert!(seen.insert(message.id), "leased twice");
            }
        }
        for message in place.store.lease("department", 10, 100, 1000).await.unwrap() {
            assert!(seen.insert(message.id), "leased twice");
        }
        assert_eq!(seen.len(), 60);
    }
}
