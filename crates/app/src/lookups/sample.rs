//! Samples by what is written on their tubes. The laboratory works blind (security.md 2.5): nothing that comes from here says
//! whose a tube is, not even which journey.

use jiff::Timestamp;
use pratique_core::access::Act;
use pratique_core::id::Id;
use pratique_core::journey::obligation::ObligationKind;
use pratique_core::journey::sample::State;
use pratique_core::journey::{Journey, Sample, TestResult, test};
use pratique_core::laboratory::{Label, Plate};
use pratique_store::{Cursor, Order};
use serde_json::{Value, json};

use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;

/// To which sample a label leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The journey.
    pub journey: Id,
    /// The sample's number in it.
    pub number: u32,
    /// The label.
    pub label: String,
}

impl Place {
    /// The sample, unless another label was printed for it since.
    #[must_use]
    pub fn of<'a>(&self, journey: &'a Journey) -> Option<&'a Sample> {
        journey.samples.iter().find(|s| s.number == self.number && s.label() == Some(self.label.as_str()))
    }
}

/// A sample with where it was found.
#[derive(Debug, Clone)]
pub struct Tube {
    /// The journey: for our own use, never for an answer to the laboratory.
    pub journey: Id,
    /// The sample.
    pub sample: Sample,
    /// By when its result is owed.
    pub report_due: Option<Timestamp>,
    /// By when the next thing is owed about it: taken, delivered, reported.
    pub next_due: Option<Timestamp>,
}

impl Tube {
    /// A sample of a journey.
    #[must_use]
    pub fn of(id: Id, journey: &Journey, sample: &Sample) -> Self {
        let about = |o: &&pratique_core::journey::Obligation| o.about == Some(sample.number);
        let report = journey.open().filter(about).find(|o| o.kind == ObligationKind::ReportResult).map(|o| o.due);
        let next = journey.open().filter(about).map(|o| o.due).min();
        Tube { journey: id, sample: sample.clone(), report_due: report, next_due: next }
    }

    /// The label.
    #[must_use]
    pub fn label(&self) -> &str {
        self.sample.label().unwrap_or_default()
    }
}

/// The address of a label's picture.
#[must_use]
pub fn picture(label: &Label) -> String {
    format!("/api/v1/samples/{}/label.svg", label.bare())
}

/// Where each label leads; nothing for what is no label or leads nowhere.
///
/// # Errors
/// The store's.
pub async fn places(app: &App, labels: &[String]) -> Result<Vec<Option<Place>>, Failure> {
    let mut places = Vec::with_capacity(labels.len());
    for text in labels {
        places.push(match text.parse::<Label>() {
            Ok(label) => place(app, &label).await?,
            Err(_) => None,
        });
    }
    Ok(places)
}

async fn place(app: &App, label: &Label) -> Result<Option<Place>, Failure> {
    let label = label.to_string();
    let held = app.store.claim(&ledger::label_claim(&label)).await?;
    Ok(held.and_then(|held| Some(Place { journey: held.holder, number: held.detail.parse().ok()?, label })))
}

/// The sample of a label, for somebody who may do this with it.
///
/// # Errors
/// [`Failure::NotFound`] for a label that leads nowhere at the caller's port; [`Failure::Denied`].
pub async fn find(app: &App, who: &Caller, act: Act, label: &str) -> Result<(Place, Journey), Failure> {
    let label: Label = label.parse().map_err(|_| Failure::NotFound)?;
    let found = match place(app, &label).await? {
        Some(place) => super::journey::load(app, place.journey).await?.journey.map(|journey| (place, journey)),
        None => None,
    };
    let (place, journey) = found.ok_or(Failure::NotFound)?;
    match who.may(act, &journey.port) {
        Ok(()) if place.of(&journey).is_some() => Ok((place, journey)),
        Err(pratique_core::access::Denied::Role) => Err(pratique_core::access::Denied::Role.into()),
        _ => Err(Failure::NotFound),
    }
}

/// Which tubes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which<'a> {
    /// Samples in this state (`Sample::state_name`).
    Custody(&'a str),
    /// Samples in the laboratory whose test is in this state (`Test::state_name`).
    Test(&'a str),
}

impl Which<'_> {
    fn list(self, port: &str) -> String {
        match self {
            Which::Custody(state) => ledger::samples(port, state),
            Which::Test(state) => ledger::tests(port, state),
        }
    }

    fn is(self, sample: &Sample) -> bool {
        match self {
            Which::Custody(state) => sample.state_name() == state,
            Which::Test(state) => {
                let received = matches!(sample.state, State::Received { .. });
                received && sample.tests.last().is_some_and(|test| test.state_name() == state)
            }
        }
    }
}

/// A page of tubes, oldest first, and where the next one starts.
///
/// # Errors
/// The store's.
pub async fn listed(
    app: &App,
    port: &str,
    which: Which<'_>,
    after: Option<Cursor>,
    limit: u32,
) -> Result<(Vec<Tube>, Option<Cursor>), Failure> {
    let listed = app.store.entries(&which.list(port), i64::MIN..i64::MAX, after, limit, Order::Ascending).await?;
    let mut ids: Vec<Id> = listed.iter().map(|entry| entry.id).collect();
    ids.dedup();
    let mut tubes: Vec<Tube> = Vec::new();
    for row in app.store.rows(&ids).await?.into_iter().flatten() {
        let journey: Journey = serde_json::from_str(&row.state)?;
        for sample in journey.samples.iter().filter(|sample| which.is(sample)) {
            // Two samples of one person can stand on a list twice, a page apart.
            if !tubes.iter().any(|t| t.journey == row.id && t.sample.number == sample.number) {
                tubes.push(Tube::of(row.id, &journey, sample));
            }
        }
    }
    let next = if listed.len() == limit as usize { listed.last().copied() } else { None };
    Ok((tubes, next))
}

/// A tube as everybody may see it who handles tubes.
#[must_use]
pub fn view(tube: &Tube) -> Value {
    let sample = &tube.sample;
    let taken = sample.taken();
    let mut view = json!({
        "label": sample.label(),
        "state": sample.state_name(),
        "ordered_at": sample.ordered_at,
        "repeat": sample.instead_of.is_some(),
        "specimen": taken.map(|t| t.specimen.name()),
        "collected_at": taken.map(|t| t.at),
        "collected_by": taken.map(|t| t.by.as_str()),
        "station": taken.map(|t| t.station.as_str()),
        "parcel": null,
        "received_at": null,
        "report_due": tube.report_due,
        "tests": sample.tests.iter().map(test_view).collect::<Vec<_>>(),
    });
    match &sample.state {
        State::Sent { parcel, .. } => view["parcel"] = json!(parcel),
        State::Received { at, .. } => view["received_at"] = json!(at),
        State::Rejected { why, .. } => view["why"] = json!(why.name()),
        State::NotSampled { why, .. } => view["why"] = json!(why.name()),
        _ => {}
    }
    view
}

fn test_view(of: &test::Test) -> Value {
    let mut view = json!({ "number": of.number, "state": of.state_name() });
    let mut place = |plate: &Id, well: &str| {
        view["plate"] = json!(plate);
        view["plate_name"] = json!(Plate::name(*plate));
        view["well"] = json!(well);
    };
    match &of.state {
        test::State::Queued => {}
        test::State::OnPlate { plate, well } => place(plate, well),
        test::State::Read(reading) | test::State::Released { reading, .. } => {
            if let Some((plate, well)) = &reading.plate {
                place(plate, well);
            }
            view["result"] = json!(reading.result.name());
            view["read_by"] = json!(reading.by);
            view["read_at"] = json!(reading.at);
        }
    }
    if let test::State::Released { by, at, version, .. } = &of.state {
        view["released_by"] = json!(by);
        view["released_at"] = json!(at);
        view["version"] = json!(version);
    }
    view
}

/// What the newest test of a sample says so far, and whether it is on this plate.
#[must_use]
pub fn read_on(sample: &Sample, plate: Id) -> Option<(TestResult, String)> {
    match &sample.tests.last()?.state {
        test::State::Read(reading) if reading.plate.as_ref().is_some_and(|(p, _)| *p == plate) => {
            Some((reading.result, reading.by.clone()))
        }
        _ => None,
    }
}
