//! From what stands in the two fields to what is scanned: pass and document may come in either order and in either field.

use pratique_core::code::ShortCode;

use super::reading::{Reading, recognise};
use crate::app::App;
use crate::failure::Failure;
use crate::lookups::journey;
use crate::verdict::{ScanRequest, TypedDocument};

/// Puts what was read into a request.
///
/// # Errors
/// [`Failure::Invalid`], at `/read` or `/mrz`: what can be neither, or twice the same.
pub async fn request(app: &App, scan_id: &str, station: &str, read: &str, mrz: &str) -> Result<ScanRequest, Failure> {
    let mut request =
        ScanRequest { scan_id: scan_id.to_owned(), station: station.to_owned(), ..ScanRequest::default() };
    let (main, other) = match (recognise(read), recognise(mrz)) {
        // The document first, then the pass: scanners do not look where the cursor is.
        (Reading::Zone(zone), Reading::Nothing) => (Reading::Nothing, Reading::Zone(zone)),
        (Reading::Zone(zone), pass @ (Reading::Pass(_) | Reading::Code(_))) => (pass, Reading::Zone(zone)),
        (Reading::Zone(_), Reading::Zone(zone)) => (Reading::Nothing, Reading::Zone(zone)),
        (Reading::Nothing, pass @ (Reading::Pass(_) | Reading::Code(_))) => (pass, Reading::Nothing),
        both => both,
    };
    request.mrz = match other {
        Reading::Nothing => None,
        Reading::Zone(zone) => Some(zone),
        _ => return Err(Failure::field("/mrz", "not-an-mrz")),
    };
    match main {
        Reading::Nothing if request.mrz.is_none() => return Err(Failure::field("/read", "nothing-scanned")),
        Reading::Nothing | Reading::Zone(_) => {}
        Reading::Pass(text) => request.pass = Some(text),
        Reading::Code(text) => request.code = Some(text),
        Reading::Number(text) => request.document = Some(TypedDocument::Number(text)),
        Reading::CodeOrNumber { text, fits } => either(app, &mut request, text, fits).await?,
        Reading::Unknown => return Err(Failure::field("/read", "not-readable")),
    }
    Ok(request)
}

/// Eleven characters: a code that is known, else a document that is known, else what the check character says.
async fn either(app: &App, request: &mut ScanRequest, text: String, fits: bool) -> Result<(), Failure> {
    let is_code = match text.parse::<ShortCode>() {
        Ok(code) => journey::by_code(app, &code).await?.is_some(),
        Err(_) => false,
    };
    if is_code {
        request.code = Some(text);
    } else if request.mrz.is_some() || journey::is_known_document(app, &text).await? {
        request.document = Some(TypedDocument::Number(text));
    } else if fits {
        request.code = Some(text);
    } else {
        return Err(Failure::field("/read", "code-or-number"));
    }
    Ok(())
}
