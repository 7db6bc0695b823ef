//! Signing keys and the public keys that verify, with the four-byte id that a pass names its key by.
//!
//! aws-lc-rs was measured six times faster than the pure Rust curves, for signing and for verifying.

use std::fmt;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ED25519, EcdsaKeyPair, Ed25519KeyPair, KeyPair,
    ParsedPublicKey,
};
use aws_lc_rs::{agreement, digest};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::PassError;

/// An uncompressed point on P-256 begins with this byte (SEC 1, 2.3.3).
const UNCOMPRESSED: u8 = 4;

/// How a pass is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256: what checkpoints everywhere can verify, so the default.
    #[serde(rename = "ES256")]
    Es256,
    /// Ed25519.
    #[serde(rename = "EdDSA")]
    EdDsa,
}

impl Algorithm {
    /// Its number in the IANA register of COSE algorithms.
    #[must_use]
    pub const fn cose(self) -> i64 {
        match self {
            Algorithm::Es256 => -7,
            Algorithm::EdDsa => -8,
        }
    }
}

/// Names a signing key within a pass: the first four bytes of the SHA-256 of its public key.
/// Written as six characters of base64url without padding in JSON and on screens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(pub [u8; 4]);

impl AsRef<[u8]> for KeyId {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64_URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl std::str::FromStr for KeyId {
    type Err = PassError;

    fn from_str(text: &str) -> Result<Self, PassError> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(KeyId).ok_or(PassError::BadKey("a key id is six characters of base64url"))
    }
}

enum Pair {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

/// A key that signs passes.
///
/// ```
/// use pratique_formats::pass::{Algorithm, Signer};
/// let signer = Signer::from_seed(Algorithm::Es256, &[7; 32])?;
/// assert_eq!(signer.kid(), signer.verifying_key().kid());
/// # Ok::<(), pratique_formats::pass::PassError>(())
/// ```
pub struct Signer {
    pair: Pair,
    public: VerifyingKey,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({:?} {})", self.algorithm(), self.kid())
    }
}

impl Signer {
    /// The key of 32 random bytes, which are the caller's and are all that needs to be stored: the private scalar of
    /// ES256 (big-endian), the seed of Ed25519 (RFC 8032 5.1.5). The same bytes give the same key.
    ///
    /// # Errors
    /// [`PassError::BadKey`] if the bytes are no scalar of P-256: zero, or beyond the order of the curve, which happens
    /// to random bytes once in 2^32. Draw others.
    pub fn from_seed(algorithm: Algorithm, seed: &[u8; 32]) -> Result<Self, PassError> {
        const NOT_A_KEY: PassError = PassError::BadKey("the bytes are no private key of this algorithm; draw others");
        let (pair, public) = match algorithm {
            Algorithm::Es256 => {
                let scalar = agreement::PrivateKey::from_private_key(&agreement::ECDH_P256, seed).or(Err(NOT_A_KEY))?;
                let public = scalar.compute_public_key().or(Err(NOT_A_KEY))?;
                let pair = EcdsaKeyPair::from_private_key_and_public_key(
                    &ECDSA_P256_SHA256_FIXED_SIGNING,
                    seed,
                    public.as_ref(),
                );
                (Pair::Es256(pair.or(Err(NOT_A_KEY))?), public.as_ref().to_vec())
            }
            Algorithm::EdDsa => {
                let pair = Ed25519KeyPair::from_seed_unchecked(seed).or(Err(NOT_A_KEY))?;
                let public = pair.public_key().as_ref().to_vec();
                (Pair::EdDsa(pair), public)
            }
        };
        Ok(Signer { pair, public: VerifyingKey::from_bytes(algorithm, &public)? })
    }

    /// Its algorithm.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.public.algorithm
    }

    /// Its id, as passes carry it.
    #[must_use]
    pub fn kid(&self) -> KeyId {
        self.public.kid
    }

    /// The key that verifies what this one signs.
    #[must_use]
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.public
    }

    /// Signs. ES256 needs a secret number for each signature, which aws-lc-rs draws from its own generator whatever it
    /// is handed: the one place in this crate whose output the arguments do not determine.
    ///
    /// # Errors
    /// [`PassError::Signing`] if the library fails, which it does only without memory or entropy.
    pub fn sign(&self, message: &[u8]) -> Result<[u8; 64], PassError> {
        let signature = match &self.pair {
            Pair::Es256(pair) => pair.sign(&SystemRandom::new(), message),
            Pair::EdDsa(pair) => pair.try_sign(message),
        };
        signature.ok().and_then(|signature| signature.as_ref().try_into().ok()).ok_or(PassError::Signing)
    }
}

/// A public key, parsed once and used for every pass.
#[derive(Clone)]
pub struct VerifyingKey {
    algorithm: Algorithm,
    kid: KeyId,
    bytes: Vec<u8>,
    parsed: ParsedPublicKey,
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyingKey({:?} {})", self.algorithm, self.kid)
    }
}

impl VerifyingKey {
    /// The key of its bytes: for ES256 the uncompressed point (65 bytes, `04 ‖ x ‖ y`), for Ed25519 its 32 bytes.
    ///
    /// # Errors
    /// [`PassError::BadKey`] if the bytes are no such key, as a point off the curve.
    pub fn from_bytes(algorithm: Algorithm, bytes: &[u8]) -> Result<Self, PassError> {
        const NOT_A_KEY: PassError = PassError::BadKey("the bytes are no public key of this algorithm");
        let (parsed, length) = match algorithm {
            Algorithm::Es256 => (ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, bytes), 65),
            Algorithm::EdDsa => (ParsedPublicKey::new(&ED25519, bytes), 32),
        };
        // aws-lc-rs also takes other encodings of the same key (compressed, DER), which would give it other ids.
        if bytes.len() != length || (algorithm == Algorithm::Es256 && bytes[0] != UNCOMPRESSED) {
            return Err(NOT_A_KEY);
        }
        let hash = digest::digest(&digest::SHA256, bytes);
        let mut kid = [0; 4];
        kid.copy_from_slice(&hash.as_ref()[..4]);
        Ok(VerifyingKey { algorithm, kid: KeyId(kid), bytes: bytes.to_vec(), parsed: parsed.or(Err(NOT_A_KEY))? })
    }

    /// Its algorithm.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Its id.
    #[must_use]
    pub fn kid(&self) -> KeyId {
        self.kid
    }

    /// The bytes it was made of.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether `signature` is this key's over `message`.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.parsed.verify_sig(message, signature).is_ok()
    }
}
