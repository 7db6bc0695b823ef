//! What is kept, sealed, of one person and one issue of their pass.

use pratique_core::declaration::Content;
use pratique_core::identity::Traveller;
use pratique_formats::pass::Document;
use serde::{Deserialize, Serialize};

/// What is kept sealed of one issue of a pass: what was declared, the code and the pass that show it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Dossier {
    /// What was declared.
    pub content: Content,
    /// The short code.
    pub code: String,
    /// The pass's text.
    pub pass: String,
}

/// The document as the pass binds it.
#[must_use]
pub fn document_of(traveller: &Traveller) -> Option<Document> {
    let document = traveller.document.as_ref()?;
    Some(Document {
        number: document.number.clone(),
        state: document.issuer.clone(),
        birth_date: traveller.birth_date.to_string(),
    })
}
