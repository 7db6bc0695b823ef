//! The laboratory: tubes come in by their bar codes, are laid out, read and released. Nobody here learns whose a tube is.

pub mod bench;
pub mod custody;
pub mod plate;
pub mod run;
pub mod tube;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::Web;
use super::web::body::FILE_BYTES_MAX;

/// The addresses of this channel. They hold plates' ids and tubes' labels.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/laboratory", get(bench::show))
        .route("/laboratory/receipts", post(bench::receive))
        .route("/laboratory/plates", post(plate::build))
        .route("/laboratory/plates/{id}", get(plate::show))
        .route("/laboratory/plates/{id}/run", post(run::take).layer(DefaultBodyLimit::max(FILE_BYTES_MAX)))
        .route("/laboratory/plates/{id}/{verb}", post(plate::act))
        .route("/laboratory/tubes", get(tube::find))
        .route("/laboratory/tubes/{label}", get(tube::show))
        .route("/laboratory/tubes/{label}/{verb}", post(tube::act))
        .route("/laboratory/custody", get(custody::show))
        .route("/laboratory/custody/{step}", get(custody::list))
}
