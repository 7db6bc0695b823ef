//! The page for whoever comes when too many come: it keeps their turn and what they typed, goes on by itself, and needs no script.
//!
//! A turn is sealed in a cookie: for what, from which network, from when on. It is handed out as fast as the address may have
//! more, so waiting one's turn is the only way past the limit, and is good once. What was typed is sealed beside it (never in
//! an address, a log or the store); when the time is over the page holds it again, to be sent by one press of a button.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::cookie::{self, Name};
use super::pace::{Deed, Refused};
use super::{Language, Visitor, sealed};
use crate::app::App;
use crate::channels::Web;
use crate::page::{Shell, see, shown};
use crate::proofs::network;
use crate::words::Words;

/// The page's address.
pub const ADDRESS: &str = "/wait";
/// Minutes for which a turn is kept once it has come.
const KEPT_MIN: i64 = 10;
/// A cookie has 4,096 bytes (RFC 6265, 6.1), sealed and in base64; forms with limits are far smaller.
const TYPED_BYTES_MAX: usize = 2_400;
const PLACE: &[u8] = b"turn";

/// A turn, and the form that waits for it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Turn {
    /// Good once.
    pub id: [u8; 16],
    /// For what.
    pub deed: Deed,
    /// For which network.
    network: Vec<u8>,
    /// From when on.
    pub from: Timestamp,
    /// Whether it lets past the limit; otherwise it only keeps what was typed.
    pub admits: bool,
    action: String,
    fields: Vec<(String, String)>,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "page/wait.html")]
pub struct WaitPage {
    /// The frame.
    pub shell: Shell,
    /// How long it still takes; nothing once the turn has come.
    pub wait: Option<String>,
    /// Where the form goes.
    pub action: String,
    /// What was typed.
    pub fields: Vec<(String, String)>,
}

impl Turn {
    /// Of a request, whether its time has come or not.
    #[must_use]
    pub fn of(headers: &HeaderMap, app: &App) -> Option<Self> {
        let turn: Turn = sealed::open(app, PLACE, &cookie::read(headers, app, Name::Turn)?)?;
        (app.now() < turn.until()).then_some(turn)
    }

    fn until(&self) -> Timestamp {
        self.from + SignedDuration::from_mins(KEPT_MIN)
    }

    /// Is it good for this, here and now?
    #[must_use]
    pub fn is_for(&self, app: &App, deed: Deed, network: &[u8]) -> bool {
        self.admits && self.deed == deed && self.network == network && self.from <= app.now()
    }

    fn cookie(&self, app: &App) -> Option<HeaderValue> {
        let age_s = u64::try_from(self.until().duration_since(app.now()).as_secs()).ok();
        Some(cookie::set(app, Name::Turn, &sealed::seal(app, PLACE, self)?, age_s))
    }

    /// The page as it stands now.
    fn page(&self, app: &App, words: Words) -> Response {
        let wait_ms = u64::try_from(self.from.duration_since(app.now()).as_millis()).unwrap_or(0);
        let wait_s = wait_ms.div_ceil(1000);
        let shell = Shell::new(words, ADDRESS);
        if wait_s == 0 {
            let page = WaitPage { shell, wait: None, action: self.action.clone(), fields: self.fields.clone() };
            return shown(StatusCode::OK, &page);
        }
        let (minutes, seconds) = (wait_s.div_ceil(60).to_string(), wait_s.to_string());
        let wait = match wait_s {
            ..60 => words.with("wait-seconds", &[("seconds", &seconds)]),
            _ => words.with("wait-minutes", &[("minutes", &minutes)]),
        };
        let page = WaitPage { shell, wait: Some(wait), action: String::new(), fields: Vec::new() };
        let mut response = shown(StatusCode::TOO_MANY_REQUESTS, &page);
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, wait_s.into());
        if let Ok(refresh) = HeaderValue::from_str(&format!("{wait_s}; url={ADDRESS}")) {
            headers.insert(header::REFRESH, refresh);
        }
        response
    }
}

/// The answer to a form that came when there were too many.
pub fn asked(
    web: &Web,
    words: Words,
    visitor: &Visitor,
    (deed, refused): (Deed, Refused),
    (action, fields): (&str, &[(String, String)]),
) -> Response {
    let app = &web.app;
    let bytes: usize = fields.iter().map(|(name, value)| name.len() + value.len() + 8).sum();
    let (from, admits) = web.addresses.turn(app, visitor.address, refused);
    let turn = Turn {
        id: app.rng.bytes(),
        deed,
        network: visitor.address.0.map(network).unwrap_or_default(),
        from,
        admits,
        action: action.to_owned(),
        fields: if bytes <= TYPED_BYTES_MAX { fields.to_vec() } else { Vec::new() },
    };
    let mut response = turn.page(app, words);
    if let Some(cookie) = turn.cookie(app) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// `GET /wait`: how long still; then the form.
pub async fn show(State(web): State<Arc<Web>>, Language(words): Language, headers: HeaderMap) -> Response {
    match Turn::of(&headers, &web.app) {
        Some(turn) => turn.page(&web.app, words),
        None => see("/"),
    }
}
