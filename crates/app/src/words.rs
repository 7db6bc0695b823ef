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
    /// Negotiated.
    #[must_use]
    pub fn negotiated(_: Option<&str>, _: Option<&str>, _: Option<&str>) -> Self {
        Words
    }
    /// With figures.
    #[must_use]
    pub fn with(&self, key: &str, _: &[(&str, &str)]) -> String {
        key.to_owned()
    }
    /// Of an error.
    #[must_use]
    pub fn error(&self, code: &str, _: &std::collections::BTreeMap<String, String>) -> String {
        code.to_owned()
    }
    /// Its tag.
    #[must_use]
    pub fn language(&self) -> &'static str {
        "en"
    }
    /// A text.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        key.to_owned()
    }
}
