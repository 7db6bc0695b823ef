//! What a checkpoint learns of a pass, without a network.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::binding::Document;
use super::keys::KeyId;
use super::seal::Tier;
use super::{Parts, PassError, decode, parse};
use crate::trust::{Trust, TrustedKey};

/// The first of these that holds, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The text is no pass.
    Malformed,
    /// No trusted key has this id.
    UnknownIssuer,
    /// The key did not sign this: altered, or made by another.
    Forged,
    /// The key was revoked at or before the time of issue, or the pass itself was.
    Revoked,
    /// It is valid later.
    NotYet,
    /// It was valid before.
    Expired,
    /// Issued by whom it says, unaltered, in date.
    Valid,
}

/// Whether the pass belongs to the document held in front of the officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentVerdict {
    /// It does.
    Match,
    /// It does not.
    Mismatch,
    /// Nothing was shown, no opening key is at hand, the pass holds no document, or the pass is not what it claims.
    Unchecked,
}

/// All that could be told; in JSON, bytes are base64url without padding, as in the trust file. What stands in the pass is given only once its signature holds: what is not proven is not said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// The pass alone.
    pub verdict: Verdict,
    /// The pass and the document together.
    pub document: DocumentVerdict,
    /// Why it is no pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The key it names, proven or not.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_base64url")]
    pub kid: Option<KeyId>,
    /// The port that issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<Timestamp>,
    /// From when it is valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Timestamp>,
    /// From when it no longer is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// The pass's own id.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_base64url")]
    pub cti: Option<[u8; 12]>,
    /// The tier when it was issued, if the sealed part could be opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// The flight declared for, if the sealed part could be opened.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_base64url")]
    pub flight_hash: Option<[u8; 4]>,
}

impl Verification {
    fn unproven(verdict: Verdict, kid: Option<KeyId>) -> Self {
        Verification {
            verdict,
            document: DocumentVerdict::Unchecked,
            reason: None,
            kid,
            issuer: None,
            issued_at: None,
            valid_from: None,
            expires_at: None,
            cti: None,
            tier: None,
            flight_hash: None,
        }
    }

    fn malformed(error: &PassError) -> Self {
        Verification { reason: Some(error.to_string()), ..Verification::unproven(Verdict::Malformed, None) }
    }
}

/// Verifies a pass at an instant, and against the document shown where there is one.
///
/// Never fails: what is wrong with a pass is its verdict. In date means `valid_from <= at < expires_at`, without leeway
/// (RFC 8392 3.1.4 and 3.1.5). A key signs for its own port only: a claim of another is [`Verdict::Forged`].
#[must_use]
pub fn verify(trust: &Trust, text: &str, document: Option<&Document>, at: Timestamp) -> Verification {
    let bytes = match decode(text) {
        Ok(bytes) => bytes,
        Err(error) => return Verification::malformed(&error),
    };
    let parts = match parse(&bytes) {
        Ok(parts) => parts,
        Err(error) => return Verification::malformed(&error),
    };
    if !trust.knows(parts.kid) {
        return Verification::unproven(Verdict::UnknownIssuer, Some(parts.kid));
    }
    match trust.key(parts.kid, parts.claims.issuer) {
        Some(trusted) if parts.envelope.is_signed_by(&trusted.key, &[]) => proven(trust, trusted, &parts, document, at),
        _ => Verification::unproven(Verdict::Forged, Some(parts.kid)),
    }
}

fn proven(
    trust: &Trust,
    trusted: &TrustedKey,
    parts: &Parts<'_>,
    document: Option<&Document>,
    at: Timestamp,
) -> Verification {
    let claims = &parts.claims;
    let opened = trust.opening(claims.issuer).find_map(|key| {
        let sealed = key.open(claims.sealed, &claims.cti, parts.envelope.protected)?;
        Some((sealed, document.and_then(|document| key.fits(&sealed, document))))
    });
    let (sealed, fits) = opened.map_or((None, None), |(sealed, fits)| (Some(sealed), fits));
    Verification {
        verdict: in_date(trust, trusted, parts, at),
        document: match fits {
            Some(true) => DocumentVerdict::Match,
            Some(false) => DocumentVerdict::Mismatch,
            None => DocumentVerdict::Unchecked,
        },
        reason: None,
        kid: Some(parts.kid),
        issuer: Some(claims.issuer.to_owned()),
        issued_at: Some(claims.issued_at),
        valid_from: Some(claims.valid_from()),
        expires_at: Some(claims.expires_at),
        cti: Some(claims.cti),
        tier: sealed.map(|sealed| sealed.tier),
        flight_hash: sealed.map(|sealed| sealed.flight_hash),
    }
}

fn in_date(trust: &Trust, trusted: &TrustedKey, parts: &Parts<'_>, at: Timestamp) -> Verdict {
    let claims = &parts.claims;
    // Passes issued before the instant of revocation stay valid (faults.md, F27).
    let key_revoked = trusted.revoked_from.is_some_and(|from| claims.issued_at >= from);
    if key_revoked || trust.is_revoked(&claims.cti) {
        Verdict::Revoked
    } else if at < claims.valid_from() {
        Verdict::NotYet
    } else if at >= claims.expires_at {
        Verdict::Expired
    } else {
        Verdict::Valid
    }
}

fn as_base64url<S: Serializer, B: AsRef<[u8]>>(value: &Option<B>, s: S) -> Result<S::Ok, S::Error> {
    value.as_ref().map(|bytes| BASE64_URL_SAFE_NO_PAD.encode(bytes)).serialize(s)
}
