//! Staff: signing in and out, where each role begins, and what is around every page of theirs.

pub mod console;
pub mod frame;
pub mod home;
pub mod kept;
pub mod next;
pub mod presence;
pub mod refused;
pub mod sign_in;
pub mod tries;
pub mod trouble;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

pub use console::Console;
pub use frame::Frame;

use super::Web;

/// The addresses of this channel.
pub fn routes() -> Router<Arc<Web>> {
    let signing = Router::new()
        .route("/sign-in", get(sign_in::form).post(sign_in::enter))
        .layer(axum::Extension(Arc::new(tries::Tries::default())));
    Router::new()
        .merge(signing)
        .route("/sign-out", post(sign_in::leave))
        .route("/lock", post(presence::lock))
        .route("/presence", get(presence::left).post(presence::here))
        .route("/console", get(home::show))
}
