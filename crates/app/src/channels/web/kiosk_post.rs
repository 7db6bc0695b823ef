//! Which kiosk a browser is: told once by staff, kept in a sealed cookie. It holds the token of the kiosk's own user, so that a
//! kiosk that is disabled stops within a second, on every server.

use axum::http::{HeaderMap, HeaderValue};
use pratique_core::access::Act;
use pratique_core::port::{Port, StationKind};
use serde::{Deserialize, Serialize};

use super::cookie::{self, Name};
use super::sealed;
use crate::app::App;
use crate::caller::Caller;
use crate::channels::Web;
use crate::failure::Failure;

/// Browsers keep no cookie longer (RFC 6265bis, 5.5: 400 days); each start of the kiosk begins anew.
const KEPT_S: u64 = 400 * 24 * 3600;
const PLACE: &[u8] = b"kiosk";

/// A kiosk's place.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KioskPost {
    token: String,
    /// The port's code.
    pub port: String,
    /// The station's code.
    pub station: String,
}

/// The token opens the kiosk, so no log line shows it.
impl std::fmt::Debug for KioskPost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KioskPost({} {})", self.port, self.station)
    }
}

impl KioskPost {
    /// Of a request; nothing for any other browser.
    #[must_use]
    pub fn of(headers: &HeaderMap, app: &App) -> Option<Self> {
        sealed::open(app, PLACE, &cookie::read(headers, app, Name::Kiosk)?)
    }

    /// The browser becomes the kiosk at this station, by the token of a user of the role.
    ///
    /// # Errors
    /// [`Failure::SignedOut`] for a token that is nobody's; [`Failure::Denied`] for one of another role; [`Failure::Invalid`] for
    /// a station that is no kiosk of the port.
    pub async fn enrol(web: &Web, token: &str, station: &str) -> Result<Self, Failure> {
        let staff = web.roll.by_token(&web.app, token.trim()).await?;
        let port = staff.grant.port.clone();
        Caller::Staff(staff).may(Act::StandAsKiosk, &port)?;
        let found = web.app.house.port(&port).and_then(|port| stations(port).find(|code| *code == station.trim()));
        let station = found.ok_or_else(|| Failure::field("/station", "not-a-station"))?.to_owned();
        Ok(KioskPost { token: token.trim().to_owned(), port, station })
    }

    /// The kiosk as actions want it, as long as its user is not disabled and the port still has the station.
    ///
    /// # Errors
    /// As [`KioskPost::enrol`].
    pub async fn caller(&self, web: &Web) -> Result<Caller, Failure> {
        KioskPost::enrol(web, &self.token, &self.station).await?;
        Ok(Caller::Staff(web.roll.by_token(&web.app, &self.token).await?))
    }

    /// The cookie that says so.
    #[must_use]
    pub fn cookie(&self, app: &App) -> Option<HeaderValue> {
        Some(cookie::set(app, Name::Kiosk, &sealed::seal(app, PLACE, self)?, Some(KEPT_S)))
    }
}

/// The codes of a port's kiosks.
pub fn stations(port: &Port) -> impl Iterator<Item = &str> {
    port.stations.iter().filter(|station| station.kind == StationKind::Kiosk).map(|station| station.code.as_str())
}
