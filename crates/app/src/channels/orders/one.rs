//! One order: whom it binds, the words to read out, and that they were told. The words stand there in the person's own language
//! first, and in every other that we have.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::order::State;
use pratique_core::port::Port;
use serde::Deserialize;

use crate::actions::look::look;
use crate::actions::serve_order::{self, ServeOrderRequest};
use crate::channels::desk::person::here;
use crate::channels::desk::told;
use crate::channels::staff::{Console, Frame};
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::lookups::{obligation, reasons, verdict};
use crate::page::order_text::OrderText;
use crate::page::when::When;
use crate::page::{self, Shell};
use crate::words::Words;

/// The page.
#[derive(Debug, Template)]
#[template(path = "orders/one.html")]
pub struct OrderPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The order's address.
    pub address: String,
    /// What is ordered.
    pub title: String,
    /// Where it stands.
    pub standing: String,
    /// The person: question and answer; empty once they were erased.
    pub person: Vec<(String, String)>,
    /// The words, each with the tag of its language, the person's own first; none where it does not hold.
    pub texts: Vec<(&'static str, OrderText)>,
    /// The languages in which they can be told: tag, name, whether it is chosen; none where there is nothing to tell.
    pub languages: Vec<(&'static str, String, bool)>,
    /// Another language, as typed.
    pub other: String,
    /// Why it did not go.
    pub refused: Option<String>,
    /// That they were told already, by whom and when.
    pub served: Option<String>,
}

/// What was sent.
#[derive(Debug, Default, Deserialize)]
pub struct Sent {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    other: String,
}

/// `GET /orders/{name}`.
pub async fn show(console: Console, Path(name): Path<String>) -> Result<Response, Response> {
    console.may(Act::ServeOrder)?;
    render(&console, &name, StatusCode::OK, &Sent::default(), None).await
}

async fn render(
    console: &Console,
    name: &str,
    status: StatusCode,
    sent: &Sent,
    refused: Option<String>,
) -> Result<Response, Response> {
    let port = console.port()?;
    let page = build(console, port, name, sent, refused).await.map_err(|failure| console.trouble(failure))?;
    Ok(page::shown(status, &page))
}

async fn build(
    console: &Console,
    port: &Port,
    name: &str,
    sent: &Sent,
    refused: Option<String>,
) -> Result<OrderPage, Failure> {
    let (app, words) = (console.app(), console.words);
    let (id, number): (Id, u32) = obligation::parse_name(name)?;
    let (_, journey) = here(console, &id.to_string()).await?;
    let order = journey.orders.iter().find(|order| order.number == number).ok_or(Failure::NotFound)?;
    look(app, &console.caller(), &[id], "order").await?;
    let dossier = verdict::person(app, id).await?;
    let own = Words::of(dossier.as_ref().map_or("", |d| d.content.language.as_str())).language();
    let mut tags: Vec<(&'static str, String)> = Words::languages();
    tags.sort_by_key(|(tag, _)| *tag != own);
    let texts = order.until().into_iter().flat_map(|until| {
        let text = move |tag: &'static str| (tag, OrderText::of(Words::of(tag), order.measure, until, port));
        tags.iter().map(|(tag, _)| text(tag)).collect::<Vec<_>>()
    });
    let texts = texts.collect();
    let chosen = if sent.language.is_empty() { own } else { sent.language.as_str() };
    let is_untold = matches!(order.state, State::Issued(_));
    let picks = tags.into_iter().map(|(tag, name)| (tag, name, tag == chosen));
    let standing = told::orders(words, port, &journey).into_iter().find(|(known, _)| *known == number);
    Ok(OrderPage {
        shell: console.shell(),
        frame: console.frame(),
        address: format!("/orders/{}", obligation::name(id, number)),
        title: words.t(&format!("measure-{}", order.measure.name())),
        standing: standing.map(|(_, line)| line).unwrap_or_default(),
        person: dossier.as_ref().map(|d| told::person(words, &journey, d)).unwrap_or_default(),
        texts,
        languages: if is_untold { picks.collect() } else { Vec::new() },
        other: sent.other.clone(),
        refused,
        served: served(words, port, &order.state),
    })
}

/// That it was told already, by whom and when.
fn served(words: Words, port: &Port, state: &State) -> Option<String> {
    let State::Active { by, at, language, .. } = state else { return None };
    let when = When::of(words, *at, &port.zone());
    let named = Words::languages().into_iter().find(|(tag, _)| tag == language).map(|(_, name)| name);
    // Any other was given as its tag: an interpreter's.
    let language = named.unwrap_or_else(|| language.clone());
    let figures = [("by", by.as_str()), ("at", &when.local), ("zone", &when.zone), ("language", &language)];
    Some(words.with("orders-served", &figures))
}

/// `POST /orders/{name}/serve`.
pub async fn serve(
    console: Console,
    Path(name): Path<String>,
    axum::Form(sent): axum::Form<Sent>,
) -> Result<Response, Response> {
    console.may(Act::ServeOrder)?;
    console.own_form(&sent.csrf)?;
    let language = if sent.other.trim().is_empty() { &sent.language } else { &sent.other };
    let request = ServeOrderRequest { language: language.clone() };
    let failure = match serve_order::serve(console.app(), &console.caller(), &name, &request, None).await {
        Ok(_) => return Ok(page::see(&format!("/orders/{name}"))),
        Err(failure) => failure,
    };
    let words = console.words;
    let refused = match &failure {
        Failure::Refused(refusal) => reasons::refusal(refusal, words),
        Failure::Invalid(faults) => {
            faults.iter().map(|f| words.error(&f.code, &f.params)).collect::<Vec<_>>().join(" ")
        }
        Failure::Busy => words.t("verdict-busy"),
        _ => return Err(console.trouble(failure)),
    };
    let status = Problem::new(failure, words).status();
    render(&console, &name, status, &sent, Some(refused)).await
}
