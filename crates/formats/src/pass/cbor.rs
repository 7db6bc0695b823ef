//! The little of CBOR (RFC 8949) that a pass needs, read without copying and without a tree of values.
//!
//! Strict on purpose: definite lengths and shortest heads only (RFC 8949 4.2.1), no map key twice, nothing after the
//! end. So one pass has one spelling, which no general decoder promises, and a hostile one costs no memory.

use super::PassError;

/// More than a pass, its header or a foreign COSE header ever holds; bounds the search for a repeated key.
const MAP_ENTRIES_MAX: usize = 16;
/// A skipped claim may nest this deep.
const DEPTH_MAX: usize = 8;

const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;

type Read<T> = Result<T, PassError>;

fn malformed<T>(what: &'static str) -> Read<T> {
    Err(PassError::Malformed(what))
}

/// A map key, as COSE and CWT use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label<'a> {
    Integer(i64),
    Text(&'a str),
}

/// Reads one item after another from a slice.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Reader { rest: bytes }
    }

    /// Nothing may follow.
    pub(crate) fn end(&self) -> Read<()> {
        if self.rest.is_empty() { Ok(()) } else { malformed("bytes follow the end") }
    }

    fn take(&mut self, count: u64) -> Read<&'a [u8]> {
        let Some((taken, rest)) = usize::try_from(count).ok().and_then(|count| self.rest.split_at_checked(count))
        else {
            return malformed("it is cut short");
        };
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self, width: u64) -> Read<u64> {
        Ok(self.take(width)?.iter().fold(0, |number, &byte| (number << 8) | u64::from(byte)))
    }

    /// Major type and argument. A longer head than needed is refused; major type 7 (floats) has no shorter form.
    fn head(&mut self) -> Read<(u8, u64)> {
        let initial = self.number(1)?;
        let (major, short) = ((initial >> 5) as u8, initial & 31);
        let (width, least) = match short {
            0..=23 => return Ok((major, short)),
            24 => (1, 24),
            25 => (2, 1 << 8),
            26 => (4, 1 << 16),
            27 => (8, 1 << 32),
            _ => return malformed("a length is indefinite or reserved"),
        };
        let argument = self.number(width)?;
        if major <= TAG && argument < least {
            malformed("a number is not in its shortest form")
        } else {
            Ok((major, argument))
        }
    }

    fn expect(&mut self, wanted: u8, what: &'static str) -> Read<u64> {
        match self.head()? {
            (major, argument) if major == wanted => Ok(argument),
            _ => malformed(what),
        }
    }

    pub(crate) fn tag(&mut self) -> Read<u64> {
        self.expect(TAG, "a tag is missing")
    }

    pub(crate) fn array(&mut self) -> Read<u64> {
        self.expect(ARRAY, "an array is missing")
    }

    pub(crate) fn unsigned(&mut self) -> Read<u64> {
        self.expect(UNSIGNED, "a whole number is missing")
    }

    pub(crate) fn bytes(&mut self) -> Read<&'a [u8]> {
        let length = self.expect(BYTES, "a byte string is missing")?;
        self.take(length)
    }

    /// A byte string of exactly this length.
    pub(crate) fn bytes_of<const N: usize>(&mut self, what: &'static str) -> Read<[u8; N]> {
        self.bytes()?.try_into().or(malformed(what))
    }

    pub(crate) fn text(&mut self) -> Read<&'a str> {
        let length = self.expect(TEXT, "a text is missing")?;
        std::str::from_utf8(self.take(length)?).or(malformed("a text is not UTF-8"))
    }

    pub(crate) fn integer(&mut self) -> Read<i64> {
        match self.label()? {
            Label::Integer(number) => Ok(number),
            Label::Text(_) => malformed("a whole number is missing"),
        }
    }

    fn label(&mut self) -> Read<Label<'a>> {
        let (major, argument) = self.head()?;
        match (major, i64::try_from(argument)) {
            (UNSIGNED, Ok(number)) => Ok(Label::Integer(number)),
            (NEGATIVE, Ok(number)) => Ok(Label::Integer(-1 - number)),
            (TEXT, Ok(_)) => {
                std::str::from_utf8(self.take(argument)?).map(Label::Text).or(malformed("a text is not UTF-8"))
            }
            _ => malformed("a whole number is missing or too large"),
        }
    }

    /// Hands each entry to `entry`, which must read or skip the value.
    pub(crate) fn map(&mut self, mut entry: impl FnMut(Label<'a>, &mut Self) -> Read<()>) -> Read<()> {
        let count = usize::try_from(self.expect(MAP, "a map is missing")?).unwrap_or(usize::MAX);
        if count > MAP_ENTRIES_MAX {
            return malformed("a map has too many entries");
        }
        let mut seen = [None; MAP_ENTRIES_MAX];
        for slot in 0..count {
            let label = self.label()?;
            if seen[..slot].contains(&Some(label)) {
                return malformed("a map key stands twice");
            }
            seen[slot] = Some(label);
            entry(label, self)?;
        }
        Ok(())
    }

    /// Passes over one item whatever it is: claims may be added to later passes.
    pub(crate) fn skip(&mut self) -> Read<()> {
        self.skip_within(DEPTH_MAX)
    }

    fn skip_within(&mut self, depth: usize) -> Read<()> {
        let Some(depth) = depth.checked_sub(1) else { return malformed("it nests too deep") };
        let (major, argument) = self.head()?;
        let items = match major {
            BYTES | TEXT => return self.take(argument).map(|_| ()),
            ARRAY => argument,
            MAP => argument.saturating_mul(2),
            TAG => 1,
            _ => 0,
        };
        // Each item takes at least a byte, so a lying count ends at the end of the input.
        (0..items).try_for_each(|_| self.skip_within(depth))
    }
}

/// Appends items in their shortest form.
#[derive(Default)]
pub(crate) struct Writer {
    pub(crate) bytes: Vec<u8>,
}

impl Writer {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Writer { bytes: Vec::with_capacity(bytes) }
    }

    fn head(&mut self, major: u8, argument: u64) -> &mut Self {
        let be = argument.to_be_bytes();
        let (short, tail) = match argument {
            0..=23 => (be[7], 8),
            24..=0xff => (24, 7),
            0x100..=0xffff => (25, 6),
            0x1_0000..=0xffff_ffff => (26, 4),
            _ => (27, 0),
        };
        self.bytes.push((major << 5) | short);
        self.bytes.extend_from_slice(&be[tail..]);
        self
    }

    pub(crate) fn tag(&mut self, tag: u64) -> &mut Self {
        self.head(TAG, tag)
    }

    pub(crate) fn array(&mut self, items: u64) -> &mut Self {
        self.head(ARRAY, items)
    }

    pub(crate) fn map(&mut self, entries: u64) -> &mut Self {
        self.head(MAP, entries)
    }

    pub(crate) fn integer(&mut self, number: i64) -> &mut Self {
        match u64::try_from(number) {
            Ok(number) => self.head(UNSIGNED, number),
            // -1 - n is the argument of a negative number (RFC 8949 3.1), and !n is -1 - n.
            Err(_) => self.head(NEGATIVE, !number as u64),
        }
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.head(BYTES, bytes.len() as u64);
        self.bytes.extend_from_slice(bytes);
        self
    }

    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.head(TEXT, text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
        self
    }
}
