//! What happens when more comes than can be worked on (faults.md F16 to F18): one gate before everything, the same for every route
//! and every connection.

pub mod arrival;
pub mod busy;
pub mod class;
pub mod gate;
pub mod held_by;
pub mod told;

use std::sync::Arc;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};

use super::Web;
use super::web::{KioskPost, Language, Problem};
use crate::app::App;
use crate::failure::Failure;
use crate::sockets::Seat;
use crate::words::Words;

pub use arrival::{Arrivals, Lost};
pub use class::Class;
pub use gate::{Full, Gate};
pub use held_by::held_by;

/// The same addresses behind the gate. The gate is the application's and not the layer's: axum makes each route a layer of its
/// own, and a limit kept there limits nothing.
pub fn gated(router: Router<Arc<Web>>, web: &Arc<Web>) -> Router<Arc<Web>> {
    router.layer(from_fn_with_state(Arc::clone(web), admit))
}

/// Lets a request in when there is room, once its form is here.
async fn admit(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let class = class_of(&request, &web.app);
    if class == Class::Free {
        return next.run(request).await;
    }
    let draw = u16::from_be_bytes(web.app.rng.bytes());
    let (parts, body) = request.into_parts();
    let arrived = match web.arrivals.whole(body).await {
        Ok(arrived) => arrived,
        Err(Lost::Slow) => return Problem::new(Failure::TimedOut, Language::of(&parts).0).into_response(),
        Err(Lost::Full) => return busy::busy(&web.app, &parts, None, web.gate.sent_away(class, draw)).await,
    };
    let slot = match web.gate.enter(class, draw).await {
        Ok(slot) => slot,
        Err(full) => return busy::busy(&web.app, &parts, arrived.form(), full).await,
    };
    // Until now its connection would have given way to another's.
    if let Some(seat) = parts.extensions.get::<Seat>() {
        seat.is_worked_on();
    }
    let words = Language::of(&parts).0;
    let response = next.run(Request::from_parts(parts, arrived.begun())).await;
    drop(slot);
    going_on(&web, response, words)
}

/// By the route alone; a port's own kiosk is no flood, whatever its people do there.
fn class_of(request: &Request, app: &App) -> Class {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let class = route.and_then(|route| Class::of(request.method(), route)).unwrap_or(Class::Later);
    let is_travellers = matches!(class, Class::Later | Class::Declare);
    if is_travellers && KioskPost::of(request.headers(), app).is_some() { Class::Desk } else { class }
}

/// An answer that goes on by itself is counted apart, until it ends.
fn going_on(web: &Web, response: Response, words: Words) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE).map(|kind| kind.as_bytes());
    if !kind.is_some_and(|kind| kind.starts_with(b"text/event-stream")) {
        return response;
    }
    match web.gate.stream(u16::from_be_bytes(web.app.rng.bytes())) {
        Ok(stream) => response.map(|body| held_by(body, stream)),
        Err(full) => Problem::new(Failure::Overloaded(full.retry_s), words).into_response(),
    }
}
