//! Which declarations this browser may see: those that it made, or proved itself for. A sealed cookie, no row: a traveller has
//! no account.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use pratique_core::id::Id;
use serde::{Deserialize, Serialize};
use std::convert::Infallible;

use super::cookie::{self, Name};
use super::sealed;
use crate::app::App;
use crate::channels::Web;

/// Hours for which a browser remembers: a kiosk's or a family's phone goes on to the next person.
const REMEMBERED_H: i64 = 72;
/// At most so many declarations are remembered, newest first: a party of ten and one amended.
const REMEMBERED_MAX: usize = 12;
const PLACE: &[u8] = b"traveller session";

/// What the browser remembers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TravellerSession {
    /// Journeys with the time until which they are remembered.
    journeys: Vec<(Id, Timestamp)>,
}

impl TravellerSession {
    /// Of a request; an unreadable or old cookie remembers nothing.
    #[must_use]
    pub fn of(headers: &HeaderMap, app: &App) -> Self {
        let held = cookie::read(headers, app, Name::Traveller);
        let mut session: Self = held.and_then(|held| sealed::open(app, PLACE, &held)).unwrap_or_default();
        session.journeys.retain(|(_, until)| *until > app.now());
        session
    }

    /// May this browser see this journey?
    #[must_use]
    pub fn knows(&self, journey: Id) -> bool {
        self.journeys.iter().any(|(id, _)| *id == journey)
    }

    /// Remembers more of them: the cookie to set.
    #[must_use]
    pub fn with(mut self, app: &App, journeys: &[Id]) -> Option<HeaderValue> {
        let until = app.now() + SignedDuration::from_hours(REMEMBERED_H);
        self.journeys.retain(|(id, _)| !journeys.contains(id));
        self.journeys.splice(0..0, journeys.iter().map(|id| (*id, until)));
        self.journeys.truncate(REMEMBERED_MAX);
        let age_s = u64::try_from(REMEMBERED_H * 3600).ok();
        Some(cookie::set(app, Name::Traveller, &sealed::seal(app, PLACE, &self)?, age_s))
    }
}

impl FromRequestParts<Arc<Web>> for TravellerSession {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Infallible> {
        Ok(TravellerSession::of(&parts.headers, &web.app))
    }
}
