//! Alive: the process answers. Ready: it can do its work; a load balancer sends nobody to one that is not.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::channels::Web;
use crate::lookups::readiness;

/// Alive
#[utoipa::path(get, path = "/livez", tag = "operations", responses((status = 200, description = "`ok`", body = String, content_type = "text/plain")))]
pub async fn livez() -> &'static str {
    "ok"
}

/// Ready
///
/// The store answers and has this program's schema. A port without keys to sign and seal with (`keys`), a full disk (`room`) and a
/// clock that jumped (`clock`) are told among the checks too; reading and scanning go on under them, so the server stays ready.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "operations",
    responses(
        (status = 200, description = "Ready, with every check", body = Object),
        (status = 503, description = "Not ready: the failed checks say why", body = Object),
    )
)]
pub async fn readyz(State(web): State<Arc<Web>>) -> (StatusCode, Json<Value>) {
    let checks = readiness::checks(&web.app).await;
    let ready = checks.iter().all(|check| check.ok || !check.stops);
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "ready": ready, "checks": checks })))
}
