//! A new declaration, with everybody declared along: one change, so that a family of ten is received whole or not at all.

use jiff::Timestamp;
use jiff::civil::Date;
use pratique_core::access::Act;
use pratique_core::declaration::{COMPANIONS_MAX, Channel, Content, Declare, Trip};
use pratique_core::field::FieldError;
use pratique_core::flight::{FlightId, Standing};
use pratique_core::id::Id;
use pratique_core::identity::Traveller;
use pratique_core::journey::command::NewDeclaration;
use pratique_core::journey::{self, Command, Journey};
use pratique_core::port::Port;
use pratique_core::rules::{Assessment, Tier};
use pratique_store::{Change, Claim, Entry};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::person;
use super::print_forms::{self, to_be_keyed};
use super::sender::Sender;
use super::write::{audit, follow};
use crate::app::{App, Prepared};
use crate::caller::Caller;
use crate::dossier::Dossier;
use crate::failure::Failure;
use crate::house::{InForce, local_date};
use crate::keys::PersonKey;
use crate::ledger;
use crate::lookups;
use crate::lookups::before::{Known, before};
use crate::lookups::declaration::pass_svg;
use crate::lookups::elsewhere::unseen_before;
use crate::lookups::journey::Loaded;
use crate::lookups::paper::{Keyed, Sheet};
use crate::once::{self, Once, Reply, Sealer};
use crate::reasons;
use crate::setting::Setting;
use crate::words::Words;

/// How often a claim is read again while it changes hands.
const HOLDER_READS_MAX: usize = 32;

/// The answer to a declaration (contract.md, `POST /declarations`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// The short code.
    pub code: String,
    /// The pass's text.
    pub pass: String,
    /// Where its picture is.
    pub pass_svg: String,
    /// The shown state.
    pub state: String,
    /// From when on it counts.
    pub counts_from: Timestamp,
    /// Until when the pass is good, as the flight stands.
    pub valid_until: Timestamp,
    /// What happens next, in the traveller's language.
    pub next: String,
    /// The flight, and whether the schedule has it.
    pub flight: DeclaredFlight,
    /// The people declared along, in the order sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub companions: Vec<DeclaredCompanion>,
}

/// The flight of a declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredFlight {
    /// Its id.
    pub id: FlightId,
    /// The schedule has it. A flight that it does not have is taken all the same, and marked so.
    pub on_schedule: bool,
}

/// A companion's part of the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredCompanion {
    /// The short code.
    pub code: String,
    /// The pass's text.
    pub pass: String,
    /// Where its picture is.
    pub pass_svg: String,
    /// The shown state.
    pub state: String,
}

/// One person of the party, checked.
struct Person<'a> {
    traveller: &'a Traveller,
    content: Content,
    assessment: Assessment,
    known: Known,
}

/// Receives a declaration. `body` is the JSON of the contract, whatever channel it came through.
///
/// # Errors
/// [`Failure::Invalid`] with every fault; `Refused(AlreadyPresented)` if the same person was already scanned for this
/// arrival: then it is corrected, not declared anew.
pub async fn declare(app: &App, who: &Caller, body: &Value, once: Option<Once>) -> Result<Reply, Failure> {
    declare_from(app, Sender::of(who), body, once).await
}

/// The same from a station of the port, a kiosk, or from an address.
///
/// # Errors
/// As [`declare`]; [`Failure::Denied`] for a paper form from anybody who may not key one in.
pub async fn declare_from(app: &App, sender: Sender<'_>, body: &Value, once: Option<Once>) -> Result<Reply, Failure> {
    if body.get("paper").is_some_and(|paper| !paper.is_null()) {
        // Only the port's own staff may say that something was written at another time than now.
        let port = body.get("port").and_then(Value::as_str).unwrap_or_default().trim().to_ascii_uppercase();
        sender.who.may(Act::KeyPaper, &port)?;
    }
    app.settle_reading(once, || prepare(app, sender, body, once)).await
}

async fn prepare(app: &App, sender: Sender<'_>, body: &Value, once: Option<Once>) -> Result<Prepared, Failure> {
    let now = app.now();
    let named =
        body.get("port").and_then(Value::as_str).and_then(|code| app.house.port(&code.trim().to_ascii_uppercase()));
    // Without a port there is no local date; UTC's serves to tell all other faults at once.
    let today =
        named.map_or_else(|| now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date(), |port| local_date(port, now));
    let declare = Declare::check(body, today).map_err(|faults| all_faults(app, named, body, today, faults))?;
    let id = FlightId { designator: declare.trip.flight.clone(), date: declare.trip.date, port: declare.port.clone() };
    let before = before(app, &id, &travellers(&declare)).await?;
    let setting = Setting::with(app, &declare.port, id, before.flight, now)?;
    let setting = Setting { made: made_at(&declare, now), ..setting };
    if declare.questionnaire.as_deref().is_some_and(|named| !setting.in_force.is_form(named)) {
        return Err(Failure::Invalid(vec![other_form(setting.in_force)]));
    }
    let party = party(&setting, &declare, before.people);
    let sheet = match &declare.paper {
        Some(paper) => Some(to_be_keyed(app, setting.port, paper, now).await),
        None => None,
    };
    let (party, sheet) = match (party, sheet.transpose()) {
        (Ok(party), Ok(sheet)) => (party, sheet),
        // What is wrong with the paper and with the answers on it is told together.
        (Err(mut faults), Err(Failure::Invalid(more))) => {
            faults.extend(more);
            return Err(Failure::Invalid(faults));
        }
        (_, Err(failure)) => return Err(failure),
        (Err(faults), _) => return Err(Failure::Invalid(faults)),
    };
    if let Some(fault) = unknown_notice(app, setting.port, declare.notice.as_deref()) {
        return Err(Failure::Invalid(vec![fault]));
    }
    let from = Source { sender, sheet };
    write(app, &from, &setting, &declare, &party, once).await
}

/// Who sends a declaration, and from which paper.
struct Source<'a> {
    sender: Sender<'a>,
    sheet: Option<(Sheet, i64)>,
}

impl Source<'_> {
    /// What the audit says beside the name. No tier here: the audit outlives the person's data (security.md 2.6).
    fn detail(&self, declare: &Declare) -> String {
        let mut detail = json!({"channel": declare.channel.name()});
        if let Some(station) = self.sender.station {
            detail["station"] = json!(station);
        }
        if let Some(paper) = &declare.paper {
            detail["serial"] = json!(paper.serial.to_string());
            detail["filled_at"] = json!(paper.at);
        }
        detail.to_string()
    }

    /// The form is used up, by the row that was read: of two who key in the same one, one reads again and is told.
    fn use_up(&self, change: &mut Change, declare: &Declare, journey: Id, now: Timestamp) -> Result<(), Failure> {
        let (Some((sheet, version)), Some(paper)) = (&self.sheet, &declare.paper) else { return Ok(()) };
        let keyed = Keyed { journey, at: now, by: self.sender.who.name(), filled_at: paper.at };
        change.rows.push(print_forms::row(&Sheet { keyed: Some(keyed), ..sheet.clone() }, *version)?);
        Ok(())
    }
}

/// Everything that is wrong: what the declaration's own fields lack, and beside it the answers of everybody, as far as the form
/// is known that they belong to.
pub(super) fn all_faults(
    app: &App,
    port: Option<&Port>,
    body: &Value,
    today: Date,
    mut faults: Vec<FieldError>,
) -> Failure {
    let named = body.get("notice").and_then(Value::as_str);
    faults.extend(port.and_then(|port| unknown_notice(app, port, named)));
    let Some(in_force) = port.and_then(|port| app.house.in_force(port)) else { return Failure::Invalid(faults) };
    let mut add = |person: &Value, at: &str| {
        if let Some(answers) = person.get("answers").and_then(Value::as_object) {
            faults.extend(
                person::check_answers(in_force, answers, today, &format!("{at}/answers")).err().into_iter().flatten(),
            );
        }
    };
    match body.get("questionnaire").and_then(Value::as_str) {
        // Answers to another form are not held against this one.
        Some(named) if !in_force.is_form(named) => faults.push(other_form(in_force)),
        _ => {
            add(body, "");
            let companions = body.get("companions").and_then(Value::as_array).into_iter().flatten();
            companions.take(COMPANIONS_MAX).enumerate().for_each(|(at, one)| add(one, &format!("/companions/{at}")));
        }
    }
    Failure::Invalid(faults)
}

/// A notice that was never shown here cannot have been read: the sender shows the one in force and sends its version. None named is
/// no fault (contract.md, `notice?`).
pub(super) fn unknown_notice(app: &App, port: &Port, named: Option<&str>) -> Option<FieldError> {
    let named = named.map(str::trim).filter(|named| !named.is_empty())?;
    if app.house.notice(named).is_some() {
        return None;
    }
    let shown = app.house.notice_version(&port.code);
    Some(FieldError::new("/notice", "unknown-notice").with("version", shown))
}

fn other_form(in_force: &InForce) -> FieldError {
    FieldError::new("/questionnaire", "other-questionnaire").with("version", in_force.form_version())
}

/// Everybody of the party, the declarer first.
fn travellers(declare: &Declare) -> Vec<&Traveller> {
    let companions = declare.companions.iter().map(|companion| &companion.traveller);
    std::iter::once(&declare.traveller).chain(companions).collect()
}

/// Checks the arrival and the answers of everybody; all faults of all people at once.
fn party<'a>(
    setting: &Setting<'_>,
    declare: &'a Declare,
    known: Vec<Known>,
) -> Result<Vec<Person<'a>>, Vec<FieldError>> {
    // Whoever stands before an officer has arrived, whenever that was: the scan says that the pass is over, and the officer decides.
    let over = setting.over().filter(|_| declare.channel != Channel::Officer);
    let mut faults: Vec<FieldError> = over.into_iter().collect();
    let mut people = Vec::new();
    let mut known = known.into_iter();
    let mut take = |traveller: &'a Traveller, answers: &Map<String, Value>, trip: Trip, relation, at: &str| {
        let known = known.next().unwrap_or_default();
        match setting.check(answers, at) {
            Ok(answers) => {
                let assessment = setting.assess(traveller, &answers, declare.channel);
                let content = Content {
                    traveller: traveller.clone(),
                    trip,
                    contact: declare.contact.clone(),
                    answers,
                    relation,
                    language: served(&declare.language),
                    notice: declare.notice.clone(),
                    questionnaire: setting.in_force.form_version(),
                };
                people.push(Person { traveller, content, assessment, known });
            }
            Err(more) => faults.extend(more),
        }
    };
    take(&declare.traveller, &declare.answers, declare.trip.clone(), None, "/answers");
    for (at, companion) in declare.companions.iter().enumerate() {
        let trip = Trip { seat: companion.seat.clone(), ..declare.trip.clone() };
        let pointer = format!("/companions/{at}/answers");
        take(&companion.traveller, &companion.answers, trip, Some(companion.relation), &pointer);
    }
    if faults.is_empty() { Ok(people) } else { Err(faults) }
}

/// The nearest language that is served: what happens next is said in it.
pub(super) fn served(tag: &str) -> String {
    Words::negotiated(Some(tag), None, None).language().to_owned()
}

async fn write(
    app: &App,
    from: &Source<'_>,
    setting: &Setting<'_>,
    declare: &Declare,
    party: &[Person<'_>],
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let now = setting.now;
    let mut change = Change { label: "declare", yields: true, ..Change::default() };
    let mut declarer: Option<(Id, PersonKey)> = None;
    let mut answers: Vec<DeclaredCompanion> = Vec::new();
    let mut tier = None;
    for (place, person) in (0_i64..).zip(party) {
        let id = app.rng.id(now);
        replace_earlier((app, from.sender), &mut change, setting, person, id).await?;
        let earlier = match person.known.is_listed {
            true => unseen_before(app, &setting.flight_id, person.traveller, None).await?,
            false => None,
        };
        let key = PersonKey::new(id, &app.rng);
        let parent = declarer.as_ref().map(|(id, _)| (*id, place));
        let (declared, journey) = one(app, &mut change, setting, declare, (person, earlier), (id, &key, parent))?;
        tier.get_or_insert(journey.triage.tier());
        change.audit.push(audit(from.sender.who, "declare", Some(id), &from.detail(declare), now));
        answers.push(declared);
        declarer.get_or_insert((id, key));
    }
    let (id, key) = declarer.ok_or_else(|| Failure::bug("a declaration of nobody"))?;
    from.use_up(&mut change, declare, id, now)?;
    let mut answers = answers.into_iter();
    let first = answers.next().ok_or_else(|| Failure::bug("a declaration of nobody"))?;
    let is_early = setting.window.standing(setting.made, setting.counts()) == Standing::Early;
    let answer = Declared {
        code: first.code,
        pass: first.pass,
        pass_svg: first.pass_svg,
        state: first.state,
        counts_from: setting.window.counts_from,
        valid_until: setting.window.valid_until,
        next: lookups::declaration::next(
            app,
            setting.port,
            is_early,
            tier.unwrap_or_default(),
            &served(&declare.language),
        ),
        flight: DeclaredFlight { id: setting.flight_id.clone(), on_schedule: setting.flight.is_some() },
        companions: answers.collect(),
    };
    let reply = Reply::new(201, &answer)?;
    change.answer = once::stored(app, once, &reply, &Sealer::Person(&key, id), now)?;
    Ok(Prepared { change, reply })
}

/// When it was made: now, or at the time on the paper. A clock that is a little ahead of ours does not make it later than now.
fn made_at(declare: &Declare, now: Timestamp) -> Timestamp {
    declare.paper.as_ref().map_or(now, |paper| paper.at.min(now))
}

/// One person of the party: journey, pass, sealed dossier, indexes.
fn one(
    app: &App,
    change: &mut Change,
    setting: &Setting<'_>,
    declare: &Declare,
    (person, earlier): (&Person<'_>, Option<Tier>),
    (id, key, parent): (Id, &PersonKey, Option<(Id, i64)>),
) -> Result<(DeclaredCompanion, Journey), Failure> {
    let now = setting.now;
    let triage = reasons::triage(app, &person.assessment, None).after(earlier);
    let (pass, text) = setting.issue(app, person.traveller, triage.tier)?;
    let new = NewDeclaration {
        port: setting.port.code.clone(),
        flight: setting.flight_id.clone(),
        party: parent.map(|(declarer, _)| declarer),
        channel: declare.channel,
        questionnaire: setting.in_force.form_version(),
        counted: setting.counts(),
        made_at: declare.paper.is_some().then_some(setting.made),
        triage,
        earlier,
        pass: pass.clone(),
    };
    let events = journey::decide(None, &Command::Declare(new), now)?;
    let state = follow(change, &Loaded { id, version: 0, journey: None }, &events, now)?;
    let code = app.rng.code();
    let dossier = Dossier { content: person.content.clone(), code: code.to_string(), pass: text.clone() };
    change.person_keys.push((id, key.wrapped(&app.root, &app.rng)?));
    person::seal_dossier(change, app, key, id, state.seq, &dossier)?;
    person::index_pass(change, id, &pass)?;
    person::index_code(change, app, id, &code);
    person::index_document(change, app, id, person.traveller, now);
    change.put.extend(person::named(app, id, person.traveller, &setting.flight_id));
    change.put.push(Entry { list: ledger::journeys_of(&setting.flight_id), sort: now.as_millisecond(), id });
    if let Some((declarer, place)) = parent {
        // All are declared in one instant, and stay in the order in which they were named.
        let sort = now.as_millisecond() + place;
        change.put.push(Entry { list: ledger::party_of(declarer), sort, id });
    }
    let shown = state.shown(&setting.window, now).name().to_owned();
    let pass_svg = pass_svg(&code.to_string());
    Ok((DeclaredCompanion { code: code.to_string(), pass: text, pass_svg, state: shown }, state))
}

/// The same person declared again for the same arrival, by document and birth date: the newest holds, the older is kept and shown
/// as replaced. Under another birth date it stands beside it, and a person at the port finds out whose document it is. The
/// person's claim on the arrival makes it so also for two who send at the same moment: one of them reads again.
async fn replace_earlier(
    (app, sender): (&App, Sender<'_>),
    change: &mut Change,
    setting: &Setting<'_>,
    person: &Person<'_>,
    by: Id,
) -> Result<(), Failure> {
    let Some(key) = person.known.claim.clone() else { return Ok(()) };
    let number = person.traveller.document.as_ref().map(|document| document.number.as_str());
    sender.admitted(app, number.filter(|_| person.known.is_held))?;
    if person.known.is_listed && !person.known.is_held {
        sender.stands_beside(app, person::named(app, by, person.traveller, &setting.flight_id).as_ref()).await?;
    }
    if person.known.is_held
        && let Some(earlier) = holder(app, &key).await?
    {
        let events = journey::decide(earlier.journey.as_ref(), &Command::Supersede { by }, setting.now);
        let events = events.inspect_err(|_| sender.told(app, number))?;
        follow(change, &earlier, &events, setting.now)?;
        change.audit.push(audit(&Caller::System("declare"), "supersede", Some(earlier.id), "", setting.now));
        change.release.push(key.clone());
        change.remove.extend(person::named(app, earlier.id, person.traveller, &setting.flight_id));
    }
    change.claims.push(Claim { key, holder: by, detail: String::new() });
    Ok(())
}

/// Who holds a claim on an arrival, alive. A claim changes hands only with its holder's row, so the row's version guards what
/// was read here; a holder who is not alive any more lost it between the two reads, and it is read again.
async fn holder(app: &App, key: &[u8]) -> Result<Option<Loaded>, Failure> {
    for _ in 0..HOLDER_READS_MAX {
        let Some(held) = app.store.claim(key).await? else { return Ok(None) };
        let loaded = lookups::journey::load(app, held.holder).await?;
        if lookups::journey::is_living(loaded.existing()?) {
            return Ok(Some(loaded));
        }
    }
    Err(Failure::Busy)
}
