//! Whom a checkpoint trusts: the issuers' public keys, which keys and passes are revoked, and, at checkpoints only, the
//! keys that open the sealed part.
//!
//! [`TrustFile`] is the JSON, [`Trust`] what verification uses, [`sign`] and [`Trust::renewed`] carry it over a network.

mod file;
mod signed;

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

pub use file::{Jwk, OpeningKey, RevokedKey, TrustFile};
pub use signed::sign;

use crate::pass::{KeyId, PassError, SealingKey, VerifyingKey};

/// Why a trust file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// Not JSON of the right shape.
    #[error("not a trust file: {0}; `pratique keys export` prints one")]
    Shape(#[from] serde_json::Error),
    /// A member holds what it may not.
    #[error("not a trust file: {member}[{index}]: {what}")]
    Member {
        /// Which list.
        member: &'static str,
        /// Which entry, from 0.
        index: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// Nobody trusted signed it.
    #[error("no key trusted so far signed this trust file; fetch one by hand with `pratique keys export`")]
    Unsigned,
    /// It was made before the one in use: a replay would bring a revoked key back.
    #[error("this trust file is older than the one in use ({offered} before {in_use})")]
    Older {
        /// When the offered one was made.
        offered: Timestamp,
        /// When the one in use was made.
        in_use: Timestamp,
    },
    /// Signing failed.
    #[error(transparent)]
    Pass(#[from] PassError),
}

/// A key, its port, and whether it still may sign.
#[derive(Debug, Clone)]
pub struct TrustedKey {
    /// The port it signs for.
    pub issuer: String,
    /// The key.
    pub key: VerifyingKey,
    /// Passes issued at or after this instant are revoked.
    pub revoked_from: Option<Timestamp>,
}

/// The keys and revocations, ready for use.
#[derive(Debug, Clone)]
pub struct Trust {
    issued_at: Timestamp,
    // Four bytes are no unique name across the ports of the world, so each names a short list.
    keys: HashMap<KeyId, Vec<TrustedKey>>,
    revoked_passes: HashSet<[u8; 12]>,
    opening: Vec<(String, SealingKey)>,
}

impl Trust {
    /// Reads a trust file that was carried by hand (`pass verify --trust FILE`), of either edition. Signatures in it are
    /// not looked at: whoever named the file trusts it. Over a network use [`Trust::renewed`].
    ///
    /// # Errors
    /// [`TrustError`], with the member that is wrong.
    pub fn read(json: &str) -> Result<Self, TrustError> {
        Trust::of(&serde_json::from_str(json)?)
    }

    /// The trust that a file states.
    ///
    /// # Errors
    /// [`TrustError::Member`] for a key that is none, an id that is none, a key named twice, an unknown revoked key.
    pub fn of(file: &TrustFile) -> Result<Self, TrustError> {
        let mut keys: HashMap<KeyId, Vec<TrustedKey>> = HashMap::new();
        for (index, jwk) in file.keys.iter().enumerate() {
            let (kid, key) = jwk.key().map_err(|what| TrustError::Member { member: "keys", index, what })?;
            let same_id = keys.entry(kid).or_default();
            if same_id.iter().any(|other| other.issuer == jwk.iss) {
                return Err(TrustError::Member { member: "keys", index, what: "this issuer's kid stands twice" });
            }
            same_id.push(TrustedKey { issuer: jwk.iss.clone(), key, revoked_from: None });
        }
        for (index, revoked) in file.revoked.iter().enumerate() {
            let error = |what| TrustError::Member { member: "revoked", index, what };
            let kid: KeyId = revoked.kid.parse().or(Err(error("kid is six characters of base64url")))?;
            let same_id = keys.get_mut(&kid).map(Vec::as_mut_slice).unwrap_or_default();
            let Some(key) = same_id.iter_mut().find(|key| key.issuer == revoked.iss) else {
                return Err(error("no key of this issuer has this kid; a revoked key must be listed"));
            };
            // Two revocations of one key: the earlier is the safe one.
            key.revoked_from = Some(key.revoked_from.map_or(revoked.from, |other| other.min(revoked.from)));
        }
        Ok(Trust {
            issued_at: file.issued_at,
            keys,
            revoked_passes: file::ctis(&file.revoked_passes)?,
            opening: file::opening(&file.opening)?,
        })
    }

    /// When the file was made.
    #[must_use]
    pub fn issued_at(&self) -> Timestamp {
        self.issued_at
    }

    /// Whether any trusted key has this id.
    #[must_use]
    pub fn knows(&self, kid: KeyId) -> bool {
        self.keys.contains_key(&kid)
    }

    /// The key of this id that signs for this port.
    #[must_use]
    pub fn key(&self, kid: KeyId, issuer: &str) -> Option<&TrustedKey> {
        self.keys.get(&kid)?.iter().find(|key| key.issuer == issuer)
    }

    /// Whether this very pass was revoked.
    #[must_use]
    pub fn is_revoked(&self, cti: &[u8; 12]) -> bool {
        self.revoked_passes.contains(cti)
    }

    /// The keys that may open this port's passes. None in the public edition.
    pub fn opening<'a>(&'a self, issuer: &'a str) -> impl Iterator<Item = &'a SealingKey> {
        self.opening.iter().filter(move |(port, _)| port == issuer).map(|(_, key)| key)
    }
}
