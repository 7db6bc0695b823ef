//! Check digits (ICAO Doc 9303-3, 4.9).

/// The check digit of a field: values (digits as they are, A to Z 10 to 35, fillers 0) weighted 7, 3, 1 and again,
/// modulo 10.
///
/// ```
/// assert_eq!(pratique_formats::mrz::check_digit("D23145890"), '7');
/// ```
#[must_use]
pub fn check_digit(field: &str) -> char {
    let weighted = field.chars().zip([7, 3, 1].into_iter().cycle());
    let sum: u32 = weighted.map(|(c, weight)| c.to_digit(36).unwrap_or(0) * weight).sum();
    char::from_digit(sum % 10, 10).unwrap_or('0')
}

/// Whether `printed` is the field's check digit. Over an empty field a filler may stand for 0 (9303-4, 4.2.2.2).
pub(super) fn fits(field: &str, printed: &str) -> bool {
    let right = check_digit(field);
    printed.starts_with(right) || (printed == "<" && field.bytes().all(|b| b == b'<'))
}
