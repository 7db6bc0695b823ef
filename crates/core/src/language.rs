//! Languages and texts in them. A language is a BCP 47 tag; a text is the same sentence in several.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One sentence in several languages, by BCP 47 tag (`en`, `zh-Hans`). English must be there: it is what everybody falls
/// back to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<String, String>);

impl Text {
    /// A text that so far stands in English only.
    #[must_use]
    pub fn english(text: impl Into<String>) -> Self {
        Text(BTreeMap::from([("en".to_owned(), text.into())]))
    }

    /// The text in the language asked for, else in English, else empty.
    ///
    /// ```
    /// use pratique_core::language::Text;
    /// let mut text = Text::english("Fever");
    /// text.0.insert("zh-Hans".into(), "发热".into());
    /// assert_eq!(text.get("zh-CN"), "发热");
    /// assert_eq!(text.get("fr"), "Fever");
    /// ```
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        let wanted = negotiate(language, self.0.keys().map(String::as_str));
        self.0.get(wanted).or_else(|| self.0.get("en")).map_or("", String::as_str)
    }
}

/// A well-formed tag as it is: words of one to eight letters and digits, the first of two or more letters, at most 35 characters
/// in all (RFC 5646, 2.1 and 4.4.1).
#[must_use]
pub fn tag(text: &str) -> Option<String> {
    let mut parts = text.split('-');
    let first = parts.next()?;
    let fits = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let is_language = (2..=8).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    (is_language && parts.all(fits) && text.len() <= 35).then(|| text.to_owned())
}

/// Picks the one of `have` that serves `wanted` best; `en` if none does.
///
/// The Chinese tags in daily use name a place (`zh-CN`, `zh-SG`) where the text's property is the script, so they are first
/// turned into `zh-Hans` and `zh-Hant` (CLDR likely subtags); after that a tag serves if its primary subtag does.
pub fn negotiate<'a>(wanted: &str, have: impl IntoIterator<Item = &'a str> + Clone) -> &'a str {
    let wanted = canonical(wanted);
    let exact = have.clone().into_iter().find(|tag| canonical(tag) == wanted);
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    exact.or_else(|| have.into_iter().find(|tag| primary(&canonical(tag)) == primary(&wanted))).unwrap_or("en")
}

fn canonical(tag: &str) -> String {
    let lower = tag.replace('_', "-").to_ascii_lowercase();
    match lower.as_str() {
        "zh" | "zh-cn" | "zh-sg" | "zh-my" | "zh-hans-cn" | "zh-hans-sg" => "zh-hans".to_owned(),
        "zh-tw" | "zh-hk" | "zh-mo" | "zh-hant-tw" | "zh-hant-hk" | "zh-hant-mo" => "zh-hant".to_owned(),
        _ => lower,
    }
}

#[cfg(test)]
mod tests {
    use super::negotiate;

    #[test]
    fn a_place_or_a_bare_tag_finds_the_script() {
        let have = ["en", "zh-Hans"];
        for wanted in ["zh", "zh-CN", "zh_cn", "zh-Hans", "zh-Hans-CN", "zh-TW"] {
            assert_eq!(negotiate(wanted, have), "zh-Hans", "{wanted}");
        }
        for wanted in ["en-GB", "fr", "", "*", "x"] {
            assert_eq!(negotiate(wanted, have), "en", "{wanted}");
        }
    }
}
