//! The pass: the signed QR code of a declaration (contract.md, The pass; docs/adr/0002-the-pass.md for implementers).
//!
//! `PQ1:` + base45(`COSE_Sign1`). Anyone with the issuer's public key can tell who issued it, that it is unaltered and in
//! date; only a checkpoint's opening key tells whether it belongs to the document at hand; nobody reads a name, a number
//! or a health datum in it.

mod binding;
mod cbor;
mod claims;
pub mod cose;
mod keys;
mod seal;
mod verdict;

pub use binding::{Document, NO_DOCUMENT, document_tag, flight_hash};
pub use claims::Claims;
pub use keys::{Algorithm, KeyId, Signer, VerifyingKey};
pub use seal::{Sealed, SealingKey, Tier};
pub use verdict::{DocumentVerdict, Verdict, Verification, verify};

use claims::RawClaims;
use cose::Sign1;

/// Every pass begins with this: the kind and its version.
pub const PREFIX: &str = "PQ1:";
/// No pass that [`issue`] makes is longer, so its QR code is at most version 9 at level M.
pub const CHARACTERS_MAX: usize = 262;
/// What a reader takes at all. Conforming later issuers may add claims, and hostile texts must stay cheap.
pub const INPUT_BYTES_MAX: usize = 4096;

/// Why a pass could not be issued or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PassError {
    /// The text is no pass.
    #[error("this is not a pass: {0}; scan it again, or type the short code")]
    Malformed(&'static str),
    /// The claims cannot be put into a pass.
    #[error("a pass cannot say this: {0}")]
    BadClaims(&'static str),
    /// Bytes that should be a key are not.
    #[error("not a key: {0}")]
    BadKey(&'static str),
    /// The cryptographic library failed.
    #[error("the pass could not be signed: the cryptographic library is out of memory or entropy")]
    Signing,
}

/// Issues a pass: seals, signs, writes. An ES256 pass differs each time it is signed, so sign once and keep the text.
///
/// # Errors
/// [`PassError::BadClaims`] for an issuer that is no UN/LOCODE, instants outside 1970–2106 or an expiry before validity;
/// [`PassError::Signing`] if the library fails.
///
/// ```
/// use pratique_formats::pass::{self, Algorithm, Claims, Document, Sealed, SealingKey, Signer, Tier};
/// let signer = Signer::from_seed(Algorithm::Es256, &[7; 32])?;
/// let sealing = SealingKey::new(1, [8; 32], [9; 32])?;
/// let document = Document { number: "E12345678".into(), state: "CHN".into(), birth_date: "1974-08-12".into() };
/// let claims = Claims {
///     issuer: "CNPEK".into(),
///     issued_at: "2026-11-24T08:00:00Z".parse().unwrap(),
///     expires_at: "2026-11-26T20:00:00Z".parse().unwrap(),
///     not_before: None,
///     cti: [3; 12], // random, and never used before
/// };
/// let sealed = Sealed {
///     document_tag: sealing.document_tag(&document),
///     tier: Tier::Green,
///     flight_hash: pass::flight_hash("CA938-2026-11-24-CNPEK"),
/// };
/// let text = pass::issue(&signer, &sealing, &claims, &sealed)?;
/// assert!(text.starts_with("PQ1:") && text.len() <= pass::CHARACTERS_MAX);
/// assert_eq!(pass::read(&text)?.claims, claims);
/// # Ok::<(), pass::PassError>(())
/// ```
pub fn issue(signer: &Signer, sealing: &SealingKey, claims: &Claims, sealed: &Sealed) -> Result<String, PassError> {
    let protected = cose::protected_header(signer);
    let sealed = sealing.seal(sealed, &claims.cti, &protected)?;
    let payload = claims::write(claims, &sealed)?;
    let envelope = cose::sign1(signer, &protected, &payload)?;
    let mut text = base45::encode(envelope);
    text.insert_str(0, PREFIX);
    Ok(text)
}

/// A pass as read: nothing in it is proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    /// The key it says it is signed with.
    pub kid: KeyId,
    /// Its claims in clear.
    pub claims: Claims,
    /// Names the sealing key among the issuer's.
    pub sealing_id: u8,
}

/// Reads a pass without believing it; for that, [`verify`].
///
/// # Errors
/// [`PassError::Malformed`] if the text is no pass.
pub fn read(text: &str) -> Result<Pass, PassError> {
    let bytes = decode(text)?;
    let parts = parse(&bytes)?;
    Ok(Pass { kid: parts.kid, claims: parts.claims.owned(), sealing_id: parts.claims.sealed[0] })
}

/// The bytes of the envelope. White space around is the scanner's; within, the text is taken as it stands.
fn decode(text: &str) -> Result<Vec<u8>, PassError> {
    if text.len() > INPUT_BYTES_MAX {
        return Err(PassError::Malformed("it is too long"));
    }
    let body = text.trim().strip_prefix(PREFIX).ok_or(PassError::Malformed("it does not begin with PQ1:"))?;
    let wrong = PassError::Malformed("a character is wrong or missing");
    let bytes = base45::decode(body).or(Err(wrong.clone()))?;
    // The library takes a last pair that stands for more than a byte, modulo 256, which RFC 9285 section 6 forbids: then two texts
    // would be one pass.
    if base45::encode(&bytes) == body { Ok(bytes) } else { Err(wrong) }
}

/// An envelope that has the shape of a pass.
pub(crate) struct Parts<'a> {
    pub(crate) envelope: Sign1<'a>,
    pub(crate) kid: KeyId,
    pub(crate) claims: RawClaims<'a>,
}

pub(crate) fn parse(bytes: &[u8]) -> Result<Parts<'_>, PassError> {
    let envelope = Sign1::parse(bytes)?;
    if envelope.has_unprotected {
        // Nothing signs it, so two texts would be one pass.
        return Err(PassError::Malformed("its unprotected header is not empty"));
    }
    let kid = envelope.kid.and_then(|kid| kid.try_into().ok()).map(KeyId);
    let (Some(kid), Some(_)) = (kid, envelope.alg) else {
        return Err(PassError::Malformed("its header names no algorithm, or no key of four bytes"));
    };
    let claims = claims::read(envelope.payload)?;
    Ok(Parts { envelope, kid, claims })
}
