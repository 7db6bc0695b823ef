//! Blind indexes: keyed hashes by which a sealed person is found. Each purpose has a key of its own, so that the same number
//! gives different indexes in two purposes (security.md 2.6).

use aws_lc_rs::hmac;
use pratique_core::code::{ResumeCode, ShortCode};
use pratique_core::flight::FlightId;

use super::Root;

/// One blind index: the first 16 bytes of HMAC-SHA-256.
pub type BlindIndex = [u8; 16];

/// The indexing keys.
#[derive(Debug)]
pub struct Indexes {
    code: hmac::Key,
    document: hmac::Key,
    birth: hmac::Key,
    once: hmac::Key,
    wechat: hmac::Key,
}

impl Indexes {
    /// The keys of this root.
    #[must_use]
    pub fn of(root: &Root) -> Self {
        let key = |purpose: &str| hmac::Key::new(hmac::HMAC_SHA256, &root.derive(purpose));
        Indexes {
            code: key("index code"),
            document: key("index document"),
            birth: key("index birth"),
            once: key("index once"),
            wechat: key("index wechat"),
        }
    }

    /// Of a short code.
    #[must_use]
    pub fn code(&self, code: &ShortCode) -> BlindIndex {
        cut(&self.code, code.as_str().as_bytes())
    }

    /// Of a code to go on with.
    #[must_use]
    pub fn resume(&self, code: &ResumeCode) -> BlindIndex {
        cut(&self.code, format!("resume {}", code.as_str()).as_bytes())
    }

    /// Of a document number in its normal form. The issuing state is not in it: an officer who types a number off a damaged
    /// page has no state; who it is, is compared after opening.
    #[must_use]
    pub fn document(&self, normal_number: &str) -> BlindIndex {
        cut(&self.document, normal_number.as_bytes())
    }

    /// Of a birth date on one flight, by which a manifest's people are found who may be a declared one under another number. The
    /// flight is in it, so that nobody's birthday is the same index on two flights.
    #[must_use]
    pub fn birth(&self, date: &str, flight: &FlightId) -> BlindIndex {
        cut(&self.birth, format!("{date}/{flight}").as_bytes())
    }

    /// Of one document on one arrival: number in its normal form, and issuing state, since two states may give the same number
    /// to two people.
    #[must_use]
    pub fn arrival(&self, number: &str, issuer: &str, flight: &FlightId) -> [u8; 32] {
        let flight = flight.to_string();
        self.once(&[b"arrival", number.as_bytes(), issuer.as_bytes(), flight.as_bytes()])
    }

    /// Of one person on one arrival: the document, and the birth date beside it. Whoever knows no more than a number and a flight
    /// must not be able to take the place of whom it belongs to.
    #[must_use]
    pub fn entrant(&self, number: &str, issuer: &str, born: &str, flight: &FlightId) -> [u8; 32] {
        let flight = flight.to_string();
        self.once(&[b"entrant", number.as_bytes(), issuer.as_bytes(), born.as_bytes(), flight.as_bytes()])
    }

    /// Of a person of WeChat's: the mini-program's id, and WeChat's name for the person there.
    #[must_use]
    pub fn wechat(&self, app: &str, openid: &str) -> BlindIndex {
        cut(&self.wechat, format!("{app} {openid}").as_bytes())
    }

    /// Of a request: route, caller and key, or the body. Keyed, because bodies hold guessable personal data.
    #[must_use]
    pub fn once(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = hmac::Context::with_key(&self.once);
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(mac.sign().as_ref());
        hash
    }
}

fn cut(key: &hmac::Key, value: &[u8]) -> BlindIndex {
    let mut index = [0; 16];
    index.copy_from_slice(&hmac::sign(key, value).as_ref()[..16]);
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_value_gives_different_indexes_in_two_purposes_and_under_two_roots() {
        let one = Indexes::of(&Root::of([1; 32]));
        let code = ShortCode::from_random(7);
        assert_ne!(one.code(&code), one.document(code.as_str()));
        assert_ne!(one.code(&code), Indexes::of(&Root::of([2; 32])).code(&code));
        assert_ne!(one.once(&[b"ab", b"c"]), one.once(&[b"a", b"bc"]));
    }
}
