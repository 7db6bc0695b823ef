//! A zone written from its fields: what tests and the demo's invented people carry.

use super::check_digit::check_digit;
use super::layout::{Cells, Layout};
use super::{Fields, Kind, Sex, date, name};
use pratique_core::identity::transliteration::{NoLetter, transliterate};

/// Why fields do not make a zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// A name in letters that have no place there.
    #[error(transparent)]
    Letter(#[from] NoLetter),
    /// A field is too long for its cells, or holds what a zone cannot.
    #[error("{field} is not up to {length} letters and digits")]
    Field {
        /// Which field.
        field: &'static str,
        /// Its cells.
        length: usize,
    },
    /// Not a date.
    #[error("{0} is not a date as 1974-08-12, 1974-08 or 1974")]
    Date(&'static str),
}

/// The lines of a zone, joined by line ends, with all their check digits. Names are transliterated and cut to fit; a number
/// too long for its nine cells runs over into the optional data on TD1 and TD2. `date` fields lose their century.
///
/// # Errors
/// [`EncodeError`] if a field does not fit.
///
/// ```
/// use pratique_formats::mrz::{Document, Fields, Kind, Name, Sex, encode};
/// let fields = Fields {
///     document: Document {
///         type_: "P".into(),
///         number: "C01X0006H".into(),
///         issuer: "D".into(),
///         expires: Some("2027-10-31".into()),
///     },
///     name: Name { primary: "Mustermann".into(), secondary: "Erika".into() },
///     birth_date: Some("1964-08-12".into()),
///     sex: Sex::F,
///     nationality: "D".into(),
///     optional: vec![],
/// };
/// let lines = encode(Kind::Td3, &fields).unwrap();
/// assert_eq!(lines, "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\nC01X0006H1D<<6408125F2710316<<<<<<<<<<<<<<08");
/// ```
pub fn encode(kind: Kind, fields: &Fields) -> Result<String, EncodeError> {
    let layout = Layout::of(kind);
    let mut zone = Zone::blank(layout);
    zone.put(Layout::TYPE, "the document's type", &fields.document.type_)?;
    zone.put(Layout::ISSUER, "the issuer", &fields.document.issuer)?;
    zone.put(layout.nationality, "the nationality", &fields.nationality)?;
    let state = fields.document.issuer.as_str();
    let (primary, secondary) =
        (transliterate(&fields.name.primary, state)?, transliterate(&fields.name.secondary, state)?);
    zone.write(layout.name, &name::write(&primary, &secondary, layout.name.len()));
    let birth_date = date::write(fields.birth_date.as_deref()).ok_or(EncodeError::Date("the birth date"))?;
    zone.write_checked(layout.birth_date, &birth_date);
    let expires = date::write(fields.document.expires.as_deref()).ok_or(EncodeError::Date("the date of expiry"))?;
    zone.write_checked(layout.expires, &expires);
    zone.write(layout.sex, sex(fields.sex));
    zone.number_and_optional(fields)?;
    if let Some(composite) = layout.composite {
        let covered: String = composite.of.iter().map(|&cells| zone.cell(cells)).collect();
        zone.write(composite.digit, &check_digit(&covered).to_string());
    }
    Ok(zone.lines.join("\n"))
}

/// Not specified is a filler (9303-4, 4.1.1.1).
fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::M => "M",
        Sex::F => "F",
        Sex::X => "<",
    }
}

struct Zone {
    layout: &'static Layout,
    lines: Vec<String>,
}

impl Zone {
    fn blank(layout: &'static Layout) -> Self {
        Zone { layout, lines: vec!["<".repeat(layout.width); layout.lines] }
    }

    fn cell(&self, cells: Cells) -> &str {
        &self.lines[cells.line][cells.from..cells.to]
    }

    /// Puts ASCII text at the beginning of its cells.
    fn write(&mut self, cells: Cells, text: &str) {
        self.lines[cells.line].replace_range(cells.from..cells.from + text.len(), text);
    }

    fn write_checked(&mut self, cells: Cells, text: &str) {
        self.write(cells, text);
        let digit = check_digit(self.cell(cells));
        self.write(cells.check(), &digit.to_string());
    }

    fn put(&mut self, cells: Cells, field: &'static str, text: &str) -> Result<(), EncodeError> {
        let text = printable(text, field, cells.len())?;
        self.write(cells, &text);
        Ok(())
    }

    fn number_and_optional(&mut self, fields: &Fields) -> Result<(), EncodeError> {
        let layout = self.layout;
        let cells = layout.number;
        let length = cells.len() + if layout.long_numbers { layout.optional[0].len() - 1 } else { 0 };
        let number = printable(&fields.document.number, "the document number", length)?;
        let mut optional = fields.optional.clone();
        optional.resize(layout.optional.len().max(optional.len()), String::new());
        match number.split_at_checked(cells.len()).filter(|(_, rest)| !rest.is_empty()) {
            // The check digit is reckoned over the number alone, as the states do whose cards are public specimens.
            Some((first, rest)) => {
                self.write(cells, first);
                let joined = format!("{rest}{}<{}", check_digit(&number), optional[0]);
                // The filler that ends the number may fall off the end of the field.
                joined.trim_end_matches('<').clone_into(&mut optional[0]);
            }
            None => self.write_checked(cells, &number),
        }
        if optional.len() > layout.optional.len() {
            return Err(EncodeError::Field { field: "further optional data", length: 0 });
        }
        for (&cells, text) in layout.optional.iter().zip(&optional) {
            self.put(cells, "the optional data", text)?;
        }
        if layout.optional_has_check {
            let cells = layout.optional[0];
            let digit = check_digit(self.cell(cells));
            self.write(cells.check(), &digit.to_string());
        }
        Ok(())
    }
}

/// Capitals, digits and fillers of at most `length`; spaces and hyphens are fillers (9303-3, 4.3).
fn printable(text: &str, field: &'static str, length: usize) -> Result<String, EncodeError> {
    let printed: String = text.to_ascii_uppercase().replace([' ', '-'], "<");
    let fits = printed.len() <= length && printed.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'<');
    if fits { Ok(printed) } else { Err(EncodeError::Field { field, length }) }
}
