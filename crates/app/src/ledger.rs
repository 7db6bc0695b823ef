//! What the app keeps in the store, by name: kinds of rows, lists, claims. A stranger reads here what there is.

use std::ops::Range;

use jiff::Timestamp;
use pratique_core::flight::FlightId;
use pratique_core::id::Id;
use pratique_core::paper::Serial;
use pratique_store::Kind;
use sha2::{Digest, Sha256};

/// A journey (`pratique_core::journey::Journey`).
pub const JOURNEY: Kind = Kind(1);
/// A flight (`pratique_core::flight::Flight`).
pub const FLIGHT: Kind = Kind(2);
/// A scan (`actions::scan::ScanRecord`).
pub const SCAN: Kind = Kind(3);
/// A user or machine (`actions::staff::User`).
pub const USER: Kind = Kind(4);
/// A signed-in session (`actions::staff::Session`).
pub const SESSION: Kind = Kind(5);
/// A signing or sealing key (`keys::ring::KeyRecord`).
pub const KEY: Kind = Kind(6);
/// A traveller's draft (`actions::draft::Draft`).
pub const DRAFT: Kind = Kind(7);
/// One numbered paper form (`lookups::paper::Sheet`).
pub const PAPER: Kind = Kind(8);
/// How many paper forms a port has printed (`lookups::paper::Printed`).
pub const PAPERS: Kind = Kind(9);

/// A plate (`pratique_core::laboratory::Plate`).
pub const PLATE: Kind = Kind(20);
/// What the first person found wrong with a result (`actions::amend_result::Amendment`).
pub const AMENDMENT: Kind = Kind(21);
/// A department's subscription to what happens with the people whom it was given (`actions::subscribe::Subscription`).
pub const SUBSCRIPTION: Kind = Kind(40);
/// A flight's manifest, the newest edition (`manifest::Record`).
pub const MANIFEST: Kind = Kind(30);
/// One person of a manifest (`manifest::Line`).
pub const LISTED: Kind = Kind(31);
/// A flight's health part (`pratique_core::flight::Inspection`).
pub const INSPECTION: Kind = Kind(32);

/// A row's id that follows from its name, so that one read finds it.
fn named(kind: &str, name: &str) -> Id {
    let hash = Sha256::new().chain_update(kind).chain_update([0]).chain_update(name).finalize();
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    Id(id)
}

/// A record of the log: the machine's clock jumped, and no pass is issued.
pub const CLOCK_IN_DOUBT: &str = "clock-in-doubt";
/// A record of the log: the clock is believed again.
pub const CLOCK_BELIEVED: &str = "clock-believed";
/// A record of the log: an administrator says that the clock is right as it is now.
pub const CLOCK_CONFIRMED: &str = "clock-confirmed";

/// What the log says of the machine's clock is said about this.
#[must_use]
pub fn clock() -> Id {
    named("clock", "")
}

/// The row of a flight.
#[must_use]
pub fn flight_row(id: &FlightId) -> Id {
    named("flight", &id.to_string())
}

/// The row of a session, by its secret.
#[must_use]
pub fn session_row(token: &str) -> Id {
    named("session", token)
}

/// The row of a draft, by its secret.
#[must_use]
pub fn draft_row(token: &str) -> Id {
    named("draft", token)
}

/// The row of a paper form.
#[must_use]
pub fn paper_row(serial: &Serial) -> Id {
    named("paper", &serial.to_string())
}

/// The row that counts a port's paper forms.
#[must_use]
pub fn papers_row(port: &str) -> Id {
    named("papers", port)
}

/// The row of the amendment that waits for a second person, by the tube's label.
#[must_use]
pub fn amendment_row(label: &str) -> Id {
    named("amendment", label)
}

/// Who owns the officers' words about a journey: bodies of their own, so that the newest dossier stays the highest part.
#[must_use]
pub fn notes_of(journey: Id) -> Id {
    named("notes", &journey.to_string())
}

/// Who owns what the desk found on a journey, a body for each examination (`findings::Findings`).
#[must_use]
pub fn findings_of(journey: Id) -> Id {
    named("findings", &journey.to_string())
}

/// Who owns what was answered to the desk's investigations (`inquiry::Inquiry`).
#[must_use]
pub fn inquiries_of(journey: Id) -> Id {
    named("inquiries", &journey.to_string())
}

/// Flights of a port, by scheduled arrival.
#[must_use]
pub fn flights(port: &str) -> String {
    format!("flights/{port}")
}

/// Flights of a category that came to a port (`Flight::came_at`), by when they did.
#[must_use]
pub fn came(port: &str, category: &str) -> String {
    format!("came/{port}/{category}")
}

/// Journeys declared for a flight, by the time of the declaration.
#[must_use]
pub fn journeys_of(flight: &FlightId) -> String {
    format!("journeys/{flight}")
}

/// Journeys of a port for which nothing is owed, by what their data are kept for (`retention::Purpose`) and since when.
#[must_use]
pub fn kept(port: &str, purpose: &str) -> String {
    format!("kept/{port}/{purpose}")
}

/// Drafts that were begun from a journey's declaration, by the time they were begun.
#[must_use]
pub fn drafts_of(journey: Id) -> String {
    format!("drafts/{journey}")
}

/// Flights of a port whose manifest was handed in, by the time of the newest edition; an entry's id is the manifest's row.
#[must_use]
pub fn manifests(port: &str) -> String {
    format!("manifests/{port}")
}

/// Editions of a flight's manifest of which something was not understood; an entry's id is the edition's.
#[must_use]
pub fn parked(flight: &FlightId) -> String {
    format!("parked/{flight}")
}

/// The row of a flight's manifest.
#[must_use]
pub fn manifest_row(flight: &FlightId) -> Id {
    named("manifest", &flight.to_string())
}

/// People of one edition of a flight's manifest, in the order of the list.
#[must_use]
pub fn listed(flight: &FlightId, edition: i64) -> String {
    format!("listed/{flight}/{edition}")
}

/// The same, by the blind index of a document number.
#[must_use]
pub fn listed_by_document(flight: &FlightId, edition: i64, index: &[u8; 16]) -> String {
    format!("listed/{flight}/{edition}/document/{}", hex(index))
}

/// The same, by the blind index of a birth date.
#[must_use]
pub fn listed_by_birth(flight: &FlightId, edition: i64, index: &[u8; 16]) -> String {
    format!("listed/{flight}/{edition}/birth/{}", hex(index))
}

/// People of manifests that a person tied to this journey.
#[must_use]
pub fn tied(journey: Id) -> String {
    format!("tied/{journey}")
}

/// A flight's inspections, by the time they were recorded.
#[must_use]
pub fn inspections(flight: &FlightId) -> String {
    format!("inspections/{flight}")
}

/// Journeys of people declared by another, under the declarer's.
#[must_use]
pub fn party_of(declarer: Id) -> String {
    format!("party/{declarer}")
}

/// Journeys by the blind index of a document number.
#[must_use]
pub fn document(index: &[u8; 16]) -> String {
    format!("document/{}", hex(index))
}

/// Journeys with an open obligation at a port, by its deadline.
#[must_use]
pub fn obligations(port: &str) -> String {
    format!("obligations/{port}")
}

/// Journeys for which somebody of this role owes something at a port, by the earliest of those deadlines.
#[must_use]
pub fn owed_by(port: &str, role: &str) -> String {
    format!("owed/{port}/{role}")
}

/// Open obligations of a kind at a port, and of a department where one owes them, by when they were opened: for counting. An
/// entry's id is no journey's but [`loop_entry`].
#[must_use]
pub fn loops(port: &str, kind: &str, department: Option<&str>) -> String {
    format!("loops/{port}/{kind}/{}", department.unwrap_or_default())
}

/// An open obligation as an entry of [`loops`]: its deadline, so that a count reads the list and no journey; and what tells it
/// from every other.
#[must_use]
pub fn loop_entry(due: Timestamp, journey: Id, number: u32) -> Id {
    let mut id = named("loop", &format!("{journey}/{number}"));
    id.0[..8].copy_from_slice(&due.as_millisecond().to_be_bytes());
    id
}

/// The deadline in an entry of [`loops`].
#[must_use]
pub fn loop_due(entry: Id) -> Option<Timestamp> {
    let due = entry.0.first_chunk::<8>()?;
    Timestamp::from_millisecond(i64::from_be_bytes(*due)).ok()
}

/// Journeys with an open obligation at a port, by the instant at which one climbs the next rung of the ladder.
#[must_use]
pub fn ladder(port: &str) -> String {
    format!("ladder/{port}")
}

/// Journeys with a sample in this state (`Sample::state_name`) at a port, by the time of the sample's order.
#[must_use]
pub fn samples(port: &str, state: &str) -> String {
    format!("samples/{port}/{state}")
}

/// Journeys with a sample in the laboratory whose test is in this state (`Test::state_name`), by the time of the swab.
#[must_use]
pub fn tests(port: &str, state: &str) -> String {
    format!("tests/{port}/{state}")
}

/// Plates of a port in this state (`Plate::state_name`), by the time they were built.
#[must_use]
pub fn plates(port: &str, state: &str) -> String {
    format!("plates/{port}/{state}")
}

/// Journeys handed over to a department and not answered, declined or taken back, by the time of the offer.
#[must_use]
pub fn inbox(port: &str, department: &str) -> String {
    format!("inbox/{port}/{department}")
}

/// The same, answered.
#[must_use]
pub fn inbox_done(port: &str, department: &str) -> String {
    format!("inbox-done/{port}/{department}")
}

/// Journeys of which a department was told something, by the instant at which it happened.
#[must_use]
pub fn feed(port: &str, department: &str) -> String {
    format!("feed/{port}/{department}")
}

/// What a message in the outbox holds: the journey and the number of its event, and nothing of either.
#[must_use]
pub fn pointer(journey: Id, seq: i64) -> Vec<u8> {
    format!("{journey}/{seq}").into_bytes()
}

/// Reads a [`pointer`].
#[must_use]
pub fn pointed(body: &[u8]) -> Option<(Id, i64)> {
    let (journey, seq) = std::str::from_utf8(body).ok()?.split_once('/')?;
    Some((journey.parse().ok()?, seq.parse().ok()?))
}

/// The message by which a department's subscribers are told of an event, in the outbox.
#[must_use]
pub fn message(journey: Id, seq: i64, department: &str) -> Id {
    named("message", &format!("{journey}/{seq}/{department}"))
}

/// Where messages for a department's subscribers go in the outbox.
#[must_use]
pub fn topic(port: &str, department: &str) -> String {
    format!("department/{port}/{department}")
}

/// The message by which a journey's person is told of an event, in the outbox; receivers drop repeats by it.
#[must_use]
pub fn word(journey: Id, seq: i64) -> Id {
    named("word", &format!("{journey}/{seq}"))
}

/// Where messages for persons go in the outbox: the port's.
#[must_use]
pub fn person_topic(port: &str) -> String {
    format!("person/{port}")
}

/// A department's subscriptions, by the time they were made.
#[must_use]
pub fn subscriptions(port: &str, department: &str) -> String {
    format!("subscriptions/{port}/{department}")
}

/// Cases: journeys with a positive result, by the time of its release.
#[must_use]
pub fn cases(port: &str) -> String {
    format!("cases/{port}")
}

/// Numbers of events that are told apart within a millisecond.
const TICKS: i64 = 1 << 10;

/// Where an event of a journey stands in a list that counts every one of them: by time, and within a millisecond by the event's
/// number, since two tubes of one person may be released in one act.
#[must_use]
pub fn tick(at: Timestamp, seq: i64) -> i64 {
    at.as_millisecond() * TICKS + seq % TICKS
}

/// A span of time in such a list.
#[must_use]
pub fn ticks(span: &Range<Timestamp>) -> Range<i64> {
    span.start.as_millisecond() * TICKS..span.end.as_millisecond() * TICKS
}

/// The time of an entry of such a list.
///
/// # Errors
/// A time outside the calendar.
pub fn ticked(sort: i64) -> Result<Timestamp, jiff::Error> {
    Timestamp::from_millisecond(sort.div_euclid(TICKS))
}

/// What counts for a figure of the bulletin at a port (`Figure::name`), by [`tick`]: one entry each time that it is counted.
#[must_use]
pub fn figure(port: &str, figure: &str) -> String {
    format!("figure/{port}/{figure}")
}

/// Scans at a station, by time.
#[must_use]
pub fn scans(port: &str, station: &str) -> String {
    format!("scans/{port}/{station}")
}

/// Tries to reach somebody with what this obligation says, by time.
#[must_use]
pub fn tries(journey: Id, obligation: u32) -> String {
    format!("tries/{journey}/{obligation}")
}

/// Passes revoked before their time, by their expiry; an entry's id is the pass's, padded.
#[must_use]
pub fn revoked(port: &str) -> String {
    format!("revoked/{port}")
}

/// A pass's id (24 hexadecimal digits) as a list entry's: four zero bytes behind it.
#[must_use]
pub fn padded_cti(cti: &str) -> Option<Id> {
    let mut id = [0; 16];
    for (at, byte) in id.iter_mut().take(12).enumerate() {
        *byte = u8::from_str_radix(cti.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(Id(id))
}

/// The pass's id in a list entry's.
#[must_use]
pub fn cti_of(entry: Id) -> [u8; 12] {
    let mut cti = [0; 12];
    cti.copy_from_slice(&entry.0[..12]);
    cti
}

/// Drafts, by the time they were last saved.
pub const DRAFTS: &str = "drafts";
/// Drafts of kiosks, by the time they were last saved: they go within the hour.
pub const KIOSK_DRAFTS: &str = "drafts/kiosk";
/// Persons who were erased, by the time of it: theirs, and those of the lines and drafts that went with them.
pub const ERASED: &str = "erased";
/// Sessions, by the time they began.
pub const SESSIONS: &str = "sessions";
/// All users, by the time they were added.
pub const USERS: &str = "users";
/// All keys, by the time they were made.
pub const KEYS: &str = "keys";

/// The claim that ties a short code's blind index to its journey.
#[must_use]
pub fn code_claim(index: &[u8; 16]) -> Vec<u8> {
    [b"code:".as_slice(), index].concat()
}

/// The claim that ties the blind index of a code to go on with to its draft.
#[must_use]
pub fn resume_claim(index: &[u8; 16]) -> Vec<u8> {
    [b"resume:".as_slice(), index].concat()
}

/// The claim that ties a pass's id to its journey.
#[must_use]
pub fn cti_claim(cti: &[u8; 12]) -> Vec<u8> {
    [b"cti:".as_slice(), cti].concat()
}

/// The claim that ties a tube's label to its journey.
#[must_use]
pub fn label_claim(label: &str) -> Vec<u8> {
    [b"label:".as_slice(), label.as_bytes()].concat()
}

/// The claim that ties an instrument's file, by its SHA-256, to the plate that it was read into.
#[must_use]
pub fn run_claim(hash: &str) -> Vec<u8> {
    [b"run:".as_slice(), hash.as_bytes()].concat()
}

/// Living declarations that name one document for one arrival (`Indexes::arrival`): more than one where they differ in the birth
/// date.
#[must_use]
pub fn naming(arrival: &str) -> String {
    format!("naming/{arrival}")
}

/// The claim that one document and birth date have on one arrival (`Indexes::entrant`).
#[must_use]
pub fn arrival_claim(hash: &[u8; 32]) -> Vec<u8> {
    [b"arrival:".as_slice(), hash].concat()
}

/// The claim of a user's name.
#[must_use]
pub fn user_claim(name: &str) -> Vec<u8> {
    [b"user:".as_slice(), name.as_bytes()].concat()
}

/// The claim of a token's hash.
#[must_use]
pub fn token_claim(token: &str) -> Vec<u8> {
    [b"token:".as_slice(), &Sha256::digest(token.as_bytes())].concat()
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
