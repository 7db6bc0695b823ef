//! The decision on a scan. A refusal is shown beside the same buttons, with the reason as it was typed.

use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::journey::Refusal;
use serde::Deserialize;

use super::verdict::{Refused, render};
use crate::actions;
use crate::actions::decide::DecisionRequest;
use crate::channels::staff::Console;
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::lookups::reasons;
use crate::once::Once;
use crate::page;
use crate::page::when::When;
use crate::words::Words;

/// What was sent.
#[derive(Debug, Default, Deserialize)]
pub struct Sent {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    decision: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    once: String,
    #[serde(default)]
    by_itself: String,
}

/// `POST /checkpoint/scans/{scan}/decision`.
pub async fn take(console: Console, Path(scan): Path<String>, Form(sent): Form<Sent>) -> Result<Response, Response> {
    console.may(Act::Decide)?;
    console.own_form(&sent.csrf)?;
    // Words that were half typed when the console locked come without a decision.
    if sent.decision.is_empty() {
        let refused = Refused { words: console.words.t("decision-choose"), reason: sent.reason, undo: false };
        return render(&console, &scan, StatusCode::UNPROCESSABLE_ENTITY, Some(refused)).await;
    }
    let app = console.app();
    let request = DecisionRequest {
        scan_id: scan.clone(),
        decision: sent.decision.clone(),
        reason: Some(sent.reason.clone()).filter(|reason| !reason.trim().is_empty()),
        by_itself: sent.by_itself == "yes",
    };
    // The same button pressed twice decides once; another button on the same page is another decision.
    let key = format!("{} {}", sent.once, sent.decision);
    let once = Once::of(app, &format!("decide {scan}"), &console.caller().name(), &key, sent.reason.as_bytes());
    let decided = match actions::decide::decide(app, &console.caller(), console.port_code(), &request, Some(once)).await
    {
        Err(Failure::KeyReused) => {
            actions::decide::decide(app, &console.caller(), console.port_code(), &request, None).await
        }
        other => other,
    };
    match decided {
        Ok(_) => Ok(page::see(&format!("/checkpoint/scans/{scan}"))),
        Err(failure) => match why_not(&console, &failure) {
            Some(words) => {
                let status = Problem::new(failure, console.words).status();
                render(&console, &scan, status, Some(Refused { words, reason: sent.reason, undo: false })).await
            }
            None => Err(console.trouble(failure)),
        },
    }
}

/// The words for what an officer can do something about.
pub fn why_not(console: &Console, failure: &Failure) -> Option<String> {
    let words: Words = console.words;
    match failure {
        Failure::Refused(Refusal::UsedUp(used)) => {
            let zone = console.port().ok()?.zone();
            let when = When::of(words, used.at, &zone);
            let figures =
                [("station", used.station.as_str()), ("by", &used.by), ("at", &when.local), ("zone", &when.zone)];
            Some(words.with("verdict-used", &figures))
        }
        Failure::Refused(refusal) => Some(reasons::refusal(refusal, words)),
        Failure::Invalid(faults) => {
            Some(faults.iter().map(|f| words.error(&f.code, &f.params)).collect::<Vec<_>>().join(" "))
        }
        Failure::Busy => Some(words.t("verdict-busy")),
        _ => None,
    }
}
