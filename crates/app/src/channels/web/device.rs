//! Which device a browser is, as far as limits care: a random number in a sealed cookie that is kept nowhere else. It stands for
//! nobody, is in no log, and is forgotten after three days, or after ninety where staff signed in with it.
//!
//! Thousands of phones stand behind the one address of a hall. Counted by address alone, one of them that runs wild would hold up
//! all others; so a browser that was given a number is counted by that, and its address only for what all devices there may
//! do together ([`super::pace`]).

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::cookie::{self, Name};
use super::sealed;
use super::visitor::Visitor;
use crate::app::App;
use crate::channels::Web;

/// As long as a browser remembers its declarations.
const KEPT_H: i64 = 72;
/// A device of staff: longer than a holiday.
const STAFF_KEPT_H: i64 = 90 * 24;
/// So many of staff are remembered at one device, newest first: a lane's screen in a week.
const STAFF_MAX: usize = 48;
const PLACE: &[u8] = b"device";

/// A device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    id: [u8; 16],
    until: Timestamp,
    /// Who signed in here, by a keyed hash of their name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    staff: Vec<[u8; 8]>,
}

impl Device {
    /// A device that was never seen.
    #[must_use]
    pub fn new(app: &App) -> Self {
        Device { id: app.rng.bytes(), until: app.now() + SignedDuration::from_hours(KEPT_H), staff: Vec::new() }
    }

    /// Of a request; nothing for a cookie that is not ours, or too old.
    #[must_use]
    pub fn of(headers: &HeaderMap, app: &App) -> Option<Self> {
        let device: Device = sealed::open(app, PLACE, &cookie::read(headers, app, Name::Device)?)?;
        (app.now() < device.until).then_some(device)
    }

    /// What it is counted by.
    #[must_use]
    pub fn id(&self) -> [u8; 16] {
        self.id
    }

    /// Did this person sign in here before?
    #[must_use]
    pub fn knows(&self, app: &App, name: &str) -> bool {
        self.staff.contains(&hashed(app, name))
    }

    /// The same after somebody of staff signed in.
    #[must_use]
    pub fn with(mut self, app: &App, name: &str) -> Self {
        let hash = hashed(app, name);
        self.staff.retain(|known| *known != hash);
        self.staff.insert(0, hash);
        self.staff.truncate(STAFF_MAX);
        self.until = app.now() + SignedDuration::from_hours(STAFF_KEPT_H);
        self
    }

    /// The cookie that says so.
    #[must_use]
    pub fn cookie(&self, app: &App) -> Option<HeaderValue> {
        let age_s = u64::try_from(self.until.duration_since(app.now()).as_secs()).ok();
        Some(cookie::set(app, Name::Device, &sealed::seal(app, PLACE, self)?, age_s))
    }
}

fn hashed(app: &App, name: &str) -> [u8; 8] {
    let hash = app.indexes.once(&[b"device of", name.trim().as_bytes()]);
    let mut cut = [0; 8];
    cut.copy_from_slice(&hash[..8]);
    cut
}

/// Gives a browser that opens a page a number of its own, so many a minute for each address.
pub async fn greet(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let is_stranger = request.method() == Method::GET && Device::of(request.headers(), &web.app).is_none();
    if !is_stranger || web.app.config.traffic.per_address_min.is_none() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let visitor = Visitor::of(&parts, &web.app);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("text/html")
        && web.addresses.greeted(&web.app, &visitor)
        && let Some(cookie) = Device::new(&web.app).cookie(&web.app)
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
