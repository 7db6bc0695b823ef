//! The floor: an axum server that parses a JSON body and writes it again, in a process of its own, on the same runtime as ours.

use axum::Router;
use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::Value;

/// Serves until it is killed; says where it listens as `pratique serve` does.
pub async fn serve() {
    let app = Router::new().route("/readyz", get(|| async { "ready" })).route("/api/v1/declarations", post(echo));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    println!("Listening on http://{}", listener.local_addr().expect("its address"));
    axum::serve(listener, app).await.expect("a server");
}

async fn echo(body: Bytes) -> Response {
    let Ok(value) = serde_json::from_slice::<Value>(&body) else { return StatusCode::BAD_REQUEST.into_response() };
    let Ok(text) = serde_json::to_vec(&value) else { return StatusCode::BAD_REQUEST.into_response() };
    (StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], text).into_response()
}
