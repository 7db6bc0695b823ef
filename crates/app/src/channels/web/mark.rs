//! A mark of what a page showed, which its form carries back: whether what is about to be done is still what the person read. Keyed,
//! since an unkeyed digest of somebody's answers could be found by trying answers.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::app::App;

/// The name of the hidden field.
pub const FIELD: &str = "seen";

const BYTES: usize = 18;

/// The mark of these bytes.
#[must_use]
pub fn of(app: &App, shown: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &app.cookie_key);
    let mut signed = hmac::Context::with_key(&key);
    signed.update(b"mark ");
    signed.update(shown);
    BASE64_URL_SAFE_NO_PAD.encode(&signed.sign().as_ref()[..BYTES])
}
