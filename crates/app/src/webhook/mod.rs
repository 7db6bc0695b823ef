//! Webhooks as the Standard Webhooks specification has them (standard-webhooks/standard-webhooks, 1.0.0): three headers, and a
//! signature over id, time and body. Of its crate (1.0.1, untouched since March 2024) we need these thirty lines alone.

pub mod target;

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::rng::Rng;

/// Before a secret, so that nobody takes it for something else.
const PREFIX: &str = "whsec_";
/// Bytes of a secret: 24 to 64 by the specification.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// A new secret.
#[must_use]
pub fn new_secret(rng: &Rng) -> String {
    format!("{PREFIX}{}", BASE64_STANDARD.encode(rng.bytes::<32>()))
}

/// The key in a secret; `None` for a text that is none.
#[must_use]
pub fn key_of(secret: &str) -> Option<Vec<u8>> {
    let key = BASE64_STANDARD.decode(secret.strip_prefix(PREFIX)?).ok()?;
    SECRET_BYTES.contains(&key.len()).then_some(key)
}

/// The value of the header `webhook-signature`.
#[must_use]
pub fn signature(key: &[u8], id: &str, timestamp_s: i64, body: &[u8]) -> String {
    let signed = [format!("{id}.{timestamp_s}.").as_bytes(), body].concat();
    format!("v1,{}", BASE64_STANDARD.encode(sign(&Key::new(HMAC_SHA256, key), &signed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_the_specifications_own_example() {
        let key = key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = signature(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_new_secret_is_one_and_a_short_one_is_none() {
        assert_eq!(key_of(&new_secret(&Rng::repeatable(1))).unwrap().len(), 32);
        for text in ["", "whsec_", "whsec_AAAA", "whsec_?", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] {
            assert_eq!(key_of(text), None, "{text:?}");
        }
    }
}
