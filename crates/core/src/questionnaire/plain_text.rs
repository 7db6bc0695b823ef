//! What a person may type: one rule for every text of every form.

use unicode_normalization::UnicodeNormalization;

use super::error::{Code, Problem};

/// How many lines a text may have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    One,
    Many,
}

/// The text in NFC, without white space around it; refused if it holds a control character (NUL among them) or one that
/// turns the direction of writing, for what an officer reads must be what was typed.
///
/// Lines may end in any of the three ways and come out as `\n`.
pub(super) fn read(text: &str, lines: Lines) -> Result<String, Problem> {
    let text = if lines == Lines::Many { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
    let text: String = text.trim().nfc().collect();
    let bad = text.chars().find(|&c| is_forbidden(c) && !(lines == Lines::Many && matches!(c, '\n' | '\t')));
    match bad {
        Some(c) => Err(Problem::with(Code::BadCharacter, "character", format!("U+{:04X}", u32::from(c)))),
        None => Ok(text),
    }
}

/// Controls (general category Cc), line and paragraph separators, the twelve characters with the property Bidi_Control,
/// and the byte order mark with the noncharacters beside it.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
                | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// Refuses a text outside these numbers of characters.
pub(super) fn fits(text: &str, min: usize, max: usize) -> Result<(), Problem> {
    let length = text.chars().count();
    if length < min {
        return Err(Problem::with(Code::TooShort, "min", min));
    }
    if length > max {
        return Err(Problem::with(Code::TooLong, "max", max));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_would_mislead_a_reader_is_named_and_refused() {
        for (text, name) in [("a\0b", "U+0000"), ("a\u{202e}b", "U+202E"), ("a\nb", "U+000A"), ("a\u{85}b", "U+0085")] {
            let problem = read(text, Lines::One).unwrap_err();
            assert_eq!((problem.code, problem.params["character"].as_str()), (Code::BadCharacter, name));
        }
        assert_eq!(read(" one\r\ntwo\rthree ", Lines::Many), Ok("one\ntwo\nthree".to_owned()));
    }

    #[test]
    fn a_letter_typed_in_two_parts_becomes_one() {
        assert_eq!(read("Zu\u{308}rich", Lines::One), Ok("Zürich".to_owned()));
    }

    proptest! {
        #[test]
        fn what_was_accepted_is_accepted_again_unchanged(text in any::<String>()) {
            for lines in [Lines::One, Lines::Many] {
                if let Ok(once) = read(&text, lines) {
                    prop_assert_eq!(read(&once, lines), Ok(once));
                }
            }
        }
    }
}
