//! The schema, and every statement on it.

use pratique_store::testing::{Folder, fresh_postgres, meddle, opening, prepare_every_statement};
use pratique_store::{Location, Store, StoreError};

use crate::place::{On, Place, on_every_engine};

on_every_engine! {
    async fn the_engine_takes_every_statement(place: Place) {
        assert!(prepare_every_statement(&place.store).await.unwrap() > 40);
    }

    async fn doctor_reads_what_is_in_force(place: Place) {
        crate::place::applied(&place.store, crate::place::change()).await;
        let facts = place.store.doctor().await.unwrap();
        assert_eq!(facts.schema, facts.schema_needed);
        assert!(facts.rows.contains(&("audit", 2)), "{facts:?}");
        assert_eq!(facts.last_audit.map(|(_, n, at_ms)| (n, at_ms)), Some((2, 1000)));
        match place.location {
            Location::Memory => assert!(!facts.durable),
            Location::Sqlite(_) => assert!(facts.durable && facts.disk_free_bytes > Some(0), "{facts:?}"),
            // The suite's own server runs with fsync off, and doctor says so.
            Location::Postgres(_) => assert!(!facts.durable, "{facts:?}"),
        }
    }
}

#[tokio::test]
async fn an_older_schema_must_be_migrated_first() {
    let folder = Folder::new();
    for location in [Location::Sqlite(folder.path("empty.db")), empty_postgres().await] {
        let refused = Store::open(&location, opening(1)).await.map(drop);
        assert_eq!(refused, Err(StoreError::Schema { found: 0, needed: 2 }));
        assert_eq!(Store::migrate(&location, 1).await, Ok((0, 2)));
        assert_eq!(Store::migrate(&location, 2).await, Ok((2, 2)));
        Store::open(&location, opening(1)).await.unwrap();
    }
}

#[tokio::test]
async fn a_newer_schema_is_left_alone() {
    let place = Place::new(On::File).await;
    meddle(&place.store, "INSERT INTO schema_version (version, at_ms) VALUES (99, 1)").await.unwrap();
    let newer = Err(StoreError::Schema { found: 99, needed: 2 });
    assert_eq!(Store::migrate(&place.location, 1).await.map(drop), newer.clone());
    assert_eq!(Store::open(&place.location, opening(2)).await.map(drop), newer);
}

async fn empty_postgres() -> Location {
    let location = fresh_postgres().await;
    let store = Store::open(&location, opening(1)).await.unwrap();
    meddle(&store, "DROP SCHEMA public CASCADE; CREATE SCHEMA public").await.unwrap();
    location
}
