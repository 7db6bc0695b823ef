//! Cookies: few, HttpOnly, SameSite=Lax, for the whole host. Over TLS they carry the `__Host-` prefix (RFC 6265bis 4.1.3.2),
//! which no sibling host can forge; browsers refuse that prefix without TLS, so plain localhost does without.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::app::App;

/// `Clear-Site-Data` at the end of somebody's time at a screen: everything but cookies, which are removed by name, since the
/// screen's own stay (W3C, Clear Site Data, 3.1).
pub const CLEAR: HeaderValue = HeaderValue::from_static("\"cache\", \"storage\"");

/// The cookies there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// A staff session.
    Staff,
    /// A traveller's draft.
    Draft,
    /// The declarations that this browser may see.
    Traveller,
    /// The language chosen.
    Lang,
    /// The station at which this browser stands.
    Station,
    /// Which kiosk this browser is.
    Kiosk,
    /// Which device it is, as far as limits care.
    Device,
    /// A turn that it waits for.
    Turn,
}

impl Name {
    fn bare(self) -> &'static str {
        match self {
            Name::Staff => "staff",
            Name::Draft => "draft",
            Name::Traveller => "traveller",
            Name::Lang => "lang",
            Name::Station => "station",
            Name::Kiosk => "kiosk",
            Name::Device => "device",
            Name::Turn => "turn",
        }
    }

    fn full(self, secure: bool) -> String {
        if secure { format!("__Host-{}", self.bare()) } else { self.bare().to_owned() }
    }
}

/// A cookie's value.
#[must_use]
pub fn read(headers: &HeaderMap, app: &App, name: Name) -> Option<String> {
    find(headers, &name.full(app.config.secure))
}

/// The language cookie's value, by whichever name: it is read before it is known whether TLS is there, and is no secret.
#[must_use]
pub fn read_lang(headers: &HeaderMap) -> Option<String> {
    [true, false].into_iter().find_map(|secure| find(headers, &Name::Lang.full(secure)))
}

fn find(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).filter(|value| !value.is_empty())
}

/// The header that sets a cookie; `max_age_s` of 0 removes it, `None` keeps it until the browser closes.
#[must_use]
pub fn set(app: &App, name: Name, value: &str, max_age_s: Option<u64>) -> HeaderValue {
    let secure = app.config.secure;
    let age = max_age_s.map(|s| format!("; Max-Age={s}")).unwrap_or_default();
    let mark = if secure { "; Secure" } else { "" };
    let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{age}{mark}", name.full(secure));
    // Values are ours: base64url, a language tag or a station's code; anything else sets nothing.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The header that removes a cookie.
#[must_use]
pub fn remove(app: &App, name: Name) -> HeaderValue {
    set(app, name, "", Some(0))
}
