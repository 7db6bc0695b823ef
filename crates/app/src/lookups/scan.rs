//! What was scanned: which journey it leads to, how pass and document stand, and the words for it.

use jiff::Timestamp;
use pratique_core::code::ShortCode;
use pratique_core::country;
use pratique_core::flight::{Standing, Status, Window};
use pratique_core::id::Id;
use pratique_core::identity::document::normal_number;
use pratique_core::journey::advice::{Advice, Notice, PassVerdict, Seen};
use pratique_core::journey::{DocumentCheck, Journey, ObligationKind};
use pratique_core::port::Port;
use pratique_formats::mrz::{self, Mrz};
use pratique_formats::pass::{self, Document, DocumentVerdict, Verdict, Verification};
use pratique_store::Order;

use super::elsewhere::{self, Against, Named};
use super::journey::{self as journeys, Loaded};
use super::reasons;
use crate::app::App;
use crate::dossier;
use crate::failure::Failure;
use crate::house::local_date;
use crate::ledger;
use crate::setting;
use crate::verdict::{PassAnswer, ScanRecord, ScanRequest, Scanned, TypedDocument, UsedAnswer};

/// What a scan led to.
#[derive(Debug)]
pub struct Found {
    /// The journey.
    pub journey: Option<Loaded>,
    /// How the pass stands, live.
    pub verdict: PassVerdict,
    /// How the document stands.
    pub document: DocumentCheck,
    /// A zone was read whose check digits do not fit.
    pub damaged_mrz: bool,
    /// Nothing is wrong with what was scanned or typed, but it leads to nobody here.
    pub astray: bool,
    /// It leads to a declaration for another port, of which nothing is said but that.
    pub other_port: bool,
    /// Where the flight is; `None` if the schedule does not have it.
    pub flight: Option<Status>,
    /// What other journeys of the same document say.
    pub against: Against,
    /// The flight's times.
    pub window: Option<Window>,
    /// How the person stands to the flight's manifest.
    pub manifest: &'static str,
}

/// The document in front of the officer, as far as it was read.
struct Shown {
    document: Option<Document>,
    damaged: bool,
}

/// Follows what was scanned to a journey.
///
/// # Errors
/// [`Failure::Invalid`] if nothing was scanned or it cannot be read at all.
pub async fn find(app: &App, port: &Port, request: &ScanRequest) -> Result<Found, Failure> {
    let now = app.now();
    let shown = shown(port, request, now)?;
    let (loaded, verdict, document) = match (&request.pass, &request.code, &request.document) {
        (Some(text), _, _) => by_pass(app, text, &shown, now).await?,
        (None, Some(code), _) => by_code(app, code, &shown).await?,
        (None, None, _) => by_document(app, port, request, &shown).await?,
    };
    let mut found = Found {
        journey: loaded,
        verdict,
        document,
        damaged_mrz: shown.damaged,
        astray: false,
        other_port: false,
        flight: None,
        against: Against::default(),
        window: None,
        manifest: "unknown",
    };
    // A journey of another port is none of this one's business.
    let is_here = |l: &Loaded| l.journey.as_ref().is_some_and(|j| j.port == port.code);
    found.other_port = found.journey.as_ref().is_some_and(|l| l.journey.is_some() && !is_here(l));
    found.journey = found.journey.filter(is_here);
    let journey = found.journey.as_ref().and_then(|l| l.journey.clone());
    // The flight and the document's other journeys are nothing to each other: read at the same time.
    let flight = async {
        match &journey {
            Some(journey) => super::flight::read(app, &journey.flight).await,
            None => Ok(None),
        }
    };
    let others = async {
        let here = found.journey.as_ref();
        let declared = match here.filter(|_| found.document != DocumentCheck::Match) {
            Some(here) => Named::of(app, here.id).await?,
            // It is the one in the hand.
            None => None,
        };
        let mut against =
            elsewhere::against(app, &port.code, here, &documents(request, &shown, declared.as_ref()), &[], now).await?;
        if let (Some(here), Some(declared)) = (here, &declared) {
            against.contested = elsewhere::is_contested(app, here, declared).await?;
        }
        Ok(against)
    };
    let (flight, against) = tokio::try_join!(flight, others)?;
    found.against = against;
    if let Some(journey) = &journey {
        let flight = flight.map(|(flight, _)| flight);
        let window = setting::window(port, &journey.flight, flight.as_ref())?;
        found.flight = flight.map(|f| f.status);
        found.window = Some(window);
        found.verdict = live(found.verdict, journey, &window, now);
    }
    if found.journey.is_none() && is_good_or_dated(found.verdict) {
        // Nobody may read "valid" where there is no declaration: a genuine pass of another port is not ours to vouch for, and a
        // code or number that leads nowhere is no pass.
        found.astray = true;
        found.verdict = if request.pass.is_some() { PassVerdict::UnknownIssuer } else { PassVerdict::Malformed };
    }
    Ok(found)
}

/// The documents whose other journeys matter: the one that was declared, and the one in front of the officer where it is, or
/// may be, another. A misread zone accuses nobody.
fn documents(request: &ScanRequest, shown: &Shown, declared: Option<&Named>) -> Vec<Named> {
    let in_hand = match (&shown.document, &request.document) {
        (Some(_), _) if shown.damaged => None,
        (Some(document), _) => normal_number(&document.number).map(|number| Named {
            number,
            state: Some(country::canonical(&document.state).unwrap_or(&document.state).to_owned()),
        }),
        (None, Some(TypedDocument::Number(number) | TypedDocument::Parts { number, .. })) => {
            normal_number(number).map(|number| Named { number, state: None })
        }
        (None, None) => None,
    };
    let mut documents: Vec<Named> = declared.cloned().into_iter().collect();
    documents.extend(in_hand.filter(|hand| documents.iter().all(|d| d.number != hand.number)));
    documents
}

fn shown(port: &Port, request: &ScanRequest, now: Timestamp) -> Result<Shown, Failure> {
    let zone = request.mrz.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let Some(zone) = zone else { return Ok(Shown { document: typed(request.document.as_ref()), damaged: false }) };
    let mrz = mrz::read(zone, local_date(port, now)).map_err(|_| Failure::field("/mrz", "not-an-mrz"))?;
    Ok(Shown { damaged: !mrz.valid, document: Some(of_mrz(&mrz)) })
}

fn of_mrz(mrz: &Mrz) -> Document {
    Document {
        number: mrz.fields.document.number.clone(),
        state: mrz.fields.document.issuer.clone(),
        birth_date: mrz.fields.birth_date.clone().unwrap_or_default(),
    }
}

/// A typed document can be compared only if all three of its parts were typed.
fn typed(document: Option<&TypedDocument>) -> Option<Document> {
    match document? {
        TypedDocument::Parts { number, issuer: Some(issuer), birth_date: Some(born) } => {
            let state = country::canonical(issuer).unwrap_or(issuer).to_owned();
            Some(Document { number: number.clone(), state, birth_date: born.clone() })
        }
        _ => None,
    }
}

type Led = (Option<Loaded>, PassVerdict, DocumentCheck);

async fn by_pass(app: &App, text: &str, shown: &Shown, now: Timestamp) -> Result<Led, Failure> {
    let ring = app.ring();
    let read = pass::verify(ring.trust(), text.trim(), shown.document.as_ref(), now);
    let document = match read.document {
        DocumentVerdict::Match => DocumentCheck::Match,
        // Check digits that do not fit mean that the zone was misread: it accuses nobody.
        DocumentVerdict::Mismatch if !shown.damaged => DocumentCheck::Mismatch,
        DocumentVerdict::Mismatch | DocumentVerdict::Unchecked => DocumentCheck::Unchecked,
    };
    let loaded = match (&read.cti, is_genuine(&read)) {
        (Some(cti), true) => match journeys::by_pass(app, cti).await? {
            Some(id) => Some(journeys::load(app, id).await?),
            None => None,
        },
        _ => None,
    };
    let replaced = loaded.as_ref().and_then(|l| l.journey.as_ref()).is_some_and(|journey| {
        let current = journey.pass.current().map(|p| p.cti.as_str());
        current != read.cti.map(|cti| ledger::hex(&cti)).as_deref()
    });
    let verdict = if replaced { PassVerdict::Revoked } else { of_signature(read.verdict) };
    Ok((loaded, verdict, document))
}

fn is_genuine(read: &Verification) -> bool {
    matches!(read.verdict, Verdict::Valid | Verdict::Expired | Verdict::NotYet)
}

fn of_signature(verdict: Verdict) -> PassVerdict {
    match verdict {
        Verdict::Valid => PassVerdict::Valid,
        Verdict::Expired => PassVerdict::Expired,
        Verdict::NotYet => PassVerdict::NotYet,
        Verdict::Revoked => PassVerdict::Revoked,
        Verdict::Forged => PassVerdict::Forged,
        Verdict::UnknownIssuer => PassVerdict::UnknownIssuer,
        Verdict::Malformed => PassVerdict::Malformed,
    }
}

fn is_good_or_dated(verdict: PassVerdict) -> bool {
    matches!(verdict, PassVerdict::Valid | PassVerdict::Expired | PassVerdict::NotYet)
}

/// The signature is proven; what is true now is what the store says, for it follows the flight (contract.md, The pass).
fn live(verdict: PassVerdict, journey: &Journey, window: &Window, now: Timestamp) -> PassVerdict {
    if !is_good_or_dated(verdict) {
        return verdict;
    }
    if !journeys::is_living(journey) {
        PassVerdict::Revoked
    } else if now > window.valid_until {
        PassVerdict::Expired
    } else if journey.declaration.standing(window) == Standing::Early {
        PassVerdict::NotYet
    } else {
        PassVerdict::Valid
    }
}

async fn by_code(app: &App, code: &str, shown: &Shown) -> Result<Led, Failure> {
    let code: ShortCode = code.parse().map_err(|_| Failure::field("/code", "not-a-code"))?;
    match journeys::by_code(app, &code).await? {
        None => Ok((None, PassVerdict::Valid, DocumentCheck::Unchecked)),
        Some(id) => {
            let document = compare(app, id, shown).await?;
            Ok((Some(journeys::load(app, id).await?), PassVerdict::Valid, document))
        }
    }
}

async fn by_document(app: &App, port: &Port, request: &ScanRequest, shown: &Shown) -> Result<Led, Failure> {
    let typed = match &request.document {
        Some(TypedDocument::Number(number) | TypedDocument::Parts { number, .. }) => Some(number.clone()),
        None => shown.document.as_ref().map(|d| d.number.clone()),
    };
    let number = typed.ok_or_else(|| Failure::field("/pass", "nothing-scanned"))?;
    let number = normal_number(&number).ok_or_else(|| Failure::field("/document", "not-a-document-number"))?;
    let today = local_date(port, app.now());
    let mut all: Vec<(Matters, Loaded)> = Vec::new();
    journeys::each_of_document(app, &number, |loaded| {
        let Some(journey) = loaded.journey.as_ref().filter(|j| j.port == port.code && journeys::is_living(j)) else {
            return;
        };
        all.push((matters(journey, today), loaded));
    })
    .await?;
    // They come newest first: of two that matter alike the newer is first.
    all.sort_by_key(|(matters, _)| *matters);
    let mut best: Option<(Loaded, DocumentCheck)> = None;
    for (_, loaded) in all {
        let document = compare(app, loaded.id, shown).await?;
        // Several may name one number, and the document in the hand says which of them is its holder's.
        if document == DocumentCheck::Match || best.is_none() {
            best = Some((loaded, document));
        }
        if document == DocumentCheck::Match || shown.document.is_none() {
            break;
        }
    }
    let (journey, document) = best.map_or((None, DocumentCheck::Unchecked), |(l, document)| (Some(l), document));
    Ok((journey, PassVerdict::Valid, document))
}

/// How much a journey matters, the smallest most: first its place, then the days between its flight and today.
type Matters = (u8, i32);

/// Which of a document's journeys an officer wants to see: the one that is held, then one that owes what blocks, since whoever
/// comes to a lane in that state must not be hidden behind a fresh declaration; then of those that are not over the one that
/// arrives nearest to today, since people declare for a trip next week too; at last, in the same order, what is over.
fn matters(journey: &Journey, today: jiff::civil::Date) -> Matters {
    let place = match journey.closed_at {
        _ if journey.open().any(|o| o.kind == ObligationKind::ResolveHold) => 0,
        _ if journey.open().any(|o| o.kind.blocks_clearance()) => 1,
        None => 2,
        Some(_) => 3,
    };
    let days = journey.flight.date.since(today).map_or(i32::MAX, |span| span.get_days().abs());
    (place, days)
}

/// Compares the document shown with the one declared, by the same keyed tag as a pass does.
async fn compare(app: &App, id: Id, shown: &Shown) -> Result<DocumentCheck, Failure> {
    let Some(document) = &shown.document else { return Ok(DocumentCheck::Unchecked) };
    let kept = match journeys::dossier(app, id).await {
        Err(Failure::Sealed(_)) => return Ok(DocumentCheck::Unchecked),
        other => other?,
    };
    let Some(declared) = dossier::document_of(&kept.content.traveller) else { return Ok(DocumentCheck::Unchecked) };
    let tag = |d: &Document| pass::document_tag(&app.cookie_key, d);
    Ok(match tag(document) == tag(&declared) {
        true => DocumentCheck::Match,
        false if shown.damaged => DocumentCheck::Unchecked,
        false => DocumentCheck::Mismatch,
    })
}

/// The answer with all reasons in words, weightiest first.
#[must_use]
pub fn answer(app: &App, scan_id: Id, seen: &Seen<'_>, advice: Advice, notices: &[Notice], language: &str) -> Scanned {
    let notices = notices.iter().map(|n| (n.code, n.advice));
    Scanned {
        scan_id,
        pass: PassAnswer { verdict: seen.verdict },
        document: seen.document,
        manifest: "unknown".to_owned(),
        tier: seen.journey.map(|j| j.triage.tier().as_str().to_owned()),
        reasons: reasons::all(app, notices, seen.journey, language),
        judged_by: seen.journey.and_then(reasons::judged_by),
        used: seen.journey.and_then(|j| j.pass.used_at(seen.stage)).map(UsedAnswer::from),
        advice,
        journey: None,
        state: None,
        flight: seen.journey.map(|j| j.flight.to_string()),
    }
}

/// A scan's record, with the version of its row.
///
/// # Errors
/// The store's.
pub async fn read(app: &App, id: Id) -> Result<Option<(ScanRecord, i64)>, Failure> {
    match app.store.row(id).await? {
        Some(row) if row.kind == ledger::SCAN => Ok(Some((serde_json::from_str(&row.state)?, row.version))),
        _ => Ok(None),
    }
}

/// The last scans at a station, newest first.
///
/// # Errors
/// The store's.
pub async fn last(app: &App, port: &str, station: &str, limit: u32) -> Result<Vec<(Id, ScanRecord)>, Failure> {
    let list = ledger::scans(port, station);
    let listed = app.store.entries(&list, i64::MIN..i64::MAX, None, limit, Order::Descending).await?;
    let ids: Vec<Id> = listed.iter().map(|entry| entry.id).collect();
    let rows = app.store.rows(&ids).await?.into_iter().flatten();
    rows.map(|row| Ok((row.id, serde_json::from_str(&row.state)?))).collect()
}
