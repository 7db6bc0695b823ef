//! Orders that people are still to be told of: the list, and one order with the words to read out, in the person's language.

pub mod list;
pub mod one;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::Web;

/// The addresses of this channel.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/orders", get(list::show))
        .route("/orders/{name}", get(one::show))
        .route("/orders/{name}/serve", post(one::serve))
}
