//! A mark of what a page showed, which its form carries back: whether what is about to be done is still what the person read. Keyed,
//! since an unkeyed digest of somebody's answers could be found by trying answers.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::app::App;

/// The name of the hidden field.
pub const FIELD: &str = "seen";

/// The bytes of a tag.
pub(super) const BYTES: usize = 18;

/// The mark of this text.
#[must_use]
pub fn of(app: &App, shown: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(tag(app, "mark", shown))
}

/// What nobody else can make of this text, for one use of it.
pub(super) fn tag(app: &App, uses: &str, text: &str) -> [u8; BYTES] {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &app.cookie_key);
    let signed = hmac::sign(&key, format!("{uses} {text}").as_bytes());
    let mut tag = [0; BYTES];
    tag.copy_from_slice(&signed.as_ref()[..BYTES]);
    tag
}
