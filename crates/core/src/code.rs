//! The short code: what a traveller reads out, types or finds printed when the QR cannot be read.
//!
//! Eleven characters of Crockford's base 32 (no I, L, O, U): ten random (50 bits) and one check character of the same 32
//! (contract.md, The pass). It is a secret, so it is stored only as a keyed hash and masked in logs.

use std::fmt;
use std::str::FromStr;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PAYLOAD: usize = 10;
/// Odd weights are invertible modulo 32, so every single wrong character is found; neighbours' weights differ by
/// 2 modulo 4, so a swap of neighbours goes unseen only where the two differ by 16.
const WEIGHTS: [u32; PAYLOAD] = [1, 3, 5, 7, 9, 11, 13, 15, 17, 19];

/// A declaration's short code, checked.
///
/// ```
/// use pratique_core::code::ShortCode;
/// let code = ShortCode::from_random(0x3_1234_5678_9abc);
/// // Read out in lower case, with O for zero and groups: it is the same code.
/// assert_eq!(code.grouped().to_lowercase().parse::<ShortCode>().unwrap(), code);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShortCode([u8; PAYLOAD + 1]);

/// Why a text is not a short code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadCode {
    /// Not eleven characters of the alphabet.
    #[error("a code has 11 letters and digits, as in 7GQ2-M4XK-9TA")]
    Shape,
    /// The check character does not fit: one character was read or typed wrongly.
    #[error("one character of the code is wrong: compare it with the pass")]
    Check,
}

impl ShortCode {
    /// The code of 50 random bits (higher bits are ignored).
    #[must_use]
    pub fn from_random(bits: u64) -> Self {
        let mut values = [0u32; PAYLOAD];
        for (at, value) in values.iter_mut().enumerate() {
            *value = ((bits >> (5 * at)) & 31) as u32;
        }
        let mut text = [0; PAYLOAD + 1];
        for (at, value) in values.iter().enumerate() {
            text[at] = ALPHABET[*value as usize];
        }
        text[PAYLOAD] = ALPHABET[check(&values) as usize];
        ShortCode(text)
    }

    /// The eleven characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // The bytes come from ALPHABET alone, which is ASCII, so the default never shows.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// In groups of four, as it is printed and read out: `7GQ2-M4XK-9TA`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let text = self.as_str();
        format!("{}-{}-{}", &text[..4], &text[4..8], &text[8..])
    }
}

/// The code by which somebody goes on with a declaration that is not sent yet, on another device or another day: twenty
/// characters of the same alphabet, nineteen random (95 bits) and one check character. A draft has no document yet that would
/// prove whose it is, so the code alone opens it, and must be beyond guessing. Kept as a keyed hash, shown once.
///
/// ```
/// use pratique_core::code::ResumeCode;
/// let code = ResumeCode::from_random(7);
/// assert_eq!(code.grouped().to_lowercase().parse::<ResumeCode>().unwrap().as_str(), code.as_str());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ResumeCode(String);

const RESUME_PAYLOAD: usize = 19;

impl ResumeCode {
    /// The code of 95 random bits (higher bits are ignored).
    #[must_use]
    pub fn from_random(bits: u128) -> Self {
        let values: Vec<u32> = (0..RESUME_PAYLOAD).map(|at| ((bits >> (5 * at)) & 31) as u32).collect();
        ResumeCode(values.iter().copied().chain([weighed(&values)]).map(character).collect())
    }

    /// The twenty characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups of five, as it is shown and read out.
    #[must_use]
    pub fn grouped(&self) -> String {
        [&self.0[..5], &self.0[5..10], &self.0[10..15], &self.0[15..]].join("-")
    }
}

impl FromStr for ResumeCode {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, BadCode> {
        let typed = text.chars().filter(|c| !matches!(c, '-' | ' ')).take(RESUME_PAYLOAD + 2);
        let values: Vec<u32> = typed.map(value).collect::<Option<_>>().ok_or(BadCode::Shape)?;
        let Some((check, payload)) = values.split_last().filter(|_| values.len() == RESUME_PAYLOAD + 1) else {
            return Err(BadCode::Shape);
        };
        if weighed(payload) != *check {
            return Err(BadCode::Check);
        }
        Ok(ResumeCode(values.iter().copied().map(character).collect()))
    }
}

/// A code is a secret: a log line shows nothing of it.
impl fmt::Debug for ResumeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResumeCode")
    }
}

/// The check value of a longer code: odd weights again, each once in sixteen places.
fn weighed(values: &[u32]) -> u32 {
    values.iter().zip((1..).step_by(2)).map(|(value, weight): (&u32, u32)| value * weight).sum::<u32>() % 32
}

/// The check value of at most ten values of the alphabet.
pub(crate) fn check(values: &[u32]) -> u32 {
    values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum::<u32>() % 32
}

/// The character of a value (its lower five bits).
pub(crate) fn character(value: u32) -> char {
    char::from(ALPHABET[(value & 31) as usize])
}

/// The value of a character, in any case, and with O, I and L read as the digits that they look like.
pub(crate) fn value(c: char) -> Option<u32> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|&a| char::from(a) == c).and_then(|at| u32::try_from(at).ok())
}

impl FromStr for ShortCode {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, BadCode> {
        let mut values = [0u32; PAYLOAD + 1];
        let mut count = 0;
        for c in text.chars().filter(|c| !matches!(c, '-' | ' ')) {
            *values.get_mut(count).ok_or(BadCode::Shape)? = value(c).ok_or(BadCode::Shape)?;
            count += 1;
        }
        if count != PAYLOAD + 1 {
            return Err(BadCode::Shape);
        }
        let bits = values[..PAYLOAD].iter().enumerate().fold(0u64, |bits, (at, &v)| bits | (u64::from(v) << (5 * at)));
        let code = ShortCode::from_random(bits);
        if u32::from(code.0[PAYLOAD]) == u32::from(ALPHABET[values[PAYLOAD] as usize]) {
            Ok(code)
        } else {
            Err(BadCode::Check)
        }
    }
}

impl fmt::Display for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A code is a secret: a log line shows its first two characters only.
impl fmt::Debug for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}*********", &self.as_str()[..2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_is_read_back_in_any_case_and_grouping(bits: u64) {
            let code = ShortCode::from_random(bits);
            prop_assert_eq!(code.to_string().parse(), Ok(code));
            prop_assert_eq!(code.grouped().to_lowercase().parse(), Ok(code));
        }

        #[test]
        fn one_wrong_character_is_always_found(bits: u64, at in 0usize..11, step in 1usize..32) {
            let mut text = ShortCode::from_random(bits).to_string().into_bytes();
            let old = ALPHABET.iter().position(|&a| a == text[at]).unwrap();
            text[at] = ALPHABET[(old + step) % 32];
            prop_assert_eq!(String::from_utf8(text).unwrap().parse::<ShortCode>(), Err(BadCode::Check));
        }

        #[test]
        fn a_code_to_go_on_with_is_read_back_and_a_wrong_character_found(bits: u128, at in 0usize..20, step in 1usize..32) {
            let code = ResumeCode::from_random(bits);
            prop_assert_eq!(code.grouped().to_lowercase().parse(), Ok(code.clone()));
            let mut text = code.as_str().as_bytes().to_vec();
            let old = ALPHABET.iter().position(|&a| a == text[at]).unwrap();
            text[at] = ALPHABET[(old + step) % 32];
            prop_assert_eq!(String::from_utf8(text).unwrap().parse::<ResumeCode>(), Err(BadCode::Check));
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = text.parse::<ShortCode>();
            let _ = text.parse::<ResumeCode>();
        }
    }

    #[test]
    fn letters_that_look_like_digits_are_taken_as_digits() {
        let code = ShortCode::from_random(0);
        assert_eq!("oooo-oooo-ooo".parse(), Ok(code));
        assert_eq!(code.as_str(), "00000000000");
    }

    #[test]
    fn a_log_line_does_not_show_the_code() {
        assert_eq!(format!("{:?}", ShortCode::from_random(u64::MAX)), "ZZ*********");
    }
}
