//! A tube's label: the sample's only name outside its journey. It says nothing of the person, so that the laboratory works
//! blind (security.md 2.5), and cannot be taken for a pass's code: it is shorter and begins with `#`.

use std::fmt;
use std::str::FromStr;

use crate::code::{character, check, value};

/// Random characters of a label: 40 bits, so that of ten thousand tubes a day two never meet in years.
const RANDOM: usize = 8;

/// The label of one tube: `#`, eight random characters of Crockford's base 32 and one check character. `#` is left off in bar
/// codes and may be left off by hand.
///
/// ```
/// use pratique_core::laboratory::Label;
/// let label = Label::from_random(0x12_3456_789a);
/// assert_eq!(label.to_string().to_lowercase().parse(), Ok(label));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Label([u32; RANDOM]);

/// Why a text is no label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadLabel {
    /// Not nine characters of the alphabet.
    #[error("a label has # and 9 letters and digits, as in #7GQ2M4XK9; scan the tube again")]
    Shape,
    /// One character was read or typed wrongly.
    #[error("one character of the label is wrong: compare it with the tube")]
    Check,
}

impl Label {
    /// The label of 40 random bits (higher ones are ignored).
    #[must_use]
    pub fn from_random(bits: u64) -> Self {
        let mut values = [0; RANDOM];
        for (at, value) in values.iter_mut().enumerate() {
            *value = ((bits >> (5 * at)) & 31) as u32;
        }
        Label(values)
    }

    /// What the bar code holds: the nine characters.
    #[must_use]
    pub fn bare(&self) -> String {
        self.0.iter().chain([&check(&self.0)]).map(|&v| character(v)).collect()
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.bare())
    }
}

impl FromStr for Label {
    type Err = BadLabel;

    fn from_str(text: &str) -> Result<Self, BadLabel> {
        let text = text.trim();
        let bare = text.strip_prefix('#').unwrap_or(text);
        let mut values = [0; RANDOM + 1];
        let mut count = 0;
        for c in bare.chars().filter(|c| !matches!(c, '-' | ' ')) {
            *values.get_mut(count).ok_or(BadLabel::Shape)? = value(c).ok_or(BadLabel::Shape)?;
            count += 1;
        }
        if count != RANDOM + 1 {
            return Err(BadLabel::Shape);
        }
        let (random, checked) = (&values[..RANDOM], values[RANDOM]);
        match <[u32; RANDOM]>::try_from(random) {
            Ok(random) if check(&random) == checked => Ok(Label(random)),
            _ => Err(BadLabel::Check),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_label_is_read_back_with_or_without_its_sign(bits: u64) {
            let label = Label::from_random(bits);
            prop_assert_eq!(label.to_string().parse(), Ok(label));
            prop_assert_eq!(label.bare().to_lowercase().parse(), Ok(label));
        }

        #[test]
        fn one_wrong_character_is_always_found(bits: u64, at in 0usize..9, step in 1u32..32) {
            let mut text: Vec<char> = Label::from_random(bits).bare().chars().collect();
            text[at] = character(value(text[at]).unwrap() + step);
            prop_assert_eq!(text.into_iter().collect::<String>().parse::<Label>(), Err(BadLabel::Check));
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = text.parse::<Label>();
        }
    }
}
