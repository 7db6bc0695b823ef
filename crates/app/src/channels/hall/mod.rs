//! The hall: whether people are through in time, and what it takes, played from a scenario or from the port's own flights.

pub mod page;
pub mod play;
pub mod wish;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use super::Web;

/// The addresses of this channel.
pub fn routes() -> Router<Arc<Web>> {
    Router::new().route("/hall", get(page::show))
}
