//! A flight's people: who of the manifest has declared, what a person should look at, the balance, and the flight's health part.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::Response;
use pratique_core::access::Act;
use pratique_core::flight::inspection::{Boarding, Ill, OUTCOMES, SIGNS, Treatment};
use pratique_core::flight::manifest::{Listed, Manifest};
use pratique_core::flight::{FlightId, InspectionForm};
use pratique_core::id::Id;
use pratique_formats::{manifest_csv, paxlst};

use super::told::{self, Figure, Missing, Pair, Told};
use crate::actions::hand_in_manifest::{HandedIn, hand_in};
use crate::actions::inspect_flight::inspect;
use crate::actions::judge_match::{Word, judge};
use crate::actions::look::look;
use crate::channels::staff::{Console, Frame};
use crate::channels::web::Problem;
use crate::failure::Failure;
use crate::house::local_date;
use crate::lookups;
use crate::lookups::who_declared::Readiness;
use crate::page::{self, Shell};

/// The page.
#[derive(Debug, Template)]
#[template(path = "flights/people.html")]
pub struct PeoplePage {
    /// The frame.
    pub shell: Shell,
    /// Who.
    pub frame: Frame,
    /// The flight's number.
    pub flight: String,
    /// This page's address.
    pub address: String,
    /// What was just done, in words.
    pub done: Option<String>,
    /// Why it was not.
    pub refused: Option<String>,
    /// The newest manifest, in words.
    pub manifest: Option<String>,
    /// The balance, a figure a line.
    pub figures: Vec<Figure>,
    /// Whether it adds up, in words.
    pub settled: String,
    /// Pairs to look at.
    pub pairs: Vec<Pair>,
    /// Who has not declared.
    pub missing: Vec<Missing>,
    /// Declarations of people who are not on the list: their names, for whoever may see them.
    pub unlisted: Vec<String>,
    /// Health parts recorded.
    pub inspections: Vec<Told>,
    /// Signs to tick: name and words.
    pub signs: Vec<(&'static str, String)>,
    /// How an inspection can end.
    pub outcomes: Vec<(&'static str, String)>,
    /// May hand in a manifest.
    pub can_hand_in: bool,
    /// May say who is who.
    pub can_judge: bool,
    /// May say who did not fly.
    pub can_mark: bool,
    /// May record the health part.
    pub can_inspect: bool,
}

/// More names than this are not opened for one page.
const NAMES_MAX: usize = 600;

/// `GET /flights/{flight}/people`.
pub async fn show(console: Console, Path(name): Path<String>) -> Result<Response, Response> {
    let id = known(&console, &name).await?;
    render(&console, &id, StatusCode::OK, None, None).await
}

/// The flight of an address, for whoever may see who declared.
async fn known(console: &Console, name: &str) -> Result<FlightId, Response> {
    let id = name.parse::<FlightId>().map_err(|_| console.trouble(Failure::NotFound))?;
    let may = console.caller().may_for(Act::SeeReadiness, &id.port, id.designator.carrier());
    may.map_err(|denied| console.trouble(denied.into()))?;
    let found = lookups::flight::read(console.app(), &id).await.map_err(|failure| console.trouble(failure))?;
    found.map(|_| id).ok_or_else(|| console.trouble(Failure::NotFound))
}

async fn render(
    console: &Console,
    id: &FlightId,
    status: StatusCode,
    done: Option<String>,
    refused: Option<String>,
) -> Result<Response, Response> {
    let page = page(console, id, done, refused).await.map_err(|failure| console.trouble(failure))?;
    Ok(page::shown(status, &page))
}

async fn page(
    console: &Console,
    id: &FlightId,
    done: Option<String>,
    refused: Option<String>,
) -> Result<PeoplePage, Failure> {
    let (app, words) = (console.app(), console.words);
    let ready = lookups::who_declared::readiness(app, id).await?;
    let inspections = lookups::inspection::all(app, id).await?;
    let can = |act| console.caller().may_for(act, &id.port, id.designator.carrier()).is_ok();
    let can_judge = can(Act::JudgeMatch);
    let names = if can_judge { names(console, &ready).await? } else { Names::default() };
    let zone = app.house.port(&id.port).ok_or(Failure::NotFound)?.zone();
    Ok(PeoplePage {
        shell: console.shell(),
        frame: console.frame(),
        flight: id.designator.to_string(),
        address: format!("/flights/{id}/people"),
        done,
        refused,
        manifest: ready.record.as_ref().map(|record| told::manifest(words, record, &zone)),
        figures: told::figures(words, &ready.balance),
        settled: told::settled(words, &ready.balance),
        pairs: told::pairs(words, &ready, &names.listed, &names.declared),
        missing: told::missing(words, &ready, &names.listed),
        unlisted: ready.unlisted.iter().filter_map(|id| names.declared.get(id).cloned()).collect(),
        inspections: inspections.iter().map(|(_, kept)| told::inspection(words, kept, &zone)).collect(),
        signs: SIGNS.iter().map(|sign| (*sign, words.t(&format!("sign-{sign}")))).collect(),
        outcomes: OUTCOMES.iter().map(|o| (*o, words.t(&format!("boarding-{o}")))).collect(),
        can_hand_in: can(Act::HandInManifest),
        can_judge,
        can_mark: can(Act::MarkNoShow),
        can_inspect: can(Act::InspectFlight),
    })
}

#[derive(Default)]
struct Names {
    listed: HashMap<Id, Listed>,
    declared: HashMap<Id, String>,
}

/// Opens whom the page shows, once it is on record.
async fn names(console: &Console, ready: &Readiness) -> Result<Names, Failure> {
    let app = console.app();
    let mut listed: Vec<Id> = ready.missing().map(|(id, _)| id).take(NAMES_MAX).collect();
    listed.extend(ready.candidates.iter().map(|c| c.listed));
    let declared: Vec<Id> = ready.unlisted.iter().copied().take(NAMES_MAX).collect();
    let all: Vec<Id> = listed.iter().chain(&declared).copied().collect();
    look(app, &console.caller(), &all, "manifest").await?;
    let mut names = Names::default();
    for id in listed {
        if let Some(entry) = lookups::manifest::entry(app, id).await? {
            names.listed.insert(id, entry);
        }
    }
    for id in declared {
        match lookups::journey::dossier(app, id).await {
            Ok(dossier) => {
                let traveller = &dossier.content.traveller;
                names.declared.insert(id, told::person(console.words, &traveller.name, Some(traveller.birth_date)));
            }
            Err(Failure::Sealed(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(names)
}

/// `POST /flights/{flight}/people/said`: two records are one person or not; somebody did not fly.
pub async fn say(
    console: Console,
    Path(name): Path<String>,
    Form(sent): Form<HashMap<String, String>>,
) -> Result<Response, Response> {
    let text = |key: &str| sent.get(key).map(String::as_str).unwrap_or_default();
    console.own_form(text("csrf"))?;
    let id = known(&console, &name).await?;
    let word = match (text("say"), text("journey").parse::<Id>().ok()) {
        ("same", Some(journey)) => Some(Word::Same(journey)),
        ("different", Some(journey)) => Some(Word::Different(journey)),
        // "Did not fly" ends the search for somebody, so that it takes a second look.
        ("no-show", _) if text("sure") == "yes" => Some(Word::NoShow),
        ("flew", _) => Some(Word::Flew),
        _ => None,
    };
    let (Some(word), Ok(listed)) = (word, text("listed").parse::<Id>()) else {
        let refused = Some(console.words.t("people-sure-needed"));
        return render(&console, &id, StatusCode::UNPROCESSABLE_ENTITY, None, refused).await;
    };
    match judge(console.app(), &console.caller(), &id, listed, word, None).await {
        Ok(_) => Ok(page::see(&format!("/flights/{id}/people"))),
        Err(failure) => Err(console.trouble(failure)),
    }
}

/// `POST /flights/{flight}/people/manifest`: a list, pasted or as a file.
pub async fn take(console: Console, Path(name): Path<String>, mut form: Multipart) -> Result<Response, Response> {
    let (mut csrf, mut text, mut file) = (String::new(), Vec::new(), Vec::new());
    while let Ok(Some(part)) = form.next_field().await {
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.unwrap_or_default().to_vec();
        match name.as_str() {
            "csrf" => csrf = String::from_utf8(bytes).unwrap_or_default(),
            "text" => text = bytes,
            "file" => file = bytes,
            _ => {}
        }
    }
    console.own_form(&csrf)?;
    let id = known(&console, &name).await?;
    let words = console.words;
    let list = if file.is_empty() { text } else { file };
    let taken = match read(&console, &id, &list) {
        Some(manifest) => hand_in(console.app(), &console.caller(), &id, manifest, None).await,
        None => Err(Failure::field("", "not-a-manifest")),
    };
    match taken.and_then(|reply| reply.read::<HandedIn>()) {
        Ok(taken) => {
            let (people, parked) = ((taken.passengers + taken.crew).to_string(), taken.parked.len().to_string());
            let done = words.with("people-taken", &[("people", &people), ("parked", &parked)]);
            render(&console, &id, StatusCode::OK, Some(done), None).await
        }
        Err(failure) => refused(&console, &id, failure).await,
    }
}

fn read(console: &Console, id: &FlightId, list: &[u8]) -> Option<Manifest> {
    let app = console.app();
    let today = local_date(app.house.port(&id.port)?, app.now());
    paxlst::read(list, today).ok().or_else(|| manifest_csv::read(list, today).ok())
}

/// A refusal, at the top of the page; what is wrong with it in words.
async fn refused(console: &Console, id: &FlightId, failure: Failure) -> Result<Response, Response> {
    let Failure::Invalid(faults) = &failure else { return Err(console.trouble(failure)) };
    let words: Vec<String> = faults.iter().map(|f| console.words.error(&f.code, &f.params)).collect();
    let status = Problem::new(failure, console.words).status();
    render(console, id, status, None, Some(words.join(" "))).await
}

/// `POST /flights/{flight}/people/inspection`: the health part.
pub async fn record(
    console: Console,
    Path(name): Path<String>,
    Form(sent): Form<HashMap<String, String>>,
) -> Result<Response, Response> {
    let text = |key: &str| sent.get(key).map(|text| text.trim()).filter(|text| !text.is_empty());
    console.own_form(text("csrf").unwrap_or_default())?;
    let id = known(&console, &name).await?;
    let signs: Vec<String> =
        SIGNS.iter().filter(|s| text(&format!("sign-{s}")).is_some()).map(|s| (*s).to_owned()).collect();
    let Ok(count) = text("ill").unwrap_or("0").parse::<usize>() else {
        return refused(&console, &id, Failure::field("/ill", "not-a-count")).await;
    };
    // The page asks which signs were seen, not who had which: the first ill person carries them.
    let count = count.max(usize::from(!signs.is_empty())).min(1_001);
    let mut ill = vec![Ill::default(); count];
    if let Some(first) = ill.first_mut() {
        first.signs = signs;
    }
    let treated = |key| text(key).map(|_| Treatment::default());
    let form = InspectionForm {
        ill,
        disinsection: treated("disinsection"),
        disinfection: treated("disinfection"),
        boarding: text("outcome").map(|outcome| Boarding { at: None, outcome: outcome.to_owned() }),
        note: text("note").map(str::to_owned),
    };
    match inspect(console.app(), &console.caller(), &id, &form, None).await {
        Ok(_) => Ok(page::see(&format!("/flights/{id}/people"))),
        Err(failure) => refused(&console, &id, failure).await,
    }
}
