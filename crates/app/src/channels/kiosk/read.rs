//! The passport is laid on the reader, which types its zone into the one field of this page; or it is not, and the person types
//! themself.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::reading::{self, Reading};
use crate::channels::traveller::draft;
use crate::channels::traveller::form::Sent;
use crate::channels::traveller::hand::Hand;
use crate::channels::traveller::step::{Person, Step};
use crate::failure::Failure;
use crate::page::noticed::{self, NoticePart};
use crate::page::{AtKiosk, Mishap, Shell, see, shown};

/// The page.
#[derive(Debug, Template)]
#[template(path = "kiosk/read.html")]
pub struct ReadPage {
    /// The frame.
    pub shell: Shell,
    /// Where the form is sent.
    pub action: String,
    /// Whether it is for somebody who travels along.
    pub companion: bool,
    /// What is wrong with what was read; the fields that were misread, each by its name.
    pub problems: Vec<String>,
    /// Where one goes on without a reader, or with what could be read.
    pub onward: String,
    /// Whether some of it could be read.
    pub partly: bool,
    /// The privacy notice, before anything personal is read; none for somebody who travels along.
    pub notice: Vec<NoticePart>,
    /// The token that proves that the form is ours.
    pub csrf: String,
}

/// `GET /kiosk/read`.
pub async fn ask(hand: Hand) -> Response {
    render(&hand, Person::Declarer, StatusCode::OK, Vec::new(), false)
}

/// `GET /kiosk/read/{number}`: for somebody who travels along.
pub async fn ask_for(hand: Hand, Path(number): Path<usize>) -> Response {
    match companion(&hand, number) {
        Some(person) => render(&hand, person, StatusCode::OK, Vec::new(), false),
        None => see(&Step::Companions.address()),
    }
}

/// `POST /kiosk/read`.
pub async fn take(hand: Hand, headers: HeaderMap, sent: Sent) -> Response {
    taken(hand, Person::Declarer, &headers, &sent).await
}

/// `POST /kiosk/read/{number}`.
pub async fn take_for(hand: Hand, Path(number): Path<usize>, headers: HeaderMap, sent: Sent) -> Response {
    match companion(&hand, number) {
        Some(person) => taken(hand, person, &headers, &sent).await,
        None => see(&Step::Companions.address()),
    }
}

fn companion(hand: &Hand, number: usize) -> Option<Person> {
    (number < draft::companions(&hand.body)).then_some(Person::Companion(number))
}

async fn taken(mut hand: Hand, person: Person, headers: &HeaderMap, sent: &Sent) -> Response {
    if !hand.fits(sent.one("csrf"), headers) {
        return Mishap::new(hand.shell(&address(person)), StatusCode::FORBIDDEN).answer();
    }
    let reading = match reading::read(sent.one("zone").unwrap_or_default(), hand.today()) {
        Ok(reading) => reading,
        Err(unread) => {
            let problem = hand.words.t(&format!("kiosk-read-{}", unread.name()));
            return render(&hand, person, StatusCode::UNPROCESSABLE_ENTITY, vec![problem], false);
        }
    };
    if let Err(failure) = kept(&mut hand, person, &reading).await {
        return hand.trouble(failure, &address(person));
    }
    if reading.misread.is_empty() {
        return see(&onward(person));
    }
    // shows: kiosk-misread-{number,birth-date,expires,zone}
    let problems = reading.misread.iter().map(|name| hand.words.t(&format!("kiosk-misread-{name}"))).collect();
    render(&hand, person, StatusCode::UNPROCESSABLE_ENTITY, problems, true)
}

/// What was read takes the place of what was read or typed before: another passport is another person.
async fn kept(hand: &mut Hand, person: Person, reading: &Reading) -> Result<(), Failure> {
    let mut body = hand.body.clone();
    let place = format!("{}/traveller", person.base());
    match body.pointer_mut(&place) {
        Some(traveller) => *traveller = reading.traveller.clone(),
        None => body["traveller"] = reading.traveller.clone(),
    }
    hand.save(body).await
}

fn address(person: Person) -> String {
    match person {
        Person::Declarer => super::start::READ.to_owned(),
        Person::Companion(number) => format!("{}/{number}", super::start::READ),
    }
}

/// The first page of questions; for a companion, the page that shows what was read.
fn onward(person: Person) -> String {
    match person {
        Person::Declarer => Step::Trip.address(),
        companion @ Person::Companion(_) => Step::You(companion).address(),
    }
}

/// The notice whose version the draft names.
fn notice(hand: &Hand) -> Vec<NoticePart> {
    let house = &hand.web.app.house;
    let version = hand.body.get("notice").and_then(serde_json::Value::as_str).unwrap_or_default();
    let port = hand.kiosk.as_ref().and_then(|kiosk| house.port(&kiosk.port));
    let told = house.notice(version).zip(port).map(|(notice, port)| noticed::parts(hand.words, notice, port));
    told.unwrap_or_default()
}

fn render(hand: &Hand, person: Person, status: StatusCode, problems: Vec<String>, partly: bool) -> Response {
    let page = ReadPage {
        shell: hand.shell(&address(person)).at_kiosk(Some(AtKiosk::TYPING_S)),
        action: address(person),
        companion: person != Person::Declarer,
        problems,
        onward: onward(person),
        partly,
        notice: if person == Person::Declarer { notice(hand) } else { Vec::new() },
        csrf: hand.csrf(),
    };
    shown(status, &page)
}
