//! A person as a department may know them: the fields that its purpose needs (`pratique_core::sharing`), and no other.

use jiff::Timestamp;
use pratique_core::department::Purpose;
use pratique_core::id::Id;
use pratique_core::journey::order::State as Ordered;
use pratique_core::journey::test::State as Tested;
use pratique_core::journey::{Journey, Outcome};
use pratique_core::sharing::Field;
use pratique_store::Order;
use serde::Serialize;

use super::note::{self, Deed, Noted};
use super::{findings, inquiry, reasons};
use crate::app::App;
use crate::dossier::Dossier;
use crate::failure::Failure;
use crate::findings::Findings;
use crate::house::local_date;
use crate::inquiry::Inquiry;
use crate::ledger;
use crate::verdict::JudgedBy;

/// How many characters of a document number are its tail.
const TAIL_CHARS: usize = 3;
/// Companions that are looked for.
const PARTY_MAX: u32 = 20;

/// What is shared. A field that the purpose does not need is not there; neither is one that nobody knows.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(default)]
pub struct Shared {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Paper>,
    /// The end of its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_tail: Option<String>,
    /// The birth date, as far as it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// Ten years of age: `30-39`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_band: Option<String>,
    /// `F`, `M` or `X`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<&'static str>,
    /// State code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nationality: Option<String>,
    /// Telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Address for the next 14 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The flight.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flight: Option<String>,
    /// The seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
    /// Journeys declared together with this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub companions: Option<Vec<Id>>,
    /// The tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<&'static str>,
    /// Why the rules said so, in the reader's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<String>>,
    /// By what they were judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judged_by: Option<JudgedBy>,
    /// What the desk found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub findings: Option<Vec<Found>>,
    /// What it measured and saw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub examinations: Option<Vec<Measured>>,
    /// Where they were and whom they met, as they answered the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub investigations: Option<Vec<Asked>>,
    /// Where samples are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub samples: Option<Vec<SampleLine>>,
    /// Released results.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<Vec<ResultLine>>,
    /// Orders that were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orders: Option<Vec<OrderLine>>,
    /// Cases that they are a contact of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacts: Option<Vec<ContactLine>>,
}

/// A travel document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub issuer: String,
}

/// What the desk found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// When.
    pub at: Timestamp,
    /// In the doctor's words.
    pub text: String,
}

/// One examination.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// When.
    pub at: Timestamp,
    /// Every reading, and the codes of symptoms with the pack whose codes they are.
    #[serde(flatten)]
    pub findings: Findings,
}

/// One investigation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Asked {
    /// When.
    pub at: Timestamp,
    /// The form and the answers.
    #[serde(flatten)]
    pub inquiry: Inquiry,
}

/// A sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SampleLine {
    /// Its number.
    pub sample: u32,
    /// Where it stands.
    pub state: &'static str,
}

/// A result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResultLine {
    /// The sample.
    pub sample: u32,
    /// What it says.
    pub result: &'static str,
    /// When it was released.
    pub at: Timestamp,
    /// 1, and one more for each amendment.
    pub version: u32,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderLine {
    /// Its number.
    pub order: u32,
    /// What is ordered.
    pub measure: &'static str,
    /// Where it stands.
    pub state: &'static str,
    /// When it ends.
    pub until: Option<Timestamp>,
}

/// A tie to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContactLine {
    /// The case's journey.
    pub case: Id,
    /// Why.
    pub rule: String,
    /// Rows between the two.
    pub rows: Option<u32>,
}

/// What of this person may be known for this purpose. It must be on record that somebody looks (`actions::look`).
///
/// # Errors
/// The store's.
pub async fn of(
    app: &App,
    (id, journey, dossier): (Id, &Journey, Option<&Dossier>),
    purpose: Purpose,
    language: &str,
) -> Result<Shared, Failure> {
    let may = |field: Field| field.is_for(purpose);
    let mut shared = entry(app, id, journey, purpose, language).await?;
    let Some(dossier) = dossier else { return Ok(shared) };
    if may(Field::Findings) {
        shared.findings = Some(noted(app, id).await?);
        let all = findings::all(app, id).await?.into_iter();
        shared.examinations = Some(all.map(|one| Measured { at: one.at, findings: one.findings }).collect());
    }
    if may(Field::Investigation) {
        let all = inquiry::all(app, id).await?.into_iter();
        shared.investigations = Some(all.map(|one| Asked { at: one.at, inquiry: one.inquiry }).collect());
    }
    let today = app.house.port(&journey.port).map(|port| local_date(port, app.now()));
    person(&mut shared, dossier, &may, today);
    Ok(shared)
}

/// What the sealed dossier says.
fn person(shared: &mut Shared, dossier: &Dossier, may: &impl Fn(Field) -> bool, today: Option<jiff::civil::Date>) {
    let (traveller, contact) = (&dossier.content.traveller, &dossier.content.contact);
    let born = &traveller.birth_date;
    let paper = traveller.document.as_ref();
    shared.name = may(Field::Name).then(|| traveller.name.line());
    shared.document =
        paper.filter(|_| may(Field::Document)).map(|d| Paper { number: d.number.clone(), issuer: d.issuer.clone() });
    shared.document_tail = paper.filter(|_| may(Field::DocumentTail)).map(|d| tail(&d.number));
    shared.birth_date = may(Field::BirthDate).then(|| born.to_string());
    shared.age_band = today.filter(|_| may(Field::AgeBand)).and_then(|day| born.age_on(day)).map(band);
    shared.sex = may(Field::Sex).then(|| traveller.sex.letter());
    shared.nationality = may(Field::Nationality).then(|| traveller.nationality.clone());
    shared.phone = contact.phone.clone().filter(|_| may(Field::Phone));
    shared.email = contact.email.clone().filter(|_| may(Field::Email));
    shared.address = contact.address.clone().filter(|_| may(Field::Address));
    shared.seat = dossier.content.trip.seat.clone().filter(|_| may(Field::Seat));
}

fn tail(number: &str) -> String {
    let from = number.chars().count().saturating_sub(TAIL_CHARS);
    number.chars().skip(from).collect()
}

fn band(age_y: i64) -> String {
    let from = age_y / 10 * 10;
    format!("{from}-{}", from + 9)
}

/// What the journey says: no name in it.
async fn entry(app: &App, id: Id, journey: &Journey, purpose: Purpose, language: &str) -> Result<Shared, Failure> {
    let may = |field: Field| field.is_for(purpose);
    let companions = match may(Field::Companions) {
        true => Some(party(app, id, journey).await?),
        false => None,
    };
    let reasons = || reasons::rules(app, journey, language).into_iter().map(|r| r.text).collect();
    Ok(Shared {
        flight: may(Field::Flight).then(|| journey.flight.to_string()),
        companions,
        tier: may(Field::Tier).then(|| journey.triage.tier().as_str()),
        reasons: may(Field::Reasons).then(reasons),
        judged_by: reasons::judged_by(journey).filter(|_| may(Field::Reasons)),
        samples: may(Field::Samples)
            .then(|| journey.samples.iter().map(|s| SampleLine { sample: s.number, state: s.state_name() }).collect()),
        results: may(Field::Results).then(|| results(journey)),
        orders: may(Field::Orders).then(|| orders(journey)),
        contacts: may(Field::Contacts).then(|| contacts(journey)),
        ..Shared::default()
    })
}

/// Released results, the newest test of each sample.
#[must_use]
pub fn results(journey: &Journey) -> Vec<ResultLine> {
    let of = |sample: &pratique_core::journey::Sample| {
        let Tested::Released { reading, at, version, .. } = &sample.tests.last()?.state else { return None };
        Some(ResultLine { sample: sample.number, result: reading.result.name(), at: *at, version: *version })
    };
    journey.samples.iter().filter_map(of).collect()
}

/// Orders that were given.
#[must_use]
pub fn orders(journey: &Journey) -> Vec<OrderLine> {
    let given = journey.orders.iter().filter(|o| !matches!(o.state, Ordered::Proposed { .. }));
    let line = |o: &pratique_core::journey::Order| OrderLine {
        order: o.number,
        measure: o.measure.name(),
        state: o.state_name(),
        until: o.until(),
    };
    given.map(line).collect()
}

fn contacts(journey: &Journey) -> Vec<ContactLine> {
    let line = |c: &pratique_core::journey::ContactOf| ContactLine { case: c.case, rule: c.rule.clone(), rows: c.rows };
    journey.contact_of.iter().map(line).collect()
}

async fn party(app: &App, id: Id, journey: &Journey) -> Result<Vec<Id>, Failure> {
    let declarer = journey.party.unwrap_or(id);
    let list = ledger::party_of(declarer);
    let listed = app.store.entries(&list, i64::MIN..i64::MAX, None, PARTY_MAX, Order::Ascending).await?;
    let all = std::iter::once(declarer).chain(listed.into_iter().map(|entry| entry.id));
    Ok(all.filter(|one| *one != id).collect())
}

/// What the desk wrote as it answered.
async fn noted(app: &App, id: Id) -> Result<Vec<Found>, Failure> {
    let noted = note::all(app, id).await?.into_iter();
    let ends = |n: &Noted| matches!(n.deed, Deed::Answered(Outcome::Fit | Outcome::Sampled | Outcome::Disposed(_)));
    let answers = noted.filter(ends);
    Ok(answers.filter_map(|n| n.words.map(|text| Found { at: n.at, text })).collect())
}
