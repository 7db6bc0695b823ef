//! Somebody who does not exist, sealed like everybody else. Whoever proves themself for a declaration that is not there is held
//! against this one, so that looking takes the same work: a key unwrapped, a body opened, a text read, a proof compared.

use pratique_core::id::Id;

use super::{PersonKey, Root, SealError};
use crate::rng::Rng;

/// What such a body says: a declaration of an ordinary length, of nobody.
const NOBODY: &str = r#"{"content":{"traveller":{"document":{"type":"passport","number":"000000000","issuer":"UTO"},
"name":{"primary":"NOBODY","secondary":"AT ALL"},"birth_date":"1900-01-01","sex":"X","nationality":"UTO"},
"trip":{"flight":"XX1","date":"1900-01-01","seat":"1A"},"contact":{"phone":"+000000000000","email":"nobody@nowhere.example",
"address":"Nowhere at all, in no street of no town"},"answers":{"countries":["UTO","UTO"],"symptoms":[],"contact_case":false,
"cluster":false,"occupation":"none","medicine":false,"tested":"no","vaccinated":"no","stay":"Nowhere at all"},
"language":"en","notice":"0","questionnaire":"0"},"code":"00000000000","pass":
"PQ1:0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"}"#;

/// The sealed nobody.
#[derive(Debug)]
pub struct Decoy {
    person: Id,
    wrapped: Vec<u8>,
    sealed: Vec<u8>,
}

impl Decoy {
    /// A new one, under a key of its own.
    ///
    /// # Errors
    /// As [`Root::wrap`].
    pub fn new(person: Id, root: &Root, rng: &Rng) -> Result<Self, SealError> {
        let key = PersonKey::new(person, rng);
        let (wrapped, sealed) = (key.wrapped(root, rng)?, key.seal("body/0", NOBODY.as_bytes(), rng)?);
        Ok(Decoy { person, wrapped, sealed })
    }

    /// The text of it, opened as anybody's is.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn open(&self, root: &Root) -> Result<Vec<u8>, SealError> {
        PersonKey::unwrap(self.person, Some(&self.wrapped), root)?.open("body/0", &self.sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::Dossier;

    #[test]
    fn nobody_reads_like_anybody() {
        let (root, rng) = (Root::of([3; 32]), Rng::from_machine().unwrap());
        let decoy = Decoy::new(Id([9; 16]), &root, &rng).unwrap();
        let dossier: Dossier = serde_json::from_slice(&decoy.open(&root).unwrap()).unwrap();
        assert_eq!(dossier.content.traveller.name.primary, "NOBODY");
    }
}
