//! Other answers: before the first scan they replace the earlier ones, after it they stand beside them as a correction and an
//! officer is told (contract.md). Every version is kept (I5).

use pratique_core::declaration::{Content, Declare};
use pratique_core::flight::FlightId;
use pratique_core::id::Id;
use pratique_core::identity::Traveller;
use pratique_core::journey::command::Change as Changed;
use pratique_core::journey::{self, Command, Declaration};
use pratique_store::{Change, Claim};
use serde_json::{Value, json};

use super::declare::{all_faults, served, unknown_notice};
use super::person;
use super::sender::Sender;
use super::write::{audit, follow};
use crate::app::{App, Prepared};
use crate::dossier::Dossier;
use crate::failure::Failure;
use crate::house::local_date;
use crate::lookups::before::claim;
use crate::lookups::declaration::{self, Opened};
use crate::lookups::elsewhere::{is_same_person, unseen_before};
use crate::lookups::journey::Loaded;
use crate::once::{self, Once, Reply, Sealer};
use crate::reasons;
use crate::setting::Setting;

/// How the traveller shows that the declaration is theirs.
#[derive(Debug, Clone)]
pub enum Right {
    /// Code and document number (or birth date).
    Proof {
        /// The short code.
        code: String,
        /// The document number.
        proof: String,
    },
    /// The browser session that declared, or proved itself before.
    Session(pratique_core::id::Id),
}

impl Right {
    /// Opens the declaration.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub async fn open<'a>(&self, app: &'a App) -> Result<Opened<'a>, Failure> {
        match self {
            Right::Proof { code, proof } => declaration::prove(app, code, &[proof]).await,
            Right::Session(id) => declaration::open(app, *id).await,
        }
    }
}

/// Amends a declaration; `body` is the contract's JSON of a whole declaration (companions are amended under their own codes).
///
/// # Errors
/// As for a new one; `Refused` for one that was withdrawn or replaced.
pub async fn amend(
    app: &App,
    sender: Sender<'_>,
    right: &Right,
    body: &Value,
    once: Option<Once>,
) -> Result<Reply, Failure> {
    app.settle(once, || async move {
        let opened = right.open(app).await?;
        prepare(app, sender, opened, body, once).await
    })
    .await
}

async fn prepare(
    app: &App,
    sender: Sender<'_>,
    opened: Opened<'_>,
    body: &Value,
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let now = app.now();
    let mut body = body.clone();
    // A change keeps its port; whoever leaves it out means the same one.
    if let Value::Object(map) = &mut body {
        map.insert("port".to_owned(), json!(opened.journey.port));
        map.remove("companions");
    }
    let today = local_date(opened.port, now);
    let declare =
        Declare::check(&body, today).map_err(|faults| all_faults(app, Some(opened.port), &body, today, faults))?;
    let mut flight_id = opened.journey.flight.clone();
    flight_id.designator = declare.trip.flight.clone();
    flight_id.date = declare.trip.date;
    if flight_id != opened.journey.flight {
        // Another flight is another entry: the pass, the seat and the manifest belong to the first.
        return Err(Failure::field("/trip/flight", "other-flight"));
    }
    let setting = Setting::of(app, &opened.journey.port, flight_id, now).await?;
    let answers = setting.check(&declare.answers, "/answers").map_err(Failure::Invalid)?;
    if let Some(fault) = unknown_notice(app, setting.port, declare.notice.as_deref()) {
        return Err(Failure::Invalid(vec![fault]));
    }
    let content = Content {
        traveller: declare.traveller,
        trip: declare.trip,
        contact: declare.contact,
        answers,
        relation: opened.dossier.content.relation,
        language: served(&declare.language),
        // Whoever names none now was shown the one of before.
        notice: declare.notice.or_else(|| opened.dossier.content.notice.clone()),
        questionnaire: setting.in_force.form_version(),
    };
    reissue(app, sender, &setting, opened, content, (Kind::Amend, declare.channel), once).await
}

/// Which command a new issue of the pass belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Amend,
    Confirm,
}

/// Runs the rules, signs a new pass and writes both; the same for an amendment and for a confirmation.
pub(super) async fn reissue(
    app: &App,
    sender: Sender<'_>,
    setting: &Setting<'_>,
    opened: Opened<'_>,
    content: Content,
    (kind, channel): (Kind, pratique_core::declaration::Channel),
    once: Option<Once>,
) -> Result<Prepared, Failure> {
    let (now, who) = (setting.now, sender.who);
    let loaded = Loaded { id: opened.id, version: opened.version, journey: Some(opened.journey.clone()) };
    let assessment = setting.assess(&content.traveller, &content.answers, channel);
    let said = reasons::triage(app, &assessment, opened.journey.triage.standing().map(|s| &s.input));
    let triage = match kind {
        Kind::Amend => {
            let earlier = match is_same_person(&content.traveller, &opened.dossier.content.traveller) {
                true => None,
                // Another person may have declared before.
                false => unseen_before(app, &setting.flight_id, &content.traveller, Some(opened.id)).await?,
            };
            opened.journey.triage.amended(said.after(earlier))
        }
        Kind::Confirm => opened.journey.triage.repeated(said),
    };
    let (pass, text) = setting.issue(app, &content.traveller, triage.tier)?;
    let review_min = setting.port.deadlines.review_correction_min;
    let changed = Changed {
        channel,
        questionnaire: content.questionnaire.clone(),
        counts_from: setting.window.counts_from,
        counted: setting.counts(),
        triage,
        pass: pass.clone(),
        review_due: now + jiff::SignedDuration::from_mins(review_min),
    };
    let (action, command) = match kind {
        Kind::Amend => ("amend", Command::Amend(changed)),
        Kind::Confirm => ("confirm", Command::Confirm(changed)),
    };
    let events = journey::decide(Some(&opened.journey), &command, now)?;
    let mut change = Change { label: action, ..Change::default() };
    let key = app.person_key(opened.id).await?;
    let mut after = opened;
    if events.is_empty() {
        // It is so already: nothing changes, but the same question keeps its answer.
        change.audit.push(audit(who, action, Some(after.id), "{\"changed\":false}", now));
    } else {
        let state = follow(&mut change, &loaded, &events, now)?;
        let was = after.dossier.content.traveller.clone();
        let presented = !matches!(state.declaration, Declaration::Submitted(_));
        let dossier = Dossier { content, code: after.dossier.code.clone(), pass: text };
        person::seal_dossier(&mut change, app, &key, after.id, state.seq, &dossier)?;
        person::index_pass(&mut change, after.id, &pass)?;
        let is = &dossier.content.traveller;
        if !is_same_person(&was, is) {
            let moved = (after.id, presented);
            move_claim((app, sender), &mut change, &setting.flight_id, (&was, is), moved).await?;
        }
        if was.document != is.document {
            person::index_document(&mut change, app, after.id, is, now);
        }
        let detail = format!("{{\"version\":{}}}", state.declaration.made().version);
        change.audit.push(audit(who, action, Some(after.id), &detail, now));
        after.journey = state;
        after.dossier = dossier;
    }
    let reply = Reply::new(200, &declaration::own_view(app, &after, now))?;
    change.answer = once::stored(app, once, &reply, &Sealer::Person(&key, after.id), now)?;
    Ok(Prepared { change, reply })
}

/// Another document or birth date is another claim on the arrival. One that somebody else's declaration holds is not taken from
/// them: they may be two people, and which is which a human must see. The answer tells that somebody has declared with it: it is
/// counted.
async fn move_claim(
    (app, sender): (&App, Sender<'_>),
    change: &mut Change,
    flight: &FlightId,
    (was, is): (&Traveller, &Traveller),
    (id, presented): (Id, bool),
) -> Result<(), Failure> {
    let (old, new) = (claim(app, was, flight), claim(app, is, flight));
    if old == new {
        return Ok(());
    }
    // After the first scan the old claim stays too: whoever was seen with one document cannot free it to declare anew with it.
    let (named, names) = (person::named(app, id, was, flight), person::named(app, id, is, flight));
    if !presented {
        change.release.extend(old);
        change.remove.extend(named.filter(|named| names.as_ref() != Some(named)));
    }
    change.put.extend(names.clone());
    if let Some(key) = new {
        app.proofs.other_document(app, id)?;
        let number = is.document.as_ref().map(|document| document.number.as_str());
        sender.admitted(app, number)?;
        if app.store.claim(&key).await?.is_some() {
            sender.told(app, number);
            return Err(Failure::field("/traveller/document/number", "declared-already"));
        }
        sender.stands_beside(app, names.as_ref()).await?;
        change.claims.push(Claim { key, holder: id, detail: String::new() });
    }
    Ok(())
}
