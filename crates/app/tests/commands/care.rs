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
    let told = place.run(&["audit", "verify", "--format", "table"]).code_is(1).out;
    assert!(told.contains("said        ALTERED: record 2") && told.contains("why"), "{told}");
    assert!(!told.contains('{'), "{told}");
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

#[test]
fn a_command_that_cannot_open_its_store_leaves_no_root_key() {
    let place = Place::new();
    let garbage = place.path("garbage.db");
    std::fs::write(&garbage, "no database at all, and longer than a header of one would be".repeat(20)).unwrap();
    for args in [
        &["user", "list"][..],
        &["user", "add", "li.na", "--role", "officer", "--at", "CNPEK"],
        &["keys", "list"],
        &["keys", "rotate", "--at", "CNPEK"],
        &["audit", "verify"],
        &["migrate"],
        &["serve", "--listen", "127.0.0.1:0"],
    ] {
        let told = place.run(&[args, &["--database", &garbage]].concat());
        assert_eq!(told.code, 1, "{args:?}: {told:?}");
        assert!(!place.data().join("root.key").exists(), "{args:?}");
    }
    // Nor does one that only looks at a store that is there.
    place.run(&["migrate"]).worked();
    place.run(&["user", "list"]).worked();
    place.run(&["audit", "verify"]).worked();
    assert!(!place.data().join("root.key").exists());
    place.run(&["user", "add", "li.na", "--role", "officer", "--at", "CNPEK"]).worked();
    assert!(place.data().join("root.key").exists());
}

/// Every byte of some pages of a file turned round, the header left as it is.
fn damage(path: &str) {
    let mut bytes = std::fs::read(path).unwrap();
    let (from, to) = (4_096.min(bytes.len() / 2), bytes.len());
    bytes[from..to].iter_mut().for_each(|byte| *byte = !*byte);
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_file_that_is_damaged_or_no_database_is_named_and_no_disk_is_blamed() {
    let place = Place::new();
    settled(&place);
    let backup = place.path("copy.pratique");
    place.run(&["backup", &backup]).worked();
    let whole = std::fs::read(&backup).unwrap();
    damage(&backup);
    let elsewhere = Place::new();
    let told = elsewhere.run(&["restore", &backup]).refused(&["copy.pratique", "damaged", "another copy"]);
    assert!(!told.err.contains("disk"), "{told:?}");
    // Nothing was taken in: the whole one still can be.
    std::fs::write(&backup, whole).unwrap();
    std::fs::create_dir_all(elsewhere.data()).unwrap();
    std::fs::copy(place.data().join("root.key"), elsewhere.data().join("root.key")).unwrap();
    elsewhere.run(&["restore", &backup]).worked();
    damage(&format!("{backup}.keys"));
    Place::new().run(&["restore", &backup]).refused(&["copy.pratique.keys", "damaged"]);

    let garbage = place.path("garbage.db");
    std::fs::write(&garbage, "no database at all, and longer than a header of one would be".repeat(20)).unwrap();
    for args in [&["user", "list"][..], &["audit", "verify"], &["migrate"], &["keys", "rotate", "--at", "CNPEK"]] {
        let told = place.run(&[args, &["--database", &garbage]].concat());
        let told =
            told.refused(&["garbage.db", "damaged, or is no database of Pratique", "restore a backup", "doctor"]);
        assert!(!told.err.contains("disk"), "{told:?}");
    }
    // The doctor says both: the key that is missing, and the store that is none.
    let told = Place::new().run(&["doctor", "--database", &garbage]);
    let line = |check: &str| told.lines().into_iter().find(|line| line["check"] == check).unwrap();
    assert_eq!((&line("root key")["health"], &line("store")["health"]), (&json!("fail"), &json!("fail")));
    assert!(line("store")["found"].as_str().unwrap().contains("garbage.db is damaged"), "{told:?}");
    assert!(line("store")["cure"].as_str().unwrap().contains("restore a backup"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_another_programs_is_not_written_into() {
    let place = Place::new();
    let other = place.path("other.db");
    place.run(&["migrate", "--database", &other]).worked();
    let store = Store::open(&Location::Sqlite(other.clone().into()), opening(7)).await.unwrap();
    meddle(&store, "ALTER TABLE schema_version RENAME TO songs").await.unwrap();
    store.close().await.unwrap();
    for args in [&["migrate"][..], &["user", "add", "li.na", "--role", "officer", "--at", "CNPEK"], &["user", "list"]] {
        let told = place.run(&[args, &["--database", &other]].concat());
        told.refused(&["other.db", "no database of Pratique", "holds the table"]);
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_what_it_should_be() {
    let place = Place::new();
    settled(&place);
    let (nowhere, folder) = (place.path("nowhere.json"), place.folder.root().display().to_string());
    let form = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/respiratory/questionnaire.json");
    let copy = place.path("copy.pratique");
    place.run(&["backup", &copy]).worked();
    for (args, expected) in [
        (&["pass", "verify", "--trust"][..], "keys export"),
        (&["questionnaire", "check"], "Questionnaire"),
        (&["questionnaire", "check", form, "--previous"], "Questionnaire"),
        (&["audit", "verify", "--checkpoint"], "audit checkpoint"),
        (&["restore"], "pratique backup"),
        (&["restore", &copy, "--erased"], "erased"),
        (&["load", "http://127.0.0.1:9", "--for", "1", "--scan", "1", "--token-file"], "token"),
        (&["load", "http://127.0.0.1:9", "--for", "1", "--declare", "1", "--answers"], "answers"),
        (&["rules", "test"], "pack"),
        (&["hall", "simulate"], "built in"),
        (&["hall", "plan"], "built in"),
    ] {
        for file in [&nowhere, &folder] {
            let told = place.run(&[args, &[file]].concat());
            let told = told.refused(&[expected]);
            assert!(!told.err.contains("os error"), "{args:?}: {told:?}");
        }
    }
    let backup = place.path("nope/x.bak");
    let told = place.run(&["backup", &backup]).refused(&["nope/x.bak", "no such folder"]);
    assert!(!told.err.contains(".part"), "{told:?}");
    place.run(&["user", "list", "--database", &folder]).refused(&[&folder, "--database"]);
    let down = "postgres://pratique:verysecret@127.0.0.1:1/pratique";
    let told = place.run(&["user", "list", "--database", down]).refused(&["127.0.0.1:1", "start PostgreSQL"]);
    assert!(!told.err.contains("Send the same request") && !told.err.contains("verysecret"), "{told:?}");
}

#[test]
fn a_folder_that_is_not_there_is_not_made_for_a_store() {
    let place = Place::new();
    let elsewhere = place.path("mistyped/x.db");
    for args in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["migrate"],
        &["user", "add", "li.na", "--role", "officer", "--at", "CNPEK"],
    ] {
        let told = place.run(&[args, &["--database", &format!("sqlite:{elsewhere}")]].concat());
        told.refused(&["mistyped", "no such folder", "--database"]);
        assert!(!place.folder.path("mistyped").exists(), "{args:?}");
    }
    std::fs::create_dir(place.folder.path("mistyped")).unwrap();
    place.run(&["migrate", "--database", &elsewhere]).worked();
}
