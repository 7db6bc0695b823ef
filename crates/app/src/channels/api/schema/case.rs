//! Cases and their contacts.

use utoipa::ToSchema;

use super::checkpoint::Tier;

/// A case. No person is named.
#[derive(Debug, ToSchema)]
pub struct Case {
    /// Its journey.
    pub journey: String,
    /// Its flight.
    pub flight: String,
    /// When its newest result was released.
    #[schema(format = DateTime)]
    pub since: Option<String>,
    /// The obligation to find its contacts, while it is open.
    pub obligation: Option<String>,
    /// By when.
    #[schema(format = DateTime)]
    pub due: Option<String>,
    /// Half of the time is gone: amber; all of it: red.
    pub urgency: Option<Tier>,
}

/// A page of cases.
#[derive(Debug, ToSchema)]
pub struct CasePage {
    /// Newest result first.
    pub cases: Vec<Case>,
    /// Where the next page starts; null at the end.
    pub next: Option<String>,
}

/// A case with those who were near.
#[derive(Debug, ToSchema)]
pub struct CaseContacts {
    /// Its journey.
    pub journey: String,
    /// Its flight.
    pub flight: String,
    /// When its newest result was released.
    #[schema(format = DateTime)]
    pub since: Option<String>,
    /// The obligation to find its contacts, while it is open.
    pub obligation: Option<String>,
    /// By when.
    #[schema(format = DateTime)]
    pub due: Option<String>,
    /// Half of the time is gone: amber; all of it: red.
    pub urgency: Option<Tier>,
    /// Who was near by the rules, and who is tied; the strongest evidence first.
    pub contacts: Vec<NearPerson>,
    /// Who has no seat on record, and is to be asked.
    pub unknown: Vec<NearPerson>,
}

/// Somebody who was near a case, or could have been.
#[derive(Debug, ToSchema)]
pub struct NearPerson {
    /// Their journey.
    pub journey: String,
    /// `same-party`, `seat`, `crew`, `asked`, `examined-together`.
    pub rule: Option<String>,
    /// Rows between the two.
    pub rows: Option<u32>,
    /// Their seat.
    pub seat: Option<String>,
    /// Tied to this case.
    pub tied: bool,
    /// The obligation to reach them, while it is open.
    pub obligation: Option<String>,
    /// By when.
    #[schema(format = DateTime)]
    pub due: Option<String>,
    /// Their name: of who is to be reached alone.
    pub name: Option<String>,
    /// Their telephone number, likewise.
    pub phone: Option<String>,
    /// Their address, likewise.
    pub address: Option<String>,
}

/// Whom the department takes for contacts.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"all": true}))]
pub struct TieRequest {
    /// Their journeys.
    pub contacts: Option<Vec<String>>,
    /// All whom the rules found.
    pub all: Option<bool>,
}

/// What tying did.
#[derive(Debug, ToSchema)]
pub struct Tied {
    /// The case.
    pub case: String,
    /// Those tied by this request.
    pub contacts: Vec<String>,
}
