//! Stand-in until the pages are merged.

/// Words.
#[derive(Debug, Clone, Copy)]
pub struct Words;

impl Words {
    /// Of a language.
    #[must_use]
    pub fn of(_: &str) -> Self {
        Words
    }
    /// A text.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        key.to_owned()
    }
}
