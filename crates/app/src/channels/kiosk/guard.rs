//! What a kiosk's browser is held to on every address: no way to the pages that are for people's own phones, and no page left
//! standing, whatever went wrong.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::channels::Web;
use crate::channels::traveller::received::KIOSK;
use crate::channels::web::KioskPost;
use crate::page::{AtKiosk, see};

/// Guards the pages that a kiosk asks for; any other browser's pass.
pub async fn guard(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    if KioskPost::of(request.headers(), &web.app).is_none() {
        return next.run(request).await;
    }
    let path = request.uri().path();
    if path == "/" || path == "/find" || path.starts_with("/pass/") {
        return see(KIOSK);
    }
    let mut response = next.run(request).await;
    // Pages of the kiosk's own frame ask by themselves whether anybody is there; a page of trouble has no such frame.
    let troubled = response.status().is_client_error() || response.status().is_server_error();
    if troubled && response.status() != StatusCode::UNPROCESSABLE_ENTITY && is_page(&response) {
        let wait = format!("{}; url=/kiosk/idle", AtKiosk::IDLE_S);
        if let Ok(wait) = HeaderValue::from_str(&wait) {
            response.headers_mut().entry(header::REFRESH).or_insert(wait);
        }
    }
    response
}

fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}
