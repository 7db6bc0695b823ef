//! The slip: on the screen and on paper alike it says that a declaration was received, the code, and where to go. It looks the
//! same for everybody, whatever they answered, and holds no name in full, no document number and nothing about health.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use pratique_core::code::ShortCode;
use pratique_core::id::Id;
use pratique_core::identity::document;
use pratique_core::journey::Shown;

use crate::actions;
use crate::actions::look::look;
use crate::caller::Caller;
use crate::channels::Web;
use crate::channels::traveller::draft;
use crate::channels::traveller::received::{KIOSK, SLIP};
use crate::channels::traveller::trouble::trouble;
use crate::channels::web::cookie::{self, Name};
use crate::channels::web::{KioskPost, Language};
use crate::failure::Failure;
use crate::lookups::declaration::{self, Opened};
use crate::lookups::journey;
use crate::page::when::When;
use crate::page::{AtKiosk, Shell, see, shown};
use crate::words::Words;

/// The purpose that the log names for this look.
const WHY: &str = "kiosk slip";

/// The page.
#[derive(Debug, Template)]
#[template(path = "kiosk/slip.html")]
pub struct SlipPage {
    /// The frame.
    pub shell: Shell,
    /// One for each person of the party.
    pub slips: Vec<Slip>,
    /// Whom to ask at the port.
    pub help: String,
}

/// One person's slip.
#[derive(Debug, Clone, Template)]
#[template(path = "kiosk/one_slip.html")]
pub struct Slip {
    /// The texts.
    pub words: Words,
    /// The port's name.
    pub port: String,
    /// Where the picture is.
    pub picture: String,
    /// The code, in groups.
    pub code: String,
    /// Enough to tell the slips of a family apart: "L. N., •••• 678".
    pub whose: String,
    /// Whether the pass can be shown now; else from when on it counts, and is to be confirmed.
    pub ready: bool,
    /// From when on it counts.
    pub counts_from: When,
    /// Until when it is good.
    pub valid_until: When,
}

impl askama::filters::HtmlSafe for Slip {}

impl Slip {
    /// The slip of a declaration, its picture at this address.
    ///
    /// # Errors
    /// A code that is none, which no stored one is.
    pub fn of(words: Words, opened: &Opened<'_>, now: jiff::Timestamp, picture: String) -> Result<Self, Failure> {
        let code: ShortCode = opened.dossier.code.parse().map_err(Failure::bug)?;
        let zone = opened.port.zone();
        Ok(Slip {
            words,
            port: opened.port.name.get(words.language()).to_owned(),
            picture,
            code: code.grouped(),
            whose: whose(opened),
            ready: opened.shown(now) != Shown::Early,
            counts_from: When::of(words, opened.window.counts_from, &zone),
            valid_until: When::of(words, opened.window.valid_until, &zone),
        })
    }
}

/// First letters and the end of the number: neighbours in a queue read over shoulders (experience.md 3.3).
fn whose(opened: &Opened<'_>) -> String {
    let traveller = &opened.dossier.content.traveller;
    let name = &traveller.name;
    let parts = name.secondary.as_deref().unwrap_or_default().split_whitespace().chain(name.primary.split_whitespace());
    let initials: Vec<String> = parts.filter_map(|part| part.chars().next()).map(|c| format!("{c}.")).collect();
    let tail = traveller.document.as_ref().and_then(|document| document::tail(&document.number));
    let tail = tail.map(|tail| format!("•••• {tail}"));
    [Some(initials.join(" ")), tail].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// `GET /kiosk/slip`.
pub async fn show(State(web): State<Arc<Web>>, Language(words): Language, headers: HeaderMap) -> Response {
    match page(&web, words, &headers).await {
        Ok(Some(page)) => shown(StatusCode::OK, &page),
        Ok(None) => see(KIOSK),
        Err(failure) => trouble(failure, Shell::new(words, SLIP).at_kiosk(Some(AtKiosk::IDLE_S))),
    }
}

/// The journeys behind the browser's slip; nobody for any other browser, and once it was cleared.
async fn journeys(web: &Web, headers: &HeaderMap) -> Result<Vec<Id>, Failure> {
    let Some(secret) = cookie::read(headers, &web.app, Name::Draft) else { return Ok(Vec::new()) };
    let open = match actions::draft::open(&web.app, &secret).await {
        Err(Failure::NotFound | Failure::Sealed(_)) => return Ok(Vec::new()),
        other => other?,
    };
    let mut ids = Vec::new();
    for code in draft::slips(&open.body) {
        let code: ShortCode = code.parse().map_err(Failure::bug)?;
        ids.extend(journey::by_code(&web.app, &code).await?);
    }
    Ok(ids)
}

async fn caller(web: &Web, headers: &HeaderMap) -> Result<Caller, Failure> {
    match KioskPost::of(headers, &web.app) {
        Some(kiosk) => kiosk.caller(web).await,
        None => Ok(Caller::Traveller),
    }
}

async fn page(web: &Web, words: Words, headers: &HeaderMap) -> Result<Option<SlipPage>, Failure> {
    let ids = journeys(web, headers).await?;
    if ids.is_empty() {
        return Ok(None);
    }
    look(&web.app, &caller(web, headers).await?, &ids, WHY).await?;
    let (mut slips, mut help, mut shell) = (Vec::new(), String::new(), None);
    for (at, id) in ids.iter().enumerate() {
        let opened = declaration::open(&web.app, *id).await?;
        slips.push(Slip::of(words, &opened, web.app.now(), format!("{SLIP}/{at}"))?);
        opened.port.help.get(words.language()).clone_into(&mut help);
        shell = Some(Shell::new(words, SLIP).at(opened.port));
    }
    let shell = shell.unwrap_or_else(|| Shell::new(words, SLIP)).at_kiosk(Some(AtKiosk::IDLE_S));
    Ok(Some(SlipPage { shell, slips, help }))
}

/// `GET /kiosk/slip/{number}`: the picture on a slip.
pub async fn picture(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    Path(number): Path<usize>,
    headers: HeaderMap,
) -> Response {
    let drawn = async {
        let id = journeys(&web, &headers).await?.get(number).copied().ok_or(Failure::NotFound)?;
        let opened = declaration::open(&web.app, id).await?;
        web.pictures.of(&opened.dossier.pass, &words.t("pass-picture"))
    };
    match drawn.await {
        Ok(svg) => {
            let mut response = Response::new(Body::from(svg.to_string()));
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
            response
        }
        Err(failure) => trouble(failure, Shell::new(words, SLIP)),
    }
}
