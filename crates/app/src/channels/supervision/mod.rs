//! The supervisor's pages: the port as it stands, what is behind each number, and the bulletin.

pub mod bulletin;
pub mod flow;
pub mod list;
pub mod live;
pub mod page;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

pub use flow::Flows;

use super::Web;

/// The addresses of this channel.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/supervision", get(page::show))
        .route("/supervision/flow", get(page::flow))
        .route("/supervision/{list}", get(list::show))
        .route("/bulletin", get(bulletin::show))
        .route("/bulletin/text", get(bulletin::text))
        .route("/bulletin/json", get(bulletin::json))
}
