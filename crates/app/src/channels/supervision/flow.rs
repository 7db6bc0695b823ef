//! The port as it stands, told as it changes: server-sent events (HTML, 9.2). However many listen, a port is counted once a
//! second at most, and only while somebody does.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use pratique_core::access::Act;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::{Interval, MissedTickBehavior, interval, sleep};

use crate::app::App;
use crate::caller::{Caller, Staff};
use crate::channels::Web;
use crate::failure::Failure;
use crate::lookups::supervision::{self, Summary};

/// A change is told within two seconds (experience.md 3.6): one to be counted, and what the way takes.
const EVERY: Duration = Duration::from_secs(1);
/// Of this much time counting may take one part in as many, so that a large port is not only counted.
const REST_TIMES: u32 = 4;
/// So often a listener hears that the figures still stand, in ticks of [`EVERY`]; proxies cut what is silent for a minute.
const BEAT_TICKS: u32 = 5;
/// After a cut a browser comes back so soon.
const RETRY: Duration = Duration::from_secs(2);

type Told = Option<Arc<Summary>>;

/// Who counts for which port.
#[derive(Debug, Default)]
pub struct Flows {
    ports: Mutex<HashMap<String, Weak<watch::Sender<Told>>>>,
}

impl Flows {
    /// What a port is told; counting begins with the first who listens and ends with the last.
    pub fn listen(&self, app: &Arc<App>, port: &str) -> watch::Receiver<Told> {
        let mut ports = self.ports.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(counting) = ports.get(port).and_then(Weak::upgrade) {
            return counting.subscribe();
        }
        let (sender, receiver) = watch::channel(None);
        let sender = Arc::new(sender);
        ports.insert(port.to_owned(), Arc::downgrade(&sender));
        tokio::spawn(count(Arc::downgrade(app), port.to_owned(), sender));
        receiver
    }

    /// What was told last, if it is counted just now.
    #[must_use]
    pub fn last(&self, port: &str) -> Told {
        let ports = self.ports.lock().unwrap_or_else(PoisonError::into_inner);
        ports.get(port).and_then(Weak::upgrade)?.borrow().clone()
    }
}

async fn count(app: Weak<App>, port: String, sender: Arc<watch::Sender<Told>>) {
    let mut failing = false;
    while let Some(app) = app.upgrade().filter(|app| !app.is_stopping()) {
        let watch = app.clock.stopwatch();
        match counted(&app, &port).await {
            Ok(summary) => {
                failing = false;
                sender.send_if_modified(|told| {
                    let is_new = told.as_ref().is_none_or(|before| !before.says_the_same(&summary));
                    // The time is new in any case: that the figures still stand is told by the beat.
                    *told = Some(Arc::new(summary));
                    is_new
                });
            }
            // Said once, not every second; listeners hear no beat meanwhile.
            Err(failure) => {
                if !failing {
                    tracing::error!(%failure, port, "the port cannot be counted; tried again every second");
                }
                failing = true;
            }
        }
        let rest = EVERY.max(watch.elapsed() * REST_TIMES);
        drop(app);
        tokio::select! {
            () = sleep(rest) => {}
            () = sender.closed() => return,
        }
    }
}

async fn counted(app: &App, port: &str) -> Result<Summary, Failure> {
    let port = app.house.port(port).ok_or(Failure::NotFound)?;
    supervision::summary(app, port).await
}

/// By what somebody listens: it must hold as long as they do.
#[derive(Debug, Clone)]
pub enum Pass {
    /// A bearer token.
    Token(String),
    /// The session of a page.
    Session(String),
}

impl Pass {
    /// Who it is, and that they may see the figures of a port.
    ///
    /// # Errors
    /// [`Failure::SignedOut`], [`Failure::Denied`].
    pub async fn holds(&self, web: &Web, port: Option<&str>) -> Result<Staff, Failure> {
        let staff = match self {
            Pass::Token(token) => web.roll.by_token(&web.app, token).await?,
            Pass::Session(secret) => web.roll.still_by_session(&web.app, secret).await?,
        };
        let port = port.unwrap_or(&staff.grant.port);
        Caller::Staff(staff.clone()).may(Act::Supervise, port)?;
        Ok(staff)
    }
}

/// How a summary is told: the event's data.
pub type Show = Box<dyn Fn(&Summary) -> String + Send + Sync>;

struct Listener {
    web: Arc<Web>,
    pass: Pass,
    port: String,
    show: Show,
    heard: watch::Receiver<Told>,
    is_first: bool,
    tick: Interval,
    ticks: u32,
}

/// The stream: an event `summary` at once and at each change, an event `alive` while nothing does. Each `summary` is whole, so
/// whoever comes back after a cut needs nothing of what they missed: `Last-Event-ID` is not asked for.
#[must_use]
pub fn stream(web: &Arc<Web>, pass: Pass, port: &str, show: Show) -> Response {
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let listener = Listener {
        web: Arc::clone(web),
        pass,
        port: port.to_owned(),
        show,
        heard: web.flows.listen(&web.app, port),
        is_first: true,
        tick,
        ticks: 0,
    };
    let events = stream::unfold(listener, |mut listener| async {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    // Not to be gathered by a proxy: nginx and those after its manner (X-Accel-Buffering).
    ([("x-accel-buffering", "no")], Sse::new(events)).into_response()
}

impl Listener {
    async fn next(&mut self) -> Option<Event> {
        loop {
            let changed = tokio::select! {
                changed = self.heard.changed() => Some(changed),
                _ = self.tick.tick() => None,
            };
            let web = &self.web;
            if web.app.is_stopping() || self.pass.holds(web, Some(&self.port)).await.is_err() {
                return None;
            }
            match changed {
                // Whoever counted ended between the last listener and this one.
                Some(Err(_)) => self.heard = web.flows.listen(&web.app, &self.port),
                Some(Ok(())) => return self.summary(),
                None if self.is_first => {
                    // Others listen already: what they heard last is this one's first.
                    if let Some(event) = self.summary() {
                        return Some(event);
                    }
                }
                None => {
                    self.ticks += 1;
                    if self.ticks.is_multiple_of(BEAT_TICKS)
                        && let Some(event) = self.beat()
                    {
                        return Some(event);
                    }
                }
            }
        }
    }

    fn summary(&mut self) -> Option<Event> {
        let told = self.heard.borrow_and_update().clone()?;
        self.is_first = false;
        let event = Event::default().event("summary").id(told.at.as_millisecond().to_string()).retry(RETRY);
        Some(event.data((self.show)(&told)))
    }

    /// That the figures still stand, in a comment for proxies and an event for whoever shows them; silent while they cannot
    /// be counted.
    fn beat(&self) -> Option<Event> {
        let at = self.heard.borrow().as_ref()?.at;
        let age = self.web.app.now().duration_since(at);
        let stale =
            jiff::SignedDuration::try_from(EVERY * BEAT_TICKS * REST_TIMES).unwrap_or(jiff::SignedDuration::MAX);
        (age <= stale).then(|| Event::default().comment("alive").event("alive").data(json!({ "at": at }).to_string()))
    }
}
