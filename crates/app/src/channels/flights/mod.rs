//! The port's flights: a day's list, one flight made or moved, a schedule taken in; and the people on one.

pub mod day;
pub mod import;
pub mod one;
pub mod people;
pub mod told;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::Web;

/// The largest schedule taken: a week of the busiest airport is below a tenth of it.
const SCHEDULE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The addresses of this channel.
pub fn routes() -> Router<Arc<Web>> {
    let import = get(import::form).post(import::take).layer(DefaultBodyLimit::max(SCHEDULE_BYTES_MAX));
    let manifest = post(people::take).layer(DefaultBodyLimit::max(SCHEDULE_BYTES_MAX));
    Router::new()
        .route("/flights", get(day::show))
        .route("/flights/new", get(one::new).post(one::make))
        .route("/flights/import", import)
        .route("/flights/{flight}", get(one::show))
        .route("/flights/{flight}/move", post(one::change))
        .route("/flights/{flight}/people", get(people::show))
        .route("/flights/{flight}/people/said", post(people::say))
        .route("/flights/{flight}/people/inspection", post(people::record))
        .route("/flights/{flight}/people/manifest", manifest)
}
