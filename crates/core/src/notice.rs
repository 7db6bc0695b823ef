//! A privacy notice: what a person is told before the first personal field, in every language, under a version that is kept
//! with their declaration. A published one is never edited: other words are another version.

use serde::{Deserialize, Serialize};

use crate::language::Text;

/// One heading with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The heading.
    pub title: Text,
    /// The text; a blank line ends a paragraph.
    pub text: Text,
    /// Behind it stands for how long each purpose keeps what, by the port's own numbers.
    #[serde(default)]
    pub terms: bool,
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Its version, as declarations name it.
    pub version: String,
    /// The day from which it was shown.
    pub published: jiff::civil::Date,
    /// What it says.
    #[serde(rename = "part")]
    pub parts: Vec<Part>,
}

impl Notice {
    /// Reads a notice's file (TOML).
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let notice: Notice = toml::from_str(text).map_err(|e| e.to_string())?;
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        if notice.version.is_empty() || notice.version.len() > 40 || !notice.version.chars().all(fits) {
            return Err(format!("version: {:?} is not up to 40 letters, digits, hyphens and points", notice.version));
        }
        let texts = notice.parts.iter().flat_map(|part| [&part.title, &part.text]);
        if notice.parts.is_empty() || texts.clone().any(|text| text.get("en").trim().is_empty()) {
            return Err("part: there is at least one, each with a title and a text in English".to_owned());
        }
        let languages = |text: &Text| text.0.keys().cloned().collect::<Vec<_>>();
        let first = languages(&notice.parts[0].title);
        if let Some(other) = texts.map(languages).find(|those| *those != first) {
            return Err(format!(
                "part: every title and text stands in the same languages; {first:?} and {other:?} differ"
            ));
        }
        Ok(notice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
version = "2026-12"
published = "2026-11-29"
[[part]]
title = { en = "What for", zh-Hans = "用途" }
text = { en = "To protect.", zh-Hans = "保护。" }
"#;

    #[test]
    fn a_notice_is_whole_in_every_language_that_it_has() {
        assert_eq!(Notice::parse(GOOD).unwrap().parts[0].text.get("zh-CN"), "保护。");
        for (from, to, named) in [
            ("\"2026-12\"", "\"2026/12\"", "version"),
            (", zh-Hans = \"保护。\"", "", "same languages"),
            ("en = \"To protect.\", ", "", "in English"),
            ("[[part]]", "[[parts]]", "unknown field"),
        ] {
            let told = Notice::parse(&GOOD.replace(from, to)).unwrap_err();
            assert!(told.contains(named), "{named}: {told}");
        }
    }
}
