//! A traveller's own declaration: found by its code and proven by the document number, or by the birth date where there is no
//! document (contract.md). An unknown code and a wrong proof look the same from outside.

use jiff::Timestamp;
use pratique_core::code::ShortCode;
use pratique_core::flight::{Flight, Standing, Window};
use pratique_core::id::Id;
use pratique_core::identity::document::normal_number;
use pratique_core::journey::{Journey, Shown};
use pratique_core::port::Port;
use pratique_core::rules::Tier;
use serde_json::{Value, json};

use super::journey;
use crate::app::App;
use crate::dossier::Dossier;
use crate::failure::Failure;
use crate::setting;
use crate::words::Words;

/// A declaration opened by somebody who may see it.
#[derive(Debug)]
pub struct Opened<'a> {
    /// Its journey's id.
    pub id: Id,
    /// The version of the row.
    pub version: i64,
    /// The journey.
    pub journey: Journey,
    /// What was declared, with code and pass.
    pub dossier: Dossier,
    /// The port.
    pub port: &'a Port,
    /// The flight, if the schedule has it.
    pub flight: Option<Flight>,
    /// The times that it sets.
    pub window: Window,
}

impl Opened<'_> {
    /// What is shown of it now.
    #[must_use]
    pub fn shown(&self, now: Timestamp) -> Shown {
        self.journey.shown(&self.window, now)
    }

    /// Must the traveller still confirm it?
    #[must_use]
    pub fn is_early(&self) -> bool {
        self.journey.declaration.standing(&self.window) == Standing::Early
    }
}

/// Opens a declaration for its traveller. The proof may be read in several ways (`19900201` is a number and a birthday): it is one
/// try all the same.
///
/// An unknown code, a wrong proof and an erased person cost the same reads and the same work, so that time tells no more than the
/// answer does: where there is nobody, the proof is held against a decoy.
///
/// # Errors
/// [`Failure::NotFound`] for an unknown code and for a wrong proof alike; [`Failure::Slow`] after too many of them.
pub async fn prove<'a>(app: &'a App, code: &str, proofs: &[&str]) -> Result<Opened<'a>, Failure> {
    let code: ShortCode = code.parse().map_err(|_| Failure::NotFound)?;
    let tried = app.proofs.admit(app, &code, proofs.first().copied().unwrap_or_default())?;
    let held = async {
        let id = journey::by_code(app, &code).await?;
        Ok((id, journey::dossier_or_decoy(app, id).await?))
    };
    let (id, (dossier, is_real)) = held.await.inspect_err(|_: &Failure| app.proofs.unseen(&tried))?;
    // Every reading is compared, whichever fits.
    let fits = proofs.iter().fold(false, |fits, proof| fits | proves(&dossier, proof));
    match id.filter(|_| fits & is_real) {
        Some(id) => {
            app.proofs.right(&tried);
            opened(app, id, dossier).await
        }
        None => {
            app.proofs.wrong(app);
            Err(Failure::NotFound)
        }
    }
}

/// Opens a declaration by its journey, for somebody whose right to it was shown another way (the session that declared).
///
/// # Errors
/// [`Failure::NotFound`], also for an erased person.
pub async fn open(app: &App, id: Id) -> Result<Opened<'_>, Failure> {
    match journey::dossier(app, id).await {
        Err(Failure::Sealed(_)) => Err(Failure::NotFound),
        dossier => opened(app, id, dossier?).await,
    }
}

async fn opened(app: &App, id: Id, dossier: Dossier) -> Result<Opened<'_>, Failure> {
    let loaded = journey::load(app, id).await?;
    let journey = loaded.journey.ok_or(Failure::NotFound)?;
    let port = app.house.port(&journey.port).ok_or(Failure::NotFound)?;
    let flight = super::flight::read(app, &journey.flight).await?.map(|(flight, _)| flight);
    let window = setting::window(port, &journey.flight, flight.as_ref())?;
    Ok(Opened { id, version: loaded.version, journey, dossier, port, flight, window })
}

/// Does the proof fit: the document number however it is typed, or the birth date of somebody without a document?
#[must_use]
pub fn proves(dossier: &Dossier, proof: &str) -> bool {
    let traveller = &dossier.content.traveller;
    let (held, given) = match &traveller.document {
        Some(document) => (document.number.clone(), normal_number(proof).unwrap_or_default()),
        None => (traveller.birth_date.to_string(), proof.trim().to_owned()),
    };
    aws_lc_rs::constant_time::verify_slices_are_equal(held.as_bytes(), given.as_bytes()).is_ok()
}

/// The declaration as its traveller gets it back: what they said, where it stands, the pass.
#[must_use]
pub fn own_view(app: &App, opened: &Opened<'_>, now: Timestamp) -> Value {
    let content = &opened.dossier.content;
    json!({
        "code": opened.dossier.code,
        "pass": opened.dossier.pass,
        "pass_svg": pass_svg(&opened.dossier.code),
        "state": opened.shown(now).name(),
        "counts_from": opened.window.counts_from,
        "valid_until": opened.window.valid_until,
        "next": next_words(app, opened, &content.language),
        "flight": { "id": opened.journey.flight, "on_schedule": opened.flight.is_some() },
        "version": opened.journey.declaration.made().version,
        "made_at": opened.journey.declaration.made().at,
        "port": opened.journey.port,
        "questionnaire": content.questionnaire,
        "notice": content.notice,
        "language": content.language,
        "traveller": content.traveller,
        "trip": content.trip,
        "contact": content.contact,
        "answers": content.answers,
        "sample": super::own_sample::view(&opened.journey, Words::of(&content.language)),
    })
}

/// What happens next: an early declaration is to be confirmed first; otherwise as the port's pack says it for this tier. The
/// traveller never sees the tier itself (look.md).
#[must_use]
pub fn next_words(app: &App, opened: &Opened<'_>, language: &str) -> String {
    next(app, opened.port, opened.is_early(), opened.journey.triage.tier(), language)
}

/// The same for a declaration that is just being made.
#[must_use]
pub fn next(app: &App, port: &Port, is_early: bool, tier: Tier, language: &str) -> String {
    if is_early {
        return Words::of(language).t("next-early");
    }
    app.house.in_force(port).map(|p| p.pack.next(tier).get(language).to_owned()).unwrap_or_default()
}

/// The address of a pass's picture.
#[must_use]
pub fn pass_svg(code: &str) -> String {
    format!("/api/v1/passes/{code}.svg")
}
