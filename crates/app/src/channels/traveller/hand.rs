//! The draft in hand: what a browser's cookie leads to, with the port and the form that it is for.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use jiff::civil::Date;
use pratique_core::port::Port;
use pratique_core::questionnaire::Questionnaire;
use serde_json::{Value, json};

use super::form::Sent;
use super::received::SLIP;
use super::trouble::{kept, trouble};
use super::{draft, received, step};
use crate::actions;
use crate::channels::Web;
use crate::channels::web::cookie::{self, Name};
use crate::channels::web::pace::Deed;
use crate::channels::web::{KioskPost, Language, Visitor, csrf, mark};
use crate::failure::Failure;
use crate::house::local_date;
use crate::page::{AtKiosk, AtLane, Mishap, Shell, see};
use crate::words::Words;

/// A draft, opened.
#[derive(Debug)]
pub struct Hand {
    /// What all handlers share.
    pub web: Arc<Web>,
    /// The reader's language.
    pub words: Words,
    /// What the browser holds to find the draft again.
    pub secret: String,
    /// The declaration so far.
    pub body: Value,
    /// The kiosk that it is made at.
    pub kiosk: Option<KioskPost>,
    /// The officer's screen that it is made at.
    lane: Option<AtLane>,
    port: Port,
}

impl Hand {
    /// Opens the draft of this secret.
    ///
    /// # Errors
    /// [`Failure::NotFound`] if it was sent or dropped, or if its port is no longer served.
    pub async fn open(web: &Arc<Web>, words: Words, secret: String) -> Result<Self, Failure> {
        let body = actions::draft::open(&web.app, &secret).await?.body;
        let code = body.get("port").and_then(Value::as_str).unwrap_or_default();
        let port = web.app.house.port(code).ok_or(Failure::NotFound)?.clone();
        Ok(Hand { web: Arc::clone(web), words, secret, body, kiosk: None, lane: None, port })
    }

    /// The same where it is made: at a kiosk, if the browser is one; on the screen of the officer who makes it, and on no other.
    ///
    /// # Errors
    /// Where an officer signs in who is no longer, or another has come.
    pub async fn at(mut self, headers: &HeaderMap) -> Result<Self, Response> {
        self.kiosk = KioskPost::of(headers, &self.web.app);
        if let Some(officer) = draft::officer(&self.body) {
            let secret = cookie::read(headers, &self.web.app, Name::Staff).unwrap_or_default();
            match self.web.roll.by_session(&self.web.app, &secret).await {
                Ok(staff) if staff.name == officer => {}
                _ => return Err(see("/checkpoint")),
            }
            let lock_s = self.web.roll.lock_s(&secret);
            self.lane = Some(AtLane { csrf: csrf::token(&self.web.app, &secret), lock_s });
        }
        Ok(self)
    }

    /// Whether it is made at a machine that is not the person's, and stays there.
    #[must_use]
    pub fn stays(&self) -> bool {
        self.kiosk.is_some() || self.lane.is_some()
    }

    /// The form in force at the port.
    ///
    /// # Errors
    /// A port without its pack, which the house does not open with.
    pub fn form(&self) -> Result<&Questionnaire, Failure> {
        let in_force = self.web.app.house.in_force(&self.port);
        in_force.map(|in_force| &in_force.form).ok_or_else(|| Failure::bug("a port without its pack"))
    }

    /// The day at the port.
    #[must_use]
    pub fn today(&self) -> Date {
        local_date(&self.port, self.web.app.now())
    }

    /// The frame of the page at this address.
    #[must_use]
    pub fn shell(&self, path: &str) -> Shell {
        let mut shell = Shell::new(self.words, path).at(&self.port);
        shell.lane.clone_from(&self.lane);
        if self.kiosk.is_some() { shell.at_kiosk(Some(AtKiosk::TYPING_S)) } else { shell }
    }

    /// The port that the declaration is for.
    #[must_use]
    pub fn port(&self) -> &Port {
        &self.port
    }

    /// The token that the draft's forms carry.
    #[must_use]
    pub fn csrf(&self) -> String {
        csrf::token(&self.web.app, &self.secret)
    }

    /// The mark of what the page that checks the answers shows: them, and the form's questions.
    #[must_use]
    pub fn mark(&self) -> String {
        let version = self.form().map_or("", |form| form.version.as_str());
        mark::of(&self.web.app, &format!("{version} {}", draft::shown(&self.body)))
    }

    /// Whether a form that came belongs to this draft.
    #[must_use]
    pub fn fits(&self, token: Option<&str>, headers: &HeaderMap) -> bool {
        csrf::fits(&self.web.app, &self.secret, token.unwrap_or_default(), headers)
    }

    /// The answer to a form that does not fit. In this browser another declaration was begun since the form was opened: what stands
    /// in it is another person's, perhaps, and must not get into this one.
    #[must_use]
    pub fn unfit(&self, token: Option<&str>, headers: &HeaderMap, path: &str) -> Response {
        unfit(self.shell(path), token, headers)
    }

    /// Keeps what was typed, and the language in which to speak to the person.
    ///
    /// # Errors
    /// The store's: then the page must say so.
    pub async fn save(&mut self, body: Value) -> Result<(), Failure> {
        self.body = body;
        self.body["language"] = json!(self.words.language());
        actions::draft::save(&self.web.app, &self.secret, &self.body).await
    }

    /// Every page that there is for the draft.
    ///
    /// # Errors
    /// As [`Hand::form`].
    pub fn steps(&self) -> Result<Vec<step::Step>, Failure> {
        Ok(step::steps(self.form()?, &self.body, self.today()))
    }

    /// This failure as a page.
    #[must_use]
    pub fn trouble(&self, failure: Failure, path: &str) -> Response {
        trouble(failure, self.shell(path))
    }

    /// This failure of a form as a page, with what was typed where sending it again will do.
    #[must_use]
    pub fn kept(&self, failure: Failure, path: &str, sent: &Sent) -> Response {
        kept(failure, self.shell(path), path, sent)
    }
}

/// The answer to a form whose token is another draft's, or none at all.
#[must_use]
pub fn unfit(shell: Shell, token: Option<&str>, headers: &HeaderMap) -> Response {
    match csrf::is_anothers(token.unwrap_or_default(), headers) {
        true => Mishap::overtaken(shell, "/declare").answer(),
        false => Mishap::new(shell, StatusCode::FORBIDDEN).answer(),
    }
}

impl Hand {
    /// The draft that the browser's cookie leads to. `None` if there is none, or none any more.
    ///
    /// # Errors
    /// Where else the browser belongs: to the pass or the slip of what it has sent, or to a page of trouble.
    pub async fn held(web: &Arc<Web>, words: Words, headers: &HeaderMap) -> Result<Option<Self>, Response> {
        let Some(secret) = cookie::read(headers, &web.app, Name::Draft) else { return Ok(None) };
        let trouble = |failure| trouble(failure, Shell::new(words, "/"));
        match Hand::open(web, words, secret.clone()).await {
            Ok(hand) if draft::is_slip(&hand.body) => Err(see(SLIP)),
            Ok(hand) => hand.at(headers).await.map(Some),
            Err(Failure::NotFound | Failure::Sealed(_)) => {
                match received::again(web, &secret, headers).await.map_err(trouble)? {
                    Some(pass) => Err(pass),
                    None => Ok(None),
                }
            }
            Err(failure) => Err(trouble(failure)),
        }
    }

    /// A new draft for a page that was sent when its own was gone: nothing that is typed is lost to a cookie that a browser
    /// forgot, or to a form that stood open for weeks. Never at a kiosk, where what is gone was wiped.
    ///
    /// # Errors
    /// Where else the browser belongs: to the start, or to a page of trouble.
    pub async fn anew(
        web: &Arc<Web>,
        words: Words,
        headers: &HeaderMap,
        (visitor, port): (&Visitor, Option<&str>),
    ) -> Result<Self, Response> {
        let shell = || Shell::new(words, "/");
        let port = port.and_then(|code| web.app.house.port(code));
        let (Some(port), None) = (port, KioskPost::of(headers, &web.app)) else { return Err(see("/")) };
        if !csrf::is_own_site(headers) {
            return Err(Mishap::new(shell(), StatusCode::FORBIDDEN).answer());
        }
        let notice = web.app.house.notice_version(&port.code);
        let begun = async {
            web.addresses.count(&web.app, Deed::Begin, visitor)?;
            let secret = actions::draft::start(&web.app, &draft::begin(&port.code, words.language(), notice)).await?;
            Hand::open(web, words, secret).await
        };
        begun.await.map_err(|failure| trouble(failure, shell()))
    }
}

/// A page of a declaration without a draft leads to the start; of a draft that was sent, to its pass.
impl FromRequestParts<Arc<Web>> for Hand {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Response> {
        let Language(words) = Language::of(parts);
        Hand::held(web, words, &parts.headers).await?.ok_or_else(|| see("/"))
    }
}
