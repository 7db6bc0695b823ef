//! The sealed part of a pass: what a checkpoint may read and a photograph of the pass may not.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::{constant_time, hmac};
use zeroize::Zeroizing;

use super::PassError;
use super::binding::{self, Document, NO_DOCUMENT};
use super::cbor::{Reader, Writer};

/// What the risk rules said when the pass was issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Nothing to refer for.
    Green,
    /// Refer to a human.
    Amber,
    /// Refer to a human at once.
    Red,
}

impl Tier {
    const fn code(self) -> i64 {
        match self {
            Tier::Green => 0,
            Tier::Amber => 1,
            Tier::Red => 2,
        }
    }

    const fn of(code: u64) -> Option<Tier> {
        match code {
            0 => Some(Tier::Green),
            1 => Some(Tier::Amber),
            2 => Some(Tier::Red),
            _ => None,
        }
    }
}

/// The sealed part, open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// [`binding::document_tag`] of the holder's document, or [`NO_DOCUMENT`].
    pub document_tag: [u8; 8],
    /// The tier at the time of issue.
    pub tier: Tier,
    /// [`binding::flight_hash`] of the flight declared for.
    pub flight_hash: [u8; 4],
}

/// An issuer's symmetric keys of one period: the one that seals and the one that tags documents.
///
/// Whoever holds them can open passes, so they go to checkpoints only. The nonce is the pass's own `cti`, twelve random
/// bytes; rotate a key before 2^32 passes (NIST SP 800-38D 8.3).
#[derive(Clone)]
pub struct SealingKey {
    id: u8,
    key: Zeroizing<[u8; 32]>,
    tag_key: Zeroizing<[u8; 32]>,
    // Schedules of both, made once: making them costs as much as using them.
    aead: std::sync::Arc<LessSafeKey>,
    mac: hmac::Key,
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealingKey({})", self.id)
    }
}

impl SealingKey {
    /// The key named `id` by its issuer's passes, of 32 random bytes each for sealing and for tagging.
    ///
    /// # Errors
    /// [`PassError::BadKey`] if the library refuses the key, which it does only without memory.
    pub fn new(id: u8, key: [u8; 32], tag_key: [u8; 32]) -> Result<Self, PassError> {
        let unbound = UnboundKey::new(&AES_256_GCM, &key).or(Err(PassError::BadKey("the sealing key is refused")))?;
        let aead = std::sync::Arc::new(LessSafeKey::new(unbound));
        let mac = hmac::Key::new(hmac::HMAC_SHA256, &tag_key);
        Ok(SealingKey { id, key: Zeroizing::new(key), tag_key: Zeroizing::new(tag_key), aead, mac })
    }

    /// The byte that names it in passes of its issuer.
    #[must_use]
    pub fn id(&self) -> u8 {
        self.id
    }

    /// The secret bytes that seal, and those that tag.
    #[must_use]
    pub fn secrets(&self) -> (&[u8; 32], &[u8; 32]) {
        (&self.key, &self.tag_key)
    }

    /// [`binding::document_tag`] under this key's tag key.
    #[must_use]
    pub fn document_tag(&self, document: &Document) -> [u8; 8] {
        binding::tag_under(&self.mac, document)
    }

    /// Whether the sealed tag is that of this document; `None` if the pass was issued without one. Takes the same time
    /// wherever the tags differ.
    #[must_use]
    pub fn fits(&self, sealed: &Sealed, document: &Document) -> Option<bool> {
        if sealed.document_tag == NO_DOCUMENT {
            return None;
        }
        let tag = self.document_tag(document);
        Some(constant_time::verify_slices_are_equal(&tag, &sealed.document_tag).is_ok())
    }

    /// Key id, ciphertext and tag, as the private claim holds them.
    pub(crate) fn seal(&self, sealed: &Sealed, cti: &[u8; 12], protected: &[u8]) -> Result<Vec<u8>, PassError> {
        let mut writer = Writer::default();
        writer.array(3).bytes(&sealed.document_tag).integer(sealed.tier.code()).bytes(&sealed.flight_hash);
        let mut body = writer.bytes;
        let nonce = Nonce::assume_unique_for_key(*cti);
        let tag = self
            .aead
            .seal_in_place_separate_tag(nonce, associated_data(protected, cti), &mut body)
            .or(Err(PassError::Signing))?;
        body.insert(0, self.id);
        body.extend_from_slice(tag.as_ref());
        Ok(body)
    }

    /// `None` if this key did not seal it, or if it holds what this version does not know.
    pub(crate) fn open(&self, claim: &[u8], cti: &[u8; 12], protected: &[u8]) -> Option<Sealed> {
        let (&id, body) = claim.split_first()?;
        if id != self.id {
            return None;
        }
        let mut body = body.to_vec();
        let nonce = Nonce::assume_unique_for_key(*cti);
        let plain = self.aead.open_in_place(nonce, associated_data(protected, cti), &mut body).ok()?;
        parse(plain).ok()?
    }
}

fn associated_data(protected: &[u8], cti: &[u8; 12]) -> Aad<Vec<u8>> {
    Aad::from([protected, cti].concat())
}

fn parse(plain: &[u8]) -> Result<Option<Sealed>, PassError> {
    let mut reader = Reader::new(plain);
    if reader.array()? != 3 {
        return Ok(None);
    }
    let document_tag = reader.bytes_of("a document tag has eight bytes")?;
    let tier = Tier::of(reader.unsigned()?);
    let flight_hash = reader.bytes_of("a flight hash has four bytes")?;
    reader.end()?;
    Ok(tier.map(|tier| Sealed { document_tag, tier, flight_hash }))
}
