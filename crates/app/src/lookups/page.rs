//! Lists come in pages. Where one ended is told as a cursor, which means nothing to anybody else.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use pratique_core::id::Id;
use pratique_store::Cursor;

use crate::failure::Failure;

/// How many entries of a list a page has.
pub const PAGE_MAX: u32 = 100;

/// A cursor as text.
#[must_use]
pub fn cursor_text(cursor: &Cursor) -> String {
    BASE64_URL_SAFE_NO_PAD.encode([&cursor.sort.to_be_bytes()[..], &cursor.id.0].concat())
}

/// Reads what [`cursor_text`] made. A cursor of another list leads to a place in this one and harms nobody.
///
/// # Errors
/// [`Failure::Invalid`] at `/after`.
pub fn read_cursor(text: &str) -> Result<Cursor, Failure> {
    let read = || {
        let bytes: [u8; 24] = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (sort, id) = bytes.split_first_chunk::<8>()?;
        Some(Cursor { sort: i64::from_be_bytes(*sort), id: Id(id.try_into().ok()?) })
    };
    read().ok_or_else(|| Failure::field("/after", "not-a-cursor"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_cursor_is_read_back(sort in any::<i64>(), id in any::<[u8; 16]>()) {
            let cursor = Cursor { sort, id: Id(id) };
            prop_assert_eq!(read_cursor(&cursor_text(&cursor)).unwrap(), cursor);
        }

        #[test]
        fn no_text_panics(text in ".{0,60}") {
            let _ = read_cursor(&text);
        }
    }
}
