//! Names in the twenty-six letters of a machine-readable zone (ICAO Doc 9303-3, section 6).

use unicode_normalization::UnicodeNormalization;

/// A letter that no table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} has no place in a machine-readable zone: give the name in Latin letters as the document prints it")]
pub struct NoLetter(pub char);

/// Latin (table A), Cyrillic (table B, as `state` reads it) and Arabic (table C) letters in A to Z; hyphens and other
/// separators as spaces, apostrophes and marks left out (4.6.1). `state` is the issuing one.
///
/// # Errors
/// [`NoLetter`] for letters of other scripts, Han among them: their romanisation is a matter of language.
///
/// ```
/// use pratique_core::identity::transliteration::transliterate;
/// assert_eq!(transliterate("Þuríður Ösp-O'Neil", "ISL").unwrap(), "THURIDUR OESP ONEIL");
/// assert_eq!(transliterate("محمود", "ASU").unwrap(), "MXHMWD");
/// assert!(transliterate("王", "CHN").is_err());
/// ```
pub fn transliterate(name: &str, state: &str) -> Result<String, NoLetter> {
    let mut out = String::with_capacity(name.len());
    for c in name.nfc().flat_map(char::to_uppercase) {
        match c {
            'A'..='Z' => out.push(c),
            '\'' | '’' | 'ʼ' | '`' | '.' | ',' => {}
            c if c.is_whitespace() || matches!(c, '-' | '‐' | '–' | '<') => out.push(' '),
            c => out.push_str(&letters(c, state).ok_or(NoLetter(c))?),
        }
    }
    Ok(out.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
}

fn letters(c: char, state: &str) -> Option<String> {
    latin(c).or_else(|| cyrillic_of(state, c)).or_else(|| cyrillic(c)).or_else(|| arabic(c)).map(str::to_owned).or_else(
        || {
            // Every other Latin letter is its base letter without marks (table A); vowel signs of Arabic have no base.
            let base: String = std::iter::once(c).nfd().filter(char::is_ascii_uppercase).collect();
            (base.len() == 1 || unicode_normalization::char::is_combining_mark(c)).then_some(base)
        },
    )
}

fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'Ä' | 'Æ' => "AE",
        'Å' => "AA",
        'Ð' | 'Đ' => "D",
        'Ħ' => "H",
        'Ĳ' => "IJ",
        'Ł' => "L",
        'Ŋ' => "N",
        'Ö' | 'Ø' | 'Œ' => "OE",
        'ẞ' | 'ß' => "SS",
        'Ŧ' => "T",
        'Þ' => "TH",
        'Ü' => "UE",
        _ => return None,
    })
}

/// Where one state's language reads a letter otherwise than the general table.
fn cyrillic_of(state: &str, c: char) -> Option<&'static str> {
    Some(match (state, c) {
        ("SRB" | "MNE" | "MKD", 'Ж') => "Z",
        ("SRB" | "MNE" | "MKD", 'Ц' | 'Ч') => "C",
        ("SRB" | "MNE" | "MKD", 'Ш') => "S",
        ("SRB" | "MNE" | "MKD", 'Х') | ("UKR" | "BLR", 'Г') => "H",
        ("UKR", 'И') => "Y",
        ("BGR", 'Щ') => "SHT",
        _ => return None,
    })
}

fn cyrillic(c: char) -> Option<&'static str> {
    Some(match c {
        'А' => "A",
        'Б' => "B",
        'В' => "V",
        'Г' | 'Ґ' => "G",
        'Д' | 'Ђ' => "D",
        'Е' | 'Ё' | 'Э' => "E",
        'Ж' => "ZH",
        'З' => "Z",
        'И' | 'Й' | 'І' | 'Ї' => "I",
        'К' => "K",
        'Л' => "L",
        'М' => "M",
        'Н' => "N",
        'О' => "O",
        'П' => "P",
        'Р' => "R",
        'С' => "S",
        'Т' => "T",
        'У' | 'Ў' => "U",
        'Ф' => "F",
        'Х' => "KH",
        'Ц' => "TS",
        'Ч' => "CH",
        'Ш' => "SH",
        'Щ' => "SHCH",
        'Ъ' | 'Є' => "IE",
        'Ы' => "Y",
        'Ь' => "",
        'Ю' => "IU",
        'Я' => "IA",
        'Ј' => "J",
        'Љ' => "LJ",
        'Њ' => "NJ",
        'Ћ' => "C",
        'Ќ' => "KJ",
        'Ѓ' => "GJ",
        'Ѕ' | 'Џ' => "DZ",
        _ => return None,
    })
}

fn arabic(c: char) -> Option<&'static str> {
    Some(match c {
        'ء' => "XE",
        'آ' => "XAA",
        'أ' => "XAE",
        'ؤ' => "U",
        'إ' => "I",
        'ئ' => "XI",
        'ا' => "A",
        'ب' => "B",
        'ة' => "XTA",
        'ت' => "T",
        'ث' => "XTH",
        'ج' => "J",
        'ح' => "XH",
        'خ' => "XKH",
        'د' => "D",
        'ذ' => "XDH",
        'ر' => "R",
        'ز' => "Z",
        'س' => "S",
        'ش' => "XSH",
        'ص' => "XSS",
        'ض' => "XDZ",
        'ط' => "XTT",
        'ظ' => "XZZ",
        'ع' => "E",
        'غ' => "G",
        'ف' => "F",
        'ق' => "Q",
        'ك' => "K",
        'ل' => "L",
        'م' => "M",
        'ن' => "N",
        'ه' => "H",
        'و' => "W",
        'ى' => "XAY",
        'ي' => "Y",
        _ => return None,
    })
}
