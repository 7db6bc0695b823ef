//! For those who run a server: is it alive, is it ready, what does it count, whom do its passes trust.

mod alive;
mod metrics;
pub mod observe;
pub mod trust;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Web;

pub use metrics::recorder;

/// The operations, for the register.
pub fn routes() -> OpenApiRouter<Arc<Web>> {
    OpenApiRouter::new()
        .routes(routes!(alive::livez))
        .routes(routes!(alive::readyz))
        .routes(routes!(metrics::metrics))
        .routes(routes!(trust::trust))
}
