//! Lists as carriers sent them, from the public test data.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at what must not be")]

mod test_data;

use jiff::civil::{Date, date};
use pratique_core::flight::manifest::{Manifest, Part};
use pratique_core::identity::Sex;
use pratique_formats::paxlst::{PaxlstError, read};
use serde_json::Value;
use test_data::test_data;

const TODAY: Date = date(2026, 11, 24);

fn bytes(path: &str) -> Option<Vec<u8>> {
    Some(std::fs::read(test_data(&format!("passenger_lists/paxlst/{path}"))?).unwrap())
}

fn list(path: &str) -> Option<Manifest> {
    Some(read(&bytes(path)?, TODAY).unwrap_or_else(|e| panic!("{path}: {e}")))
}

fn legs(list: &Manifest) -> Vec<(String, String)> {
    list.flight.legs.iter().map(|l| (l.from.clone().unwrap(), l.to.clone().unwrap())).collect()
}

#[test]
fn a_message_as_received_says_what_its_clean_text_says() {
    for name in ["A", "B", "D"] {
        let (Some(original), Some(reference)) =
            (list(&format!("ediclean/original/{name}.txt")), list(&format!("ediclean/reference/{name}.txt")))
        else {
            return;
        };
        assert_eq!(original, reference, "{name}");
        assert_eq!((original.people.len(), original.parked.len()), (1, 0), "{name}: {:?}", original.parked);
        let person = &original.people[0];
        assert!(person.seat.is_some() && person.birth_date.is_some() && person.documents.len() == 1, "{person:?}");
        // The lists were shortened by their source, so that the count differs: said, and no error.
        assert_eq!(original.warnings[0].code, "count-differs");
    }
}

#[test]
fn ten_passengers_with_other_service_characters_are_read() {
    let Some(list) = list("gtas/airline2.edi") else { return };
    assert_eq!((list.people.len(), list.parked.len()), (10, 0), "{:?}", list.parked);
    let first = &list.people[0];
    assert_eq!((first.name.primary.as_str(), first.name.secondary.as_deref()), ("BETTON", Some("DAVID")));
    assert_eq!(first.birth_date.unwrap().to_string(), "1954-10-16");
    let document = &first.documents[0];
    assert_eq!((document.number.as_str(), document.issuer.as_deref()), ("178556534", Some("USA")));
    assert_eq!(document.expires, Some(date(2018, 2, 21)));
    assert_eq!((list.flight.carrier.as_deref(), list.flight.number.as_deref()), (Some("TN"), Some("506")));
    assert_eq!(list.flight.legs[0].departure.unwrap().to_string(), "2014-05-11T13:40:00");
}

#[test]
fn a_crew_list_in_one_line_is_eight_members_of_the_crew() {
    let Some(list) = list("gtas/crew_Test1.txt") else { return };
    assert_eq!((list.count(Part::Crew), list.count(Part::Passenger), list.parked.len()), (8, 0, 0));
    // Its count is written with a plus, and fits.
    assert_eq!(list.warnings, []);
    let first = &list.people[0];
    assert_eq!((first.name.secondary.as_deref(), first.sex), (Some("Andrea Pat"), Some(Sex::F)));
    assert_eq!(first.documents[0].expires, Some(date(2061, 2, 18)));
    assert_eq!(first.places.birth_place.as_deref(), Some("Hartford USA"));
}

#[test]
fn two_flights_in_one_list_give_their_legs_in_order() {
    let Some(list) = list("gtas/apisMessage.txt") else { return };
    let own = |(from, to): (&str, &str)| (from.to_owned(), to.to_owned());
    assert_eq!(legs(&list), [("ATL", "ORD"), ("ORD", "JFK")].map(own));
    assert_eq!(list.flight.number.as_deref(), Some("123"));
    assert_eq!(list.flight.legs[1].flight.as_deref(), Some("AA124"));
    assert_eq!((list.people.len(), list.warnings.len(), list.parked.len()), (2, 0, 0), "{:?}", list.parked);
}

#[test]
fn the_unit_messages_of_another_system_have_the_legs_that_it_finds() {
    let Some(file) = bytes("gtas/unit_test_messages.json") else { return };
    let cases: Vec<Value> = serde_json::from_slice(&file).unwrap();
    for case in &cases {
        let (id, expected) = (case["id"].as_str().unwrap(), &case["expected"]);
        let list = read(case["message"].as_str().unwrap().as_bytes(), TODAY).unwrap();
        if let Some(wanted) = expected["legs"].as_array() {
            let found: Vec<Value> = list
                .flight
                .legs
                .iter()
                .map(|leg| {
                    let number = leg.flight.as_deref().map_or(list.flight.number.as_deref().unwrap(), |f| &f[2..]);
                    serde_json::json!([format!("{number:0>4}"), leg.from, leg.to])
                })
                .collect();
            assert_eq!(&found, wanted, "{id}");
        }
        if expected["dialect"].is_string() {
            // The old American form writes people in PDT: parked, none lost, none invented.
            let pdt = list.parked.iter().filter(|p| p.segment.starts_with("PDT")).count();
            assert_eq!((list.people.len(), pdt, list.flight.legs.len()), (0, 4, 1), "{id} {:?}", list.flight);
        } else {
            assert_eq!(list.parked, [], "{id}");
        }
        if id.contains("BagWeight") {
            let person = &list.people[0];
            assert_eq!((person.seat.as_deref(), person.documents.len()), (Some("44G"), 1));
            assert_eq!(
                (person.documents[0].kind.as_deref(), person.documents[0].issuer.as_deref()),
                (None, Some("USA"))
            );
        }
    }
}

#[test]
fn the_guides_worked_examples_say_what_the_guide_says() {
    let Some(file) = bytes("guide_examples.json") else { return };
    let cases: Vec<Value> = serde_json::from_slice(&file).unwrap();
    for case in &cases {
        let id = case["id"].as_str().unwrap();
        let list = read(case["message"].as_str().unwrap().as_bytes(), TODAY).unwrap();
        assert_eq!(list.parked, [], "{id}");
        let expected = &case["expected"];
        let person = serde_json::to_value(&list.people[0]).unwrap();
        let wanted = &expected["people"][0];
        let same = |ours: &Value, theirs: &str| {
            if !wanted[theirs].is_null() {
                assert_eq!(ours, &wanted[theirs], "{id}: {theirs}");
            }
        };
        same(&person["name"]["primary"], "surname");
        same(&person["sex"], "sex");
        same(&person["birth_date"], "birth");
        same(&person["nationality"], "nationality");
        same(&person["clears"], "clearance");
        same(&person["residence"], "residence");
        same(&person["embarks"], "embarked");
        same(&person["disembarks"], "destination");
        same(&person["birth_place"], "birth_place");
        same(&person["documents"], "documents");
        let given: Vec<_> = ["given", "second"].iter().filter_map(|k| wanted[k].as_str()).collect();
        assert_eq!(person["name"]["secondary"], given.join(" "), "{id}");
        if let Some(leg) = expected["legs"].as_array().map(|legs| &legs[0]) {
            let ours = serde_json::to_value(&list.flight.legs[0]).unwrap();
            assert_eq!((&ours["from"], &ours["to"]), (&leg["from"], &leg["to"]));
            for (ours, theirs) in [(&ours["departure"], "departs"), (&ours["arrival"], "arrives")] {
                assert!(ours.as_str().unwrap().starts_with(leg[theirs].as_str().unwrap()), "{id}: {ours}");
            }
        }
        let warning = &list.warnings[0];
        assert_eq!((warning.said, warning.found), (expected["total"].as_u64().unwrap(), 1), "{id}");
    }
}

#[test]
fn a_booking_push_is_not_taken_for_a_list() {
    let Some(path) = test_data("passenger_lists/pnrgov/gtas") else { return };
    for file in std::fs::read_dir(path).unwrap() {
        assert_eq!(read(&std::fs::read(file.unwrap().path()).unwrap(), TODAY), Err(PaxlstError::NotPaxlst));
    }
}

fn message(body: &str) -> Manifest {
    let text = format!("UNB+UNOA:4+A+B+261124:0100+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'{body}UNT+9+1'UNZ+1+1'");
    read(text.as_bytes(), TODAY).unwrap()
}

#[test]
fn dialects_say_the_same_person() {
    let plain = message(
        "NAD+FL+++LI:NA'ATT+2++F'DTM+329:880302'NAT+2+CHN'RFF+SEA:31A'DOC+P+E12345678'DTM+36:310131'LOC+91+CHN'",
    );
    for other in [
        "NAD+FL+++LI/NA'ATT+2++2'DTM+329:19880302:102'NAT+2+CN'RFF+SEA+31A'DOC+P:110:111+E12345678'DTM+36+20310131+102'LOC+91+CHN'",
        "NAD+FL+++LI:NA:'ATT+2++:F'DTM+329+880302'NAT+2+CHN'LOC+SEA+31A'DOC+P+E1234 5678'LOC+91+CHN'DTM+36:310131:101'",
        "NAD+FL+++LI:NA'ATT+2++f'DTM+329: 880302'NAT+2+CHN'FTX+SEA+++31A'DOC+P+E12345678'DTM+36:310131'LOC+91+CHN'DOC++'DTM+36+'LOC+91+'",
    ] {
        assert_eq!(message(other).people, plain.people, "{other}");
        assert_eq!(message(other).parked, [], "{other}");
    }
}

#[test]
fn what_is_not_understood_is_parked_where_it_stands_and_the_rest_is_read() {
    let list = message(
        "NAD+XX+++NOBODY'NAD+DDU+++OKAFOR:NGOZI'ATT+2++Q'DTM+329:991399'LOC+777+XYZ'ZZZ+1'DOC+P+'NAD+FL++'NAD+DDT+++GARCIA'",
    );
    let people: Vec<_> = list.people.iter().map(|p| (p.name.primary.as_str(), p.role, p.transit)).collect();
    assert_eq!(people, [("OKAFOR", Part::Passenger, true), ("GARCIA", Part::Crew, true)]);
    let parked: Vec<_> = list.parked.iter().map(|p| (p.position, p.segment.as_str(), p.reason.as_str())).collect();
    assert_eq!(
        parked,
        [
            (4, "NAD+XX+++NOBODY'", "unknown-party"),
            (6, "ATT+2++Q'", "not-a-sex"),
            (7, "DTM+329:991399'", "not-a-date"),
            (8, "LOC+777+XYZ'", "unknown-qualifier"),
            (9, "ZZZ+1'", "unknown-segment"),
            (10, "DOC+P+'", "no-number"),
            (11, "NAD+FL++'", "no-name"),
        ]
    );
}
