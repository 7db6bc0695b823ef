//! A person's name as ICAO Doc 9303-3 divides it: primary (family) and secondary (given) identifier, and the name in its own
//! script beside it. Names are kept verbatim in NFC; nobody's name is "wrong" for being short, long or single.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The longest identifier taken, in characters: four times what an MRZ holds.
pub const NAME_CHARS_MAX: usize = 120;

/// A name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Primary identifier: the family name, or the only name.
    pub primary: String,
    /// Secondary identifier: given names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secondary: Option<String>,
    /// The name in its own script, e.g. 王小明.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub native: Option<String>,
}

impl Name {
    /// One line, as a screen shows it.
    #[must_use]
    pub fn line(&self) -> String {
        let mut line = self.primary.clone();
        for part in [&self.secondary, &self.native].into_iter().flatten() {
            line.push(' ');
            line.push_str(part);
        }
        line
    }
}

/// Why a text cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadText {
    /// Longer than allowed.
    TooLong,
    /// Holds a character that shows nothing or turns the text around (F22): NUL, controls, bidi controls, private use.
    Control,
}

/// NFC, trimmed, inner runs of spaces folded; refuses what would lie on a screen or break a store.
pub fn clean(text: &str, chars_max: usize) -> Result<String, BadText> {
    // Composition can only shorten; four bytes a character bound the work before it starts.
    if text.len() > chars_max * 16 {
        return Err(BadText::TooLong);
    }
    let text: String = text.nfc().collect();
    if text.chars().any(|c| is_hidden(c) && !matches!(c, '\t' | '\n' | '\r')) {
        return Err(BadText::Control);
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > chars_max { Err(BadText::TooLong) } else { Ok(text) }
}

/// Characters that show nothing and change what is shown: controls, bidi controls (UAX 9), byte order marks, private use.
/// Zero-width joiner and non-joiner stay: Persian and Indic names need them.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}')
        || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FFF9}'..='\u{FFFF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Cleans a part of a name. It must hold at least one letter of some script: `42` and `😀` are typing mistakes, `Ng`, `O`
/// and `'t Hart` are names.
pub fn clean_name(text: &str) -> Result<String, Option<BadText>> {
    let text = clean(text, NAME_CHARS_MAX).map_err(Some)?;
    if text.chars().any(char::is_alphabetic) && !text.contains(['<', '>', '{', '}', '|', '\\']) {
        Ok(text)
    } else {
        Err(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_of_all_scripts_and_lengths_are_kept() {
        for name in
            ["O", "Ng", "王小明", "'t Hart", "D’Arcy-Smith", "محمد", "José María", "Nguyễn", "O’Brien 3rd", "می‌خواهم"]
        {
            assert_eq!(clean_name(name).as_deref(), Ok(name.nfc().collect::<String>().as_str()));
        }
    }

    #[test]
    fn what_hides_or_turns_text_is_refused() {
        for name in ["a\0b", "A\u{202E}B", "\u{FEFF}A", "<script>", "42", "", "😀"] {
            assert!(clean_name(name).is_err(), "{name:?}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC{0,130}") {
            if let Ok(once) = clean_name(&text) {
                prop_assert_eq!(clean_name(&once), Ok(once.clone()));
            }
        }
    }
}
