//! The interface's own texts, `locales/<language>.ftl` (Fluent): a new file there is a new language, without code.
//!
//! fluent-templates finds the files and builds them in; on top of it stand only the choice of the language (its own would not
//! find `zh-Hans` for `zh-CN`) and the words of a field's error.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, static_loader};
use pratique_core::field::{FieldError, OPTIONS};
use pratique_core::language::negotiate;

/// The language that everybody falls back to.
const FALLBACK: &str = "en";
/// Languages written from the right (CLDR `layout/orientation/characterOrder`), as far as ports are likely to add them.
const FROM_THE_RIGHT: [&str; 6] = ["ar", "fa", "he", "ps", "ug", "ur"];

static_loader! {
    static LOCALES = {
        locales: "../../locales",
        fallback_language: "en",
        // Fluent can wrap each figure in direction marks (UAX 9, FSI and PDI). A text that runs from the right needs them; in
        // the others they would only travel on into titles, and into the answers of the API.
        customise: |bundle| bundle.set_use_isolating(bundle.locales.iter().any(runs_from_the_right)),
    };
}

/// Every language that there are texts for, by tag, in the order of the tags.
static TAGS: std::sync::LazyLock<Vec<(String, LanguageIdentifier)>> = std::sync::LazyLock::new(|| {
    let mut tags: Vec<_> = LOCALES.locales().map(|id| (id.to_string(), id.clone())).collect();
    tags.sort();
    tags
});

fn runs_from_the_right(id: &LanguageIdentifier) -> bool {
    FROM_THE_RIGHT.contains(&id.language.as_str())
}

/// The texts in one language: cheap to copy, handed to every template.
///
/// ```
/// use pratique::words::Words;
/// let words = Words::of("zh-CN");
/// assert_eq!((words.language(), words.dir()), ("zh-Hans", "ltr"));
/// assert_eq!(words.t("language-name"), "简体中文");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Words {
    // One pointer: words travel in every problem, and an error stays small.
    found: Option<&'static (String, LanguageIdentifier)>,
}

impl Words {
    /// The texts in the language that serves this BCP 47 tag best; English if none does.
    #[must_use]
    pub fn of(language: &str) -> Self {
        let tag = negotiate(language, TAGS.iter().map(|(tag, _)| tag.as_str()));
        Words { found: TAGS.iter().find(|(known, _)| known == tag) }
    }

    /// The texts in the language that this tag names; none if there are no texts for it.
    #[must_use]
    pub fn named(language: &str) -> Option<Self> {
        is_served(language).then(|| Words::of(language))
    }

    /// The texts in the language that a request asks for: what it names in its address, else what the person chose before
    /// (cookie `lang`), else the first language of `Accept-Language` (RFC 9110, 12.5.4) that we have.
    #[must_use]
    pub fn negotiated(query: Option<&str>, cookie: Option<&str>, accept: Option<&str>) -> Self {
        let wanted = query.into_iter().chain(cookie).map(str::to_owned).chain(accepted(accept.unwrap_or_default()));
        Words::of(&wanted.into_iter().find(|tag| is_served(tag)).unwrap_or_default())
    }

    /// The tag of the language, as `lang` of a page.
    #[must_use]
    pub fn language(&self) -> &'static str {
        self.found.map_or(FALLBACK, |(tag, _)| tag)
    }

    fn id(&self) -> Option<&'static LanguageIdentifier> {
        self.found.map(|(_, id)| id)
    }

    /// Which way the language runs, as `dir` of a page.
    #[must_use]
    pub fn dir(&self) -> &'static str {
        if self.id().is_some_and(runs_from_the_right) { "rtl" } else { "ltr" }
    }

    /// Every language that there are texts for: tag, and its own name.
    #[must_use]
    pub fn languages() -> Vec<(&'static str, String)> {
        TAGS.iter().map(|(tag, _)| (tag.as_str(), Words::of(tag).t("language-name"))).collect()
    }

    /// A text. A key that stands nowhere shows itself, in brackets that no text has; a test looks for them on every page.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A text with figures or names in it. A whole number also chooses the plural form (CLDR).
    #[must_use]
    pub fn with(&self, key: &str, figures: &[(&str, &str)]) -> String {
        self.find(key, figures).unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// A text with one number in it.
    #[must_use]
    pub fn count(&self, key: &str, count: usize) -> String {
        self.with(key, &[("count", &count.to_string())])
    }

    /// The same, where there may be no such text.
    #[must_use]
    pub fn find(&self, key: &str, figures: &[(&str, &str)]) -> Option<String> {
        let figures: HashMap<Cow<'static, str>, FluentValue<'_>> =
            figures.iter().map(|(name, value)| (Cow::Owned((*name).to_owned()), figure(value))).collect();
        let fallback = LOCALES.fallback();
        [self.id().unwrap_or(fallback), fallback]
            .into_iter()
            .find_map(|id| LOCALES.lookup_single_language(id, key, Some(&figures)).ok())
    }

    /// What is wrong with a field, and how to mend it: the text `error-CODE`.
    ///
    /// ```
    /// use pratique::words::Words;
    /// let params = [("max".to_owned(), "40".to_owned())].into();
    /// assert_eq!(Words::of("en").error("too-long", &params), "Shorten this to 40 characters or fewer.");
    /// ```
    #[must_use]
    pub fn error(&self, code: &str, params: &BTreeMap<String, String>) -> String {
        let key = match params.contains_key(OPTIONS) {
            true => format!("error-{code}-of"),
            false => format!("error-{code}"),
        };
        self.with(&key, &pairs(params))
    }

    /// The same for one of the declaration's own fields, in words of its own (`error-CODE-FIELD`) where there are any.
    #[must_use]
    pub fn error_of(&self, code: &str, field: &str, params: &BTreeMap<String, String>) -> Option<String> {
        self.find(&format!("error-{code}-{field}"), &pairs(params))
    }

    /// What is wrong with what staff sent, in words of the field's own where there are any.
    // shows: error-required-{reason,contacts,labels,parcel} error-not-a-report-report
    #[must_use]
    pub fn fault(&self, fault: &FieldError) -> String {
        let field = fault.pointer.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default();
        let own = self.error_of(&fault.code, field, &fault.params);
        own.unwrap_or_else(|| self.error(&fault.code, &fault.params))
    }
}

fn pairs(params: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Digits are a number, unless a zero leads them or there are too many: then they are a code, to be shown as it is.
fn figure(value: &str) -> FluentValue<'_> {
    let is_number = value.bytes().all(|b| b.is_ascii_digit()) && (1..=9).contains(&value.len());
    if is_number && (value == "0" || !value.starts_with('0')) { FluentValue::try_number(value) } else { value.into() }
}

/// Whether there are texts for this tag, English being only asked for by name.
fn is_served(tag: &str) -> bool {
    let english = tag.get(..2).is_some_and(|primary| primary.eq_ignore_ascii_case(FALLBACK));
    english || negotiate(tag, TAGS.iter().map(|(tag, _)| tag.as_str())) != FALLBACK
}

/// The tags of `Accept-Language`, most wanted first; those with `q=0` are not wanted. Bounded: a header is a stranger's.
fn accepted(header: &str) -> Vec<String> {
    let mut wanted: Vec<(u16, String)> = header
        .split(',')
        .take(20)
        .filter_map(|part| {
            let (tag, rest) = part.trim().split_once(';').unwrap_or((part.trim(), ""));
            let quality = rest.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse::<f32>().ok())?;
            // Thousandths are all the grammar allows, so they order as integers.
            (quality > 0.0 && quality <= 1.0).then(|| ((quality * 1000.0) as u16, tag.trim().to_owned()))
        })
        .collect();
    wanted.sort_by_key(|(quality, _)| std::cmp::Reverse(*quality));
    wanted.into_iter().map(|(_, tag)| tag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_beats_the_cookie_and_the_cookie_beats_the_browser() {
        let language = |query, cookie, accept| Words::negotiated(query, cookie, accept).language();
        assert_eq!(language(Some("zh"), Some("en"), Some("en")), "zh-Hans");
        assert_eq!(language(None, Some("zh-Hans"), Some("en")), "zh-Hans");
        assert_eq!(language(None, None, Some("fr, zh-CN;q=0.8, en;q=0.9")), "en");
        assert_eq!(language(None, None, Some("fr;q=0.9, zh-CN;q=0.8")), "zh-Hans");
        assert_eq!(language(None, None, Some("zh;q=0, en-GB;q=0.1")), "en");
        for nonsense in ["", "*", ";;;,,,", "q=1", "\u{fffd}"] {
            assert_eq!(language(Some(nonsense), Some(nonsense), Some(nonsense)), "en", "{nonsense}");
        }
    }

    #[test]
    fn a_key_that_stands_nowhere_shows_itself() {
        assert_eq!(Words::of("en").t("nosuchkey"), "⟦nosuchkey⟧");
    }

    #[test]
    fn a_code_made_of_digits_keeps_its_zeros() {
        assert!(matches!(figure("007"), FluentValue::String(_)));
        assert!(matches!(figure("40"), FluentValue::Number(_)));
    }
}
