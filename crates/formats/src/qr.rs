//! A pass as a picture. Costs as much as 25 signatures: made on demand and cached, never within a declaration.
//!
//! fast_qr encodes (measured seven times faster than its elder); the drawing is ours, so that a screen reader gets a
//! title and a printer crisp edges.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder, QRCode};

/// White modules around the code (ISO/IEC 18004 5.3.8).
const QUIET_ZONE_MODULES: usize = 4;

/// The text does not fit a QR code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long for a QR code")]
pub struct TooLong;

/// A QR code at level M, which phone screens and lane scanners read; a pass is in alphanumeric mode by its alphabet.
pub struct Qr {
    code: QRCode,
}

impl std::fmt::Debug for Qr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Qr(version {})", self.version())
    }
}

impl Qr {
    /// Encodes a text.
    ///
    /// # Errors
    /// [`TooLong`] beyond version 40.
    ///
    /// ```
    /// use pratique_formats::qr::Qr;
    /// let qr = Qr::encode("PQ1:EXAMPLE").unwrap();
    /// assert_eq!(qr.version(), 1);
    /// assert!(qr.svg("Your pass").contains("<title>Your pass</title>"));
    /// ```
    pub fn encode(text: &str) -> Result<Self, TooLong> {
        let code = QRBuilder::new(text).ecl(ECL::M).build().or(Err(TooLong))?;
        Ok(Qr { code })
    }

    /// 1 to 40. A version more is four modules more on each side (ISO/IEC 18004 5.1.4).
    #[must_use]
    pub fn version(&self) -> usize {
        (self.code.size - 17) / 4
    }

    /// The picture: black on white whatever the page's colours are, one unit a module, the quiet zone included. It has no
    /// width and height, so a page sizes it. `title` is read out in place of it; it may be in any language.
    #[must_use]
    pub fn svg(&self, title: &str) -> String {
        let side = self.code.size + 2 * QUIET_ZONE_MODULES;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" \
             role=\"img\"><title>{}</title><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"",
            escaped(title)
        );
        for y in 0..self.code.size {
            self.runs(y, |x, length| {
                // Writing to a String cannot fail.
                let _ = write!(svg, "M{} {}h{length}v1h-{length}z", x + QUIET_ZONE_MODULES, y + QUIET_ZONE_MODULES);
            });
        }
        svg.push_str("\"/></svg>");
        svg
    }

    /// Each run of dark modules in a row: a third of the size of one path a module.
    fn runs(&self, y: usize, mut draw: impl FnMut(usize, usize)) {
        let row = &self.code[y];
        let mut x = 0;
        while x < self.code.size {
            let length = row[x..].iter().take(self.code.size - x).take_while(|module| module.value()).count();
            if length > 0 {
                draw(x, length);
            }
            x += length + 1;
        }
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // XML 1.0 allows no other control characters, and one would make the whole picture unreadable.
            c if c.is_control() && !matches!(c, '\t' | '\n' | '\r') => out.push('\u{fffd}'),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
