//! Who waits at the desk: nobody's name, since to see a name is to look at a person.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use serde::Deserialize;

use crate::actions::take_next::{self, Taken};
use crate::channels::obligations::list::Line;
use crate::channels::staff::{Console, Frame};
use crate::lookups::desk;
use crate::lookups::obligation::Owed;
use crate::page::when::When;
use crate::page::{self, Shell};

/// The page.
#[derive(Debug, Template)]
#[template(path = "desk/queue.html")]
pub struct QueuePage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// People whom nobody has taken on.
    pub waiting: Vec<Line>,
    /// People whom this doctor has taken on.
    pub mine: Vec<Line>,
    /// People whom another has taken on, and what is due later.
    pub others: Vec<Line>,
    /// The port's zone, said once.
    pub zone: String,
    /// Nobody was waiting when the button was pressed.
    pub nobody: bool,
}

/// `GET /desk`.
pub async fn show(console: Console) -> Result<Response, Response> {
    console.may(Act::Examine)?;
    render(&console, false).await
}

async fn render(console: &Console, nobody: bool) -> Result<Response, Response> {
    let (app, words, port) = (console.app(), console.words, console.port()?);
    let owed = desk::owed(app, &port.code).await.map_err(|failure| console.trouble(failure))?;
    let now = app.now();
    let line = |o: &Owed| {
        let line = Line::of(words, port, o.journey_id, &o.journey, &o.obligation, now);
        Line { address: format!("/desk/people/{}", o.journey_id), ..line }
    };
    let me = console.signed.staff.name.as_str();
    let (mut waiting, mut mine, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for one in &owed {
        let line = line(one);
        match line.taken_by.as_deref() {
            Some(by) if by == me => mine.push(line),
            None if desk::is_free(one) => waiting.push(line),
            _ => others.push(line),
        }
    }
    let zone = When::of(words, now, &port.zone()).zone;
    let (shell, frame) = (console.shell(), console.frame());
    Ok(page::shown(StatusCode::OK, &QueuePage { shell, frame, waiting, mine, others, zone, nobody }))
}

/// What was sent.
#[derive(Debug, Default, Deserialize)]
pub struct Sent {
    #[serde(default)]
    csrf: String,
}

/// `POST /desk/next`.
pub async fn take(console: Console, axum::Form(sent): axum::Form<Sent>) -> Result<Response, Response> {
    console.may(Act::Examine)?;
    console.own_form(&sent.csrf)?;
    let taken = take_next::take_next(console.app(), &console.caller(), console.port_code()).await;
    let taken = taken.and_then(|reply| reply.read::<Taken>()).map_err(|failure| console.trouble(failure))?;
    match taken.journey {
        Some(journey) => Ok(page::see(&format!("/desk/people/{journey}"))),
        None => render(&console, true).await,
    }
}

impl QueuePage {
    /// The lists in the order in which they are worked through: heading, people, what to say where there are none.
    fn lists(&self) -> [(String, &[Line], String); 3] {
        let t = |key| self.shell.t(key);
        [
            (t("desk-mine"), &self.mine, t("desk-mine-none")),
            (t("desk-waiting"), &self.waiting, t("desk-waiting-none")),
            (t("desk-others"), &self.others, t("desk-others-none")),
        ]
    }
}
