//! What every page of staff is given: who is signed in, in which language, at which port and station.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::port::Port;

use super::frame::{self, Frame, Lock};
use super::trouble;
use crate::app::App;
use crate::assets;
use crate::caller::Caller;
use crate::channels::Web;
use crate::channels::web::cookie::{self, Name};
use crate::channels::web::{Language, SignedIn, csrf};
use crate::failure::Failure;
use crate::page::Shell;
use crate::words::Words;

/// One request of somebody signed in.
#[derive(Debug)]
pub struct Console {
    /// The application.
    pub web: Arc<Web>,
    /// Who.
    pub signed: SignedIn,
    /// In which language.
    pub words: Words,
    path: String,
    headers: HeaderMap,
}

impl FromRequestParts<Arc<Web>> for Console {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Response> {
        let signed = SignedIn::from_request_parts(parts, web).await?;
        let Language(words) = Language::of(parts);
        let path = parts.uri.path().to_owned();
        Ok(Console { web: Arc::clone(web), signed, words, path, headers: parts.headers.clone() })
    }
}

impl Console {
    /// The application.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.web.app
    }

    /// Who asks, as actions want it.
    #[must_use]
    pub fn caller(&self) -> Caller {
        self.signed.caller()
    }

    /// The port's code.
    #[must_use]
    pub fn port_code(&self) -> &str {
        &self.signed.staff.grant.port
    }

    /// The port at which they work.
    ///
    /// # Errors
    /// A page, if its file was taken away.
    pub fn port(&self) -> Result<&Port, Response> {
        self.app().house.port(self.port_code()).ok_or_else(|| self.trouble(Failure::NotFound))
    }

    /// May they do this at their port?
    ///
    /// # Errors
    /// The page that says that they may not, and where they can go.
    pub fn may(&self, act: Act) -> Result<(), Response> {
        self.caller().may(act, self.port_code()).map_err(|denied| self.trouble(denied.into()))
    }

    /// Was the form made by us, for this session?
    ///
    /// # Errors
    /// The page that says to go back and reload (nothing typed is lost by that).
    pub fn own_form(&self, token: &str) -> Result<(), Response> {
        match csrf::fits(self.app(), &self.signed.secret, token, &self.headers) {
            true => Ok(()),
            false => Err(trouble::page(self.shell(), Some(self.frame()), StatusCode::FORBIDDEN, "form")),
        }
    }

    /// The page for a failure.
    #[must_use]
    pub fn trouble(&self, failure: Failure) -> Response {
        trouble::of(self.shell(), Some(self.frame()), failure)
    }

    /// The station that this browser stands at, as its cookie says.
    #[must_use]
    pub fn station_cookie(&self) -> Option<String> {
        cookie::read(&self.headers, self.app(), Name::Station)
    }

    fn may_scan(&self) -> bool {
        [Act::Scan, Act::Collect].into_iter().any(|act| self.caller().may(act, self.port_code()).is_ok())
    }

    /// The frame of the page.
    #[must_use]
    pub fn shell(&self) -> Shell {
        let shell = Shell::new(self.words, &self.path).for_staff();
        match self.app().house.port(self.port_code()) {
            Some(port) => shell.at(port),
            None => shell,
        }
    }

    /// Who is signed in and where they may go.
    #[must_use]
    pub fn frame(&self) -> Frame {
        let staff = &self.signed.staff;
        Frame {
            name: staff.name.clone(),
            role: self.words.t(&format!("role-{}", staff.grant.role.name())),
            // A screen keeps its station for the next officer; whoever does not scan stands at none.
            station: self.station_cookie().filter(|_| self.may_scan()),
            csrf: self.signed.csrf(&self.web),
            links: frame::links(self.words, &staff.grant, &self.path),
            alarms: frame::alarms(self.app(), self.port_code(), self.words),
            lock: self
                .web
                .roll
                .lock_s(&self.signed.secret)
                .map(|after_s| Lock { script: assets::address("presence.js"), after_s }),
        }
    }
}
