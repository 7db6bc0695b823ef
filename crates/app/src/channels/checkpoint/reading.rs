//! What came into the one big field: a pass, a short code, a document number, or a machine-readable zone. Told apart by shape
//! alone, however the scanner or the fingers wrote it.

use pratique_core::code::{BadCode, ShortCode};
use pratique_core::identity::document::normal_number;

/// How a pass begins (contract.md, The pass).
const PASS: &str = "PQ1:";
/// The shortest machine-readable zone that is taken for one: a TD1 line has 30 characters (ICAO 9303-5).
const ZONE_CHARS_MIN: usize = 30;

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Nothing.
    Nothing,
    /// The text of a pass.
    Pass(String),
    /// A short code: written in its groups, so it can be nothing else.
    Code(String),
    /// Eleven characters that can be a code or a document number: some permits have as many. The store knows which.
    CodeOrNumber {
        /// The characters.
        text: String,
        /// The check character is that of a code.
        fits: bool,
    },
    /// A document number.
    Number(String),
    /// A machine-readable zone.
    Zone(String),
    /// Nothing that a pass, a code or a document can be.
    Unknown,
}

/// Tells what was read.
///
/// ```
/// use pratique::channels::checkpoint::reading::{Reading, recognise};
/// assert_eq!(recognise("pq1:6bf\r\n+70\r\n"), Reading::Pass("PQ1:6BF+70".into()));
/// assert_eq!(recognise("e 1234 5678"), Reading::Number("E12345678".into()));
/// ```
#[must_use]
pub fn recognise(text: &str) -> Reading {
    let text = without_symbology(text.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}'));
    if text.is_empty() {
        Reading::Nothing
    } else if let Some(pass) = pass(text) {
        Reading::Pass(pass)
    } else if is_zone(text) {
        Reading::Zone(text.to_ascii_uppercase())
    } else {
        match normal_number(&text.replace(['\r', '\n', '\t'], "")) {
            Some(number) => code_or_number(text, number),
            None => Reading::Unknown,
        }
    }
}

/// Scanners can be set to say first which kind of picture they read: `]Q1` for a QR code (ISO/IEC 15424).
fn without_symbology(text: &str) -> &str {
    match text.as_bytes() {
        [b']', b'A'..=b'z', b'0'..=b'9', ..] => text[3..].trim_start(),
        _ => text,
    }
}

/// Base 45 has no lower case (RFC 9285), so capitals change nothing; it has a blank, so blanks inside stay, and only the line
/// breaks that scanners put in are taken out.
fn pass(text: &str) -> Option<String> {
    let joined: String =
        text.chars().filter(|c| !matches!(c, '\r' | '\n' | '\t')).collect::<String>().to_ascii_uppercase();
    let body = joined.strip_prefix(PASS)?.trim();
    Some(format!("{PASS}{body}"))
}

fn is_zone(text: &str) -> bool {
    let counted = text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '<').count();
    text.contains('<') && counted >= ZONE_CHARS_MIN
}

fn code_or_number(text: &str, number: String) -> Reading {
    let groups: Vec<usize> = text.split(['-', ' ']).map(str::len).collect();
    let is_grouped = groups == [4, 4, 3];
    match number.parse::<ShortCode>() {
        Ok(_) | Err(BadCode::Check) if is_grouped => Reading::Code(number),
        Ok(_) => Reading::CodeOrNumber { text: number, fits: true },
        Err(BadCode::Check) => Reading::CodeOrNumber { text: number, fits: false },
        Err(BadCode::Shape) => Reading::Number(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ZONE: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

    #[test]
    fn a_pass_is_one_however_the_scanner_writes_it() {
        let pass = Reading::Pass("PQ1:6BF +70 A".into());
        for written in
            ["PQ1:6BF +70 A", "pq1:6bf +70 a\r\n", " PQ1:6BF\n +70 A\t", "]Q1PQ1:6BF +70 A", "\u{feff}PQ1: 6BF +70 A"]
        {
            assert_eq!(recognise(written), pass, "{written:?}");
        }
    }

    #[test]
    fn a_zone_is_one_in_two_lines_in_one_and_in_lower_case() {
        for written in [ZONE.to_owned(), ZONE.replace('\n', ""), ZONE.replace('\n', "\r\n"), ZONE.to_lowercase()] {
            assert!(matches!(recognise(&written), Reading::Zone(_)), "{written:?}");
        }
    }

    #[test]
    fn a_code_in_groups_is_a_code_even_with_a_slip_in_it() {
        let code = ShortCode::from_random(77);
        assert_eq!(recognise(&code.grouped().to_lowercase()), Reading::Code(code.to_string()));
        let slip = format!("{}-{}-{}", &code.as_str()[..4], &code.as_str()[4..8], "000");
        assert!(matches!(recognise(&slip), Reading::Code(_)));
    }

    #[test]
    fn eleven_characters_can_be_either() {
        let code = ShortCode::from_random(77).to_string();
        assert_eq!(recognise(&code), Reading::CodeOrNumber { text: code, fits: true });
        // A Mainland travel permit of a Hong Kong resident: H and ten digits.
        assert!(matches!(recognise("H1234567801"), Reading::CodeOrNumber { fits: _, .. }));
    }

    #[test]
    fn a_document_number_is_read_as_it_is_printed() {
        for written in ["E12345678", "e 1234-5678", "Ｅ１２３４５６７８", "E12345678<\r\n"] {
            assert_eq!(recognise(written), Reading::Number("E12345678".into()), "{written:?}");
        }
        assert_eq!((recognise(" \r\n"), recognise("!?")), (Reading::Nothing, Reading::Unknown));
    }

    proptest! {
        #[test]
        fn every_code_is_recognised_in_any_writing(bits: u64, lower: bool, blanks: bool) {
            let code = ShortCode::from_random(bits);
            let mut text = code.grouped();
            if lower { text = text.to_lowercase(); }
            if blanks { text = text.replace('-', " "); }
            prop_assert_eq!(recognise(&text), Reading::Code(code.to_string()));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,60}") {
            let _ = recognise(&text);
        }
    }
}
