//! The pass in the browser that declared or proved itself: shown, changed, taken back, confirmed.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use jiff::Timestamp;
use pratique_core::code::ShortCode;
use pratique_core::declaration::Channel;
use pratique_core::id::Id;
use pratique_core::identity::document;
use pratique_core::journey::{Message, Order, Shown};

use super::draft;
use super::form::Sent;
use super::start::with_draft;
use super::step::Step;
use super::trouble::trouble;
use super::view::{CompanionPass, PassPage, Withdraw};
use crate::actions::amend::Right;
use crate::actions::{self, look::look};
use crate::caller::Caller;
use crate::channels::Web;
use crate::channels::web::{Language, TravellerSession, csrf};
use crate::failure::Failure;
use crate::lookups::declaration::{self, Opened, next_words, pass_svg};
use crate::lookups::{journey, own_sample, party};
use crate::page::order_text::OrderText;
use crate::page::when::{When, day};
use crate::page::{Mishap, Shell, see, shown};
use crate::words::Words;

/// What an address ends with that led to a pass which was made, or confirmed, a moment ago.
pub(super) const RECEIVED: &str = "received=1";
const CONFIRMED: &str = "confirmed=1";

/// One declaration that this browser may see.
pub(super) struct Own {
    pub(super) web: Arc<Web>,
    pub(super) words: Words,
    pub(super) code: ShortCode,
    pub(super) id: Id,
}

impl Own {
    /// The declaration with this code. Another browser's, and one that does not exist, lead to the same page: prove yourself.
    pub(super) async fn of(
        web: &Arc<Web>,
        words: Words,
        session: &TravellerSession,
        code: &str,
    ) -> Result<Self, Response> {
        let find =
            || see(&format!("/find?code={}", code.chars().filter(char::is_ascii_alphanumeric).collect::<String>()));
        let parsed: ShortCode = code.parse().map_err(|_| find())?;
        let found = journey::by_code(&web.app, &parsed).await;
        let found = found.map_err(|failure| trouble(failure, Shell::new(words, "/find")))?;
        let id = found.filter(|id| session.knows(*id)).ok_or_else(find)?;
        Ok(Own { web: Arc::clone(web), words, code: parsed, id })
    }

    pub(super) fn address(&self) -> String {
        format!("/pass/{}", self.code)
    }

    /// Forms of a pass are bound to its code and to our key: who could make the token, could read the pass.
    fn secret(&self) -> String {
        format!("pass {}", self.code)
    }

    pub(super) fn csrf(&self) -> String {
        csrf::token(&self.web.app, &self.secret())
    }

    fn fits(&self, sent: &Sent, headers: &HeaderMap) -> bool {
        csrf::fits(&self.web.app, &self.secret(), sent.one("csrf").unwrap_or_default(), headers)
    }

    pub(super) fn right(&self) -> Right {
        Right::Session(self.id)
    }

    async fn open(&self) -> Result<Opened<'_>, Failure> {
        self.open_for("own pass").await
    }

    pub(super) async fn open_for(&self, why: &str) -> Result<Opened<'_>, Failure> {
        look(&self.web.app, &Caller::Traveller, &[self.id], why).await?;
        declaration::open(&self.web.app, self.id).await
    }

    pub(super) fn trouble(&self, failure: Failure) -> Response {
        trouble(failure, Shell::new(self.words, self.address()))
    }
}

/// `GET /pass/{code}`.
pub async fn show(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    session: TravellerSession,
    Path(code): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let own = match Own::of(&web, words, &session, &code).await {
        Ok(own) => own,
        Err(elsewhere) => return elsewhere,
    };
    let query = query.unwrap_or_default();
    let just = |done: &str| query.split('&').any(|pair| pair == done);
    match page(&own, &session, [just(RECEIVED), just(CONFIRMED)]).await {
        Ok(page) => shown(StatusCode::OK, &page),
        Err(failure) => own.trouble(failure),
    }
}

async fn page(own: &Own, session: &TravellerSession, just: [bool; 2]) -> Result<PassPage, Failure> {
    let (app, words) = (&own.web.app, own.words);
    let opened = own.open().await?;
    let now = app.now();
    let state = opened.shown(now);
    let zone = opened.port.zone();
    let content = &opened.dossier.content;
    let flight = &opened.journey.flight;
    let is_open = is_open(state);
    let in_hall = is_in_hall(state);
    let [just_made, just_confirmed] = just;
    let arrival = opened.flight.as_ref().map(|flight| flight.scheduled_arrival);
    let moved = arrival.filter(|at| is_open && at.to_zoned_datetime(zone.clone()).date() != flight.date);
    Ok(PassPage {
        shell: Shell::new(words, own.address()).at(opened.port),
        just_made: just_made && is_open,
        just_confirmed: just_confirmed && state == Shown::Ready,
        code: own.code.grouped(),
        address: own.address(),
        picture: picture(state, &own.code),
        name: content.traveller.name.line(),
        document_tail: tail(&opened),
        flight: format!("{}, {}", flight.designator, day(words, flight.date)),
        seat: content.trip.seat.clone(),
        scheduled: opened.flight.is_some(),
        state: state.name(),
        sample: own_sample::newest(&opened.journey, words).map(|own| own.text),
        messages: messages(&opened, words),
        next: is_open.then(|| next_words(app, &opened, words.language())),
        moved_to: moved.map(|at| When::of(words, at, &zone)),
        counts_from: When::of(words, opened.window.counts_from, &zone),
        says_from: state == Shown::Early || now >= opened.window.counts_from,
        valid_until: When::of(words, opened.window.valid_until, &zone),
        confirm: state == Shown::Early && now >= opened.window.counts_from,
        amend: is_open || in_hall,
        withdraw: is_open,
        orders: orders(&opened, words),
        companions: companions(own, session, now).await?,
        help: opened.port.help.get(words.language()).to_owned(),
        csrf: own.csrf(),
    })
}

/// The last characters of the document's number, by which people tell their passes apart.
fn tail(opened: &Opened<'_>) -> Option<String> {
    opened.dossier.content.traveller.document.as_ref().and_then(|document| document::tail(&document.number))
}

fn is_open(state: Shown) -> bool {
    matches!(state, Shown::Early | Shown::Ready)
}

fn is_in_hall(state: Shown) -> bool {
    matches!(state, Shown::Presented | Shown::Referred | Shown::Held)
}

/// Where the picture is, while anybody may ask for it: the booth scans the pass too.
fn picture(state: Shown, code: &ShortCode) -> Option<String> {
    let scanned = is_open(state) || is_in_hall(state) || matches!(state, Shown::Sampling | Shown::Awaiting);
    scanned.then(|| pass_svg(code.as_str()))
}

/// What was sent to them, by which way and when.
fn messages(opened: &Opened<'_>, words: Words) -> Vec<String> {
    let sent = opened.journey.messages.iter().filter(|message| message.undelivered.is_none());
    let text = |message: &Message| {
        let at = When::of(words, message.at, &opened.port.zone());
        Some(words.with(&format!("own-message-{}", message.way?.name()), &[("at", &at.local), ("zone", &at.zone)]))
    };
    sent.filter_map(text).collect()
}

/// The orders that are in force: an order of which nobody has told the person is not read here first.
fn orders(opened: &Opened<'_>, words: Words) -> Vec<OrderText> {
    let active = opened.journey.orders.iter().filter(|order| order.is_active());
    let text = |order: &Order| Some(OrderText::of(words, order.measure, order.until()?, opened.port));
    active.filter_map(text).collect()
}

/// The passes of everybody declared along, so that one page is enough for a family, on the screen and printed. Of one whom this
/// browser has neither declared nor proved to be there is the name and the code alone: who finds the declarer's pass again proves each.
async fn companions(own: &Own, session: &TravellerSession, now: Timestamp) -> Result<Vec<CompanionPass>, Failure> {
    let app = &own.web.app;
    let members = party::of(app, own.id).await?;
    let ids: Vec<Id> = members.iter().map(|member| member.id).collect();
    look(app, &Caller::Traveller, &ids, "own party").await?;
    members.iter().map(|member| companion(member, session.knows(member.id), now)).collect()
}

fn companion(opened: &Opened<'_>, is_known: bool, now: Timestamp) -> Result<CompanionPass, Failure> {
    let (state, code) = (opened.shown(now), opened.dossier.code.parse::<ShortCode>().map_err(Failure::bug)?);
    Ok(CompanionPass {
        name: opened.dossier.content.traveller.name.line(),
        document_tail: tail(opened).filter(|_| is_known),
        picture: picture(state, &code).filter(|_| is_known),
        state: is_known.then(|| state.name()),
        address: format!("/pass/{code}"),
        code: code.grouped(),
    })
}

/// `POST /pass/{code}/amend`: the answers as a draft, to be changed and sent.
pub async fn amend(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    session: TravellerSession,
    Path(code): Path<String>,
    headers: HeaderMap,
    sent: Sent,
) -> Response {
    let own = match permitted(&web, words, &session, &code, &headers, &sent).await {
        Ok(own) => own,
        Err(elsewhere) => return elsewhere,
    };
    let begun = async {
        let opened = own.open().await?;
        let notice = web.app.house.notice_version(&opened.port.code);
        let body = draft::of_content(&opened.dossier.content, &opened.journey.port, own.code.as_str(), notice)?;
        actions::draft::start_from(&web.app, &body, own.id).await
    };
    match begun.await {
        Ok(secret) => with_draft(&web, &secret, see(&Step::Check.address())),
        Err(failure) => own.trouble(failure),
    }
}

/// `GET /pass/{code}/withdraw`: asks whether it is meant.
pub async fn ask_withdraw(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    session: TravellerSession,
    Path(code): Path<String>,
) -> Response {
    let own = match Own::of(&web, words, &session, &code).await {
        Ok(own) => own,
        Err(elsewhere) => return elsewhere,
    };
    let others = match party::of(&web.app, own.id).await {
        Ok(members) => !members.is_empty(),
        Err(failure) => return own.trouble(failure),
    };
    let action = format!("{}/withdraw", own.address());
    let page = Withdraw {
        shell: Shell::new(words, &action),
        code: own.code.grouped(),
        back: own.address(),
        others,
        csrf: own.csrf(),
        action,
    };
    shown(StatusCode::OK, &page)
}

/// `POST /pass/{code}/withdraw`.
pub async fn withdraw(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    session: TravellerSession,
    Path(code): Path<String>,
    headers: HeaderMap,
    sent: Sent,
) -> Response {
    let own = match permitted(&web, words, &session, &code, &headers, &sent).await {
        Ok(own) => own,
        Err(elsewhere) => return elsewhere,
    };
    match actions::withdraw::withdraw(&web.app, &Caller::Traveller, &own.right(), None).await {
        Ok(_) => see(&own.address()),
        Err(failure) => own.trouble(failure),
    }
}

/// `POST /pass/{code}/confirm`.
pub async fn confirm(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    session: TravellerSession,
    Path(code): Path<String>,
    headers: HeaderMap,
    sent: Sent,
) -> Response {
    let own = match permitted(&web, words, &session, &code, &headers, &sent).await {
        Ok(own) => own,
        Err(elsewhere) => return elsewhere,
    };
    match confirmed(&own, &session).await {
        Ok(()) => see(&format!("{}?{CONFIRMED}", own.address())),
        Err(failure) => own.trouble(failure),
    }
}

/// A family is confirmed by one press: everybody declared along whom this browser may speak for, and who waits for it.
async fn confirmed(own: &Own, session: &TravellerSession) -> Result<(), Failure> {
    let app = &own.web.app;
    let confirm =
        async |right: Right| actions::confirm::confirm(app, &Caller::Traveller, &right, Channel::Web, None).await;
    confirm(own.right()).await?;
    for member in party::of(app, own.id).await? {
        if session.knows(member.id) && member.shown(app.now()) == Shown::Early {
            confirm(Right::Session(member.id)).await?;
        }
    }
    Ok(())
}

/// The declaration, for a form that came from its own page.
pub(super) async fn permitted(
    web: &Arc<Web>,
    words: Words,
    session: &TravellerSession,
    code: &str,
    headers: &HeaderMap,
    sent: &Sent,
) -> Result<Own, Response> {
    let own = Own::of(web, words, session, code).await?;
    if own.fits(sent, headers) {
        Ok(own)
    } else {
        Err(Mishap::new(Shell::new(words, own.address()), StatusCode::FORBIDDEN).answer())
    }
}
