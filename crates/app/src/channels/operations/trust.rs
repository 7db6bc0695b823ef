//! The trust file for offline checkpoints. Signing it costs as much as a pass for each key, and a port may have many thousand
//! revoked passes: it is made at most every few seconds, whoever asks, and at once when keys change.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use pratique_formats::trust::TrustFile;
use tokio::sync::Mutex;

use crate::app::App;
use crate::channels::Web;
use crate::channels::web::{Language, Problem, etag};
use crate::failure::Failure;
use crate::lookups;

/// A revoked pass is on the file within so many seconds.
const KEPT_S: i64 = 10;
/// What has not changed is signed anew so often, so that a checkpoint can tell how fresh its file is.
const SIGNED_S: i64 = 300;
/// Checkpoints fetch it each minute or so.
const CACHE: &str = "public, max-age=30";

/// The file as last signed.
#[derive(Debug, Default)]
pub struct Served(Mutex<Option<Signed>>);

#[derive(Debug)]
struct Signed {
    looked_at: Timestamp,
    generation: i64,
    file: TrustFile,
    text: String,
}

impl Served {
    async fn text(&self, app: &App) -> Result<String, Failure> {
        let mut served = self.0.lock().await;
        let (now, generation) = (app.now(), app.generation());
        let within = |from: Timestamp, s| (from..from + SignedDuration::from_secs(s)).contains(&now);
        if let Some(signed) = served.as_ref().filter(|s| s.generation == generation && within(s.looked_at, KEPT_S)) {
            return Ok(signed.text.clone());
        }
        let file = lookups::trust::file(app).await?;
        let same = |s: &&mut Signed| {
            let dated_alike = TrustFile { issued_at: s.file.issued_at, ..file.clone() };
            s.file == dated_alike && within(s.file.issued_at, SIGNED_S)
        };
        if let Some(signed) = served.as_mut().filter(same) {
            (signed.looked_at, signed.generation) = (now, generation);
            return Ok(signed.text.clone());
        }
        let text = lookups::trust::signed(app, &file)?;
        *served = Some(Signed { looked_at: now, generation, file, text: text.clone() });
        Ok(text)
    }
}

/// Trust file
///
/// A JWK Set of every port's public keys, which of them and which passes are revoked, and in `signed` a JWS of the same by each
/// key that signs. A checkpoint that has an older one accepts a newer one that a key it trusts has signed.
#[utoipa::path(
    get,
    path = "/.well-known/pratique/trust",
    tag = "operations",
    responses((status = 200, description = "The trust file", body = Object), (status = 304, description = "It is the edition that you have"))
)]
pub async fn trust(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let text = web.trust.text(&web.app).await.map_err(|failure| Problem::new(failure, words))?;
    let mut response = etag::tagged(&headers, text.into_bytes(), CACHE);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}
