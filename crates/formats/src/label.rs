//! A tube's label as it is printed: a bar code that gate scanners and laboratory readers alike can read (Code 128, ISO/IEC 15417)
//! over the same characters in letters, as SVG. The sign `#` is for people; the bar code holds the nine characters.

use barcoders::sym::code128::Code128;

/// Modules of quiet zone on each side (ISO/IEC 15417, 4.2: ten).
const QUIET: usize = 10;
/// Height of the bars, modules.
const BARS: usize = 40;
/// Height of the letters' line, modules.
const LETTERS: usize = 20;

/// The text cannot be a bar code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a label has capital letters and digits only")]
pub struct BadLabelText;

/// One label as SVG: black on white, in millimetres as wide as `width_mm`.
///
/// # Errors
/// [`BadLabelText`] for anything but capital letters and digits.
///
/// ```
/// let svg = pratique_formats::label::svg("7GQ2M4XK9", 40).unwrap();
/// assert!(svg.starts_with("<svg") && svg.contains("#7GQ2M4XK9"));
/// ```
pub fn svg(bare: &str, width_mm: u16) -> Result<String, BadLabelText> {
    let bars = modules(bare)?;
    let width = bars.len() + 2 * QUIET;
    let mut path = String::new();
    let mut at = 0;
    while at < bars.len() {
        let run = bars[at..].iter().take_while(|&&bar| bar == bars[at]).count();
        if bars[at] == 1 {
            path.push_str(&format!("M{} 4h{run}v{BARS}h-{run}z", at + QUIET));
        }
        at += run;
    }
    let height = BARS + LETTERS + 4;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width_mm}mm\" role=\"img\" \
         aria-label=\"#{bare}\"><path fill=\"#fff\" d=\"M0 0h{width}v{height}h-{width}z\"/><path shape-rendering=\"crispEdges\" \
         d=\"{path}\"/><text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-family=\"monospace\" font-size=\"15\">#{bare}</text></svg>",
        width / 2,
        height - 5,
    ))
}

/// The bars as modules, 1 for black.
///
/// # Errors
/// As [`svg`].
pub fn modules(bare: &str) -> Result<Vec<u8>, BadLabelText> {
    if bare.is_empty() || !bare.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
        return Err(BadLabelText);
    }
    // U+0181 starts code set B, which has both letters and digits.
    Ok(Code128::new(format!("\u{181}{bare}")).map_err(|_| BadLabelText)?.encode())
}
