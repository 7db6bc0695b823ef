//! The store's care: migrate, backup, restore, doctor, audit; on SQLite and on PostgreSQL.

use pratique_store::testing::{fresh_postgres, meddle, opening};
use pratique_store::{Location, Store};
use serde_json::{Value, json};

use super::process::{Answer, Place};

fn health(answer: &Answer, check: &str) -> Vec<Value> {
    answer.lines().into_iter().filter(|line| line["check"] == check).map(|line| line["health"].clone()).collect()
}

/// An installation with somebody in it and keys.
fn settled(place: &Place) {
    place.run(&["migrate"]).worked();
    place.run(&["keys", "rotate", "--at", "CNPEK"]).worked();
    place.run(&["user", "add", "li.na", "--role", "officer", "--at", "CNPEK"]).worked();
}

/// The doctor finds all well, but for the durability of the tests' own PostgreSQL, which runs without fsync: that it says.
fn sound(place: &Place) {
    let told = place.run(&["doctor"]);
    for check in ["configuration", "root key", "store", "schema", "keys", "clock", "last record"] {
        assert_eq!(health(&told, check), ["ok"], "{check}: {told:?}");
    }
    let (durable, code) = if place.has_own_database() { ("fail", 1) } else { ("ok", 0) };
    assert_eq!((health(&told, "durability"), told.code), (vec![json!(durable)], code), "{told:?}");
}

/// The whole round: doctor, checkpoint, backup, restore elsewhere, doctor and audit there.
fn round(place: &Place, elsewhere: &Place) {
    settled(place);
    sound(place);
    let backup = place.path("copy.pratique");
    place.run(&["backup", &backup]).worked();
    place.run(&["backup", &backup]).refused(&["copy.pratique", "exists"]);
    let checkpoint = place.path("checkpoint.json");
    std::fs::write(&checkpoint, place.run(&["audit", "checkpoint"]).worked().out).unwrap();

    std::fs::create_dir_all(elsewhere.data()).unwrap();
    std::fs::copy(place.data().join("root.key"), elsewhere.data().join("root.key")).unwrap();
    let restored = elsewhere.run(&["restore", &backup]).worked().line();
    assert_eq!((&restored["person_keys"], &restored["root_key"]), (&json!(true), &json!(true)));
    sound(elsewhere);
    let proof = elsewhere.run(&["audit", "verify"]).worked().line();
    assert_eq!((&proof["whole"], &proof["checkpoint"]), (&json!(true), &json!(false)));
    assert!(proof["said"].as_str().unwrap().contains("cannot be excluded"));
    assert_eq!(elsewhere.run(&["user", "list"]).worked().lines().len(), 1);
    elsewhere.run(&["restore", &backup]).refused(&["already holds data"]);
    let proof = place.run(&["audit", "verify", "--checkpoint", &checkpoint]).worked().line();
    assert_eq!((&proof["whole"], &proof["checkpoint"]), (&json!(true), &json!(true)));
}

#[test]
fn a_backup_of_sqlite_lives_on_in_another_folder() {
    round(&Place::new(), &Place::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_postgresql_lives_on_in_sqlite_and_back() {
    let (one, other) = (fresh_postgres().await, fresh_postgres().await);
    tokio::task::spawn_blocking(move || {
        round(&Place::on(&url(&one)), &Place::new());
        round(&Place::new(), &Place::on(&url(&other)));
    })
    .await
    .unwrap();
}

fn url(location: &Location) -> String {
    match location {
        Location::Postgres(url) => url.clone(),
        other => panic!("{other} is no PostgreSQL"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_verify_names_a_record_that_somebody_altered() {
    let place = Place::new();
    settled(&place);
    let store = Store::open(&Location::Sqlite(place.data().join("pratique.db")), opening(7)).await.unwrap();
    meddle(&store, "UPDATE audit SET actor = 'nobody' WHERE action = 'add-user'").await.unwrap();
    store.close().await.unwrap();
    let answer = place.run(&["audit", "verify"]);
    assert_eq!(answer.code, 1, "{answer:?}");
    let report = answer.line();
    assert_eq!((&report["whole"], &report["broken"][0]["n"]), (&json!(false), &json!(2)));
    assert!(report["said"].as_str().unwrap().starts_with("ALTERED: record 2"), "{report}");
}

#[test]
fn the_doctor_says_what_to_do_and_fails() {
    let place = Place::new();
    let told = place.run(&["doctor"]);
    assert_eq!(told.code, 1);
    assert_eq!(health(&told, "store"), ["fail"]);
    place.run(&["migrate"]).worked();
    assert!(!place.data().join("root.key").exists(), "migrate needs no key");
    assert_eq!(health(&place.run(&["doctor"]), "root key"), ["fail"]);
    place.run(&["keys", "rotate", "--at", "CNPEK"]).worked();
    place.run(&["doctor", "--format", "table"]).worked();

    use std::os::unix::fs::PermissionsExt;
    let key = place.data().join("root.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let told = place.run(&["doctor", "--format", "table"]);
    assert!(told.code == 1 && told.out.contains("FAIL  root key") && told.out.contains("chmod 400"), "{told:?}");
}

#[test]
fn another_root_key_is_noticed_before_anything_is_served() {
    let place = Place::new();
    settled(&place);
    std::fs::remove_file(place.data().join("root.key")).unwrap();
    place.run(&["keys", "list"]).refused(&["root key", "missing"]);
    assert!(!place.data().join("root.key").exists(), "no new one takes its place");
    std::fs::write(place.data().join("root.key"), "7".repeat(64)).unwrap();
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(place.data().join("root.key"), std::fs::Permissions::from_mode(0o400)).unwrap();
    place.run(&["serve", "--listen", "127.0.0.1:0"]).refused_at("root key replaced");
}

#[test]
fn a_folder_without_ports_is_refused_and_a_wrong_pack_named() {
    let place = Place::new();
    place.run(&["config", "show", "--config", "nowhere"]).refused(&["nowhere", "--config"]);
    std::fs::create_dir_all(place.folder.path("own/ports")).unwrap();
    std::fs::write(place.folder.path("own/ports/XX.toml"), "code = 1").unwrap();
    place.run(&["config", "show", "--config", &place.path("own")]).refused_at("XX.toml");
}

#[test]
fn a_database_that_is_down_is_said_in_a_line() {
    let place = Place::new();
    place.run(&["migrate"]).worked();
    place.run(&["keys", "rotate", "--at", "CNPEK"]).worked();
    let down = "postgres://pratique:verysecret@127.0.0.1:1/pratique";
    let doctor = place.run(&["doctor", "--database", down]);
    assert_eq!((doctor.code, doctor.err.as_str()), (1, ""), "{doctor:?}");
    let told = doctor.lines().pop().unwrap();
    assert_eq!((&told["check"], &told["health"]), (&serde_json::json!("store"), &serde_json::json!("fail")));
    let (found, cure) = (told["found"].as_str().unwrap(), told["cure"].as_str().unwrap());
    assert!(found.contains("127.0.0.1:1") && found.contains("does not answer") && found.contains("refused"), "{found}");
    assert!(cure.contains("start PostgreSQL") && !doctor.out.contains("verysecret"), "{doctor:?}");
}
