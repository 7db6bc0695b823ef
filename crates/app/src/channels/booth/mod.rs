//! The sampling booth: a pass is scanned, a consent given, a label printed, the tube scanned back; then tubes go in a parcel.

pub mod act;
pub mod chair;
pub mod desk;
pub mod label;
pub mod station;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::Web;

/// The addresses of this channel. They hold a scan's own id or a tube's label, and nothing of the person.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/booth", get(desk::show))
        .route("/booth/station", get(station::choose).post(station::take))
        .route("/booth/scans", post(desk::scan))
        .route("/booth/parcels", post(desk::send))
        .route("/booth/labels/{label}", get(label::picture))
        .route("/booth/scans/{scan}", get(chair::show))
        .route("/booth/scans/{scan}/label", get(label::print).post(act::label))
        .route("/booth/scans/{scan}/collect", post(act::collect))
        .route("/booth/scans/{scan}/not-sampled", post(act::not_sampled))
}
