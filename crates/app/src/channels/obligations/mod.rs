//! What is owed at the port: the list without a name in it, one obligation with the person once it is opened, and its answer.

pub mod answers;
pub mod deeds;
pub mod hand_over;
pub mod list;
pub mod one;
pub mod respond;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::Web;

/// The addresses of this channel.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/obligations", get(list::show))
        .route("/obligations/{name}", get(one::show))
        .route("/obligations/{name}/acknowledge", post(respond::take_on))
        .route("/obligations/{name}/answer", post(respond::answer))
        .route("/obligations/{name}/hand-over", post(hand_over::offer))
        .route("/obligations/{name}/take-back", post(hand_over::take_back))
}
