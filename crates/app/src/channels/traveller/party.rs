//! The list of those who travel with the declarer.

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use pratique_core::declaration::COMPANIONS_MAX;

use super::draft;
use super::form::Sent;
use super::hand::Hand;
use super::step::{Person, Step, before};
use super::view::{CompanionRow, Companions, Questions, name_of};
use crate::failure::Failure;
use crate::page::{see, shown};

/// `GET /declare/companions`.
pub async fn show(hand: Hand) -> Response {
    match listed(&hand) {
        Ok(page) => shown(StatusCode::OK, &page),
        Err(failure) => hand.trouble(failure, &Step::Companions.address()),
    }
}

/// `POST /declare/companions`: one more, one less, or on.
pub async fn take(mut hand: Hand, headers: HeaderMap, sent: Sent) -> Response {
    let address = Step::Companions.address();
    if !hand.fits(sent.one("csrf"), &headers) {
        return hand.unfit(sent.one("csrf"), &headers, &address);
    }
    let mut body = hand.body.clone();
    let next = if sent.has("add") {
        let added = draft::add_companion(&mut body);
        // At a kiosk their passport is read as well.
        if let (Some(number), Some(_)) = (added, &hand.kiosk) {
            return match hand.save(body).await {
                Ok(()) => see(&format!("/kiosk/read/{number}")),
                Err(failure) => hand.trouble(failure, &address),
            };
        }
        added.map_or(Step::Companions, |number| Step::You(Person::Companion(number)))
    } else if let Some(number) = sent.one("remove").and_then(|number| number.parse().ok()) {
        draft::remove_companion(&mut body, number);
        Step::Companions
    } else {
        return see(&Step::Check.address());
    };
    match hand.save(body).await {
        Ok(()) => see(&next.address()),
        Err(failure) => hand.trouble(failure, &address),
    }
}

fn listed(hand: &Hand) -> Result<Companions, Failure> {
    let steps = hand.steps()?;
    let count = draft::companions(&hand.body);
    let rows: Result<Vec<_>, Failure> = (0..count).map(|number| row(hand, &steps, number)).collect();
    Ok(Companions {
        shell: hand.shell(&Step::Companions.address()),
        back: before(&steps, &Step::Companions).map_or_else(|| Step::Check.address(), |step| step.address()),
        companions: rows?,
        room: count < COMPANIONS_MAX,
        csrf: hand.csrf(),
    })
}

/// A companion is complete when none of their pages has anything to tell.
fn row(hand: &Hand, steps: &[Step], number: usize) -> Result<CompanionRow, Failure> {
    let person = Person::Companion(number);
    let form = hand.form()?;
    let sound = |step: &Step| {
        let page = Questions::of(hand.shell("/"), step, &hand.body, form, hand.today(), &|_| true);
        page.is_none_or(|page| page.is_sound())
    };
    Ok(CompanionRow {
        number,
        name: name_of(hand.words, &hand.body, number),
        address: Step::You(person).address(),
        complete: steps.iter().filter(|step| step.person() == Some(person)).all(sound),
    })
}
