//! The edition served at `/.well-known/pratique/trust`: the public trust file and, in its member `signed`, a JWS (RFC
//! 7515 7.2.1, general JSON serialisation) of the file's exact bytes by each live key.
//!
//! The payload travels inside the JWS, so nobody has to agree on how JSON is spaced. A reader that verifies takes the
//! payload and ignores the members beside it; they are there for readers that only want a JWK Set.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::{Trust, TrustError, TrustFile};
use crate::pass::{Algorithm, Signer};

#[derive(Serialize)]
struct Served<'a> {
    #[serde(flatten)]
    file: &'a TrustFile,
    signed: Jws,
}

#[derive(Deserialize)]
struct Received {
    signed: Jws,
}

#[derive(Serialize, Deserialize)]
struct Jws {
    payload: String,
    signatures: Vec<Signature>,
}

#[derive(Serialize, Deserialize)]
struct Signature {
    protected: String,
    signature: String,
}

/// `crit` is refused by being unknown: no parameter may be one that must be understood (RFC 7515 4.1.11).
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: Algorithm,
    kid: String,
}

/// The served edition of a file, signed by each of these keys. Opening keys are left out whatever the file holds.
///
/// # Errors
/// [`TrustError::Pass`] if the cryptographic library fails.
pub fn sign(file: &TrustFile, signers: &[&Signer]) -> Result<String, TrustError> {
    let file = TrustFile { opening: vec![], ..file.clone() };
    let payload = BASE64_URL_SAFE_NO_PAD.encode(file.to_json());
    let signatures = signers.iter().map(|signer| signature(signer, &payload)).collect::<Result<_, _>>()?;
    Ok(serde_json::to_string(&Served { file: &file, signed: Jws { payload, signatures } })?)
}

fn signature(signer: &Signer, payload: &str) -> Result<Signature, TrustError> {
    let header = Header { alg: signer.algorithm(), kid: signer.kid().to_string() };
    let protected = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_string(&header)?);
    let signature = signer.sign(format!("{protected}.{payload}").as_bytes())?;
    Ok(Signature { protected, signature: BASE64_URL_SAFE_NO_PAD.encode(signature) })
}

impl Trust {
    /// The trust of a served edition that a live key of this one signed. The opening keys stay: the served edition has
    /// none.
    ///
    /// # Errors
    /// [`TrustError::Unsigned`] if no trusted, unrevoked key signed it, [`TrustError::Older`] if it was made before this
    /// one, or what is wrong with the file.
    pub fn renewed(&self, served: &str) -> Result<Trust, TrustError> {
        let Received { signed } = serde_json::from_str(served)?;
        if !signed.signatures.iter().any(|signature| self.accepts(signature, &signed.payload)) {
            return Err(TrustError::Unsigned);
        }
        let json = BASE64_URL_SAFE_NO_PAD.decode(&signed.payload).or(Err(TrustError::Unsigned))?;
        let renewed = Trust::of(&serde_json::from_slice(&json)?)?;
        if renewed.issued_at < self.issued_at {
            return Err(TrustError::Older { offered: renewed.issued_at, in_use: self.issued_at });
        }
        Ok(Trust { opening: self.opening.clone(), ..renewed })
    }

    fn accepts(&self, signature: &Signature, payload: &str) -> bool {
        self.accepting(signature, payload).unwrap_or(false)
    }

    /// `None` if the signature cannot even be read.
    fn accepting(&self, signature: &Signature, payload: &str) -> Option<bool> {
        let header: Header = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(&signature.protected).ok()?).ok()?;
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&signature.signature).ok()?;
        let message = format!("{}.{payload}", signature.protected);
        let candidates = self.keys.get(&header.kid.parse().ok()?)?;
        Some(candidates.iter().any(|trusted| {
            trusted.revoked_from.is_none()
                && trusted.key.algorithm() == header.alg
                && trusted.key.verifies(message.as_bytes(), &bytes)
        }))
    }
}
