//! Sealing of personal data: AES-256-GCM under a key of the person's own, so that erasing the key erases the person
//! (security.md 2.6). The associated data names the place, so that two sealed bodies cannot be swapped.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use zeroize::Zeroizing;

use super::Root;
use crate::rng::Rng;
use pratique_core::id::Id;

const NONCE_BYTES: usize = 12;

/// Why something sealed does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Altered, moved, or sealed under another key.
    #[error("a sealed value does not open: it was altered, moved, or sealed under another key")]
    Closed,
    /// The person was erased.
    #[error("this person's data were erased")]
    Erased,
}

/// Seals: nonce, then ciphertext and tag. A random nonce is safe because a key of one person seals few values
/// (NIST SP 800-38D 8.3 allows 2^32).
///
/// # Errors
/// [`SealError::Closed`] if the library has no memory.
pub fn seal(key: &[u8; 32], place: &[u8], plain: &[u8], rng: &Rng) -> Result<Vec<u8>, SealError> {
    let nonce: [u8; NONCE_BYTES] = rng.bytes();
    let mut sealed = Vec::with_capacity(NONCE_BYTES + plain.len() + 16);
    sealed.extend_from_slice(plain);
    let tag = cipher(key)?
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(place), &mut sealed)
        .map_err(|_| SealError::Closed)?;
    sealed.extend_from_slice(tag.as_ref());
    sealed.splice(0..0, nonce);
    Ok(sealed)
}

/// Opens what [`seal`] made for the same place.
///
/// # Errors
/// [`SealError::Closed`].
pub fn open(key: &[u8; 32], place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    tracing::trace!("opened");
    let (nonce, body) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(SealError::Closed)?;
    let mut body = body.to_vec();
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let length = cipher(key)?.open_in_place(nonce, Aad::from(place), &mut body).map_err(|_| SealError::Closed)?.len();
    body.truncate(length);
    Ok(body)
}

fn cipher(key: &[u8; 32]) -> Result<LessSafeKey, SealError> {
    UnboundKey::new(&AES_256_GCM, key).map(LessSafeKey::new).map_err(|_| SealError::Closed)
}

/// The data key of one person.
pub struct PersonKey {
    person: Id,
    key: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PersonKey({})", self.person)
    }
}

impl PersonKey {
    /// A new key for a person.
    #[must_use]
    pub fn new(person: Id, rng: &Rng) -> Self {
        PersonKey { person, key: Zeroizing::new(rng.bytes()) }
    }

    /// The key as the database keeps it.
    ///
    /// # Errors
    /// As [`Root::wrap`].
    pub fn wrapped(&self, root: &Root, rng: &Rng) -> Result<Vec<u8>, SealError> {
        root.wrap(&place_of_key(self.person), &self.key[..], rng)
    }

    /// The key from the database; `None` there means that the person was erased.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn unwrap(person: Id, wrapped: Option<&[u8]>, root: &Root) -> Result<Self, SealError> {
        let plain = Zeroizing::new(root.unwrap(&place_of_key(person), wrapped.ok_or(SealError::Erased)?)?);
        let key = plain.as_slice().try_into().map_err(|_| SealError::Closed)?;
        Ok(PersonKey { person, key: Zeroizing::new(key) })
    }

    /// Seals a value of this person for a place, e.g. `body/3`.
    ///
    /// # Errors
    /// As [`seal`].
    pub fn seal(&self, place: &str, plain: &[u8], rng: &Rng) -> Result<Vec<u8>, SealError> {
        seal(&self.key, format!("{}/{place}", self.person).as_bytes(), plain, rng)
    }

    /// Opens a value of this person from that place.
    ///
    /// # Errors
    /// As [`open`].
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        open(&self.key, format!("{}/{place}", self.person).as_bytes(), sealed)
    }
}

fn place_of_key(person: Id) -> String {
    format!("person/{person}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_in_its_own_place_alone() {
        let rng = Rng::repeatable(1);
        let key = PersonKey::new(Id([1; 16]), &rng);
        let sealed = key.seal("body/1", b"fever", &rng).unwrap();
        assert!(!sealed.windows(5).any(|w| w == b"fever"));
        assert_eq!(key.open("body/1", &sealed).unwrap(), b"fever");
        assert_eq!(key.open("body/2", &sealed), Err(SealError::Closed));
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert_eq!(key.open("body/1", &altered), Err(SealError::Closed), "byte {at}");
        }
    }

    #[test]
    fn without_its_wrapped_key_a_person_stays_erased() {
        let (root, rng) = (Root::of([3; 32]), Rng::repeatable(1));
        let key = PersonKey::new(Id([1; 16]), &rng);
        let wrapped = key.wrapped(&root, &rng).unwrap();
        assert!(PersonKey::unwrap(Id([1; 16]), Some(&wrapped), &root).is_ok());
        assert_eq!(PersonKey::unwrap(Id([2; 16]), Some(&wrapped), &root).err(), Some(SealError::Closed));
        assert_eq!(PersonKey::unwrap(Id([1; 16]), None, &root).err(), Some(SealError::Erased));
    }
}
