//! Every address of the API.

use pratique_core::access::Role;
use serde_json::json;

use crate::shapes::{Operation, bent, operations};
use crate::support::people::{LI, OKAFOR, ca938};
use crate::support::{Answer, On, Place, log};
use crate::values::{Dice, PLANTED, no_json, texts};

/// Of the 10,000, so many go to the API; the others are files, pages and lines.
const COUNT: usize = 7_000;

/// Kinds of body that nobody takes.
const FOREIGN: [&str; 4] = ["text/plain", "application/xml", "multipart/form-data; boundary=x", ""];

/// Somebody of each role: an operation is asked for by whoever gets furthest.
async fn everybody(place: &Place) -> Vec<String> {
    let mut tokens = Vec::new();
    for role in Role::ALL {
        let belongs = match role.name() {
            "airline" => Some("CA"),
            "department" => Some("contact-tracing"),
            _ => None,
        };
        tokens.push(place.token_for(role.name(), role, belongs).await);
    }
    tokens
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The address with something in each of its places: what is there, or what never can be.
fn address(operation: &Operation, code: &str, dice: &Dice, is_bad: bool) -> String {
    let texts = texts();
    let mut path = String::new();
    for part in operation.path.split('/').skip(1) {
        path.push('/');
        let filled = match part.split_once('{') {
            None => part.to_owned(),
            Some((head, _)) if is_bad => format!("{head}{}", escaped(dice.of::<String>(&texts))),
            Some((head, rest)) => {
                let (name, tail) = rest.split_once('}').unwrap();
                let real = match name {
                    "code" => code,
                    "port" => "CNPEK",
                    "id" if operation.path.contains("/flights/") => "CA938-2026-11-24-CNPEK",
                    _ => "01930000-0000-7000-8000-000000000001",
                };
                format!("{head}{real}{tail}")
            }
        };
        path.push_str(&filled);
    }
    path
}

/// One bad request; `None` if this operation has nothing to be bad at.
async fn asked(place: &Place, operation: &Operation, who: &str, code: &str, dice: &Dice) -> Option<Answer> {
    let texts = texts();
    let named = operation.path.contains('{');
    let way = match (&operation.body, named) {
        (Some(_), _) => dice.below(5),
        (None, true) => 3,
        (None, false) => return None,
    };
    let mut path = address(operation, code, dice, way == 3);
    if let Some(name) = operation.query.first().filter(|_| dice.below(3) == 0) {
        path.push_str(&format!("?{name}={}", escaped(dice.of::<String>(&texts))));
    }
    let mut call = place.call(&operation.method, &path).token(who);
    if dice.below(3) == 0 {
        call = call.proof(&format!("{PLANTED}{}", dice.below(99)));
    }
    if dice.below(4) == 0 {
        call = call.once(&PLANTED.repeat(dice.below(3) + 1));
    }
    let Some((kind, schema)) = &operation.body else { return Some(call.send().await) };
    let is_json = kind.contains("json");
    let answer = match way {
        0 => call.body("application/json", no_json(dice)),
        1 => call.body(dice.of::<&str>(&FOREIGN), format!("<a>{PLANTED}</a>")),
        2 if !is_json => call.body(kind, dice.bytes(600)),
        3 if !is_json => call.body(kind, PLANTED.to_owned()),
        _ => call.json(&bent(schema, dice)),
    };
    Some(answer.send().await)
}

#[tokio::test(flavor = "multi_thread")]
async fn f23_every_bad_request_gets_a_4xx_with_a_code_and_nothing_is_stored() {
    let place = Place::open(On::Memory).await;
    let tokens = everybody(&place).await;
    let planner = &tokens[Role::ALL.iter().position(|role| role.name() == "planner").unwrap()];
    place.call("PUT", "/api/v1/flights/CA938-2026-11-24-CNPEK").token(planner).json(&ca938()).send().await.ok(201);
    let declared = place.post("", "/declarations", &LI.declaration()).await.ok(201);
    let code = declared["code"].as_str().unwrap();
    let before = place.app.store.checkpoint().await.unwrap();
    let (dice, all) = (Dice::new(23), operations());
    let (mut done, mut codes) = (0, std::collections::BTreeMap::<String, usize>::new());
    for turn in 0.. {
        if done == COUNT {
            break;
        }
        let operation = &all[turn % all.len()];
        let who = &tokens[(turn / all.len()) % tokens.len()];
        let Some(answer) = asked(&place, operation, who, code, &dice).await else { continue };
        let text = answer.text();
        assert!((400..500).contains(&answer.status), "{turn}: {operation:?} gave {}: {text}", answer.status);
        let problem = answer.json();
        let stable = problem["code"].as_str().unwrap_or_else(|| panic!("no code: {text}"));
        *codes.entry(stable.to_owned()).or_default() += 1;
        assert!(!text.contains("<script>"), "{text}");
        done += 1;
    }
    let after = place.app.store.checkpoint().await.unwrap();
    assert_eq!(json!(before), json!(after), "something was stored");
    println!("{done} bad requests: {codes:?}");
    assert!(codes.len() >= 7, "they all failed alike: {codes:?}");
    let found = log::lines().lines().find(|line| line.contains(PLANTED)).map(str::to_owned);
    assert_eq!(found, None);
    // And it works as before.
    place.post("", "/declarations", &OKAFOR.declaration()).await.ok(201);
}
