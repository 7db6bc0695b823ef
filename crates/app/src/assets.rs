//! Style and pictures, built into the binary. An address holds a hash of the content, so a browser may keep the file for ever and
//! still see a change at once.

use axum::extract::Path;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// How long a file at its hashed address may be kept, and how long at any other.
const KEEP: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

/// An asset: our own, or one that `make web` put there before the binary was built.
fn find(name: &str) -> Option<EmbeddedFile> {
    Files::get(name).or_else(|| Files::get(&format!("built/{name}")))
}

/// The address of an asset by its plain name: `pratique.css` is at `/assets/pratique.1f2e3d4c5b6a.css`.
#[must_use]
pub fn address(name: &str) -> String {
    let hash = find(name).map(|file| hash(&file)).unwrap_or_default();
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("/assets/{stem}.{hash}.{ending}"),
        None => format!("/assets/{name}"),
    }
}

/// The camera's decoder, its module and its program, where `make web` was run before this binary was built.
pub const DECODER: (&str, &str) = ("zxing-reader.js", "zxing_reader.wasm");

/// Was this binary built with the camera's decoder?
#[must_use]
pub fn has_decoder() -> bool {
    [DECODER.0, DECODER.1, "licences.txt"].into_iter().all(|name| find(name).is_some())
}

/// Where the licences of what others wrote can be read, where this binary serves any of it.
#[must_use]
pub fn licences() -> Option<String> {
    has_decoder().then(|| address("licences.txt"))
}

/// Answers `GET /assets/{name}`. An old hash gets today's file, since a page of yesterday with today's style is better than
/// one without any, but is not kept.
pub async fn serve(Path(asked): Path<String>) -> Response {
    let Some((name, given)) = plain(&asked) else { return StatusCode::NOT_FOUND.into_response() };
    let Some(file) = find(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let keep = if hash(&file) == given { KEEP } else { ASK_AGAIN };
    let headers: [(HeaderName, &str); 3] = [
        (header::CONTENT_TYPE, content_type(&name)),
        (header::CACHE_CONTROL, keep),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, file.data).into_response()
}

/// The plain name and the hash in an asset's address.
fn plain(asked: &str) -> Option<(String, String)> {
    let (rest, ending) = asked.rsplit_once('.')?;
    let (stem, hash) = rest.rsplit_once('.')?;
    Some((format!("{stem}.{ending}"), hash.to_owned()))
}

/// 48 bits tell apart all versions that there will ever be.
fn hash(file: &EmbeddedFile) -> String {
    file.metadata.sha256_hash().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn asked(address: &str) -> Response {
        serve(Path(address.trim_start_matches("/assets/").to_owned())).await
    }

    #[tokio::test]
    async fn a_file_at_its_hashed_address_is_kept_for_ever() {
        let answer = asked(&address("pratique.css")).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()[header::CACHE_CONTROL], KEEP);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
    }

    #[tokio::test]
    async fn an_old_address_gets_the_file_of_today_and_must_ask_again() {
        let answer = asked("/assets/pratique.000000000000.css").await;
        assert_eq!(answer.headers()[header::CACHE_CONTROL], ASK_AGAIN);
    }

    #[tokio::test]
    async fn nothing_outside_the_folder_is_served() {
        for address in ["../Cargo.toml", "x", "", "../src/lib.0.rs", "..%2fCargo.0.toml", "pratique.css"] {
            assert_eq!(asked(address).await.status(), StatusCode::NOT_FOUND, "{address}");
        }
    }

    #[test]
    fn the_style_stays_small() {
        // A traveller fetches the first alone, over whatever network there is (experience.md 3.8).
        // All scripts of a traveller's together come to a third of these sizes on the wire, and none is needed.
        for (name, kib_max) in [
            ("pratique.css", 12),
            ("staff.css", 8),
            ("kiosk.css", 8),
            ("lane.css", 4),
            ("kiosk.js", 4),
            ("declare.js", 10),
            ("choose.js", 11),
            ("pass.js", 1),
        ] {
            let css = Files::get(name).unwrap();
            assert!(css.data.len() <= kib_max * 1024, "{name}: {} bytes", css.data.len());
        }
    }
}
