//! The name field (ICAO Doc 9303-3, 4.6).

use super::Name;

/// The name, and whether it may be cut: it is whole only if a filler ends the field.
pub(super) fn read(cell: &str) -> (Name, bool) {
    let (primary, secondary) = match cell.strip_prefix("<<") {
        Some(secondary) => ("", secondary),
        None => cell.trim_start_matches('<').split_once("<<").unwrap_or((cell.trim_start_matches('<'), "")),
    };
    (Name { primary: spaced(primary), secondary: spaced(secondary) }, !cell.ends_with('<'))
}

fn spaced(names: &str) -> String {
    names.split('<').filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The field of two transliterated names. Where both do not fit, the primary leaves room for at least one letter of the
/// secondary (9303-3, 4.6.2), and the field is filled to its end.
pub(super) fn write(primary: &str, secondary: &str, width: usize) -> String {
    let (primary, secondary) = (filled(primary), filled(secondary));
    let whole = if secondary.is_empty() { primary.clone() } else { format!("{primary}<<{secondary}") };
    if whole.len() <= width {
        return format!("{whole:<<width$}");
    }
    let room = width - if secondary.is_empty() { 0 } else { 3 };
    let primary = primary.get(..room).unwrap_or(&primary);
    let cut = if secondary.is_empty() { primary.to_owned() } else { format!("{primary}<<{secondary}") };
    cut[..width.min(cut.len())].to_owned()
}

fn filled(name: &str) -> String {
    name.split([' ', '<']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("<")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_name_is_the_primary_one() {
        let (name, truncated) = read("SUKARNO<<<<<<<<");
        assert_eq!((name.primary.as_str(), name.secondary.as_str(), truncated), ("SUKARNO", "", false));
    }

    #[test]
    fn a_name_that_fills_its_field_may_be_cut() {
        let (name, truncated) = read("CACADOR<DE<ARAUJO<<ANDRE<ESTEV");
        assert_eq!((name.primary.as_str(), name.secondary.as_str()), ("CACADOR DE ARAUJO", "ANDRE ESTEV"));
        assert!(truncated);
    }

    #[test]
    fn a_long_surname_leaves_a_letter_of_the_given_name() {
        assert_eq!(write("NILAVADHANANANDA", "CHAYAPA", 12), "NILAVADHA<<C");
        assert_eq!(write("NILAVADHANANANDA", "", 12), "NILAVADHANAN");
        assert_eq!(write("LI", "NA NA", 12), "LI<<NA<NA<<<");
    }
}
