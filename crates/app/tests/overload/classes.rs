//! Every route has its class.

use std::path::Path;

use axum::http::Method;
use pratique::channels::load::Class;

use crate::support::contract::DOCUMENT;

fn class(method: &str, route: &str) -> Class {
    let found = Class::of(&method.parse().unwrap(), route);
    found.unwrap_or_else(|| panic!("{method} {route} has no class: add it to the table in channels/load/class.rs"))
}

#[test]
fn f17_every_route_of_the_contract_has_a_class() {
    let mut routes = 0;
    for (path, methods) in DOCUMENT["paths"].as_object().unwrap() {
        // The router's pattern takes the whole last part.
        let route = path.replace("{code}.svg", "{picture}");
        for method in methods.as_object().unwrap().keys().filter(|key| *key != "parameters") {
            class(&method.to_uppercase(), &route);
            routes += 1;
        }
    }
    assert!(routes > 60, "{routes}");
}

/// The routes of pages, as the sources of the channels write them.
fn written(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            written(&path, found);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        found.extend(text.split(".route(\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
    }
}

#[test]
fn f17_every_page_has_a_class() {
    let mut found = Vec::new();
    written(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/channels"), &mut found);
    assert!(found.len() > 90, "{found:?}");
    for route in found.iter().filter(|route| *route != "/passes/{picture}") {
        class("GET", route);
        class("POST", route);
    }
    assert_eq!(Class::of(&Method::GET, "/nowhere"), None);
    assert_eq!(Class::of(&Method::GET, "/api/v1/nowhere"), None, "only what begins with whole parts fits");
}

#[test]
fn f17_what_is_sent_away_first_and_last_is_as_promised() {
    let lane = [
        ("POST", "/api/v1/checkpoint/scans"),
        ("POST", "/api/v1/checkpoint/decisions"),
        ("POST", "/api/v1/checkpoint/undo"),
        ("POST", "/checkpoint/scans"),
        ("GET", "/checkpoint/scans/{scan}"),
        ("POST", "/checkpoint/scans/{scan}/decision"),
        ("POST", "/api/v1/laboratory/results/{label}/release"),
        ("POST", "/api/v1/laboratory/plates/{id}/release"),
        ("POST", "/laboratory/plates/{id}/{verb}"),
    ];
    assert!(lane.iter().all(|(method, route)| class(method, route) == Class::Lane));
    let later = [
        ("GET", "/api/v1/declarations/{code}"),
        ("PUT", "/api/v1/declarations/{code}"),
        ("DELETE", "/api/v1/declarations/{code}"),
        ("POST", "/pass/{code}/amend"),
        ("POST", "/declare/{page}"),
        ("POST", "/find"),
    ];
    assert!(later.iter().all(|(method, route)| class(method, route) == Class::Later));
    assert_eq!(class("POST", "/api/v1/declarations"), Class::Declare);
    assert_eq!(class("POST", "/declare/check"), Class::Declare);
    assert_eq!(class("GET", "/pass/{code}"), Class::Declare, "a pass is shown at the gate");
    assert_eq!(class("GET", "/livez"), Class::Free);
    assert!(Class::Later < Class::Declare && Class::Declare < Class::Desk && Class::Desk < Class::Lane);
}
