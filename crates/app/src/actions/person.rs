//! What every declared person passes through, whoever declares them and however: answers checked, rules run, a pass signed,
//! all of it sealed under a key of their own.

use jiff::Timestamp;
use jiff::civil::Date;
use pratique_core::code::ShortCode;
use pratique_core::declaration::Channel;
use pratique_core::field::FieldError;
use pratique_core::flight::{FlightId, Window};
use pratique_core::id::Id;
use pratique_core::identity::Traveller;
use pratique_core::journey::PassRef;
use pratique_core::questionnaire;
use pratique_core::rules::{Answers, Assessment, Facts, FlightFacts, Stay, Tier, stay_faults};
use pratique_formats::pass::{self, Claims, NO_DOCUMENT, Sealed};
use pratique_store::{Body, Change, Claim, Entry};
use serde_json::{Map, Value};

use crate::app::App;
use crate::dossier::{Dossier, document_of};
use crate::failure::Failure;
use crate::house::{InForce, SYMPTOMS, local_date};
use crate::keys::PersonKey;
use crate::ledger;
use crate::lookups;
use crate::setting::Setting;

/// What the desk found on a person, as far as rules may know it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The temperature that counts, in degrees Celsius.
    pub temperature_c: Option<f64>,
    /// Codes of the pack's symptoms.
    pub symptoms: Vec<String>,
}

impl Setting<'_> {
    /// Checks a person's answers against the form in force; errors point into the body at `at`.
    ///
    /// # Errors
    /// Every wrong answer.
    pub fn check(&self, answers: &Map<String, Value>, at: &str) -> Result<Map<String, Value>, Vec<FieldError>> {
        check_answers(self.in_force, answers, local_date(self.port, self.made), at)
    }

    /// Runs the rules.
    #[must_use]
    pub fn assess(&self, traveller: &Traveller, answers: &Map<String, Value>, channel: Channel) -> Assessment {
        self.assess_found(traveller, answers, channel, &Found::default())
    }

    /// Runs the rules on what was declared and what was found.
    #[must_use]
    pub fn assess_found(
        &self,
        traveller: &Traveller,
        answers: &Map<String, Value>,
        channel: Channel,
        found: &Found,
    ) -> Assessment {
        // What was true on the paper's day is not forgotten because it lay a while, and what is known since counts too.
        let on = |at| self.assess_on(local_date(self.port, at), traveller, answers, channel, found);
        let now = on(self.now);
        if self.made == self.now {
            return now;
        }
        let made = on(self.made);
        if made.tier > now.tier { made } else { now }
    }

    fn assess_on(
        &self,
        today: Date,
        traveller: &Traveller,
        answers: &Map<String, Value>,
        channel: Channel,
        found: &Found,
    ) -> Assessment {
        let answers = Answers::read(answers, &self.in_force.vocabulary).and(SYMPTOMS, &found.symptoms);
        let flight = FlightFacts {
            carrier: self.flight_id.designator.carrier().to_owned(),
            number: self.flight_id.designator.number().to_owned(),
            category: self.flight.as_ref().map(|f| f.category.name().to_owned()).unwrap_or_default(),
            origin: self.flight.as_ref().map(|f| f.origin.clone()).unwrap_or_default(),
            on_schedule: self.flight.is_some(),
        };
        let facts = Facts {
            age_y: traveller.birth_date.age_on(today),
            sex: Some(traveller.sex.letter().to_owned()),
            nationality: traveller.nationality.clone(),
            flight,
            channel: channel.name().to_owned(),
            stays: Stay::from_answers(&answers),
            answers,
            temperature_c: found.temperature_c,
        };
        self.in_force.pack.assess(&facts, today)
    }

    /// Signs a pass for a person.
    ///
    /// # Errors
    /// A port without keys; [`Failure::ClockInDoubt`] while nobody can say what time to write into it.
    pub fn issue(&self, app: &App, traveller: &Traveller, tier: Tier) -> Result<(PassRef, String), Failure> {
        if app.clock.doubt().is_some() {
            return Err(Failure::ClockInDoubt);
        }
        let ring = app.ring();
        let keys = ring.port(&self.port.code)?;
        let cti: [u8; 12] = app.rng.bytes();
        let expires_at = self.expires_at();
        // An early declaration's pass says itself from when on it can be good.
        let not_before = (self.window.counts_from > self.now).then_some(self.window.counts_from);
        let claims = Claims { issuer: self.port.code.clone(), issued_at: self.now, expires_at, not_before, cti };
        let document_tag = document_of(traveller).map_or(NO_DOCUMENT, |d| keys.sealing.document_tag(&d));
        let tier = match tier {
            Tier::Green => pass::Tier::Green,
            Tier::Amber => pass::Tier::Amber,
            Tier::Red => pass::Tier::Red,
        };
        let sealed = Sealed { document_tag, tier, flight_hash: pass::flight_hash(&self.flight_id.to_string()) };
        let text = pass::issue(&keys.signer, &keys.sealing, &claims, &sealed).map_err(Failure::bug)?;
        Ok((PassRef { cti: ledger::hex(&cti), issued_at: self.now, expires_at }, text))
    }

    /// The `exp` printed in a pass: scheduled arrival and 48 hours. A pass made long after that (a late paper form) still gets
    /// a day, or it would be born dead.
    fn expires_at(&self) -> Timestamp {
        let scheduled = self.flight.as_ref().map_or(self.window, |f| Window::of(f.scheduled_arrival, None)).valid_until;
        scheduled.max(self.now + jiff::SignedDuration::from_hours(24))
    }
}

/// Checks answers against a form; errors point into the body at `at`.
///
/// # Errors
/// Every wrong answer.
pub fn check_answers(
    in_force: &InForce,
    answers: &Map<String, Value>,
    today: Date,
    at: &str,
) -> Result<Map<String, Value>, Vec<FieldError>> {
    let checked = questionnaire::check(&in_force.form, answers, today);
    let checked = checked.map_err(|errors| errors.into_iter().map(|e| placed(e, at)).collect::<Vec<_>>())?;
    let answers = checked.as_map().clone();
    let faults = stay_faults(&answers, at);
    if faults.is_empty() { Ok(answers) } else { Err(faults) }
}

/// Adds the sealed dossier of issue number `part` to a change.
///
/// # Errors
/// If it cannot be sealed.
pub fn seal_dossier(
    change: &mut Change,
    app: &App,
    key: &PersonKey,
    id: Id,
    part: i64,
    dossier: &Dossier,
) -> Result<(), Failure> {
    let sealed = key.seal(&format!("body/{part}"), &serde_json::to_vec(dossier)?, &app.rng)?;
    change.bodies.push(Body { owner: id, part, person: Some(id), sealed });
    Ok(())
}

/// Adds the blind indexes by which a pass, a code or a document leads to the journey.
pub fn index_pass(change: &mut Change, id: Id, pass: &PassRef) -> Result<(), Failure> {
    let cti = ledger::padded_cti(&pass.cti).ok_or_else(|| Failure::bug("a pass's id is 24 digits"))?;
    let key = ledger::cti_claim(&ledger::cti_of(cti));
    change.claims.push(Claim { key, holder: id, detail: String::new() });
    Ok(())
}

/// The claim of a short code.
pub fn index_code(change: &mut Change, app: &App, id: Id, code: &ShortCode) {
    let key = ledger::code_claim(&app.indexes.code(code));
    change.claims.push(Claim { key, holder: id, detail: String::new() });
}

/// The list entry of a document number.
pub fn index_document(change: &mut Change, app: &App, id: Id, traveller: &Traveller, now: Timestamp) {
    if let Some(document) = &traveller.document {
        let list = ledger::document(&app.indexes.document(&document.number));
        change.put.push(Entry { list, sort: now.as_millisecond(), id });
    }
}

/// The entry among the declarations that name this document for this arrival, as long as this one lives; `None` without a document.
#[must_use]
pub fn named(app: &App, id: Id, traveller: &Traveller, flight: &FlightId) -> Option<Entry> {
    let list = ledger::naming(&lookups::before::arrival(app, traveller, flight)?);
    // Ids are in the order of time, so that one entry needs no time to be found and removed by.
    Some(Entry { list, sort: 0, id })
}

/// A question's error, its pointer set into the body that was sent.
pub(super) fn placed(error: questionnaire::FieldError, at: &str) -> FieldError {
    let params = error.params.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    FieldError { pointer: format!("{at}{}", error.pointer), code: error.code.as_str().to_owned(), params }
}
