//! The pass as a picture. It costs as much as 25 signatures, so it is made when somebody asks for it, never while declaring,
//! and kept for a while. The cache holds passes alone, which show no health and no name (contract.md, The pass).

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use axum::routing::get;
use pratique_core::code::ShortCode;
use pratique_formats::qr::Qr;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use super::answer::Answer;
use super::schema::Problem as ProblemSchema;
use crate::actions::look::look;
use crate::app::App;
use crate::caller::Caller;
use crate::channels::Web;
use crate::channels::web::pace::Deed;
use crate::channels::web::{Language, Named, Problem, TravellerSession, Visitor};
use crate::failure::Failure;
use crate::lookups::declaration::{self, Opened};
use crate::lookups::journey;
use crate::words::Words;

/// Pictures kept: 3 to 4 KiB each, so at most some 8 MiB.
const KEPT_MAX: usize = 2000;

/// Pictures made lately, by title and pass.
#[derive(Debug, Default)]
pub struct Pictures(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    by_text: HashMap<String, Arc<str>>,
    oldest_first: VecDeque<String>,
}

impl Pictures {
    /// The picture of a pass.
    ///
    /// # Errors
    /// A text too long for a QR code, which no pass is.
    pub fn of(&self, pass: &str, title: &str) -> Result<Arc<str>, Failure> {
        let name = format!("{title}\n{pass}");
        if let Some(known) = self.lock().by_text.get(&name) {
            return Ok(Arc::clone(known));
        }
        let svg: Arc<str> = Qr::encode(pass).map_err(Failure::bug)?.svg(title).into();
        let mut kept = self.lock();
        if kept.by_text.insert(name.clone(), Arc::clone(&svg)).is_none() {
            kept.oldest_first.push_back(name);
        }
        while kept.oldest_first.len() > KEPT_MAX {
            if let Some(oldest) = kept.oldest_first.pop_front() {
                kept.by_text.remove(&oldest);
            }
        }
        Ok(svg)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The document's part of this operation. The router knows no name with something behind it in one segment, so the route takes
/// the whole segment and the handler reads `{code}.svg`; the document says it as it is.
#[derive(OpenApi)]
#[openapi(paths(picture))]
struct Register;

/// The routes with this one added.
pub fn with_route(routes: OpenApiRouter<Arc<Web>>) -> OpenApiRouter<Arc<Web>> {
    OpenApiRouter::with_openapi(Register::openapi()).merge(routes).route("/passes/{picture}", get(picture))
}

/// The pass as a picture
///
/// For the same proof as the declaration, or for the browser session that declared.
#[utoipa::path(
    get,
    path = "/passes/{code}.svg",
    tag = "declarations",
    params(
        ("code" = String, Path, description = "The short code"),
        ("Pratique-Proof" = Option<String>, Header, description = "The document number; the birth date of somebody without a document"),
    ),
    responses(
        (status = 200, description = "QR code, black on white, quiet zone included, without a size", body = String, content_type = "image/svg+xml"),
        (status = 404, description = "No such pass, or not yours", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 429, description = "Too often from this address, or too many wrong proofs; `Retry-After` says when again", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn picture(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    Named(file): Named,
    visitor: Visitor,
    session: TravellerSession,
    headers: HeaderMap,
) -> Answer {
    if headers.contains_key(super::declarations::PROOF) {
        super::declarations::admit(&web, Deed::Prove, &visitor, words)?;
    }
    drawn(&web, words, &file, &session, &headers)
        .await
        .map_err(|failure| Problem::new(failure.missing("declaration"), words))
}

async fn drawn(
    web: &Web,
    words: Words,
    file: &str,
    session: &TravellerSession,
    headers: &HeaderMap,
) -> Result<Response, Failure> {
    let code = file.strip_suffix(".svg").ok_or(Failure::NotFound)?;
    let opened = open(&web.app, code, session, headers).await?;
    look(&web.app, &Caller::Traveller, &[opened.id], "own pass").await?;
    let svg = web.pictures.of(&opened.dossier.pass, &words.t("pass-picture"))?;
    let mut response = Response::new(axum::body::Body::from(svg.to_string()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    Ok(response)
}

async fn open<'a>(
    app: &'a App,
    code: &str,
    session: &TravellerSession,
    headers: &HeaderMap,
) -> Result<Opened<'a>, Failure> {
    if let Some(proof) = headers.get(super::declarations::PROOF).and_then(|v| v.to_str().ok()) {
        return declaration::prove(app, code, &[proof]).await;
    }
    let code: ShortCode = code.parse().map_err(|_| Failure::NotFound)?;
    let id = journey::by_code(app, &code).await?.filter(|id| session.knows(*id)).ok_or(Failure::NotFound)?;
    declaration::open(app, id).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_made_once_and_the_oldest_go_first() {
        let pictures = Pictures::default();
        let first = pictures.of("PQ1:0", "Pass").unwrap();
        assert!(Arc::ptr_eq(&first, &pictures.of("PQ1:0", "Pass").unwrap()));
        for n in 1..=KEPT_MAX {
            pictures.of(&format!("PQ1:{n}"), "Pass").unwrap();
        }
        assert_eq!(pictures.lock().by_text.len(), KEPT_MAX);
        assert!(!Arc::ptr_eq(&first, &pictures.of("PQ1:0", "Pass").unwrap()));
    }
}
