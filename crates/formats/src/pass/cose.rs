//! `COSE_Sign1` (RFC 9052 4.2): the envelope of a pass. Nothing here knows what the payload says.

use super::PassError;
use super::cbor::{Label, Reader, Writer};
use super::keys::{Signer, VerifyingKey};

/// CBOR tag of a `COSE_Sign1` (RFC 9052 table 1).
const SIGN1_TAG: u64 = 18;
const SIGN1_ITEMS: u64 = 4;
/// Header parameters (RFC 9052 table 3).
const ALG: i64 = 1;
const CRIT: i64 = 2;
const KID: i64 = 4;

/// A `COSE_Sign1`, taken apart but not believed. Slices point into the input.
#[derive(Debug)]
pub struct Sign1<'a> {
    /// The serialised protected header, as it was signed.
    pub protected: &'a [u8],
    /// `alg` of the protected header, as registered by IANA: -7 is ES256, -8 is `EdDSA`.
    pub alg: Option<i64>,
    /// `kid` of the protected header.
    pub kid: Option<&'a [u8]>,
    /// Whether the unprotected header holds anything. Nothing signs it.
    pub has_unprotected: bool,
    /// What was signed.
    pub payload: &'a [u8],
    /// The signature, for ES256 r and s of 32 bytes each (RFC 9053 2.1).
    pub signature: &'a [u8],
}

impl<'a> Sign1<'a> {
    /// Takes a tagged `COSE_Sign1` apart.
    ///
    /// # Errors
    /// [`PassError::Malformed`] for anything else, for a detached payload, and for a `crit` header: it names parameters
    /// that must be understood (RFC 9052 3.1), and none beyond `alg` and `kid` is.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, PassError> {
        let mut reader = Reader::new(bytes);
        if reader.tag()? != SIGN1_TAG || reader.array()? != SIGN1_ITEMS {
            return Err(PassError::Malformed("it is not a COSE_Sign1"));
        }
        let protected = reader.bytes()?;
        let (alg, kid) = header(protected)?;
        let mut has_unprotected = false;
        reader.map(|_, value| {
            has_unprotected = true;
            value.skip()
        })?;
        let payload = reader.bytes()?;
        let signature = reader.bytes()?;
        reader.end()?;
        Ok(Sign1 { protected, alg, kid, has_unprotected, payload, signature })
    }

    /// Whether `key` signed this. The protected header must name the key's own algorithm, so that a key is never used
    /// with another one than it was made for.
    #[must_use]
    pub fn is_signed_by(&self, key: &VerifyingKey, external_aad: &[u8]) -> bool {
        self.alg == Some(key.algorithm().cose())
            && key.verifies(&to_be_signed(self.protected, external_aad, self.payload), self.signature)
    }
}

fn header(protected: &[u8]) -> Result<(Option<i64>, Option<&[u8]>), PassError> {
    let (mut alg, mut kid) = (None, None);
    if protected.is_empty() {
        return Ok((alg, kid)); // RFC 9052 3: an empty header is a string of length zero
    }
    let mut reader = Reader::new(protected);
    reader.map(|label, value| {
        match label {
            Label::Integer(ALG) => alg = Some(value.integer()?),
            Label::Integer(KID) => kid = Some(value.bytes()?),
            Label::Integer(CRIT) => return Err(PassError::Malformed("a critical header is not known here")),
            _ => value.skip()?,
        }
        Ok(())
    })?;
    reader.end()?;
    Ok((alg, kid))
}

/// The `Sig_structure` (RFC 9052 4.4).
fn to_be_signed(protected: &[u8], external_aad: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut writer = Writer::with_capacity(32 + protected.len() + external_aad.len() + payload.len());
    writer.array(SIGN1_ITEMS).text("Signature1").bytes(protected).bytes(external_aad).bytes(payload);
    writer.bytes
}

/// The protected header of a pass: `alg`, then `kid`.
pub(crate) fn protected_header(signer: &Signer) -> Vec<u8> {
    let mut writer = Writer::with_capacity(16);
    writer.map(2).integer(ALG).integer(signer.algorithm().cose()).integer(KID).bytes(&signer.kid().0);
    writer.bytes
}

/// Signs a payload and wraps it, with an empty unprotected header.
pub(crate) fn sign1(signer: &Signer, protected: &[u8], payload: &[u8]) -> Result<Vec<u8>, PassError> {
    let signature = signer.sign(&to_be_signed(protected, &[], payload))?;
    let mut writer = Writer::with_capacity(96 + protected.len() + payload.len());
    writer.tag(SIGN1_TAG).array(SIGN1_ITEMS).bytes(protected).map(0).bytes(payload).bytes(&signature);
    Ok(writer.bytes)
}
