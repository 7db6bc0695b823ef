//! The page of the paper forms: print some, or name the one that is to be keyed in.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::paper::Serial;
use pratique_core::port::Port;

use crate::actions::print_forms::{COUNT_MAX, Forms, FormsRequest, print_forms};
use crate::channels::staff::refused::refused;
use crate::channels::staff::{Console, Frame};
use crate::channels::traveller::form::Sent;
use crate::lookups::paper;
use crate::once::Once;
use crate::page::when::When;
use crate::page::{self, Shell};
use crate::words::Words;

/// The page.
#[derive(Debug, Template)]
#[template(path = "paper/desk.html")]
pub struct PaperPage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// Whether they may key in.
    pub keys: bool,
    /// The number as typed.
    pub serial: String,
    /// What is wrong with it.
    pub serial_error: Option<String>,
    /// How many are to be printed, as typed.
    pub count: String,
    /// Why they were not numbered.
    pub count_error: Option<String>,
    /// The most at once.
    pub count_max: u32,
    /// The languages that there are forms in: tag, name, whether it is proposed.
    pub languages: Vec<(&'static str, String, bool)>,
    /// What was printed lately.
    pub lately: Vec<Printing>,
    /// The key under which forms are numbered once.
    pub once: String,
}

/// One printing.
#[derive(Debug)]
pub struct Printing {
    /// Where it is printed again.
    pub address: String,
    /// From which number to which.
    pub numbers: String,
    /// When, by whom, in which language.
    pub about: String,
}

/// `GET /paper`.
pub async fn show(console: Console) -> Result<Response, Response> {
    console.may(Act::PrintForms)?;
    let page = build(&console).await?;
    Ok(page::shown(StatusCode::OK, &page))
}

async fn build(console: &Console) -> Result<PaperPage, Response> {
    let (app, words, port) = (console.app(), console.words, console.port()?);
    let (printed, _) = paper::printed(app, &port.code).await.map_err(|failure| console.trouble(failure))?;
    let language = |(tag, name)| (tag, name, tag == words.language());
    Ok(PaperPage {
        shell: console.shell(),
        frame: console.frame(),
        keys: console.caller().may(Act::KeyPaper, &port.code).is_ok(),
        serial: String::new(),
        serial_error: None,
        count: "20".to_owned(),
        count_error: None,
        count_max: COUNT_MAX,
        languages: Words::languages().into_iter().map(language).collect(),
        lately: printed.lately.iter().map(|printing| line(words, port, printing)).collect(),
        once: app.rng.id(app.now()).to_string(),
    })
}

fn line(words: Words, port: &Port, printing: &paper::Printing) -> Printing {
    let serial = |number| Serial { port: port.code.clone(), number }.to_string();
    let last = printing.first + printing.count - 1;
    let when = When::of(words, printing.at, &port.zone()).local;
    let language = Words::of(&printing.language).t("language-name");
    Printing {
        address: format!("/paper/forms?first={}&count={}", printing.first, printing.count),
        numbers: format!("{} – {}", serial(printing.first), serial(last)),
        about: words.with("paper-printed", &[("when", &when), ("who", &printing.by), ("language", &language)]),
    }
}

/// `POST /paper/forms`: numbers forms, and leads to them.
pub async fn print(console: Console, sent: Sent) -> Result<Response, Response> {
    console.may(Act::PrintForms)?;
    console.own_form(sent.one("csrf").unwrap_or_default())?;
    let (app, who) = (console.app(), console.caller());
    let count = sent.one("count").unwrap_or_default();
    let request = FormsRequest {
        // What is no number is none, and the error says which numbers can be.
        count: crate::channels::traveller::typed::digits(count).parse().unwrap_or(0),
        language: sent.one("language").unwrap_or(console.words.language()).to_owned(),
        notice: app.house.notice_version(console.port_code()).to_owned(),
    };
    let body = format!("{} {}", request.count, request.language);
    let once = Once::of(app, "paper forms", &who.name(), sent.one("once").unwrap_or_default(), body.as_bytes());
    let done = print_forms(app, &who, console.port_code(), &request, Some(once)).await;
    match done.and_then(|reply| reply.read::<Forms>()) {
        Ok(Forms { first, count }) => Ok(page::see(&format!("/paper/forms?first={first}&count={count}"))),
        Err(failure) => {
            let mut page = build(&console).await?;
            count.clone_into(&mut page.count);
            page.count_error = Some(refused(&console, failure)?);
            Ok(page::shown(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
    }
}

/// The page with what is wrong with a form's number.
pub(super) async fn with_error(console: &Console, serial: &str, error: String) -> Result<Response, Response> {
    let mut page = build(console).await?;
    serial.clone_into(&mut page.serial);
    page.serial_error = Some(error);
    Ok(page::shown(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// `GET /paper/find?serial=`: a number as typed, or as its picture was scanned, leads to its form.
pub async fn find(console: Console, RawQuery(query): RawQuery) -> Result<Response, Response> {
    console.may(Act::KeyPaper)?;
    let query = query.unwrap_or_default();
    let typed = query.split('&').find_map(|pair| pair.strip_prefix("serial=")).unwrap_or_default();
    // A number has letters, digits and hyphens; a form's blank comes as a plus.
    let typed = typed.replace("%20", " ").replace('+', " ");
    let error = match typed.parse::<Serial>() {
        Ok(serial) => return Ok(page::see(&format!("/paper/forms/{serial}"))),
        Err(bad) => console.words.error(bad.code(), &Default::default()),
    };
    let shown: String = typed.chars().filter(|c| c.is_ascii_alphanumeric() || "- ".contains(*c)).take(30).collect();
    with_error(&console, &shown, error).await
}
