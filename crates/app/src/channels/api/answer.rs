//! How an action's answer goes out: the stored bytes as they are.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::once::Reply;
use crate::words::Words;

/// What a handler gives back.
pub type Answer = Result<Response, Problem>;

/// An action's answer as HTTP, or its failure in the caller's language.
pub fn send(reply: Result<Reply, Failure>, words: Words) -> Answer {
    reply.map(reply_response).map_err(|failure| Problem::new(failure, words))
}

/// A lookup's answer as HTTP.
pub fn show(value: Result<serde_json::Value, Failure>, words: Words) -> Answer {
    send(value.and_then(|value| Reply::new(200, &value)), words)
}

fn reply_response(reply: Reply) -> Response {
    // Statuses are written in our own actions; a stored one that is none would be a damaged row.
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Body::from(reply.body)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if reply.repeated {
        response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
    response
}
