//! The medical desk: who waits, one person with all that can be done for them, the investigation. Contract.md, `/desk`. Every act
//! leads back to the person; every look at one is on record before the page is sent.

pub mod act;
pub mod calls;
pub mod form;
pub mod forms;
pub mod inquiry;
pub mod person;
pub mod queue;
pub mod told;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::Web;

/// The addresses of this channel. They hold a journey's id, which says nothing of the person.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/desk", get(queue::show))
        .route("/desk/next", post(queue::take))
        .route("/desk/calls", get(calls::show))
        .route("/desk/calls/{obligation}", post(calls::take))
        .route("/desk/people/{journey}", get(person::show))
        .route("/desk/people/{journey}/investigation", get(inquiry::show).post(inquiry::take))
        .route("/desk/people/{journey}/{form}", post(act::take))
}
