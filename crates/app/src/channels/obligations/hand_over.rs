//! Handing a person over to a department, on the page of what is owed for them; and where each handover stands.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::Journey;
use pratique_core::port::Port;
use serde::Deserialize;

use super::list::clock;
use super::one::{self, Typed};
use crate::actions::hand_over::{HandOverRequest, hand_over};
use crate::actions::withdraw_handover::withdraw;
use crate::channels::staff::Console;
use crate::channels::staff::refused::said;
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::lookups::obligation;
use crate::page;

/// The part of the page.
#[derive(Debug, Clone, Default)]
pub struct Handing {
    /// Where each handover stands.
    pub stands: Vec<Stand>,
    /// The departments that it can be offered to: code, name, whether it is chosen.
    pub departments: Vec<(String, String, bool)>,
    /// The words typed.
    pub note: String,
}

/// One handover.
#[derive(Debug, Clone)]
pub struct Stand {
    /// Department, state and time in words.
    pub text: String,
    /// Its name, while it can be taken back by whoever is signed in, and the words of the button.
    pub take_back: Option<(String, String)>,
}

/// The part of the page for a journey.
#[must_use]
pub fn handing(console: &Console, port: &Port, id: Id, journey: &Journey, typed: &Typed) -> Handing {
    let (words, now) = (console.words, console.app().now());
    let may = console.may(Act::HandOver).is_ok();
    let name =
        |code: &str| port.department(code).map_or_else(|| code.to_owned(), |d| d.name.get(words.language()).to_owned());
    let stand = |handover: &pratique_core::journey::Handover| {
        let department = name(&handover.to);
        let state = words.t(&format!("handover-{}", handover.state_name()));
        let at = clock(words, port, handover.at, now);
        let back = words.with("hand-over-take-back", &[("department", &department)]);
        Stand {
            text: words.with("hand-over-line", &[("department", &department), ("state", &state), ("at", &at)]),
            take_back: (may && handover.is_open()).then(|| (obligation::name(id, handover.number), back)),
        }
    };
    let free = |code: &str| !journey.handovers.iter().any(|h| h.to == code && h.is_open());
    let departments = port.departments.iter().filter(|d| may && free(&d.code));
    Handing {
        stands: journey.handovers.iter().map(stand).collect(),
        departments: departments.map(|d| (d.code.clone(), name(&d.code), d.code == typed.to)).collect(),
        note: typed.note.clone(),
    }
}

/// What was sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    csrf: String,
    to: String,
    note: String,
    handover: String,
}

/// `POST /obligations/{name}/hand-over`.
pub async fn offer(console: Console, Path(name): Path<String>, Form(sent): Form<Sent>) -> Result<Response, Response> {
    console.may(Act::HandOver)?;
    console.own_form(&sent.csrf)?;
    let offered = match obligation::parse_name(&name) {
        Ok((journey, _)) => {
            let note = Some(sent.note.clone()).filter(|note| !note.trim().is_empty());
            let request = HandOverRequest { journey: journey.to_string(), to: sent.to.clone(), note };
            hand_over(console.app(), &console.caller(), &request, None).await.map(drop)
        }
        Err(failure) => Err(failure),
    };
    after(&console, &name, sent, offered).await
}

/// `POST /obligations/{name}/take-back`.
pub async fn take_back(
    console: Console,
    Path(name): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Response> {
    console.may(Act::HandOver)?;
    console.own_form(&sent.csrf)?;
    let taken = withdraw(console.app(), &console.caller(), &sent.handover, None).await.map(drop);
    after(&console, &name, sent, taken).await
}

async fn after(console: &Console, name: &str, sent: Sent, done: Result<(), Failure>) -> Result<Response, Response> {
    let failure = match done {
        Ok(()) => return Ok(page::see(&format!("/obligations/{name}"))),
        Err(failure) => failure,
    };
    let Some(refused) = said(&failure, console.words) else { return Err(console.trouble(failure)) };
    let typed = Typed { to: sent.to, note: sent.note, refused, ..Typed::default() };
    one::render(console, name, Problem::new(failure, console.words).status(), Some(typed)).await
}
