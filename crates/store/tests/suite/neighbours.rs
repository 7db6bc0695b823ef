//! Any process may write beside a running server.

use pratique_store::testing::id;
use pratique_store::{Change, Outcome};

use crate::place::{On, Place, applied, change, on_every_engine, write};

on_every_engine! {
    async fn another_process_writes_beside_a_running_server(place: Place) {
        let Some(other) = place.another_process(2).await else { return };
        applied(&place.store, write(id(1), 0, "server")).await;
        applied(&other, write(id(1), 1, "command line")).await;
        assert_eq!(place.store.apply(write(id(1), 1, "late")).await, Ok(Outcome::Conflict { id: id(1), found: 2 }));
        let before = place.store.generation().await.unwrap();
        applied(&other, Change { generation: true, ..change() }).await;
        assert_eq!(place.store.generation().await.unwrap(), before + 1);
    }

    async fn two_processes_at_full_speed_leave_whole_chains(place: Place) {
        let Some(other) = place.another_process(2).await else { return };
        let mut writers = Vec::new();
        for n in 0..200 {
            let store = if n % 2 == 0 { place.store.clone() } else { other.clone() };
            writers.push(tokio::spawn(async move { applied(&store, write(id(n), 0, "x")).await }));
        }
        for writer in writers {
            writer.await.unwrap();
        }
        let report = place.store.verify_audit(None).await.unwrap();
        assert!(report.is_whole(), "{report:?}");
        assert_eq!(report.records, 200 + report.chains as u64);
        assert!(report.chains >= 2);
    }

    async fn what_was_handed_in_is_written_before_the_store_closes(place: Place) {
        let Some(other) = place.another_process(2).await else { return };
        let asked: Vec<_> = (0..50).map(|n| {
            let other = other.clone();
            tokio::spawn(async move { other.apply(write(id(n), 0, "x")).await })
        }).collect();
        for outcome in asked {
            assert_eq!(outcome.await.unwrap(), Ok(Outcome::Applied));
        }
        other.close().await.unwrap();
        assert!(place.store.row(id(49)).await.unwrap().is_some());
    }
}
