//! Filters: JSON Lines in, one answer a line out, in order.

use serde_json::{Value, json};

use super::process::Place;

const ZONE: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

fn fed(values: &[Value]) -> Vec<u8> {
    values.iter().flat_map(|value| format!("{value}\n").into_bytes()).collect()
}

#[test]
fn mrz_reads_zones_in_order_and_answers_a_bad_line_in_its_place() {
    let mut input = fed(&[json!({"mrz": ZONE}), json!({"mrz": "P<UTO"}), json!({"zone": ZONE})]);
    input.extend(b"this is no JSON\n\n\xff\xfe\n");
    input.extend(fed(&[
        json!({"mrz": ZONE.replace("L898902C36", "L898902C37")}),
        json!({"mrz": ZONE, "at": "1990-01-01"}),
    ]));
    let lines = Place::new().feed(&["mrz"], &input).worked().lines();
    assert_eq!(lines.len(), 8);
    assert_eq!(lines[0]["kind"], "TD3");
    assert_eq!(lines[0]["document"]["number"], "L898902C3");
    assert_eq!(lines[0]["name"], json!({"primary": "ERIKSSON", "secondary": "ANNA MARIA"}));
    assert_eq!(lines[0]["birth_date"], "1974-08-12");
    assert_eq!((&lines[0]["sex"], &lines[0]["valid"]), (&json!("F"), &json!(true)));
    let codes: Vec<_> = lines[1..6].iter().map(|line| line["error"]["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["not-an-mrz", "missing", "not-json", "not-json", "not-json"]);
    assert!(lines[1..6].iter().all(|line| !line["error"]["message"].as_str().unwrap().is_empty()));
    assert_eq!((&lines[6]["checks"]["number"], &lines[6]["valid"]), (&json!(false), &json!(false)));
    assert_eq!(lines[7]["valid"], true);
}

#[test]
fn a_manifest_is_read_whole_and_what_is_none_is_said_so() {
    let place = Place::new();
    let list = "UNB+UNOA:4+A+B+261124:0100+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'TDT+20+CA938'LOC+125+LHR'DTM+189:2611231600:201'\
                LOC+87+PEK'DTM+232:2611241400:201'NAD+FL+++LI:NA'DTM+329:880302'LOC+777+X'RFF+SEA:31A'DOC+P+E12345678'LOC+91+CHN'\
                CNT+42:2'UNT+13+1'UNZ+1+1'";
    let read = &place.feed(&["manifest", "--as", "edifact"], list.as_bytes()).worked().lines()[0];
    assert_eq!(
        read["flight"]["legs"][0],
        json!({"from": "LHR", "to": "PEK", "departure": "2026-11-23T16:00:00", "arrival": "2026-11-24T14:00:00"})
    );
    let person = json!({"role": "passenger", "name": {"primary": "LI", "secondary": "NA"}, "birth_date": "1988-03-02", "sex": null,
        "nationality": null, "seat": "31A", "documents": [{"type": "P", "number": "E12345678", "issuer": "CHN", "expires": null}]});
    assert_eq!(read["people"], json!([person]));
    assert_eq!(read["parked"], json!([{"segment": "LOC+777+X'", "position": 11, "reason": "unknown-qualifier"}]));
    assert_eq!(read["warnings"], json!([{"code": "count-differs", "said": 2, "found": 1}]));

    let read = &place
        .feed(&["manifest", "--as", "csv"], "surname,dob\nLI,1988-03-02\nGARCIA,soon\n".as_bytes())
        .worked()
        .lines()[0];
    assert_eq!(read["people"][0]["birth_date"], "1988-03-02");
    assert_eq!(read["parked"], json!([{"segment": "soon", "position": 3, "column": "dob", "reason": "not-a-date"}]));
    for format in ["edifact", "csv"] {
        let none = &place.feed(&["manifest", "--as", format], b"seat\n1A\n").worked().lines()[0];
        assert!(none["error"]["code"].is_string() && none["error"]["message"].is_string(), "{none}");
    }
}

#[test]
fn match_weighs_two_records_and_says_why() {
    let lines = Place::new().feed(&["match"], &fed(&[
        json!({"a": {"name": "王小明", "birth_date": "1988-03-02"}, "b": {"name": {"primary": "WANG", "secondary": "XIAOMING"}, "birth_date": "1988-03-02"}}),
        json!({"a": {"name": "Li Na", "document": {"number": "E12345678", "issuer": "CHN"}}, "b": {"name": "LINA", "document": {"number": "e1234 5678", "issuer": "CN"}}}),
        json!({"a": {"name": "Olaf Scholz", "birth_date": "1958-06-14"}, "b": {"name": "Ngozi Okafor", "birth_date": "1979-12-30"}}),
        json!({"a": {"name": "Li Na", "birth_date": "1988-03-02"}, "b": {"name": "LI NA", "birth_date": "1988-02-03"}}),
        json!({"a": {"name": ""}, "b": {"name": "x"}}),
        json!({"a": {"name": "x", "birth_date": "soon"}, "b": {"name": "x"}}),
    ])).worked().lines();
    let verdicts: Vec<_> = lines[..4].iter().map(|line| line["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["same", "same", "different", "review"]);
    assert_eq!((&lines[1]["score"], &lines[1]["reasons"][0]["code"]), (&json!(1.0), &json!("document-same")));
    assert_eq!(lines[3]["reasons"][1]["code"], "birth-date-transposed");
    let codes: Vec<_> = lines[4..].iter().map(|line| line["error"]["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["not-a-name", "not-an-identity"]);
}

#[test]
fn a_reader_that_has_enough_ends_a_filter_quietly() {
    use std::process::{Command, Stdio};
    let script = format!(
        "yes '{}' | head -n 20000 | ({} mrz; echo $? >&2) | head -n 1",
        json!({"mrz": ZONE}),
        env!("CARGO_BIN_EXE_pratique")
    );
    let output = Command::new("sh").args(["-c", &script]).stdin(Stdio::null()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr).trim(), "0");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
}

#[test]
fn rules_of_the_first_pack_pass_their_own_examples_and_a_broken_one_is_named() {
    let place = Place::new();
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/respiratory");
    let lines = place.run(&["rules", "test", pack]).worked().lines();
    assert!(lines.len() > 20 && lines.iter().all(|line| line["passed"] == true || line["finding"].is_string()));
    let told = place.run(&["rules", "test", pack, "--format", "table"]).worked().out;
    assert!(told.contains("examples passed (respiratory@"), "{told}");

    let broken = place.folder.path("broken");
    std::fs::create_dir_all(&broken).unwrap();
    for file in ["pack.toml", "rules.toml", "areas.csv", "questionnaire.json"] {
        std::fs::copy(format!("{pack}/{file}"), broken.join(file)).unwrap();
    }
    let rules = std::fs::read_to_string(broken.join("rules.toml")).unwrap();
    let spoiled =
        rules.replace("expect = { tier = \"red\", rules = [\"test-positive\"] }", "expect = { tier = \"green\" }");
    assert_ne!(rules, spoiled);
    std::fs::write(broken.join("rules.toml"), spoiled).unwrap();
    let answer = place.run(&["rules", "test", &broken.display().to_string()]);
    assert_eq!(answer.code, 1);
    let failed: Vec<_> = answer.lines().into_iter().filter(|line| line["passed"] == false).collect();
    assert_eq!(failed.len(), 1);
    assert_eq!((&failed[0]["name"], &failed[0]["unexpected"]), (&json!("a positive test"), &json!(["test-positive"])));
    std::fs::write(broken.join("rules.toml"), "[[rule]]\nid = 3\n").unwrap();
    place.run(&["rules", "test", &broken.display().to_string()]).refused_at("rules.toml");
}

#[test]
fn a_form_is_checked_alone_and_against_the_version_that_it_replaces() {
    let place = Place::new();
    let form = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/respiratory/questionnaire.json");
    let sound = place.run(&["questionnaire", "check", form]).worked().line();
    assert_eq!((&sound["kind"], &sound["languages"]), (&json!("sound"), &json!(["en", "zh-Hans"])));

    // Another kind of answer under the same name, without a new version.
    let changed = std::fs::read_to_string(form).unwrap().replace("\"linkId\": \"occupation\"", "\"linkId\": \"work\"");
    let path = place.path("changed.json");
    std::fs::write(&path, changed).unwrap();
    let answer = place.run(&["questionnaire", "check", &path, "--previous", form]);
    assert_eq!(answer.code, 1);
    assert!(answer.lines().iter().any(|line| line["kind"] == "incompatible"), "{answer:?}");

    std::fs::write(&path, "{\"resourceType\": \"Patient\"}").unwrap();
    let answer = place.run(&["questionnaire", "check", &path]);
    assert_eq!((answer.code, &answer.lines()[0]["kind"]), (1, &json!("fault")));
    place.run(&["questionnaire", "check", "nowhere.json"]).refused(&["nowhere.json"]);
}

#[test]
fn a_folder_without_a_pack_is_not_read() {
    let place = Place::new();
    std::fs::write(place.path("questionnaire.json"), "{").unwrap();
    let here = place.folder.root().display().to_string();
    place.run(&["rules", "test", &here]).refused(&["no pack here", "pack.toml", "packs/respiratory"]);
    place.run(&["rules", "test", &place.path("nowhere")]).refused(&["nowhere", "no pack here"]);
}
