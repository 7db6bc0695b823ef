//! The kiosk: a machine in the hall at which people declare after landing. A passport reader types what it reads, the same pages
//! as on the web ask the rest, a slip is printed, and everything of the person goes. docs/KIOSK.md has the whole of it.

pub mod idle;
pub mod read;
pub mod reading;
pub mod set_up;
pub mod slip;
pub mod start;

mod guard;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::Web;

pub use guard::guard;

/// The kiosk's addresses. They hold nothing of anybody.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/kiosk", get(start::first).post(start::begin))
        .route("/kiosk/set-up", get(set_up::ask).post(set_up::take))
        .route("/kiosk/read", get(read::ask).post(read::take))
        .route("/kiosk/read/{number}", get(read::ask_for).post(read::take_for))
        .route("/kiosk/slip", get(slip::show))
        .route("/kiosk/slip/{number}", get(slip::picture))
        .route("/kiosk/idle", get(idle::ask))
        .route("/kiosk/clear", post(start::clear))
}
