//! What is done to whoever sits in the chair. What does not go is said on the same page.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use pratique_core::access::Act;
use serde::Deserialize;

use super::chair::render;
use crate::actions::collect_sample::{self, CollectRequest, NotSampledRequest};
use crate::actions::label_sample::{self, LabelRequest};
use crate::channels::staff::Console;
use crate::channels::staff::refused::refused;
use crate::failure::Failure;
use crate::once::{Once, Reply};
use crate::page;

/// What was sent, by any of the three forms.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    csrf: String,
    once: String,
    consent: String,
    label: String,
    specimen: String,
    why: String,
    reason: String,
}

/// `POST /booth/scans/{scan}/label`.
pub async fn label(console: Console, Path(scan): Path<String>, Form(sent): Form<Sent>) -> Result<Response, Response> {
    admit(&console, &sent)?;
    let (app, who) = (console.app(), console.caller());
    let request = LabelRequest { scan_id: scan.clone(), consent: sent.consent.clone() };
    // The button pressed twice prints one label.
    let once = Once::of(app, &format!("booth label {scan}"), &who.name(), &sent.once, sent.consent.as_bytes());
    let done = label_sample::label_sample(app, &who, console.port_code(), &request, Some(once)).await;
    after(&console, &scan, done, &format!("/booth/scans/{scan}/label")).await
}

/// `POST /booth/scans/{scan}/collect`.
pub async fn collect(console: Console, Path(scan): Path<String>, Form(sent): Form<Sent>) -> Result<Response, Response> {
    admit(&console, &sent)?;
    let request =
        CollectRequest { scan_id: scan.clone(), specimen: Some(sent.specimen.clone()).filter(|s| !s.is_empty()) };
    let (app, who) = (console.app(), console.caller());
    let done = collect_sample::collect_sample(app, &who, console.port_code(), &sent.label, &request, None).await;
    after(&console, &scan, done, &format!("/booth/scans/{scan}")).await
}

/// `POST /booth/scans/{scan}/not-sampled`.
pub async fn not_sampled(
    console: Console,
    Path(scan): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Response> {
    admit(&console, &sent)?;
    let reason = Some(sent.reason.clone()).filter(|reason| !reason.trim().is_empty());
    let request = NotSampledRequest { scan_id: scan.clone(), why: sent.why.clone(), reason };
    let done = collect_sample::not_sampled(console.app(), &console.caller(), console.port_code(), &request, None).await;
    after(&console, &scan, done, &format!("/booth/scans/{scan}")).await
}

fn admit(console: &Console, sent: &Sent) -> Result<(), Response> {
    console.may(Act::Collect)?;
    console.own_form(&sent.csrf)
}

async fn after(console: &Console, scan: &str, done: Result<Reply, Failure>, next: &str) -> Result<Response, Response> {
    match done {
        Ok(_) => Ok(page::see(next)),
        Err(failure) => render(console, scan, Some(refused(console, failure)?)).await,
    }
}
