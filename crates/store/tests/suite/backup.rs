//! A backup goes from either engine to either, and a shredded person stays shredded in it.

use pratique_store::testing::id;
use pratique_store::{Body, Change, Order, OutboxRow, StoreError};

use crate::place::{On, Place, answer, applied, change, claim, entry, event, row};

async fn filled(on: On) -> Place {
    let place = Place::new(on).await;
    let body = |n: u64| Body { owner: id(n), part: 1, person: Some(id(100 + n)), sealed: vec![9; 20] };
    for n in 1..=3 {
        let all = Change {
            rows: vec![row(id(n), 0, "{\"状态\":1}")],
            bodies: vec![body(n)],
            claims: vec![claim(&n.to_be_bytes(), id(n))],
            put: vec![entry("waiting", 1, n)],
            events: vec![event(id(n), 1, "{}"), event(id(n), 2, "{}")],
            outbox: vec![OutboxRow { id: id(n), topic: "t".into(), at_ms: 1, body: vec![0] }],
            person_keys: vec![(id(100 + n), vec![u8::try_from(n).unwrap(); 8])],
            answer: Some(answer(u8::try_from(n).unwrap(), 1, b"bytes")),
            ..change()
        };
        applied(&place.store, all).await;
    }
    applied(&place.store, Change { shred: vec![id(103)], ..change() }).await;
    place
}

async fn round_trip(from: On, to: On) {
    let (old, new) = (filled(from).await, Place::new(to).await);
    let checkpoint = old.store.checkpoint().await.unwrap();
    let file = old.folder.path("backup");
    old.store.backup(&file, 2000, "administrator").await.unwrap();
    new.store.restore(&file, 3000, "administrator").await.unwrap();
    let ids = [id(1), id(2), id(3), id(4)];
    assert_eq!(new.store.rows(&ids).await.unwrap(), old.store.rows(&ids).await.unwrap());
    assert_eq!(new.store.latest_body(id(2)).await.unwrap(), old.store.latest_body(id(2)).await.unwrap());
    assert_eq!(new.store.claim(&1_u64.to_be_bytes()).await.unwrap().unwrap().holder, id(1));
    assert_eq!(new.store.events(id(3)).await.unwrap(), old.store.events(id(3)).await.unwrap());
    let page = new.store.entries("waiting", 0..9, None, 9, Order::Ascending).await.unwrap();
    assert_eq!(page.iter().map(|cursor| cursor.id).collect::<Vec<_>>(), [id(1), id(2), id(3)]);
    assert_eq!(new.store.answer([2; 32]).await.unwrap(), Some(answer(2, 1, b"bytes")));
    assert_eq!(new.store.outbox_due(10).await.unwrap(), 3);
    let keys = new.store.person_keys(&[id(101), id(102), id(103)]).await.unwrap();
    assert_eq!(keys, [Some(vec![1; 8]), Some(vec![2; 8]), None], "the shredded person stays unreadable");
    let report = new.store.verify_audit(Some(&checkpoint)).await.unwrap();
    assert!(report.is_whole(), "{report:?}");
    assert!(matches!(new.store.restore(&file, 3000, "administrator").await, Err(StoreError::NotEmpty(_))));
    assert!(matches!(old.store.backup(&file, 2000, "x").await, Err(StoreError::Backup { .. })));
    // The restored store goes on.
    applied(&new.store, Change { rows: vec![row(id(1), 1, "next")], events: vec![event(id(1), 3, "{}")], ..change() })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_disk_to_postgres() {
    round_trip(On::File, On::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_postgres_to_disk() {
    round_trip(On::Postgres, On::File).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_disk_to_memory_and_from_memory_to_disk() {
    round_trip(On::File, On::Memory).await;
    round_trip(On::Memory, On::File).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_postgres_to_postgres() {
    round_trip(On::Postgres, On::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_file_holds_no_key_and_without_the_keys_file_nobody_is_readable() {
    for on in [On::File, On::Postgres] {
        let old = Place::new(on).await;
        let key = b"wrapped-data-key-of-person-101".to_vec();
        applied(&old.store, Change { person_keys: vec![(id(101), key.clone())], ..change() }).await;
        let file = old.folder.path("backup");
        old.store.backup(&file, 2000, "administrator").await.unwrap();
        let holds = |path: &std::path::Path| std::fs::read(path).unwrap().windows(key.len()).any(|part| part == key);
        assert!(!holds(&file));
        let keys = old.folder.path("backup.keys");
        assert!(holds(&keys));
        std::fs::remove_file(keys).unwrap();
        let new = Place::new(on).await;
        new.store.restore(&file, 3000, "administrator").await.unwrap();
        assert_eq!(new.store.person_key(id(101)).await.unwrap(), None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_keys_file_replays_its_tombstones_over_an_older_main_file() {
    for on in [On::File, On::Postgres] {
        let old = filled(on).await;
        let (monday, friday) = (old.folder.path("monday"), old.folder.path("friday"));
        old.store.backup(&monday, 2000, "administrator").await.unwrap();
        applied(&old.store, Change { shred: vec![id(101)], ..change() }).await;
        old.store.backup(&friday, 2000, "administrator").await.unwrap();
        std::fs::rename(old.folder.path("friday.keys"), old.folder.path("monday.keys")).unwrap();
        let new = Place::new(on).await;
        new.store.restore(&monday, 3000, "administrator").await.unwrap();
        assert_eq!(new.store.person_keys(&[id(101), id(102)]).await.unwrap(), [None, Some(vec![2; 8])]);
        assert!(new.store.shredded_ms(id(101)).await.unwrap().is_some());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_before_the_newest_index_is_taken_in() {
    for on in [On::File, On::Postgres] {
        let old = filled(on).await;
        let file = old.folder.path("older");
        old.store.backup(&file, 2000, "administrator").await.unwrap();
        let db = rusqlite::Connection::open(&file).unwrap();
        db.execute_batch("DELETE FROM schema_version WHERE version > 1; DROP INDEX audit_subject").unwrap();
        drop(db);
        let new = Place::new(on).await;
        new.store.restore(&file, 3000, "administrator").await.unwrap();
        assert_eq!(new.store.events(id(3)).await.unwrap(), old.store.events(id(3)).await.unwrap());
    }
}
