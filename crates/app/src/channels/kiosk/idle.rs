//! "Are you still there?" for browsers without scripts: the page that a page of the kiosk leads to by itself. It waits as long as
//! the rule wants (WCAG 2.2, 2.2.1: at least 20 seconds, one simple action), and then leads to the start, which wipes.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::channels::staff::next::local;
use crate::channels::web::Language;
use crate::page::{AtKiosk, Shell, shown};

/// The page.
#[derive(Debug, Template)]
#[template(path = "kiosk/idle.html")]
pub struct IdlePage {
    /// The frame.
    pub shell: Shell,
    /// Where the person was.
    pub back: String,
}

/// `GET /kiosk/idle`.
pub async fn ask(Language(words): Language, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("back=")).unwrap_or_default();
    // Nowhere but to the person's own pages here: everything else begins anew.
    let back = Some(local(asked, "/declare")).filter(|to| to.starts_with("/declare") || to.starts_with("/kiosk/"));
    let page = IdlePage {
        shell: Shell::new(words, "/kiosk/idle").at_kiosk(None),
        back: back.unwrap_or("/declare").to_owned(),
    };
    let mut response = shown(StatusCode::OK, &page);
    if let Ok(then) = HeaderValue::from_str(&format!("{}; url=/kiosk", AtKiosk::WARNED_S)) {
        response.headers_mut().insert(header::REFRESH, then);
    }
    response
}
