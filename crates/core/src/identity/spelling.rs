//! The ways in which one name can be spelled in A to Z: as a machine-readable zone has it (ICAO Doc 9303-3: Ä is AE), as people
//! type it (Ä is A), and Chinese characters in pinyin. Two names are compared by their nearest spellings.

use pinyin::ToPinyinMulti;
use unicode_normalization::UnicodeNormalization;

use super::Name;
use super::transliteration::transliterate;

/// The most spellings of one name that are compared; characters with several readings would multiply without end.
const SPELLINGS_MAX: usize = 12;
/// The most parts of a name that are compared.
const PARTS_MAX: usize = 12;

/// Parts of one spelling, in capital letters, in the order written.
pub type Spelling = Vec<String>;

/// Every spelling of a name, primary and secondary identifier together: their order differs from list to list.
#[must_use]
pub fn spellings(name: &Name) -> Vec<Spelling> {
    let latin = [Some(&name.primary), name.secondary.as_ref()];
    let line = latin.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    let mut found = of_line(&line);
    for spelling in name.native.iter().flat_map(|native| of_line(native)) {
        push(&mut found, spelling);
    }
    found
}

fn of_line(line: &str) -> Vec<Spelling> {
    let line = separated(line);
    let mut found = Vec::new();
    if line.chars().any(is_han) {
        pinyin(&line).into_iter().for_each(|spelling| push(&mut found, spelling));
        return found;
    }
    push(&mut found, parts(&bare(&line)));
    if let Ok(zone) = transliterate(&line, "") {
        push(&mut found, parts(&zone));
    }
    found
}

fn push(found: &mut Vec<Spelling>, spelling: Spelling) {
    if !spelling.is_empty() && found.len() < SPELLINGS_MAX && !found.contains(&spelling) {
        found.push(spelling);
    }
}

/// A name in capitals with blanks between its parts. `VladimirPutin` is two parts: a capital behind a small letter begins one.
fn separated(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut before = ' ';
    for c in line.nfc() {
        match c {
            '\'' | '’' | '‘' | 'ʼ' | '`' | 'ʿ' | 'ʾ' => {}
            '-' | '‐' | '–' | ',' | '.' | '/' | '<' | '·' | '・' | '_' => out.push(' '),
            c => {
                // MacDonald and McCain stay whole.
                let prefix = out.rsplit(' ').next().is_some_and(|part| part.chars().count() > 3);
                if c.is_uppercase() && before.is_lowercase() && prefix {
                    out.push(' ');
                }
                out.push(c);
            }
        }
        before = c;
    }
    out
}

fn parts(line: &str) -> Spelling {
    let clean = |part: &str| part.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_uppercase();
    line.split_whitespace().map(clean).filter(|part| !part.is_empty()).take(PARTS_MAX).collect()
}

/// Latin letters without their marks, Cyrillic as it is mostly written abroad, digits that stand for letters as these.
fn bare(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.nfd().flat_map(char::to_uppercase) {
        match c {
            'Ø' => out.push('O'),
            'Ł' => out.push('L'),
            'Đ' | 'Ð' => out.push('D'),
            'ẞ' | 'ß' => out.push_str("SS"),
            'Æ' | 'Ə' => out.push_str("AE"),
            'Œ' => out.push_str("OE"),
            'Þ' => out.push_str("TH"),
            'Ħ' => out.push('H'),
            'ı' => out.push('I'),
            '0' => out.push('O'),
            '1' => out.push('I'),
            '3' => out.push('E'),
            '5' => out.push('S'),
            c if unicode_normalization::char::is_combining_mark(c) => {}
            c if c.is_ascii() || c.is_whitespace() => out.push(c),
            c => match transliterate(&c.to_string(), "") {
                Ok(letters) => out.push_str(letters.trim_start_matches('X')),
                Err(_) => out.push(c),
            },
        }
    }
    out
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// Pinyin, a part a character, under every reading of the family name (单 is Shàn or Dān) and the common one of the rest.
fn pinyin(line: &str) -> Vec<Spelling> {
    let mut heads: Vec<String> = Vec::new();
    let mut rest: Spelling = Vec::new();
    for c in line.chars().filter(|c| !c.is_whitespace()) {
        let Some(readings) = c.to_pinyin_multi() else {
            rest.extend(parts(&c.to_string()));
            continue;
        };
        let mut plain: Vec<String> = readings.into_iter().map(|r| letters(r.plain())).collect();
        plain.dedup();
        match (heads.is_empty(), plain.first()) {
            (true, Some(_)) => heads = plain,
            (false, Some(first)) => rest.push(first.clone()),
            _ => {}
        }
    }
    rest.truncate(PARTS_MAX);
    let whole = |head: String| std::iter::once(head).chain(rest.iter().cloned()).collect();
    let mut found: Vec<Spelling> = Vec::new();
    heads.into_iter().map(whole).for_each(|spelling| push(&mut found, spelling));
    found
}

/// Chinese passports write ü as YU (吕 is LYU), ticket systems as V or U; YU here, and a letter more or less is a slip.
fn letters(plain: &str) -> String {
    plain.replace('ü', "yu").to_ascii_uppercase()
}

/// A form in which spellings of one sound fall together: what is left of a name when languages have had their way with it.
#[must_use]
pub fn sound(part: &str) -> String {
    const SAME: &[(&str, &str)] = &[
        ("SHCH", "S"),
        ("SCH", "S"),
        ("TSCH", "C"),
        ("SH", "S"),
        ("CH", "C"),
        ("KH", "H"),
        ("PH", "F"),
        ("TH", "T"),
        ("GH", "G"),
        ("ZH", "J"),
        ("DJ", "J"),
        ("DH", "D"),
        ("TZ", "Z"),
        ("TS", "Z"),
        ("CK", "K"),
        ("QU", "K"),
        ("KS", "X"),
        ("OU", "U"),
        ("OO", "U"),
        ("EE", "I"),
        ("IY", "I"),
        ("YY", "I"),
        ("EI", "I"),
        ("EY", "I"),
        ("AY", "AI"),
        ("IE", "E"),
        ("AE", "E"),
        ("OE", "O"),
        ("UE", "U"),
        ("YE", "E"),
        ("IA", "A"),
        ("YA", "A"),
        ("IU", "U"),
        ("YU", "U"),
        ("IO", "O"),
        ("YO", "O"),
        ("Q", "K"),
        ("C", "K"),
        ("W", "V"),
        ("Y", "I"),
        ("J", "I"),
        ("Z", "S"),
        ("O", "U"),
    ];
    let mut out = String::new();
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        let hit = SAME.iter().find(|(from, _)| rest.starts_with(from));
        let (taken, put) = hit.map_or((first.len_utf8(), &rest[..first.len_utf8()]), |(from, to)| (from.len(), *to));
        if !out.ends_with(put) {
            out.push_str(put);
        }
        rest = &rest[taken..];
    }
    // Endings of case and of the Baltic languages, a silent H.
    let kept = out.trim_end_matches(['H', 'S']);
    if kept.len() < 4 { out } else { kept.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let name = Name { primary: text.into(), secondary: None, native: None };
        spellings(&name).into_iter().map(|s| s.join(" ")).collect()
    }

    #[test]
    fn a_name_is_spelled_as_people_and_as_machines_do() {
        assert_eq!(of("Müller-Łoś"), ["MULLER LOS", "MUELLER LOS"]);
        assert_eq!(of("O'Neil"), ["ONEIL"]);
        assert_eq!(of("王小明")[0], "WANG XIAO MING");
        assert!(of("单田芳").contains(&"SHAN TIAN FANG".to_owned()));
        assert_eq!(of("VladimirPutin"), ["VLADIMIR PUTIN"]);
        assert_eq!(of("MacDonald"), ["MACDONALD"]);
    }

    #[test]
    fn spellings_of_one_sound_fall_together() {
        for (one, other) in
            [("WLADIMIR", "VLADIMIR"), ("ZELENSKY", "ZELENSKYY"), ("HUSSEIN", "HUSEYN"), ("SERGEI", "SERGEY")]
        {
            assert_eq!(sound(one), sound(other), "{one} {other}");
        }
        assert_ne!(sound("CASTRO"), sound("CASTILLO"));
    }

    proptest::proptest! {
        #[test]
        fn no_name_panics_and_no_name_has_too_many_spellings(text in "\\PC{0,60}") {
            let found = of(&text);
            proptest::prop_assert!(found.len() <= SPELLINGS_MAX);
            for part in found.iter().flat_map(|s| s.split(' ')) {
                let _ = sound(part);
            }
        }
    }
}
