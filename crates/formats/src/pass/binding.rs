//! What ties a pass to the document held in front of the officer, and to its flight.

use aws_lc_rs::{digest, hmac};
use unicode_normalization::UnicodeNormalization;

use crate::mrz::{Fields, Mrz};

/// The tag of a pass whose holder declared no travel document: nothing can be compared with it.
pub const NO_DOCUMENT: [u8; 8] = [0; 8];

const TAG_CONTEXT: &[u8] = b"pratique document 1";

/// The three values that name a travel document, as they are printed or typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Document {
    /// Its number; spaces, hyphens and fillers do not count.
    pub number: String,
    /// The state or organisation that issued it, in the three letters of ICAO 9303-3 section 5.
    pub state: String,
    /// The holder's birth date: `1974-08-12`, or `1974-08` or `1974` where the rest is unknown.
    pub birth_date: String,
}

impl From<&Mrz> for Document {
    fn from(mrz: &Mrz) -> Self {
        let Fields { document, birth_date, .. } = &mrz.fields;
        Document {
            number: document.number.clone(),
            state: document.issuer.clone(),
            birth_date: birth_date.clone().unwrap_or_default(),
        }
    }
}

/// The keyed tag of a document: the first eight bytes of HMAC-SHA-256 under `tag_key`.
///
/// Keyed, because document numbers are few enough to try them all against a plain hash. The message is
/// `pratique document 1`, then number, state and birth date, each of the four ended by a zero byte:
/// - number: in NFKC (which folds full-width forms), letters and digits only, in upper case;
/// - state: the same, with the codes that mean one issuer folded: `D` to `DEU`, `GBD GBN GBO GBP GBS` to `GBR`, `XKX`
///   and `XXK` to `RKS`. Forms offer ISO 3166, where a document prints ICAO's own code;
/// - birth date: `YYMMDD` with `<<` for unknown parts, as a machine-readable zone has it. It knows no century, so a
///   wrongly guessed one cannot part a traveller from their pass.
///
/// ```
/// use pratique_formats::pass::{Document, document_tag};
/// let typed = Document { number: "c01x 0006h".into(), state: "DEU".into(), birth_date: "1964-08-12".into() };
/// let printed = Document { number: "C01X0006H".into(), state: "D".into(), birth_date: "1964-08-12".into() };
/// assert_eq!(document_tag(&[1; 32], &typed), document_tag(&[1; 32], &printed));
/// ```
#[must_use]
pub fn document_tag(tag_key: &[u8; 32], document: &Document) -> [u8; 8] {
    tag_under(&hmac::Key::new(hmac::HMAC_SHA256, tag_key), document)
}

pub(crate) fn tag_under(key: &hmac::Key, document: &Document) -> [u8; 8] {
    let mut mac = hmac::Context::with_key(key);
    let (number, state) = (bare(&document.number), bare(&document.state));
    let birth_date = as_printed(&document.birth_date);
    for part in [TAG_CONTEXT, number.as_bytes(), one_issuer(&state).as_bytes(), birth_date.as_bytes()] {
        mac.update(part);
        mac.update(&[0]);
    }
    first_bytes(mac.sign().as_ref())
}

/// The first four bytes of the SHA-256 of a flight's id, as `CA938-2026-11-24-CNPEK` (upper case, no spaces).
/// Not keyed: it is sealed, and says only whether this is the flight that the lane is clearing.
#[must_use]
pub fn flight_hash(flight: &str) -> [u8; 4] {
    let id: String = flight.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    first_bytes(digest::digest(&digest::SHA256, id.as_bytes()).as_ref())
}

fn bare(text: &str) -> String {
    text.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

fn one_issuer(state: &str) -> &str {
    match state {
        "D" => "DEU",
        "GBD" | "GBN" | "GBO" | "GBP" | "GBS" => "GBR",
        "XKX" | "XXK" => "RKS",
        other => other,
    }
}

fn as_printed(birth_date: &str) -> String {
    let digits: String = birth_date.chars().filter(char::is_ascii_digit).skip(2).take(6).collect();
    format!("{digits:<<6}")
}

/// Both callers hand in 32 bytes and want fewer, so the copy is never short.
fn first_bytes<const N: usize>(hash: &[u8]) -> [u8; N] {
    let mut first = [0; N];
    first.iter_mut().zip(hash).for_each(|(to, from)| *to = *from);
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(number: &str, state: &str, birth_date: &str) -> [u8; 8] {
        document_tag(&[9; 32], &Document { number: number.into(), state: state.into(), birth_date: birth_date.into() })
    }

    #[test]
    fn a_birth_date_is_written_as_a_document_prints_it() {
        assert_eq!(as_printed("1974-08-12"), "740812");
        assert_eq!(as_printed("1974-08"), "7408<<");
        assert_eq!(as_printed("1974"), "74<<<<");
    }

    #[test]
    fn a_wrongly_guessed_century_does_not_part_holder_and_pass() {
        assert_eq!(tag("E1", "CHN", "1921-05-01"), tag("E1", "CHN", "2021-05-01"));
    }

    #[test]
    fn a_number_typed_on_a_chinese_keyboard_is_the_same_number() {
        assert_eq!(tag("Ｅ１２３ ４５６７８", "CHN", "1974"), tag("E12345678", "CHN", "1974"));
    }

    #[test]
    fn the_parts_do_not_run_into_one_another() {
        assert_ne!(tag("E12", "CHN", "1974"), tag("E1", "2CHN", "1974"));
    }

    #[test]
    fn the_tag_is_the_one_that_the_decision_record_gives_as_its_example() {
        assert_eq!(tag("E12345678", "CHN", "1974-08-12"), 0x06f5_1bfc_e7df_d0f8_u64.to_be_bytes());
    }

    #[test]
    fn another_key_gives_another_tag() {
        let document = Document { number: "E1".into(), state: "CHN".into(), birth_date: "1974".into() };
        assert_ne!(document_tag(&[1; 32], &document), document_tag(&[2; 32], &document));
    }
}
