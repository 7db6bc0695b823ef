//! A department's own pages: what it was given, one handover with what its purpose allows, and the contacts of cases.

pub mod case;
pub mod cases;
pub mod list;
pub mod one;
pub mod person;
pub mod respond;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::Web;

/// The addresses of this channel.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/inbox", get(list::show))
        .route("/inbox/cases", get(cases::show))
        .route("/inbox/cases/{journey}", get(case::show))
        .route("/inbox/cases/{journey}/contacts", post(case::tie))
        .route("/inbox/cases/{journey}/reached", post(case::reached))
        .route("/inbox/cases/{journey}/found", post(case::found))
        .route("/inbox/{name}", get(one::show))
        .route("/inbox/{name}/accept", post(respond::accept))
        .route("/inbox/{name}/decline", post(respond::decline))
        .route("/inbox/{name}/answer", post(respond::answer))
}
