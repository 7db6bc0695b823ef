//! The trust file as JSON: a JWK Set (RFC 7517) with members of our own beside `keys`, which others must ignore.
//! Bytes are base64url without padding (RFC 7515 2), so a four-byte `kid` has six characters, a `cti` sixteen.

use std::collections::HashSet;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::TrustError;
use crate::pass::{Algorithm, KeyId, PassError, SealingKey, VerifyingKey};

/// The whole file: `{"issued_at", "keys", "revoked", "revoked_passes", "opening"?}`.
///
/// ```
/// use pratique_formats::pass::{Algorithm, Signer};
/// use pratique_formats::trust::{Jwk, Trust, TrustFile};
/// let signer = Signer::from_seed(Algorithm::Es256, &[7; 32]).unwrap();
/// let mut file = TrustFile::new("2026-11-24T08:00:00Z".parse().unwrap());
/// file.keys.push(Jwk::of("CNPEK", signer.verifying_key()));
/// assert!(Trust::read(&file.to_json()).unwrap().knows(signer.kid()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustFile {
    /// When it was made. A checkpoint never goes back to an older one.
    pub issued_at: Timestamp,
    /// Every key whose passes may still be in date, the revoked ones among them.
    pub keys: Vec<Jwk>,
    /// Which of them no longer sign.
    #[serde(default)]
    pub revoked: Vec<RevokedKey>,
    /// The `cti` of each revoked pass that is still in date.
    #[serde(default)]
    pub revoked_passes: Vec<String>,
    /// The checkpoint edition only (`keys export --checkpoint`): these open passes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opening: Vec<OpeningKey>,
}

/// A public key (RFC 7517 4; RFC 8037 2 for Ed25519) and the port it signs for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jwk {
    /// Four bytes.
    pub kid: String,
    /// `EC` or `OKP`.
    pub kty: String,
    /// `P-256` or `Ed25519`.
    pub crv: String,
    /// 32 bytes.
    pub x: String,
    /// 32 bytes, on P-256.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<String>,
    /// `ES256` or `EdDSA`.
    pub alg: Algorithm,
    /// `sig`.
    #[serde(rename = "use", default = "Jwk::signing")]
    pub use_: String,
    /// The port, a UN/LOCODE.
    pub iss: String,
}

/// A key that no longer signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokedKey {
    /// Which key.
    pub kid: String,
    /// Of which port.
    pub iss: String,
    /// Passes issued before this instant stay valid.
    pub from: Timestamp,
}

/// The two secrets that open a port's passes and recognise its documents.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningKey {
    /// The port.
    pub iss: String,
    /// The byte that names the key in that port's passes.
    pub id: u8,
    /// 32 bytes, AES-256-GCM.
    pub key: String,
    /// 32 bytes, HMAC-SHA-256.
    pub tag_key: String,
}

impl std::fmt::Debug for OpeningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OpeningKey({} {})", self.iss, self.id)
    }
}

impl TrustFile {
    /// A file that trusts nobody yet.
    #[must_use]
    pub fn new(issued_at: Timestamp) -> Self {
        TrustFile { issued_at, keys: vec![], revoked: vec![], revoked_passes: vec![], opening: vec![] }
    }

    /// Revokes a pass.
    pub fn revoke_pass(&mut self, cti: &[u8; 12]) {
        self.revoked_passes.push(BASE64_URL_SAFE_NO_PAD.encode(cti));
    }

    /// The file's text.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Maps with text keys, texts and numbers always serialise, so the default never shows.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Jwk {
    fn signing() -> String {
        "sig".to_owned()
    }

    /// The entry of a key.
    #[must_use]
    pub fn of(issuer: &str, key: &VerifyingKey) -> Self {
        let (kty, crv, x, y) = match key.algorithm() {
            Algorithm::Es256 => ("EC", "P-256", &key.bytes()[1..33], Some(&key.bytes()[33..])),
            Algorithm::EdDsa => ("OKP", "Ed25519", key.bytes(), None),
        };
        Jwk {
            kid: key.kid().to_string(),
            kty: kty.to_owned(),
            crv: crv.to_owned(),
            x: BASE64_URL_SAFE_NO_PAD.encode(x),
            y: y.map(|y| BASE64_URL_SAFE_NO_PAD.encode(y)),
            alg: key.algorithm(),
            use_: Jwk::signing(),
            iss: issuer.to_owned(),
        }
    }

    /// The key and its id. The id need not be the one we would derive: other issuers choose theirs as they like.
    pub(super) fn key(&self) -> Result<(KeyId, VerifyingKey), &'static str> {
        let kid = self.kid.parse().or(Err("kid is six characters of base64url"))?;
        if self.use_ != "sig" {
            return Err("use is not sig");
        }
        let x = bytes32(&self.x).ok_or("x is not 32 bytes of base64url")?;
        let y = self.y.as_deref().and_then(bytes32);
        let key = match (self.kty.as_str(), self.crv.as_str(), self.alg, y) {
            ("EC", "P-256", Algorithm::Es256, Some(y)) => {
                VerifyingKey::from_bytes(Algorithm::Es256, &[&[4][..], &x, &y].concat())
            }
            ("OKP", "Ed25519", Algorithm::EdDsa, None) => VerifyingKey::from_bytes(Algorithm::EdDsa, &x),
            _ => return Err("kty, crv, alg and y do not go together: EC P-256 ES256 with y, or OKP Ed25519 EdDSA"),
        };
        Ok((kid, key.or(Err("x and y are no key"))?))
    }
}

impl RevokedKey {
    /// Revokes a port's key for all that is issued at or after `from`.
    #[must_use]
    pub fn of(issuer: &str, kid: KeyId, from: Timestamp) -> Self {
        RevokedKey { kid: kid.to_string(), iss: issuer.to_owned(), from }
    }
}

impl OpeningKey {
    /// The entry of a port's sealing key.
    #[must_use]
    pub fn of(issuer: &str, sealing: &SealingKey) -> Self {
        let (key, tag_key) = sealing.secrets();
        OpeningKey {
            iss: issuer.to_owned(),
            id: sealing.id(),
            key: BASE64_URL_SAFE_NO_PAD.encode(key),
            tag_key: BASE64_URL_SAFE_NO_PAD.encode(tag_key),
        }
    }

    fn key(&self) -> Result<SealingKey, PassError> {
        const LENGTH: PassError = PassError::BadKey("key and tag_key are 32 bytes of base64url each");
        SealingKey::new(self.id, bytes32(&self.key).ok_or(LENGTH)?, bytes32(&self.tag_key).ok_or(LENGTH)?)
    }
}

fn bytes32(text: &str) -> Option<[u8; 32]> {
    BASE64_URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

pub(super) fn ctis(texts: &[String]) -> Result<HashSet<[u8; 12]>, TrustError> {
    let what = "a cti is sixteen characters of base64url";
    let read = |(index, text): (usize, &String)| {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or(TrustError::Member { member: "revoked_passes", index, what })
    };
    texts.iter().enumerate().map(read).collect()
}

pub(super) fn opening(keys: &[OpeningKey]) -> Result<Vec<(String, SealingKey)>, TrustError> {
    let what = "key and tag_key are 32 bytes of base64url each";
    let read = |(index, key): (usize, &OpeningKey)| {
        let sealing = key.key().or(Err(TrustError::Member { member: "opening", index, what }))?;
        Ok((key.iss.clone(), sealing))
    };
    keys.iter().enumerate().map(read).collect()
}
