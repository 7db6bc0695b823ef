//! The decision on a scan taken back: the same page follows, open to be decided anew.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use pratique_core::access::Act;
use serde::Deserialize;

use super::decide::why_not;
use super::verdict::{Refused, render};
use crate::actions;
use crate::actions::undo::UndoRequest;
use crate::channels::staff::Console;
use crate::channels::web::Problem;
use crate::page;

/// What was sent.
#[derive(Debug, Default, Deserialize)]
pub struct Sent {
    #[serde(default)]
    csrf: String,
}

/// `POST /checkpoint/scans/{scan}/undo`. Pressed twice it is refused the second time, in words: there is nothing left to take back.
pub async fn take(console: Console, Path(scan): Path<String>, Form(sent): Form<Sent>) -> Result<Response, Response> {
    console.may(Act::Decide)?;
    console.own_form(&sent.csrf)?;
    let station = console.station_cookie().unwrap_or_default();
    let request = UndoRequest { scan_id: scan.clone(), station };
    match actions::undo::undo(console.app(), &console.caller(), console.port_code(), &request, None).await {
        Ok(_) => Ok(page::see(&format!("/checkpoint/scans/{scan}"))),
        Err(failure) => match why_not(&console, &failure) {
            Some(words) => {
                let status = Problem::new(failure, console.words).status();
                render(&console, &scan, status, Some(Refused { words, reason: String::new(), undo: true })).await
            }
            None => Err(console.trouble(failure)),
        },
    }
}
