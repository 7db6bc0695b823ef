//! What stands around every page of staff: who is signed in, where they may go, and the way out.

use pratique_core::access::{Act, Grant, Role};

use crate::app::App;
use crate::words::Words;

/// A page that staff can open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its address.
    pub address: &'static str,
    /// Its name.
    pub text: String,
    /// What it is for.
    pub about: String,
    /// Whether it is the one shown.
    pub current: bool,
}

/// Who is signed in, and where they may go.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Their name.
    pub name: String,
    /// Their role, in words.
    pub role: String,
    /// The station they stand at, where one was chosen.
    pub station: Option<String>,
    /// The token of the forms of this session.
    pub csrf: String,
    /// The pages that exist for them.
    pub links: Vec<Link>,
    /// What is out of order and changes everybody's work.
    pub alarms: Vec<String>,
    /// Where the screen stands at a lane: how it locks.
    pub lock: Option<Lock>,
}

/// How a screen locks that nobody is at.
#[derive(Debug, Clone)]
pub struct Lock {
    /// The script that sees keys and touches.
    pub script: String,
    /// Seconds without any after which it locks.
    pub after_s: i64,
}

/// The pages there are, each with the act that it needs.
const PAGES: &[(&str, &str, Act)] = &[
    ("/supervision", "supervision", Act::Supervise),
    ("/checkpoint", "checkpoint", Act::Scan),
    ("/desk", "desk", Act::Examine),
    ("/orders", "orders", Act::ServeOrder),
    ("/booth", "booth", Act::Collect),
    ("/laboratory", "laboratory", Act::SeeSamples),
    ("/paper", "paper", Act::PrintForms),
    ("/obligations", "owed", Act::SeeObligations),
    ("/flights", "flights", Act::SeeFlights),
    ("/hall", "hall", Act::SeeHall),
    ("/bulletin", "bulletin", Act::Supervise),
    ("/inbox", "inbox", Act::SeeInbox),
];

/// The pages that this grant opens; `path` is the one shown.
#[must_use]
pub fn links(words: Words, grant: &Grant, path: &str) -> Vec<Link> {
    let open = PAGES.iter().copied().filter(|(_, _, act)| grant.allows(*act, &grant.port).is_ok());
    open.map(|(address, name, _)| Link {
        address,
        text: words.t(&format!("staff-page-{name}")),
        about: words.t(&format!("staff-about-{name}")),
        current: path == address || path.starts_with(&format!("{address}/")),
    })
    .collect()
}

/// What is out of order and changes everybody's work: a full disk, a clock that jumped, a port without a key to sign with.
#[must_use]
pub fn alarms(app: &App, port: &str, words: Words) -> Vec<String> {
    let full = app.store.is_full().then(|| words.t("alarm-disk-full"));
    let clock = app.clock.doubt().map(|_| {
        let time = app.now().strftime("%H:%M").to_string();
        words.with("alarm-clock-in-doubt", &[("time", &time)])
    });
    let keyless = app.ring().port(port).is_err().then(|| words.t("alarm-no-pass-key"));
    full.into_iter().chain(clock).chain(keyless).collect()
}

/// Where a role begins its work.
#[must_use]
pub fn home(role: Role) -> &'static str {
    match role {
        Role::Officer => "/checkpoint",
        Role::Medical => "/desk",
        Role::Sampler => "/booth",
        Role::Technician | Role::Releaser => "/laboratory",
        Role::Supervisor => "/supervision",
        Role::Planner | Role::Airline => "/flights",
        Role::Department => "/inbox",
        _ => "/console",
    }
}
