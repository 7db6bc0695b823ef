//! The last page before a declaration is sent, and the sending: once, however often the button is pressed.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use pratique_core::code::ShortCode;
use pratique_core::declaration::COMPANIONS_MAX;
use pratique_core::field::FieldError;
use serde_json::json;

use super::draft;
use super::form::Sent;
use super::hand::{Hand, unfit};
use super::received::{SLIP, again, led_on, once};
use super::step::{Person, Step, before};
use super::trouble::trouble;
use super::view::{Check, Questions, check_sections, name_of};
use crate::actions;
use crate::actions::amend::Right;
use crate::actions::sender::Sender;
use crate::channels::Web;
use crate::channels::web::cookie::{self, Name};
use crate::channels::web::pace::Deed;
use crate::channels::web::{Address, Language, Visitor, csrf, mark, wait};
use crate::failure::Failure;
use crate::lookups::journey;
use crate::once::Reply;
use crate::page::{Shell, Summary, see, shown};

const ATTESTED: &str = "/attested";

/// `GET /declare/check`.
pub async fn show(hand: Hand) -> Response {
    told(&hand, StatusCode::OK, page(&hand, &[]))
}

/// `POST /declare/check`: sends the declaration. A repeat, also after the draft is gone, gets the same pass.
pub async fn send(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Sent,
) -> Response {
    let shell = Shell::new(words, "/declare/check");
    let Some(secret) = cookie::read(&headers, &web.app, Name::Draft) else { return see("/") };
    if !csrf::fits(&web.app, &secret, sent.one("csrf").unwrap_or_default(), &headers) {
        return unfit(shell, sent.one("csrf"), &headers);
    }
    match again(&web, &secret, &headers).await {
        Ok(Some(pass)) => return pass,
        Ok(None) => {}
        Err(failure) => return trouble(failure, shell),
    }
    if let Err(refused) = web.addresses.count(&web.app, Deed::Declare, &visitor) {
        // A kiosk's screen does not wait: no page stays on it.
        if actions::draft::is_kiosks(&secret) {
            return trouble(refused.into(), shell);
        }
        return wait::asked(&web, words, &visitor, (Deed::Declare, refused), ("/declare/check", &sent.0));
    }
    match Hand::open(&web, words, secret.clone()).await {
        Ok(hand) if draft::is_slip(&hand.body) => see(SLIP),
        Ok(hand) => match hand.at(&headers).await {
            Ok(hand) => sent_by(hand, &sent, &headers, visitor.address).await,
            Err(elsewhere) => elsewhere,
        },
        Err(Failure::NotFound | Failure::Sealed(_)) => sent_meanwhile(&web, &secret, &headers, shell).await,
        Err(failure) => trouble(failure, shell),
    }
}

/// The draft went while this form was on its way. Most likely the same button was pressed twice, and the other press has sent it.
async fn sent_meanwhile(web: &Web, secret: &str, headers: &HeaderMap, shell: Shell) -> Response {
    match again(web, secret, headers).await {
        Ok(pass) => pass.unwrap_or_else(|| see("/")),
        Err(failure) => trouble(failure, shell),
    }
}

async fn sent_by(mut hand: Hand, sent: &Sent, headers: &HeaderMap, address: Address) -> Response {
    // Nobody attests answers that they have not seen: another window may have changed them since.
    if sent.one(mark::FIELD) != Some(hand.mark().as_str()) {
        return told(&hand, StatusCode::CONFLICT, page(&hand, &[]).map(Check::shown_anew));
    }
    let mut body = hand.body.clone();
    body["attested"] = json!(sent.one(ATTESTED) == Some("true"));
    match hand.save(body).await {
        Ok(()) => {}
        Err(Failure::NotFound | Failure::Sealed(_)) => {
            return sent_meanwhile(&hand.web, &hand.secret, headers, hand.shell("/declare/check")).await;
        }
        Err(failure) => return hand.kept(failure, "/declare/check", sent),
    }
    let faults = match act(&hand, address).await {
        Ok(reply) => return done(&hand, headers, &reply).await,
        Err(Failure::Invalid(faults)) => faults,
        Err(failure) if failure.passes() => return hand.kept(failure, "/declare/check", sent),
        Err(failure) => return hand.trouble(failure, &back(&hand)),
    };
    told(&hand, StatusCode::UNPROCESSABLE_ENTITY, page(&hand, &faults))
}

fn told(hand: &Hand, status: StatusCode, page: Result<Check, Failure>) -> Response {
    match page {
        Ok(page) => shown(status, &page),
        Err(failure) => hand.trouble(failure, "/declare/check"),
    }
}

async fn act(hand: &Hand, Address(address): Address) -> Result<Reply, Failure> {
    let app = &hand.web.app;
    let (sender, once) = (Sender::at(address), Some(once(app, &hand.secret)));
    let body = draft::body(&hand.body);
    if let Some(kiosk) = &hand.kiosk {
        let who = kiosk.caller(&hand.web).await?;
        let sender = Sender { who: &who, station: Some(&kiosk.station), address: None };
        return actions::declare::declare_from(app, sender, &body, once).await;
    }
    let Some(code) = draft::amends(&hand.body) else {
        return actions::declare::declare_from(app, sender, &body, once).await;
    };
    let code: ShortCode = code.parse().map_err(|_| Failure::NotFound)?;
    // The draft was begun by a browser that had proved its right; nobody else holds its secret.
    let id = journey::by_code(app, &code).await?.ok_or(Failure::NotFound)?;
    actions::amend::amend(app, sender, &Right::Session(id), &body, once).await
}

async fn done(hand: &Hand, headers: &HeaderMap, reply: &Reply) -> Response {
    // What was sent is safe; a draft that could not be dropped is found sent when it is opened, and expires. At a kiosk it turns
    // into the slip.
    if !actions::draft::is_kiosks(&hand.secret)
        && let Err(failure) = actions::draft::drop_draft(&hand.web.app, &hand.secret).await
    {
        tracing::warn!(%failure, "a sent draft was not dropped");
    }
    match led_on(&hand.web, &hand.secret, headers, reply).await {
        Ok(pass) => pass,
        Err(failure) => hand.trouble(failure, "/declare/check"),
    }
}

/// Where a refusal leads back to: the pass that was to be changed, or the answers.
fn back(hand: &Hand) -> String {
    draft::amends(&hand.body).map_or_else(|| Step::Check.address(), |code| format!("/pass/{code}"))
}

fn page(hand: &Hand, faults: &[FieldError]) -> Result<Check, Failure> {
    let (words, form, today) = (hand.words, hand.form()?, hand.today());
    let steps = hand.steps()?;
    let attest = faults.iter().find(|fault| fault.pointer == ATTESTED);
    let attest_error = attest.map(|fault| words.error(&fault.code, &fault.params));
    let mut summary = Summary::empty(words);
    if !faults.is_empty() {
        each_told(hand, &steps, &mut summary)?;
        let unplaced = faults.iter().filter(|fault| fault.pointer != ATTESTED);
        if summary.is_empty() {
            unplaced.for_each(|fault| unplaced_at(hand, &steps, fault, &mut summary));
        }
        summary.add("f:attested", attest_error.as_slice());
    }
    Ok(Check {
        shell: hand.shell(&Step::Check.address()),
        back: before(&steps, &Step::Check)
            .map_or_else(|| hand.shell("").before_first().to_owned(), |step| step.address()),
        sections: check_sections(words, &hand.body, form, today),
        summary,
        attest_error,
        amending: draft::amends(&hand.body).is_some(),
        more: draft::amends(&hand.body).is_none() && draft::companions(&hand.body) < COMPANIONS_MAX,
        changed: false,
        seen: hand.mark(),
        csrf: hand.csrf(),
    })
}

/// What every page would tell, in the words that stand there, each with the way to it.
fn each_told(hand: &Hand, steps: &[Step], summary: &mut Summary) -> Result<(), Failure> {
    let (form, today) = (hand.form()?, hand.today());
    for step in steps {
        let page = Questions::of(hand.shell("/"), step, &hand.body, form, today, &|_| true);
        for (at, message) in page.into_iter().flat_map(|page| page.summary.errors) {
            let message = match step.person() {
                Some(Person::Companion(number)) => {
                    let name = name_of(hand.words, &hand.body, number);
                    hand.words.with("error-at-field", &[("field", &name), ("message", &message)])
                }
                _ => message,
            };
            summary.add_at(format!("{}?then=check&problems=1{at}", step.address()), message);
        }
    }
    Ok(())
}

/// A fault that no page knows of itself, such as another flight in an amendment.
fn unplaced_at(hand: &Hand, steps: &[Step], fault: &FieldError, summary: &mut Summary) {
    let step = steps.iter().find(|step| step.owns(&fault.pointer));
    let address = step.map_or_else(
        || Step::Trip.address(),
        |step| format!("{}?then=check#{}", step.address(), crate::page::field::id_of(&fault.pointer)),
    );
    summary.add_at(address, hand.words.error(&fault.code, &fault.params));
}
