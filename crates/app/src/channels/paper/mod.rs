//! Paper: numbered forms to print, and what stands on them keyed in later, with the paper's own time. docs/PAPER.md has the whole
//! of it.

pub mod desk;
pub mod key;
pub mod sheet;
pub mod sheets;
pub mod slip;
pub mod twice;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::Web;

/// The addresses of this channel. They hold a form's number, which names nobody.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/paper", get(desk::show))
        .route("/paper/find", get(desk::find))
        .route("/paper/forms", post(desk::print).get(sheets::show))
        .route("/paper/forms/{serial}", get(key::show).post(key::take))
        .route("/paper/forms/{serial}/slip", get(slip::show))
        .route("/paper/forms/{serial}/picture", get(slip::picture))
}
