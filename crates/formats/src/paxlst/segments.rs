//! Segments of an interchange, as the rest of this module sees them. The one file that knows the EDIFACT parser: its interface
//! changes often, so that nothing of it may be seen outside.

use edifact_rs::recover::Scanned;
use edifact_rs::{Charset, ReaderConfig, RecoveryConfig, scan_recovering};

/// The most segments read: a full A380 has below 12,000.
const SEGMENTS_MAX: usize = 400_000;

/// One segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its place in the interchange, from 1; UNA is not counted (ISO 9735-1: it is no segment of the interchange).
    pub position: u64,
    /// As it was sent, without its terminator.
    pub text: String,
    /// Its tag; empty for a piece that is no segment.
    pub tag: String,
    /// Elements, each a list of components, trimmed: printed examples carry blanks, and so do real senders.
    elements: Vec<Vec<String>>,
    /// What the parser said of a piece that is none.
    pub fault: bool,
}

impl Segment {
    /// A component; empty where there is none.
    #[must_use]
    pub fn at(&self, element: usize, component: usize) -> &str {
        self.elements.get(element).and_then(|e| e.get(component)).map_or("", String::as_str)
    }

    /// The components of an element.
    #[must_use]
    pub fn components(&self, element: usize) -> &[String] {
        self.elements.get(element).map_or(&[], Vec::as_slice)
    }

    /// A value behind a qualifier: the next component, or the first one of the next elements. Senders write both
    /// `DTM+36:151231` and `DTM+36+151231`.
    #[must_use]
    pub fn value(&self) -> &str {
        let rest = self.elements.iter().skip(1).flatten();
        let next = self.components(0).iter().skip(1).chain(rest);
        next.map(String::as_str).find(|text| !text.is_empty()).unwrap_or_default()
    }
}

/// The segments of an interchange, pieces that are none among them. Whatever stands before it (telex addresses, mail headers)
/// and behind its end is left aside; lines that a telex broke are joined, for a line break is no character of EDIFACT's levels
/// A to C (ISO 9735-1, annex A).
#[must_use]
pub fn segments(bytes: &[u8]) -> Vec<Segment> {
    let Some(start) = start(bytes) else { return Vec::new() };
    let joined: Vec<u8> = bytes[start..].iter().copied().filter(|b| !matches!(b, b'\r' | b'\n')).collect();
    let text = in_utf8(joined);
    let config = RecoveryConfig::new().reader(ReaderConfig::default().max_segments(SEGMENTS_MAX));
    let mut found = Vec::new();
    for (at, item) in scan_recovering(&text, &config).enumerate() {
        let position = at as u64 + 1;
        let span = item.span();
        let raw = text.get(span.start..span.end.min(text.len())).unwrap_or_default();
        let raw = String::from_utf8_lossy(raw).trim().to_owned();
        match item {
            Scanned::Segment(segment) => {
                let ends = segment.tag() == "UNZ";
                let components = |e: &edifact_rs::Element<'_>| -> Vec<String> {
                    e.repetitions().flatten().map(|(text, _)| text.trim().to_owned()).collect()
                };
                let elements = (0..).map_while(|n| segment.get_element(n)).map(components).collect();
                found.push(Segment { position, text: raw, tag: segment.tag().to_owned(), elements, fault: false });
                if ends {
                    break;
                }
            }
            // What is left behind the last segment, a mail's footer, is no piece of the list.
            _ if raw.is_empty() => {}
            _ => found.push(Segment { position, text: raw, tag: String::new(), elements: Vec::new(), fault: true }),
        }
    }
    found
}

/// Where the interchange starts: at its service characters, or its first envelope.
fn start(bytes: &[u8]) -> Option<usize> {
    let at = |tag: &[u8]| bytes.windows(tag.len()).position(|window| window == tag);
    match (at(b"UNA"), at(b"UNB").or_else(|| at(b"UNH"))) {
        // A `UNA` that is part of a word before the envelope is none: nine characters, then the envelope.
        (Some(una), Some(unb)) if una < unb && unb - una <= 16 => Some(una),
        (_, Some(envelope)) => Some(envelope),
        (una, None) => una,
    }
}

/// Text that is no UTF-8 is of the set that the envelope names; where it names none that we know, Latin-1, which every byte fits.
fn in_utf8(bytes: Vec<u8>) -> Vec<u8> {
    if std::str::from_utf8(&bytes).is_ok() {
        return bytes;
    }
    let named = bytes.windows(3).position(|w| w == b"UNO").and_then(|at| bytes.get(at..at + 4));
    let charset = named.and_then(|n| std::str::from_utf8(n).ok()).and_then(|n| Charset::from_syntax_identifier(n).ok());
    let decoded = charset.and_then(|set| set.decode(&bytes).ok().map(|text| text.into_owned().into_bytes()));
    decoded.unwrap_or_else(|| bytes.iter().map(|b| char::from(*b)).collect::<String>().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(bytes: &[u8]) -> Vec<String> {
        segments(bytes).into_iter().map(|s| s.tag).collect()
    }

    #[test]
    fn telex_lines_around_and_within_are_left_aside() {
        let telex =
            b"QD ERFFWER\r\n.DSFSDER 271137\r\nUNA:+.? 'UNB+UNOA:4+A+B'UN\r\nH+1'UNZ+1+1'\r\nSecured by 'mail'\r\n";
        assert_eq!(tags(telex), ["UNB", "UNH", "UNZ"]);
        assert_eq!(tags(b"no list at all"), Vec::<String>::new());
    }

    #[test]
    fn service_characters_are_the_senders_own_and_a_released_one_is_text() {
        let read = segments(b"UNA-#.? %UNB#UNOA-4#A#B%NAD#FL###O?-NEIL-ANNE?%%UNZ#1%");
        assert_eq!((read[1].at(3, 0), read[1].at(3, 1)), ("O-NEIL", "ANNE%"));
    }

    #[test]
    fn a_broken_piece_stands_in_its_place_and_stops_nothing() {
        let read = segments(b"UNB+UNOA:4+A+B'??BROKEN+x'NAT+2+GBR'UNZ+1'");
        assert_eq!(
            read.iter().map(|s| (s.position, s.fault)).collect::<Vec<_>>(),
            [(1, false), (2, true), (3, false), (4, false)]
        );
        assert_eq!(segments(b"UNB+UNOA:4+A+B'NAT+2+GB").last().map(|s| s.fault), Some(true));
    }

    #[test]
    fn old_code_pages_are_read_by_the_envelope() {
        let read = segments(b"UNB+UNOC:3+A+B'NAD+FL+++M\xdcLLER'UNZ+1'");
        assert_eq!(read[1].at(3, 0), "MÜLLER");
    }
}
