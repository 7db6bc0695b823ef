//! The pages of questions: shown, taken, and on to the next. Everything typed is kept before it is judged.

use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::form::{Sent, store};
use super::hand::Hand;
use super::step::{Person, Step, after};
use super::view::Questions;
use crate::failure::Failure;
use crate::page::field::id_of;
use crate::page::{Mishap, see, shown};

/// How a page was come to, by its query.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner {
    /// `then=check`: from the check, to which it goes back.
    pub to_check: bool,
    /// `problems=1`: to mend what is wrong, so everything that is wrong is told.
    pub told: bool,
}

impl Manner {
    /// Reads the query.
    #[must_use]
    pub fn of(query: Option<&str>) -> Self {
        let has = |wanted| query.unwrap_or_default().split('&').any(|pair| pair == wanted);
        Manner { to_check: has("then=check"), told: has("problems=1") }
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

/// `POST` of a page of questions.
pub async fn take(
    mut hand: Hand,
    Path(parts): Parts,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    sent: Sent,
) -> Response {
    let Some(step) = step_of(&parts) else {
        return Mishap::new(hand.shell("/declare"), StatusCode::NOT_FOUND).answer();
    };
    if !hand.fits(sent.one("csrf"), &headers) {
        return Mishap::new(hand.shell(&step.address()), StatusCode::FORBIDDEN).answer();
    }
    let asked = names(&hand, &step);
    match kept(&mut hand, &step, &sent).await {
        Ok(()) => onward(&hand, &step, Manner::of(query.as_deref()), &sent, &asked),
        Err(failure) => hand.trouble(failure, &step.address()),
    }
}

/// The fields that the page has as the draft stands.
fn names(hand: &Hand, step: &Step) -> Vec<String> {
    let page = page(hand, step, Manner::default(), &|_| false);
    page.ok().flatten().map(|page| page.names()).unwrap_or_default()
}

async fn kept(hand: &mut Hand, step: &Step, sent: &Sent) -> Result<(), Failure> {
    let mut body = hand.body.clone();
    store(&mut body, hand.form()?, sent, |pointer| step.owns(pointer));
    hand.save(body).await
}

/// Where to go after a page was kept: to it again for one more row, with its errors, or for a question that an answer has
/// opened since the page was `asked`; else on.
fn onward(hand: &Hand, step: &Step, manner: Manner, sent: &Sent, asked: &[String]) -> Response {
    let suffix = if manner.to_check { "?then=check" } else { "" };
    if let Some(button) = sent.one("add").or(sent.one("remove")) {
        return see(&format!("{}{suffix}#{}", step.address(), id_of(button)));
    }
    let page = match page(hand, step, manner, &|pointer| sent.covers(pointer)) {
        Ok(Some(page)) => page,
        Ok(None) => return see("/declare"),
        Err(failure) => return hand.trouble(failure, &step.address()),
    };
    if !page.is_sound() {
        return shown(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    if let Some(opened) = page.names().into_iter().find(|name| !asked.contains(name) && !sent.has(name)) {
        return see(&format!("{}{suffix}#{}", step.address(), id_of(&opened)));
    }
    match hand.steps() {
        Ok(_) if manner.to_check => see(&Step::Check.address()),
        Ok(steps) => see(&after(&steps, step).address()),
        Err(failure) => hand.trouble(failure, &step.address()),
    }
}

fn page(hand: &Hand, step: &Step, manner: Manner, tells: &dyn Fn(&str) -> bool) -> Result<Option<Questions>, Failure> {
    let shell = hand.shell(&step.address());
    let page = Questions::of(shell, step, &hand.body, hand.form()?, hand.today(), tells);
    Ok(page.map(|page| page.with_token(&hand.csrf()).returning(manner.to_check)))
}

fn paged(hand: &Hand, step: &Step, manner: Manner, status: StatusCode, tells: &dyn Fn(&str) -> bool) -> Response {
    match page(hand, step, manner, tells) {
        Ok(Some(page)) => shown(status, &page),
        // A section that an answer has closed: the way leads past it.
        Ok(None) => see("/declare"),
        Err(failure) => hand.trouble(failure, &step.address()),
    }
}
