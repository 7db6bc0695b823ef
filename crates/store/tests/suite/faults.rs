//! What the world does to a store: a full disk, a lost connection, a stolen file.

use std::time::Duration;

use pratique_store::testing::{id, limit_pages, meddle};
use pratique_store::{Body, Change, Outcome, StoreError};

use crate::place::{On, Place, applied, change, write};

fn large(n: u64) -> Change {
    Change {
        bodies: vec![Body { owner: id(n), part: 1, person: None, sealed: vec![7; 64 * 1024] }],
        ..write(id(n), 0, "large")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_said_as_such_and_heals_without_a_restart() {
    for on in [On::File, On::Memory] {
        let place = Place::new(on).await;
        applied(&place.store, large(0)).await;
        let used = limit_pages(&place.store, 0).await.unwrap();
        limit_pages(&place.store, used + 20).await.unwrap();
        let mut asked = Vec::new();
        for n in 1..=8 {
            let store = place.store.clone();
            asked.push(tokio::spawn(async move { store.apply(large(n)).await }));
        }
        let mut full = 0;
        for (n, outcome) in (1..).zip(asked) {
            match outcome.await.unwrap() {
                Ok(outcome) => assert_eq!(outcome, Outcome::Applied),
                Err(StoreError::DiskFull(_)) => {
                    full += 1;
                    assert_eq!(place.store.row(id(n)).await.unwrap(), None, "nothing of it is written");
                }
                Err(other) => panic!("{other}"),
            }
        }
        assert!(full >= 6, "{full}");
        limit_pages(&place.store, 1_000_000).await.unwrap();
        applied(&place.store, large(100)).await;
        assert!(place.store.verify_audit(None).await.unwrap().is_whole());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_to_postgres_is_opened_again() {
    let place = Place::new(On::Postgres).await;
    applied(&place.store, write(id(1), 0, "before")).await;
    let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for n in 1..=5 {
        meddle(&place.store, kill).await.unwrap();
        applied(&place.store, write(id(1), n, "after")).await;
        assert_eq!(place.store.row(id(1)).await.unwrap().unwrap().version, n + 1);
    }
    assert!(place.store.verify_audit(None).await.unwrap().is_whole());
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_under_way_while_connections_are_lost_are_there_once_or_said_to_be_unknown() {
    let place = Place::new(On::Postgres).await;
    let mut asked = Vec::new();
    for n in 0..300_u64 {
        let store = place.store.clone();
        asked.push((n, tokio::spawn(async move { store.apply(write(id(n), 0, "x")).await })));
        if n % 60 == 30 {
            let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                WHERE datname = current_database() AND pid <> pg_backend_pid()";
            meddle(&place.store, kill).await.unwrap();
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
    for (n, outcome) in asked {
        let outcome = outcome.await.unwrap();
        let there = place.store.row(id(n)).await.unwrap().is_some();
        match outcome {
            // A commit whose answer was lost is met again on the rerun.
            Ok(Outcome::Applied | Outcome::Conflict { found: 1, .. }) => assert!(there, "{n}"),
            Err(StoreError::Unavailable { .. }) => {}
            other => panic!("{n}: {other:?}"),
        }
    }
    assert!(place.store.verify_audit(None).await.unwrap().is_whole());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shredded_key_is_in_no_file_any_more() {
    let place = Place::new(On::File).await;
    let key = b"wrapped-data-key-of-a-person-to-be-forgotten".to_vec();
    applied(&place.store, Change { person_keys: vec![(id(1), key.clone())], ..change() }).await;
    applied(&place.store, Change { shred: vec![id(1)], ..change() }).await;
    for file in std::fs::read_dir(place.folder.root()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(key.len()).any(|part| part == key));
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_files_are_for_their_owners_eyes_only() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new(On::File).await;
    applied(&place.store, change()).await;
    place.store.backup(&place.folder.path("backup"), 1, "administrator").await.unwrap();
    for file in std::fs::read_dir(place.folder.root()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.path());
    }
}
