//! Every request is counted, timed, bounded in time and put into a log span. Routes stand there as patterns: the address itself
//! holds short codes, which with a document number open a declaration, so it is written nowhere.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;

use crate::channels::Web;
use crate::channels::web::{Language, Problem};
use crate::failure::Failure;

/// Counter of requests.
pub const REQUESTS: &str = "pratique_requests_total";
/// Histogram of their seconds.
pub const SECONDS: &str = "pratique_request_seconds";
/// After so long nobody waits any more; a slow sender is cut off with it.
const LIMIT: Duration = Duration::from_secs(10);

/// Watches over one request.
pub async fn observe(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let started = web.app.clock.stopwatch();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let method = known(request.method());
    let span = tracing::info_span!("request", method, route);
    let (parts, body) = request.into_parts();
    let words = Language::of(&parts).0;
    let handled =
        tokio::time::timeout(LIMIT, next.run(Request::from_parts(parts, body))).instrument(span.clone()).await;
    let response = handled.unwrap_or_else(|_| Problem::new(Failure::TimedOut, words).into_response());
    let (status, seconds) = (response.status().as_u16(), started.elapsed().as_secs_f64());
    metrics::counter!(REQUESTS, "route" => route.clone(), "method" => method, "status" => status.to_string())
        .increment(1);
    metrics::histogram!(SECONDS, "route" => route, "method" => method).record(seconds);
    span.in_scope(|| tracing::info!(status, ms = seconds * 1000.0, "answered"));
    response
}

/// Anybody can invent methods; each would be a series of its own.
fn known(method: &axum::http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}
