//! The lane's console: pass, code or document in, one verdict out, one decision. Contract.md, `/checkpoint`.

pub mod decide;
pub mod picture;
pub mod reading;
pub mod recent;
pub mod resolve;
pub mod scan;
pub mod scripts;
pub mod spot;
pub mod station;
pub mod undo;
pub mod verdict;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::Web;

/// The addresses of this channel. Addresses hold a scan's own id and nothing of the person.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/checkpoint", get(scan::show))
        .route("/checkpoint/station", get(station::choose).post(station::take))
        .route(spot::ADDRESS, post(spot::begin))
        .route("/checkpoint/scans", post(scan::take))
        .route("/checkpoint/scans/{scan}", get(verdict::show))
        .route("/checkpoint/scans/{scan}/decision", post(decide::take))
        .route("/checkpoint/scans/{scan}/undo", post(undo::take))
}
