//! The pages of questions: shown, taken, and on to the next. Everything typed is kept before it is judged.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use pratique_core::field::FieldError;
use pratique_core::flight::FlightId;
use serde_json::Value;

use super::draft;
use super::form::{Sent, store};
use super::hand::Hand;
use super::start::with_draft;
use super::step::{Person, Step, after};
use super::view::Questions;
use crate::channels::Web;
use crate::channels::web::{Language, Visitor};
use crate::failure::Failure;
use crate::page::field::id_of;
use crate::page::{Mishap, see, shown};
use crate::setting::Setting;

/// The day on which the person arrives.
const DATE: &str = "/trip/date";

/// How a page was come to, by its query.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner {
    /// `then=check`: from the check, to which it goes back.
    pub to_check: bool,
    /// `problems=1`: to mend what is wrong, so everything that is wrong is told.
    pub told: bool,
    /// `begun=1`: from a page that was sent when its draft was gone, which began this one.
    pub begun: bool,
}

impl Manner {
    /// Reads the query.
    #[must_use]
    pub fn of(query: Option<&str>) -> Self {
        let has = |wanted| query.unwrap_or_default().split('&').any(|pair| pair == wanted);
        Manner { to_check: has("then=check"), told: has("problems=1"), begun: has("begun=1") }
    }

    /// The query of the next page, which is come to in the same manner; what is wrong there is told when it is sent.
    fn suffix(self) -> &'static str {
        match (self.to_check, self.begun) {
            (false, false) => "",
            (true, false) => "?then=check",
            (false, true) => "?begun=1",
            (true, true) => "?then=check&begun=1",
        }
    }
}

/// The parts of a page's address: `page`, `number`, `link_id`.
type Parts = Path<Vec<(String, String)>>;

/// The page that an address means.
fn step_of(parts: &[(String, String)]) -> Option<Step> {
    let part = |name| parts.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let person = match part("number") {
        Some(number) => Person::Companion(number.parse().ok()?),
        None => Person::Declarer,
    };
    match (part("page"), part("link_id"), person) {
        (None, Some(link_id), person) => Some(Step::Section(person, link_id.to_owned())),
        (Some("you"), None, person) => Some(Step::You(person)),
        (Some("trip"), None, Person::Declarer) => Some(Step::Trip),
        (Some("contact"), None, Person::Declarer) => Some(Step::Contact),
        _ => None,
    }
}

/// `GET` of a page of questions.
pub async fn show(hand: Hand, Path(parts): Parts, RawQuery(query): RawQuery) -> Response {
    let manner = Manner::of(query.as_deref());
    match step_of(&parts) {
        Some(step) => paged(&hand, &step, manner, StatusCode::OK, &|_| manner.told),
        None => Mishap::new(hand.shell("/declare"), StatusCode::NOT_FOUND).answer(),
    }
}

/// `POST` of a page of questions. With `keep` it comes from a script, which shows one question at a time and stays on the page.
pub async fn take(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    visitor: Visitor,
    Path(parts): Parts,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    sent: Sent,
) -> Response {
    let (mut hand, is_new) = match Hand::held(&web, words, &headers).await {
        Ok(Some(hand)) => (hand, false),
        Ok(None) => match Hand::anew(&web, words, &headers, (&visitor, sent.one("port"))).await {
            Ok(hand) => (hand, true),
            Err(elsewhere) => return elsewhere,
        },
        Err(elsewhere) => return elsewhere,
    };
    let Some(step) = step_of(&parts) else {
        return Mishap::new(hand.shell("/declare"), StatusCode::NOT_FOUND).answer();
    };
    // The token of a form whose draft is gone says nothing any more; that the form is ours was asked before the new one.
    if !is_new && !hand.fits(sent.one("csrf"), &headers) {
        return hand.unfit(sent.one("csrf"), &headers, &step.address());
    }
    let manner = Manner { begun: is_new, ..Manner::of(query.as_deref()) };
    let asked = names(&hand, &step, &sent);
    let answer = match kept(&mut hand, &step, &sent).await {
        Ok(()) => onward(&hand, &step, manner, &sent, &asked).await,
        Err(failure) => return hand.kept(failure, &step.address(), &sent),
    };
    let response = match answer {
        Ok(next) if sent.has("keep") && is_new => renewed(&hand, &step, next, manner),
        Ok(next) if sent.has("keep") => next.for_script(),
        Ok(next) => next.for_browser(),
        Err(failure) => hand.trouble(failure, &step.address()),
    };
    if hand.kiosk.is_some() { response } else { with_draft(&hand.web, &hand.secret, response) }
}

/// A script goes on with the page that it has; the forms of a new draft have another token, so it gets them.
fn renewed(hand: &Hand, step: &Step, next: Onward, manner: Manner) -> Response {
    match (next, page(hand, step, manner, &|_| false)) {
        (Onward::To(address), Ok(Some(page))) => Onward::Changed(Box::new(page), String::new(), address).for_script(),
        (next, _) => next.for_script(),
    }
}

/// The fields that the page had when it was sent: as a script says, which saves more often than it leaves; else as the draft
/// stands.
fn names(hand: &Hand, step: &Step, sent: &Sent) -> Vec<String> {
    if sent.has("asked") {
        return sent.values("asked").into_iter().map(str::to_owned).collect();
    }
    let page = page(hand, step, Manner::default(), &|_| false);
    page.ok().flatten().map(|page| page.names()).unwrap_or_default()
}

async fn kept(hand: &mut Hand, step: &Step, sent: &Sent) -> Result<(), Failure> {
    let mut body = hand.body.clone();
    store(&mut body, hand.form()?, sent, |pointer| step.owns(pointer));
    hand.save(body).await
}

/// What comes after a page was kept.
enum Onward {
    /// On, or to the page again: this address.
    To(String),
    /// The page again, since something on it is wrong.
    Wrong(Box<Questions>),
    /// The page again, since an answer has opened or closed a question of it: where it leads, and where to after it.
    Changed(Box<Questions>, String, String),
}

impl Onward {
    fn for_browser(self) -> Response {
        match self {
            Onward::To(address) => see(&address),
            Onward::Wrong(page) => shown(StatusCode::UNPROCESSABLE_ENTITY, &*page),
            Onward::Changed(_, opened, _) => see(&opened),
        }
    }

    /// A script stays on its page: it is told where the way leads, and gets the page where that has changed.
    fn for_script(self) -> Response {
        let (mut response, next) = match self {
            Onward::To(address) => (StatusCode::NO_CONTENT.into_response(), address),
            Onward::Wrong(page) => return shown(StatusCode::UNPROCESSABLE_ENTITY, &*page),
            Onward::Changed(page, _, next) => (shown(StatusCode::OK, &*page), next),
        };
        if let Ok(next) = HeaderValue::from_str(&next) {
            response.headers_mut().insert(header::LOCATION, next);
        }
        response
    }
}

/// Where to go after a page was kept: to it again for one more row, with its errors, or for a question that an answer has
/// opened since the page was `asked`; else on.
async fn onward(hand: &Hand, step: &Step, manner: Manner, sent: &Sent, asked: &[String]) -> Result<Onward, Failure> {
    let suffix = manner.suffix();
    if let Some(button) = sent.one("add").or(sent.one("remove")) {
        return Ok(Onward::To(format!("{}{suffix}#{}", step.address(), id_of(button))));
    }
    let Some(mut page) = page(hand, step, manner, &|pointer| sent.covers(pointer))? else {
        return Ok(Onward::To("/declare".to_owned()));
    };
    if sent.covers(DATE)
        && page.is_sound()
        && let Some(fault) = long_past(hand).await?
    {
        page = page.with_fault(&fault);
    }
    if !page.is_sound() {
        return Ok(Onward::Wrong(Box::new(page)));
    }
    let next = if manner.to_check { Step::Check } else { after(&hand.steps()?, step) };
    let next = format!("{}{}", next.address(), Manner { to_check: false, ..manner }.suffix());
    let names = page.names();
    let opened = names.iter().find(|name| !asked.contains(name) && !sent.has(name)).map(|name| id_of(name));
    let closed = sent.has("asked") && asked.iter().any(|name| !names.contains(name));
    if opened.is_none() && !closed {
        return Ok(Onward::To(next));
    }
    let address = format!("{}{suffix}#{}", step.address(), opened.as_deref().unwrap_or_default());
    page.opened = opened;
    Ok(Onward::Changed(Box::new(page), address, next))
}

/// What only the timetable can say of a date of arrival: that the pass would be over. A declaration that is changed keeps its flight,
/// and at a lane the person has arrived, whenever that was.
async fn long_past(hand: &Hand) -> Result<Option<FieldError>, Failure> {
    let text = |pointer| hand.body.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let is_settled = draft::amends(&hand.body).is_some() || draft::officer(&hand.body).is_some();
    let (Ok(designator), Ok(date), false) = (text("/trip/flight").parse(), text(DATE).parse(), is_settled) else {
        return Ok(None);
    };
    let (app, port) = (&hand.web.app, &hand.port().code);
    let id = FlightId { designator, date, port: port.clone() };
    Ok(Setting::of(app, port, id, app.now()).await?.over())
}

fn page(hand: &Hand, step: &Step, manner: Manner, tells: &dyn Fn(&str) -> bool) -> Result<Option<Questions>, Failure> {
    let shell = hand.shell(&step.address());
    let page = Questions::of(shell, step, &hand.body, hand.form()?, hand.today(), tells);
    let page = page.map(|page| page.with_token(&hand.csrf()).returning(manner.to_check));
    Ok(page.map(|page| Questions { begun: manner.begun, ..page }))
}

fn paged(hand: &Hand, step: &Step, manner: Manner, status: StatusCode, tells: &dyn Fn(&str) -> bool) -> Response {
    match page(hand, step, manner, tells) {
        Ok(Some(page)) => shown(status, &page),
        // A section that an answer has closed: the way leads past it.
        Ok(None) => see("/declare"),
        Err(failure) => hand.trouble(failure, &step.address()),
    }
}
