//! The ring: signing and sealing keys of each port. They lie in the store, wrapped under the root; a running server reads them
//! anew when the store's generation says that they changed.

use std::collections::HashMap;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use pratique_core::id::Id;
use pratique_formats::pass::{Algorithm, SealingKey, Signer};
use pratique_formats::trust::{Jwk, OpeningKey, RevokedKey, Trust, TrustFile};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::Root;
use crate::rng::Rng;

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyUse {
    /// Signs passes.
    Sign,
    /// Seals what only a checkpoint may read.
    Seal,
}

/// A key as the store keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeyRecord {
    /// The port it belongs to.
    pub port: String,
    /// What it is for.
    #[serde(rename = "use")]
    pub usage: KeyUse,
    /// The `kid` of a signing key, the number of a sealing key.
    pub name: String,
    /// How a signing key signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<Algorithm>,
    /// The secret, wrapped under the root, base64.
    pub secret: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Passes that it signed from this instant on are not to be trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_from: Option<Timestamp>,
}

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RingError {
    /// Its secret does not open or does not fit.
    #[error("the {usage:?} key {name} of {port} cannot be used: {why}. Was the root key replaced?", usage = .record.usage, name = .record.name, port = .record.port)]
    Unusable {
        /// Which key.
        record: Box<KeyRecord>,
        /// Why.
        why: String,
    },
    /// A port has no key that may sign or seal.
    #[error("port {0} has no key to sign passes with; run `pratique keys rotate --at {0}`")]
    NoKey(String),
    /// A port has used up the 255 numbers of sealing keys.
    #[error("port {0} has no number left for a sealing key")]
    Full(String),
}

/// What one port signs and seals with now.
#[derive(Debug)]
pub struct PortKeys {
    /// The newest signing key that is not revoked.
    pub signer: Arc<Signer>,
    /// The newest sealing key.
    pub sealing: SealingKey,
}

/// All keys, ready for use.
#[derive(Debug)]
pub struct KeyRing {
    ports: HashMap<String, PortKeys>,
    signers: Vec<Arc<Signer>>,
    trust: Trust,
    file: TrustFile,
}

/// A key just made, with its row's id.
pub type NewKey = (Id, KeyRecord);

/// Makes a signing key.
///
/// # Errors
/// [`RingError::Unusable`] if the library refuses.
pub fn new_signing(
    port: &str,
    algorithm: Algorithm,
    root: &Root,
    rng: &Rng,
    now: Timestamp,
) -> Result<NewKey, RingError> {
    let blank = record(port, KeyUse::Sign, String::new(), Some(algorithm), now);
    // A random scalar lies outside the curve once in 2^32: draw again.
    let drawn = (0..4).find_map(|_| {
        let seed = Zeroizing::new(rng.bytes::<32>());
        Signer::from_seed(algorithm, &seed).ok().map(|signer| (seed, signer.kid().to_string()))
    });
    let (seed, name) = drawn.ok_or_else(|| unusable(&blank, "no seed gives a key"))?;
    let record = KeyRecord { name, ..blank };
    let wrapped = root.wrap(&place(&record), &seed[..], rng).map_err(|e| unusable(&record, e))?;
    Ok((rng.id(now), KeyRecord { secret: BASE64_STANDARD_NO_PAD.encode(wrapped), ..record }))
}

/// Makes the sealing key with the next free number.
///
/// # Errors
/// [`RingError::Full`] after 255 of them.
pub fn new_sealing(
    port: &str,
    known: &[KeyRecord],
    root: &Root,
    rng: &Rng,
    now: Timestamp,
) -> Result<NewKey, RingError> {
    let used = known.iter().filter(|k| k.port == port && k.usage == KeyUse::Seal);
    let highest = used.filter_map(|k| k.name.parse::<u8>().ok()).max().unwrap_or(0);
    let number = highest.checked_add(1).ok_or_else(|| RingError::Full(port.to_owned()))?;
    let record = record(port, KeyUse::Seal, number.to_string(), None, now);
    let secret = Zeroizing::new(rng.bytes::<64>());
    let wrapped = root.wrap(&place(&record), &secret[..], rng).map_err(|e| unusable(&record, e))?;
    Ok((rng.id(now), KeyRecord { secret: BASE64_STANDARD_NO_PAD.encode(wrapped), ..record }))
}

fn record(port: &str, usage: KeyUse, name: String, algorithm: Option<Algorithm>, made_at: Timestamp) -> KeyRecord {
    KeyRecord { port: port.to_owned(), usage, name, algorithm, secret: String::new(), made_at, revoked_from: None }
}

fn place(record: &KeyRecord) -> String {
    format!("key/{}/{:?}/{}", record.port, record.usage, record.name)
}

fn unusable(record: &KeyRecord, why: impl ToString) -> RingError {
    RingError::Unusable { record: Box::new(record.clone()), why: why.to_string() }
}

fn secret(record: &KeyRecord, root: &Root) -> Result<Zeroizing<Vec<u8>>, RingError> {
    let wrapped = BASE64_STANDARD_NO_PAD.decode(&record.secret).map_err(|e| unusable(record, e))?;
    root.unwrap(&place(record), &wrapped).map(Zeroizing::new).map_err(|e| unusable(record, e))
}

fn signer(record: &KeyRecord, root: &Root) -> Result<Signer, RingError> {
    let seed = secret(record, root)?;
    let seed = seed.as_slice().try_into().map_err(|_| unusable(record, "it is not 32 bytes"))?;
    let algorithm = record.algorithm.unwrap_or(Algorithm::Es256);
    Signer::from_seed(algorithm, seed).map_err(|e| unusable(record, e))
}

fn sealing(record: &KeyRecord, root: &Root) -> Result<SealingKey, RingError> {
    let secret = secret(record, root)?;
    let (key, tag_key) = secret.split_first_chunk::<32>().ok_or_else(|| unusable(record, "it is not 64 bytes"))?;
    let tag_key = tag_key.try_into().map_err(|_| unusable(record, "it is not 64 bytes"))?;
    let number = record.name.parse().map_err(|_| unusable(record, "its number is not one byte"))?;
    SealingKey::new(number, *key, tag_key).map_err(|e| unusable(record, e))
}

impl KeyRing {
    /// Makes the ring ready. `records` in the order in which they were made: the newest signs.
    ///
    /// # Errors
    /// [`RingError`], naming the key.
    pub fn of(records: &[KeyRecord], root: &Root, now: Timestamp) -> Result<Self, RingError> {
        let mut file = TrustFile::new(now);
        let mut signing: HashMap<String, Arc<Signer>> = HashMap::new();
        let mut seals: HashMap<String, SealingKey> = HashMap::new();
        let mut signers = Vec::new();
        for record in records {
            match record.usage {
                KeyUse::Sign => {
                    let signer = Arc::new(signer(record, root)?);
                    file.keys.push(Jwk::of(&record.port, signer.verifying_key()));
                    match record.revoked_from {
                        None => {
                            signers.push(Arc::clone(&signer));
                            signing.insert(record.port.clone(), signer);
                        }
                        Some(from) => {
                            let (kid, iss) = (record.name.clone(), record.port.clone());
                            file.revoked.push(RevokedKey { kid, iss, from });
                        }
                    }
                }
                KeyUse::Seal => {
                    let key = sealing(record, root)?;
                    file.opening.push(opening(&record.port, &key));
                    seals.insert(record.port.clone(), key);
                }
            }
        }
        let pair = |(port, signer): (String, Arc<Signer>)| {
            Some((port.clone(), PortKeys { signer, sealing: seals.remove(&port)? }))
        };
        let ports = signing.into_iter().filter_map(pair).collect();
        let trust = Trust::of(&file).map_err(|e| RingError::NoKey(e.to_string()))?;
        Ok(KeyRing { ports, signers, trust, file })
    }

    /// What a port signs and seals with.
    ///
    /// # Errors
    /// [`RingError::NoKey`].
    pub fn port(&self, port: &str) -> Result<&PortKeys, RingError> {
        self.ports.get(port).ok_or_else(|| RingError::NoKey(port.to_owned()))
    }

    /// What this server itself verifies passes against: all keys, with those that open.
    #[must_use]
    pub fn trust(&self) -> &Trust {
        &self.trust
    }

    /// The trust file: public, or with the opening keys for a checkpoint.
    #[must_use]
    pub fn file(&self, for_checkpoint: bool) -> TrustFile {
        let opening = if for_checkpoint { self.file.opening.clone() } else { Vec::new() };
        TrustFile { opening, ..self.file.clone() }
    }

    /// Every key that may sign, for the signature under the trust file.
    #[must_use]
    pub fn signers(&self) -> Vec<&Signer> {
        self.signers.iter().map(Arc::as_ref).collect()
    }
}

fn opening(port: &str, key: &SealingKey) -> OpeningKey {
    let (seal, tag) = key.secrets();
    let text = |bytes: &[u8; 32]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    OpeningKey { iss: port.to_owned(), id: key.id(), key: text(seal), tag_key: text(tag) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(records: &[KeyRecord]) -> KeyRing {
        KeyRing::of(records, &Root::of([1; 32]), Timestamp::UNIX_EPOCH).unwrap()
    }

    #[test]
    fn the_newest_key_signs_and_a_revoked_one_does_not() {
        let (root, rng, now) = (Root::of([1; 32]), Rng::repeatable(1), Timestamp::UNIX_EPOCH);
        let (_, old) = new_signing("CNPEK", Algorithm::Es256, &root, &rng, now).unwrap();
        let (_, seal) = new_sealing("CNPEK", &[], &root, &rng, now).unwrap();
        let (_, new) = new_signing("CNPEK", Algorithm::EdDsa, &root, &rng, now).unwrap();
        let mut records = vec![old.clone(), seal, new.clone()];
        assert_eq!(ring(&records).port("CNPEK").unwrap().signer.kid().to_string(), new.name);
        records[2].revoked_from = Some(now);
        assert_eq!(ring(&records).port("CNPEK").unwrap().signer.kid().to_string(), old.name);
        assert!(matches!(ring(&records).port("CNPVG"), Err(RingError::NoKey(_))));
    }

    #[test]
    fn the_public_file_holds_no_secret() {
        let (root, rng, now) = (Root::of([1; 32]), Rng::repeatable(1), Timestamp::UNIX_EPOCH);
        let records = vec![
            new_signing("CNPEK", Algorithm::Es256, &root, &rng, now).unwrap().1,
            new_sealing("CNPEK", &[], &root, &rng, now).unwrap().1,
        ];
        assert!(ring(&records).file(false).opening.is_empty());
        assert_eq!(ring(&records).file(true).opening.len(), 1);
    }

    #[test]
    fn another_root_opens_no_key() {
        let (root, rng, now) = (Root::of([1; 32]), Rng::repeatable(1), Timestamp::UNIX_EPOCH);
        let record = new_signing("CNPEK", Algorithm::Es256, &root, &rng, now).unwrap().1;
        assert!(KeyRing::of(&[record], &Root::of([2; 32]), now).is_err());
    }
}
