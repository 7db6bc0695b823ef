//! At the demo's medical desk: who is examined, asked, sampled, ordered to stay, or sent on.

use jiff::Timestamp;
use pratique_core::id::Id;
use pratique_core::journey::Measure;
use rand::RngExt;
use serde_json::json;

use super::life::{Life, mins};
use super::staff;
use crate::actions::answer_obligation::{AnswerRequest, acknowledge, answer};
use crate::actions::examine::{ExaminationRequest, Measured, Reading, examine};
use crate::actions::give_order::{GiveOrderRequest, give};
use crate::actions::investigate::{InvestigationRequest, investigate};
use crate::actions::order_deed::OrderDone;
use crate::actions::order_sample::{OrderRequest, order_sample};
use crate::actions::serve_order::{ServeOrderRequest, serve};
use crate::app::App;
use crate::caller::Caller;
use crate::clock::Clock;
use crate::failure::Failure;
use crate::lookups::obligation::parse_name;
use crate::lookups::whom::Whom;

/// The demo's desks.
const DESKS: [&str; 2] = ["T3D-D01", "T3D-D02"];

/// The medical officer takes somebody on, examines and asks them, and ends with the outcome if the time has come. Answers
/// whether they may go on to the lane again.
pub(super) async fn attend(
    life: &mut Life,
    app: &App,
    obligation: &str,
    outcome: Option<&str>,
    at: Timestamp,
) -> Result<bool, Failure> {
    let medical = staff::medical(&life.flight.id.port);
    let (journey, _) = parse_name(obligation)?;
    Clock::at(at + mins(5), acknowledge(app, &medical, obligation, None)).await?;
    examined(life, app, &medical, journey, outcome, at + mins(9)).await?;
    let Some(outcome) = outcome else { return Ok(false) };
    if outcome != "fit" {
        inquired(life, app, &medical, journey, at + mins(15)).await?;
    }
    let at = at + mins(19);
    if outcome == "sampled" {
        let request = OrderRequest { journey: Some(journey.to_string()), scan_id: None };
        Clock::at(at, order_sample(app, &medical, &request, None)).await?;
    } else if let Some(measure) = Measure::parse(outcome) {
        return ordered(life, app, &medical, journey, measure, at).await.map(|()| false);
    }
    let request = AnswerRequest { outcome: outcome.to_owned(), reason: Some("Examined at the desk".to_owned()) };
    Clock::at(at, answer(app, &medical, obligation, &request, None)).await?;
    Ok(outcome == "fit")
}

/// A camera, and a thermometer after a rest.
async fn examined(
    life: &mut Life,
    app: &App,
    medical: &Caller,
    journey: Id,
    outcome: Option<&str>,
    at: Timestamp,
) -> Result<(), Failure> {
    let is_well = matches!(outcome, Some("fit") | None);
    let tenths = if is_well { life.rng.random_range(362..371) } else { life.rng.random_range(374..393) };
    let reading = |tenths: i32, device: &str, site: Option<&str>| Reading::Full {
        value: f64::from(tenths) / 10.0,
        site: site.map(str::to_owned),
        device: Some(device.to_owned()),
        at: None,
    };
    let readings = vec![reading(tenths + 3, "camera", None), reading(tenths, "infrared", Some("ear"))];
    let request = ExaminationRequest {
        whom: Whom::journey(journey),
        station: DESKS[life.lane % 2].to_owned(),
        temperature_c: Some(Measured::Several(readings)),
        symptoms: if is_well { Vec::new() } else { vec!["dry_cough".to_owned(), "fatigue".to_owned()] },
        reason: Some(if is_well { "Lungs free on both sides" } else { "Looks ill, throat red" }.to_owned()),
    };
    Clock::at(at, examine(app, medical, &request, "en", None)).await.map(drop)
}

async fn inquired(life: &mut Life, app: &App, medical: &Caller, journey: Id, at: Timestamp) -> Result<(), Failure> {
    let mut answers = json!({
        "exposed_case": false, "exposed_hospital": false, "exposed_animal": false,
        "exposed_cluster": life.rng.random_ratio(1, 3), "vaccinated": life.rng.random_ratio(1, 2),
    });
    // Those declared together are contacts that nobody has to name again; a friend who saw them off is one more.
    answers["contact"] =
        json!([{"contact_name": "A friend at the airport of departure", "contact_how": "ate-together"}]);
    let answers = answers.as_object().cloned().unwrap_or_default();
    let request = InvestigationRequest { whom: Whom::journey(journey), answers, ..InvestigationRequest::default() };
    Clock::at(at, investigate(app, medical, &request, None)).await.map(drop)
}

/// An order is given, and the person told of it where there was time for that.
async fn ordered(
    life: &mut Life,
    app: &App,
    medical: &Caller,
    journey: Id,
    measure: Measure,
    at: Timestamp,
) -> Result<(), Failure> {
    let request = GiveOrderRequest {
        whom: Whom::journey(journey),
        measure: measure.name().to_owned(),
        days: Some(14),
        reason: Some("Fever and cough, and where they were".to_owned()),
        ..GiveOrderRequest::default()
    };
    let given: OrderDone = Clock::at(at, give(app, medical, &request, None)).await?.read()?;
    let told = at + mins(9);
    if told > life.now {
        return Ok(());
    }
    let officer = staff::officer(life.lane, &life.flight.id.port);
    let language = if life.rng.random_ratio(2, 3) { "zh-Hans" } else { "en" };
    let request = ServeOrderRequest { language: language.to_owned() };
    Clock::at(told, serve(app, &officer, &given.order.id, &request, None)).await.map(drop)
}
