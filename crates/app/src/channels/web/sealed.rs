//! What a browser keeps for us, in a cookie or a hidden field, and can neither read nor change: a value as JSON, sealed under the
//! cookies' own key, in base64url.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::keys::seal;

/// The value, sealed; `place` keeps what is sealed for one use from being taken for another.
#[must_use]
pub fn seal(app: &App, place: &[u8], value: &impl Serialize) -> Option<String> {
    let plain = serde_json::to_vec(value).ok()?;
    let sealed = seal::seal(&app.cookie_key, place, &plain, &app.rng).ok()?;
    Some(BASE64_URL_SAFE_NO_PAD.encode(sealed))
}

/// The value again; nothing for what we did not seal for this place.
#[must_use]
pub fn open<T: DeserializeOwned>(app: &App, place: &[u8], text: &str) -> Option<T> {
    let sealed = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
    let plain = seal::open(&app.cookie_key, place, &sealed).ok()?;
    serde_json::from_slice(&plain).ok()
}
