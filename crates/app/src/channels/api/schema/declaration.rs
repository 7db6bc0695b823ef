//! Declarations: as sent, as answered, as read again.

use std::collections::HashMap;

use serde_json::Value;
use utoipa::ToSchema;

/// How a declaration reached us.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum Channel {
    /// A browser.
    Web,
    /// The WeChat mini-program.
    Wechat,
    /// A self-service kiosk.
    Kiosk,
    /// An officer.
    Officer,
    /// A paper form keyed in.
    Paper,
    /// A program.
    Api,
}

/// How a companion belongs to the person who declares.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum Relation {
    /// Child.
    Child,
    /// Husband, wife or partner.
    Partner,
    /// Mother or father.
    Parent,
    /// Other family.
    Family,
    /// In the declarer's care.
    Ward,
    /// Anybody else.
    Other,
}

/// Where an entry stands.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum ShownState {
    /// Made too early: to be confirmed from `counts_from` on.
    Early,
    /// To be shown on arrival.
    Ready,
    /// Shown, nothing decided.
    Presented,
    /// Sent to the desk.
    Referred,
    /// Held.
    Held,
    /// A sample is to be taken.
    Sampling,
    /// A result, or what follows from it, is waited for.
    Awaiting,
    /// Cleared.
    Cleared,
    /// Ended another way.
    Ended,
    /// Withdrawn.
    Withdrawn,
    /// A newer declaration took its place.
    Replaced,
    /// Its time is over.
    Expired,
}

/// A travel document.
#[derive(Debug, ToSchema)]
pub struct Document {
    /// `passport`, `identity-card`, `travel-permit`, `crew-certificate` or `other`.
    pub r#type: String,
    /// Its number, in any spelling.
    pub number: String,
    /// The issuing state, two or three letters.
    pub issuer: String,
    /// Its last day.
    #[schema(format = Date)]
    pub expires: Option<String>,
}

/// A name, as in the document.
#[derive(Debug, ToSchema)]
pub struct Name {
    /// Surname, or the whole name of somebody with one.
    pub primary: String,
    /// Given names.
    pub secondary: Option<String>,
    /// In its own script.
    pub native: Option<String>,
}

/// Who travels.
#[derive(Debug, ToSchema)]
pub struct Traveller {
    /// The document; left out by somebody without one.
    pub document: Option<Document>,
    /// The name.
    pub name: Name,
    /// `1990-02-01`; `1990-02` or `1990` where no more is known.
    pub birth_date: String,
    /// `M`, `F` or `X`.
    pub sex: String,
    /// Two or three letters; three are given back.
    pub nationality: String,
}

/// The trip.
#[derive(Debug, ToSchema)]
pub struct Trip {
    /// Flight number.
    pub flight: String,
    /// Date of the scheduled arrival, local to the port.
    #[schema(format = Date)]
    pub date: String,
    /// Seat, once known.
    pub seat: Option<String>,
    /// Where it began: an airport or a state.
    pub origin: Option<String>,
    /// Where it changed aircraft.
    pub via: Option<Vec<String>>,
}

/// How to reach them: at least one.
#[derive(Debug, ToSchema)]
pub struct Contact {
    /// Telephone, with the country's prefix.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address for the next 14 days.
    pub address: Option<String>,
}

/// Somebody declared along.
#[derive(Debug, ToSchema)]
pub struct Companion {
    /// Who.
    pub traveller: Traveller,
    /// Their own answers.
    pub answers: HashMap<String, Value>,
    /// How they belong to the declarer; `other` if left out.
    pub relation: Option<Relation>,
    /// Their seat.
    pub seat: Option<String>,
}

/// The numbered form that a declaration was keyed in from. Only staff with the right to do so send it, with their token.
#[derive(Debug, ToSchema)]
pub struct PaperForm {
    /// The form's number, in any spelling: `CNPEK-000042-T`. A form is keyed in once.
    pub serial: String,
    /// When it was filled in, as it says itself: not to come, and not longer ago than the port takes forms for (72 hours).
    #[schema(format = DateTime)]
    pub at: String,
}

/// A declaration as sent.
#[derive(Debug, ToSchema)]
#[schema(example = json!({
    "port": "CNPEK", "language": "en", "channel": "api",
    "traveller": {
        "document": {"type": "passport", "number": "E12345678", "issuer": "CHN"},
        "name": {"primary": "Wang", "secondary": "Xiaoming"},
        "birth_date": "1990-02-01", "sex": "M", "nationality": "CHN"
    },
    "trip": {"flight": "CA938", "date": "2026-11-24", "seat": "31A"},
    "contact": {"phone": "+8613800000000"},
    "answers": {"contact_case": false, "contact_ill": false, "community_cases": false, "cluster": false, "unwell": false, "medicine": false, "tested": false},
    "attested": true
}))]
pub struct DeclarationRequest {
    /// UN/LOCODE.
    pub port: String,
    /// The form that was filled in: its version, its url, or both as `url|version`. Another one than that in force is refused.
    pub questionnaire: Option<String>,
    /// The traveller's language, BCP 47: the nearest one served is kept and used. `en` if left out.
    pub language: Option<String>,
    /// How it reached you; `api` if left out, `paper` with a paper form.
    pub channel: Option<Channel>,
    /// The paper form that it was keyed in from: one person's, and the time on it is the time that counts.
    pub paper: Option<PaperForm>,
    /// Who declares.
    pub traveller: Traveller,
    /// The trip that brings them here.
    pub trip: Trip,
    /// How to reach them.
    pub contact: Contact,
    /// Answers by `linkId`: text, number, boolean or an option's code; an array for what repeats, and of objects for a group that repeats.
    pub answers: HashMap<String, Value>,
    /// At most nine people declared along.
    pub companions: Option<Vec<Companion>>,
    /// The version of the privacy notice that was shown.
    pub notice: Option<String>,
    /// The traveller says that all of it is true.
    pub attested: bool,
}

/// May say through which channel the traveller confirms.
#[derive(Debug, ToSchema)]
pub struct ConfirmRequest {
    /// `api` if left out.
    pub channel: Option<Channel>,
}

/// The flight of a declaration.
#[derive(Debug, ToSchema)]
pub struct DeclaredFlight {
    /// Its id.
    pub id: String,
    /// The schedule has it. One that it does not have is taken all the same.
    pub on_schedule: bool,
}

/// A companion's part of the answer.
#[derive(Debug, ToSchema)]
pub struct DeclaredCompanion {
    /// Short code.
    pub code: String,
    /// The text of the QR code.
    pub pass: String,
    /// Where the picture is.
    pub pass_svg: String,
    /// Where the entry stands.
    pub state: ShownState,
}

/// The answer to a declaration.
#[derive(Debug, ToSchema)]
pub struct Declared {
    /// Short code, to be written down.
    pub code: String,
    /// The text of the QR code: show it as it is, in alphanumeric mode.
    pub pass: String,
    /// Where the picture is.
    pub pass_svg: String,
    /// Where the entry stands.
    pub state: ShownState,
    /// From when on a declaration for this flight counts.
    #[schema(format = DateTime)]
    pub counts_from: String,
    /// Until when the pass is good, as the flight stands.
    #[schema(format = DateTime)]
    pub valid_until: String,
    /// What happens next, in the traveller's language.
    pub next: String,
    /// The flight.
    pub flight: DeclaredFlight,
    /// The companions, in the order sent.
    pub companions: Option<Vec<DeclaredCompanion>>,
}

/// A declaration read again.
#[derive(Debug, ToSchema)]
pub struct Declaration {
    /// Short code.
    pub code: String,
    /// The text of the QR code.
    pub pass: String,
    /// Where the picture is.
    pub pass_svg: String,
    /// Where the entry stands.
    pub state: ShownState,
    /// From when on it counts.
    #[schema(format = DateTime)]
    pub counts_from: String,
    /// Until when the pass is good.
    #[schema(format = DateTime)]
    pub valid_until: String,
    /// What happens next.
    pub next: String,
    /// The flight.
    pub flight: DeclaredFlight,
    /// 1, and one more for each amendment.
    pub version: u32,
    /// When this version was made; of a paper form, the time on the paper.
    #[schema(format = DateTime)]
    pub made_at: String,
    /// UN/LOCODE.
    pub port: String,
    /// The form's version.
    pub questionnaire: String,
    /// The version of the privacy notice that was shown; null if none was named.
    pub notice: Option<String>,
    /// The traveller's language.
    pub language: String,
    /// Who declared.
    pub traveller: Traveller,
    /// The trip.
    pub trip: Trip,
    /// How to reach them.
    pub contact: Contact,
    /// Answers by `linkId`.
    pub answers: HashMap<String, Value>,
    /// The newest sample taken of the person; null if none was ordered.
    pub sample: Option<OwnSample>,
}

/// A person's own sample.
#[derive(Debug, ToSchema)]
pub struct OwnSample {
    /// `to-be-taken`, `not-taken`, `on-its-way`, `in-laboratory`, `again` (another is needed), `result`.
    pub state: String,
    /// `positive`, `negative`, `inconclusive`, `invalid`, once it is final.
    pub result: Option<String>,
    /// What it means and what happens next, in the person's language.
    pub text: String,
}
