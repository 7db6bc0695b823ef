//! The investigation: the pack's second form on one page, drawn by the same views as a declaration's. Nothing is kept between
//! presses but what the page itself holds; the buttons that add or remove a row send the form and show it again.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::port::Port;
use pratique_core::questionnaire::{Questionnaire, route};
use serde_json::{Value, json};

use super::person::here;
use crate::actions::investigate::{InvestigationRequest, investigate};
use crate::actions::look::look;
use crate::channels::obligations::one::once;
use crate::channels::staff::{Console, Frame};
use crate::channels::traveller::form::{Sent, store};
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::house::local_date;
use crate::lookups::whom::Whom;
use crate::lookups::{reasons, verdict};
use crate::once::Once;
use crate::page::asked::Asker;
use crate::page::{self, Element, Shell, Summary};

/// Where the answers stand in what is sent.
const AT: &str = "/answers";

/// The page.
#[derive(Debug, Template)]
#[template(path = "desk/inquiry.html")]
pub struct InquiryPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The person's page.
    pub back: String,
    /// The person's name.
    pub name: String,
    /// The form's title.
    pub title: String,
    /// What is wrong, all of it.
    pub summary: Summary,
    /// Why it did not go.
    pub refused: Option<String>,
    /// A question was opened by an answer.
    pub more: bool,
    /// The questions.
    pub elements: Vec<Element>,
    /// The key under which it is handed in once.
    pub once: String,
}

/// How the page is shown.
#[derive(Default)]
struct Manner {
    told: bool,
    more: bool,
    refused: Option<String>,
}

/// `GET /desk/people/{journey}/investigation`.
pub async fn show(console: Console, Path(journey): Path<String>) -> Result<Response, Response> {
    console.may(Act::Examine)?;
    render(&console, &journey, StatusCode::OK, &json!({"answers": {}}), Manner::default()).await
}

async fn render(
    console: &Console,
    journey: &str,
    status: StatusCode,
    body: &Value,
    manner: Manner,
) -> Result<Response, Response> {
    let port = console.port()?;
    let page = build(console, port, journey, body, manner).await.map_err(|failure| console.trouble(failure))?;
    Ok(page::shown(status, &page))
}

fn form<'a>(console: &'a Console, port: &Port) -> Result<&'a Questionnaire, Failure> {
    let in_force = console.app().house.in_force(port).ok_or_else(|| Failure::bug("a port without its pack"))?;
    in_force.investigation.as_ref().ok_or(Failure::NotFound)
}

fn elements(console: &Console, port: &Port, form: &Questionnaire, body: &Value, told: bool) -> Vec<Element> {
    let answers = body.get("answers").and_then(Value::as_object).cloned().unwrap_or_default();
    let shown = route(form, &answers, local_date(port, console.app().now()));
    let answers = Value::Object(answers);
    Asker { words: console.words, at: AT, tells: &|_| told, answers: &answers, between: &[] }.elements(&shown.sections)
}

async fn build(
    console: &Console,
    port: &Port,
    journey: &str,
    body: &Value,
    manner: Manner,
) -> Result<InquiryPage, Failure> {
    let (app, words) = (console.app(), console.words);
    let (id, _) = here(console, journey).await?;
    look(app, &console.caller(), &[id], "investigation").await?;
    let dossier = verdict::person(app, id).await?.ok_or(Failure::NotFound)?;
    let form = form(console, port)?;
    let elements = elements(console, port, form, body, manner.told);
    Ok(InquiryPage {
        shell: console.shell(),
        frame: console.frame(),
        back: format!("/desk/people/{id}"),
        name: dossier.content.traveller.name.line(),
        title: form.title(words.language()).to_owned(),
        summary: Summary::of(words, &elements),
        refused: manner.refused,
        more: manner.more,
        elements,
        once: once(console),
    })
}

/// `POST /desk/people/{journey}/investigation`.
pub async fn take(console: Console, Path(journey): Path<String>, sent: Sent) -> Result<Response, Response> {
    console.may(Act::Examine)?;
    console.own_form(sent.one("csrf").unwrap_or_default())?;
    let port = console.port()?;
    let form = form(&console, port).map_err(|failure| console.trouble(failure))?;
    let mut body = json!({"answers": {}});
    store(&mut body, form, &sent, |pointer| pointer.starts_with("/answers/"));
    if sent.has("add") || sent.has("remove") {
        return render(&console, &journey, StatusCode::OK, &body, Manner::default()).await;
    }
    if opened(&elements(&console, port, form, &body, false), &sent) {
        let manner = Manner { more: true, ..Manner::default() };
        return render(&console, &journey, StatusCode::OK, &body, manner).await;
    }
    match handed_in(&console, &journey, form, &body, sent.one("once").unwrap_or_default()).await {
        Ok(()) => Ok(page::see(&format!("/desk/people/{journey}"))),
        Err(failure) => again(&console, &journey, &body, failure).await,
    }
}

/// Did an answer open a question that the page did not have?
fn opened(elements: &[Element], sent: &Sent) -> bool {
    let mut names = Vec::new();
    elements.iter().for_each(|element| element.names(&mut names));
    names.iter().any(|name| !sent.has(name))
}

async fn handed_in(
    console: &Console,
    journey: &str,
    form: &Questionnaire,
    body: &Value,
    key: &str,
) -> Result<(), Failure> {
    let (app, who) = (console.app(), console.caller());
    let request = InvestigationRequest {
        whom: Whom { journey: Some(journey.to_owned()), ..Whom::default() },
        questionnaire: Some(form.version.clone()),
        answers: body.get("answers").and_then(Value::as_object).cloned().unwrap_or_default(),
        reason: None,
    };
    let bytes = serde_json::to_vec(&request)?;
    let once = Once::of(app, &format!("desk {journey} investigation"), &who.name(), key, &bytes);
    match investigate(app, &who, &request, Some(once)).await {
        Err(Failure::KeyReused) => investigate(app, &who, &request, None).await.map(drop),
        other => other.map(drop),
    }
}

async fn again(console: &Console, journey: &str, body: &Value, failure: Failure) -> Result<Response, Response> {
    let refused = match &failure {
        Failure::Invalid(_) => None,
        Failure::Refused(refusal) => Some(reasons::refusal(refusal, console.words)),
        Failure::Busy => Some(console.words.t("verdict-busy")),
        _ => return Err(console.trouble(failure)),
    };
    let status = Problem::new(failure, console.words).status();
    render(console, journey, status, body, Manner { told: true, refused, ..Manner::default() }).await
}
