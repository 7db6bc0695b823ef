//! The OpenAPI document and what is really there.

use serde_json::Value;

use crate::support::contract::DOCUMENT;
use crate::support::{On, Place};

/// The contract's addresses that exist now.
const CONTRACT: &[(&str, &str)] = &[
    ("get", "/api/v1/questionnaires/{port}"),
    ("post", "/api/v1/declarations"),
    ("get", "/api/v1/declarations/{code}"),
    ("put", "/api/v1/declarations/{code}"),
    ("delete", "/api/v1/declarations/{code}"),
    ("post", "/api/v1/declarations/{code}/confirm"),
    ("get", "/api/v1/declarations/{code}/held"),
    ("post", "/api/v1/declarations/{code}/corrections"),
    ("post", "/api/v1/wechat/session"),
    ("get", "/api/v1/passes/{code}.svg"),
    ("post", "/api/v1/checkpoint/scans"),
    ("post", "/api/v1/checkpoint/decisions"),
    ("post", "/api/v1/checkpoint/undo"),
    ("put", "/api/v1/flights/{id}"),
    ("get", "/api/v1/flights"),
    ("get", "/api/v1/flights/{id}"),
    ("post", "/api/v1/flights/schedule"),
    ("put", "/api/v1/flights/{id}/manifest"),
    ("post", "/api/v1/flights/{id}/manifest/{listed}"),
    ("get", "/api/v1/flights/{id}/readiness"),
    ("post", "/api/v1/flights/{id}/inspection"),
    ("post", "/api/v1/ok-to-board"),
    ("get", "/api/v1/obligations"),
    ("post", "/api/v1/obligations/{id}/acknowledge"),
    ("post", "/api/v1/obligations/{id}/answer"),
    ("post", "/api/v1/samples"),
    ("get", "/api/v1/samples"),
    ("get", "/api/v1/samples/{label}"),
    ("get", "/api/v1/samples/{label}/label.svg"),
    ("post", "/api/v1/samples/labels"),
    ("post", "/api/v1/samples/{label}/collect"),
    ("post", "/api/v1/samples/not-sampled"),
    ("post", "/api/v1/samples/parcels"),
    ("post", "/api/v1/laboratory/receipts"),
    ("post", "/api/v1/laboratory/rejections"),
    ("post", "/api/v1/laboratory/losses"),
    ("get", "/api/v1/laboratory/custody"),
    ("post", "/api/v1/laboratory/plates"),
    ("get", "/api/v1/laboratory/plates"),
    ("get", "/api/v1/laboratory/plates/{id}"),
    ("post", "/api/v1/laboratory/plates/{id}/reject"),
    ("post", "/api/v1/laboratory/plates/{id}/release"),
    ("post", "/api/v1/laboratory/runs"),
    ("post", "/api/v1/laboratory/results/{label}/review"),
    ("post", "/api/v1/laboratory/results/{label}/release"),
    ("post", "/api/v1/laboratory/results/{label}/amend"),
    ("post", "/api/v1/examinations"),
    ("post", "/api/v1/investigations"),
    ("get", "/api/v1/questionnaires/{port}/investigation"),
    ("post", "/api/v1/orders"),
    ("post", "/api/v1/orders/{id}/serve"),
    ("post", "/api/v1/orders/{id}/change"),
    ("post", "/api/v1/orders/{id}/end"),
    ("get", "/api/v1/journeys/{id}/orders"),
    ("post", "/api/v1/journeys/{id}/class"),
    ("post", "/api/v1/journeys/{id}/disposition"),
    ("post", "/api/v1/journeys/{id}/close"),
    ("get", "/api/v1/inbox"),
    ("post", "/api/v1/handovers"),
    ("get", "/api/v1/handovers/{id}"),
    ("post", "/api/v1/handovers/{id}/accept"),
    ("post", "/api/v1/handovers/{id}/decline"),
    ("post", "/api/v1/handovers/{id}/answer"),
    ("post", "/api/v1/handovers/{id}/withdraw"),
    ("get", "/api/v1/cases"),
    ("get", "/api/v1/cases/{journey}/contacts"),
    ("post", "/api/v1/cases/{journey}/contacts"),
    ("get", "/api/v1/supervision/summary"),
    ("get", "/api/v1/supervision/flow"),
    ("get", "/api/v1/bulletin"),
    ("get", "/api/v1/feed"),
    ("post", "/api/v1/subscriptions"),
    ("get", "/api/v1/subscriptions"),
    ("delete", "/api/v1/subscriptions/{id}"),
    ("get", "/livez"),
    ("get", "/readyz"),
    ("get", "/metrics"),
    ("get", "/.well-known/pratique/trust"),
];

fn operations() -> Vec<(String, String)> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let each = |(path, methods): (&String, &Value)| {
        methods.as_object().unwrap().keys().map(|method| (method.clone(), path.clone())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(each).collect()
}

#[test]
fn the_document_has_the_contracts_addresses_and_no_others() {
    let mut expected: Vec<_> =
        CONTRACT.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned())).collect();
    expected.push(("get".into(), "/api/openapi.json".into()));
    let mut found = operations();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn every_operation_is_described_and_names_shapes_that_are_there() {
    assert_eq!(DOCUMENT["openapi"], "3.1.0");
    assert_eq!(DOCUMENT["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
    for (method, path) in operations() {
        let operation = &DOCUMENT["paths"][&path][&method];
        assert!(operation["summary"].is_string() && operation["tags"][0].is_string(), "{method} {path}");
        let named = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        for name in named {
            let parameters = operation["parameters"].as_array().unwrap();
            assert!(parameters.iter().any(|p| p["in"] == "path" && p["name"] == name), "{method} {path}: {name}");
        }
        let of_staff = [
            "checkpoint",
            "flights",
            "obligations",
            "desk",
            "orders",
            "journeys",
            "samples",
            "laboratory",
            "departments",
            "supervision",
        ];
        let is_staff = of_staff.iter().any(|tag| operation["tags"][0] == *tag);
        assert_eq!(operation["security"].is_array(), is_staff, "{method} {path}");
    }
    let text = DOCUMENT.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(DOCUMENT.pointer(pointer).is_some(), "{pointer} is named and not there");
    }
}

#[test]
fn the_shapes_are_json_schemas_and_the_examples_fit_them() {
    for (name, schema) in DOCUMENT["components"]["schemas"].as_object().unwrap() {
        let mut whole = schema.clone();
        whole["components"] = DOCUMENT["components"].clone();
        let validator = jsonschema::validator_for(&whole).unwrap();
        if let Some(example) = schema.get("example") {
            let faults: Vec<_> = validator.iter_errors(example).map(|e| e.to_string()).collect();
            assert!(faults.is_empty(), "{name}: {faults:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_address_answers_its_methods_and_no_others() {
    let place = Place::open(On::Memory).await;
    for path in DOCUMENT["paths"].as_object().unwrap().keys() {
        let methods = DOCUMENT["paths"][path].as_object().unwrap();
        let real = path
            .replace("{port}", "CNPEK")
            .replace("{code}", "00000000000")
            .replace("{id}", "x")
            .replace("{label}", "0")
            .replace("{journey}", "x");
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH"] {
            let answer = place.call(method, &real).send().await;
            let described = methods.contains_key(&method.to_lowercase());
            assert_eq!(answer.status != 405, described, "{method} {path}: {}", answer.status);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_and_its_reader_are_served() {
    let place = Place::open(On::Memory).await;
    let document = place.get("/api/openapi.json").send().await;
    assert_eq!(document.json(), *DOCUMENT);
    let again = place.get("/api/openapi.json").header("if-none-match", document.header("etag")).send().await;
    assert_eq!(again.status, 304);
    let page = place.get("/api").send().await;
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.text().contains("/api/v1/checkpoint/scans"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_documents_own_example_can_be_declared() {
    let place = Place::open(On::Memory).await;
    let example = DOCUMENT["components"]["schemas"]["DeclarationRequest"]["example"].clone();
    place.post("", "/declarations", &example).await.ok(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_is_the_packs_own_bytes() {
    let place = Place::open(On::Memory).await;
    let form = place.get("/api/v1/questionnaires/CNPEK").send().await;
    assert_eq!(form.header("content-type"), "application/fhir+json");
    assert_eq!(form.bytes, include_bytes!("../../../../packs/respiratory/questionnaire.json"));
    let again = place.get("/api/v1/questionnaires/CNPEK").header("if-none-match", form.header("etag")).send().await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    assert_eq!(place.get("/api/v1/questionnaires/XXXXX").send().await.status, 404);
}
