//! A declaration's own content: one person's identity, trip, contact and answers, as sent (JSON of contract.md) and as checked.
//!
//! Every channel, web, API, kiosk, WeChat or paper, makes the same JSON and passes through the same [`Declare::check`].

mod form;
mod read;

pub use form::{COMPANIONS_MAX, TRIP_DAYS_MAX};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::flight::Designator;
use crate::identity::Traveller;
use crate::paper::Paper;

/// How a declaration reached us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// A phone's or computer's browser.
    Web,
    /// The WeChat mini-program.
    Wechat,
    /// A self-service kiosk.
    Kiosk,
    /// An officer, for somebody without a phone.
    Officer,
    /// A paper form keyed in later.
    Paper,
    /// A program of an airline or a tour operator.
    Api,
}

impl Channel {
    /// All channels.
    pub const ALL: [Channel; 6] =
        [Channel::Web, Channel::Wechat, Channel::Kiosk, Channel::Officer, Channel::Paper, Channel::Api];

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Channel::Web => "web",
            Channel::Wechat => "wechat",
            Channel::Kiosk => "kiosk",
            Channel::Officer => "officer",
            Channel::Paper => "paper",
            Channel::Api => "api",
        }
    }
}

/// How a companion belongs to the person who declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The declarer's child.
    Child,
    /// Husband, wife or partner.
    Partner,
    /// Mother or father.
    Parent,
    /// Other family.
    Family,
    /// A person in the declarer's care.
    Ward,
    /// Friend, colleague or member of a group.
    Other,
}

impl Relation {
    /// All relations, in the order in which a form shows them.
    pub const ALL: [Relation; 6] =
        [Relation::Child, Relation::Partner, Relation::Parent, Relation::Family, Relation::Ward, Relation::Other];

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Relation::Child => "child",
            Relation::Partner => "partner",
            Relation::Parent => "parent",
            Relation::Family => "family",
            Relation::Ward => "ward",
            Relation::Other => "other",
        }
    }
}

/// The trip that brings the person here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trip {
    /// The flight's number.
    pub flight: Designator,
    /// Date of its scheduled arrival, local to the port.
    pub date: Date,
    /// Seat, once known: `31A`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
    /// Where the journey began: an airport or a state's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Where it changed aircraft.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<String>,
}

/// How the person can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contact {
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Address for the next 14 days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// One person who travels with the declarer and is declared by them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Companion {
    /// Who they are.
    pub traveller: Traveller,
    /// Their own answers, still unchecked against the form.
    pub answers: Map<String, Value>,
    /// How they belong to the declarer.
    pub relation: Relation,
    /// Their seat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
}

/// A declaration whose own fields are checked; the answers are checked against the questionnaire in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declare {
    /// The port's UN/LOCODE.
    pub port: String,
    /// The version of the form that was filled in, if the sender names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questionnaire: Option<String>,
    /// The language it was made in.
    pub language: String,
    /// The channel.
    pub channel: Channel,
    /// The paper form that it was keyed in from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
    /// The person.
    pub traveller: Traveller,
    /// The trip.
    pub trip: Trip,
    /// How to reach them.
    pub contact: Contact,
    /// Their answers, still unchecked against the form.
    pub answers: Map<String, Value>,
    /// People declared with them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub companions: Vec<Companion>,
    /// The version of the privacy notice that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
}

/// What is kept, sealed, of one person's declaration: the same for the declarer and for each companion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The person.
    pub traveller: Traveller,
    /// The trip, with this person's own seat.
    pub trip: Trip,
    /// How to reach them (a companion: through the declarer).
    pub contact: Contact,
    /// Checked answers, in the form's canonical shape.
    pub answers: Map<String, Value>,
    /// How they belong to the declarer, if somebody else declared them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<Relation>,
    /// The language to speak to them in.
    pub language: String,
    /// The version of the privacy notice that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// The form's version.
    pub questionnaire: String,
}
