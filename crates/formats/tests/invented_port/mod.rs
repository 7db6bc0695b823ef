//! An invented port with its keys, for the tests of this crate.

#![allow(dead_code, reason = "each test file uses its own part")]

use jiff::Timestamp;
use pratique_formats::pass::{
    self, Algorithm, Claims, Document, KeyId, Sealed, SealingKey, Signer, Tier, Verification, verify,
};
use pratique_formats::trust::{Jwk, OpeningKey, RevokedKey, Trust, TrustFile};

pub const PORT: &str = "CNPEK";

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub struct House {
    pub signer: Signer,
    pub sealing: SealingKey,
    pub file: TrustFile,
}

impl House {
    pub fn new(algorithm: Algorithm) -> Self {
        let signer = Signer::from_seed(algorithm, &[7; 32]).unwrap();
        let sealing = SealingKey::new(3, [8; 32], [9; 32]).unwrap();
        let mut file = TrustFile::new(at("2026-11-24T00:00:00Z"));
        file.keys.push(Jwk::of(PORT, signer.verifying_key()));
        file.opening.push(OpeningKey::of(PORT, &sealing));
        House { signer, sealing, file }
    }

    pub fn trust(&self) -> Trust {
        Trust::of(&self.file).unwrap()
    }

    pub fn sealed(&self) -> Sealed {
        Sealed {
            document_tag: self.sealing.document_tag(&document()),
            tier: Tier::Amber,
            flight_hash: pass::flight_hash("CA938-2026-11-24-CNPEK"),
        }
    }

    pub fn issue(&self) -> String {
        pass::issue(&self.signer, &self.sealing, &claims(), &self.sealed()).unwrap()
    }

    pub fn verify(&self, text: &str) -> Verification {
        verify(&self.trust(), text, Some(&document()), at("2026-11-24T12:00:00Z"))
    }

    pub fn revoke_key(&mut self, from: &str) {
        let kid: KeyId = self.signer.kid();
        self.file.revoked.push(RevokedKey::of(PORT, kid, at(from)));
    }
}

pub fn claims() -> Claims {
    Claims {
        issuer: PORT.into(),
        issued_at: at("2026-11-24T08:00:00Z"),
        expires_at: at("2026-11-26T20:00:00Z"),
        not_before: None,
        cti: *b"twelve bytes",
    }
}

pub fn document() -> Document {
    Document { number: "E12345678".into(), state: "CHN".into(), birth_date: "1974-08-12".into() }
}
