//! Orders.

use utoipa::ToSchema;

/// An order as a desk gives it. The person is named by `journey`, `scan_id` or `obligation`.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"journey": "0192f7a0-0000-7000-8000-000000000001", "measure": "central-isolation", "days": 14, "reason": "Sat beside a case"}))]
pub struct GiveOrderRequest {
    /// The journey.
    pub journey: Option<String>,
    /// A scan of the person's pass.
    pub scan_id: Option<String>,
    /// Something that is owed for them.
    pub obligation: Option<String>,
    /// `home-observation`, `central-isolation`, `hospital` or `crew-rest`.
    pub measure: String,
    /// Until when: an instant, or the last day on the port's calendar, which ends at 23:59 there.
    pub until: Option<String>,
    /// Instead of `until`: so many days after today, 1 to 90.
    pub days: Option<u16>,
    /// The number of a proposal of this journey that it follows.
    pub proposal: Option<u32>,
    /// Why, in words. Kept sealed.
    pub reason: Option<String>,
}

/// The telling.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"language": "en"}))]
pub struct ServeOrderRequest {
    /// The language in which the person was told: a BCP 47 tag.
    pub language: String,
}

/// Another end.
#[derive(Debug, ToSchema)]
pub struct ChangeOrderRequest {
    /// Until when: an instant, or the last day on the port's calendar.
    pub until: Option<String>,
    /// Instead of `until`: so many days after today.
    pub days: Option<u16>,
    /// Why, in words. Kept sealed.
    pub reason: Option<String>,
}

/// The end.
#[derive(Debug, ToSchema)]
pub struct EndOrderRequest {
    /// `completed`, `lifted` or `annulled`.
    pub ending: String,
    /// Why, in words. Kept sealed.
    pub reason: Option<String>,
}

/// An order.
#[derive(Debug, ToSchema)]
pub struct Order {
    /// Its id: the journey, a full stop, its number.
    pub id: String,
    /// What is ordered.
    pub measure: String,
    /// `proposed`, `issued` (given, not in force), `active` or `ended`.
    pub state: String,
    /// The named officer.
    pub issued_by: Option<String>,
    /// The instant at which it ends, while it holds.
    #[schema(format = DateTime)]
    pub until: Option<String>,
    /// The language in which the person was told.
    pub language: Option<String>,
    /// How it ended.
    pub ending: Option<String>,
}

/// An order after an act on it, and what the journey still owes.
#[derive(Debug, ToSchema)]
pub struct OrderAnswer {
    /// Its id: the journey, a full stop, its number.
    pub id: String,
    /// What is ordered.
    pub measure: String,
    /// `proposed`, `issued` (given, not in force), `active` or `ended`.
    pub state: String,
    /// The named officer.
    pub issued_by: Option<String>,
    /// The instant at which it ends, while it holds.
    #[schema(format = DateTime)]
    pub until: Option<String>,
    /// The language in which the person was told.
    pub language: Option<String>,
    /// How it ended.
    pub ending: Option<String>,
    /// The journey.
    pub journey: String,
    /// Ids of what the journey still owes.
    pub still_open: Vec<String>,
    /// Nothing is owed any more and the entry has ended.
    pub closed: bool,
}

/// What the pack would order. It binds nobody.
#[derive(Debug, ToSchema)]
pub struct OrderProposal {
    /// What.
    pub measure: String,
    /// For how many days after today.
    pub days: u16,
    /// Why, in the caller's language.
    pub reason: String,
}

/// Orders and proposals of a journey.
#[derive(Debug, ToSchema)]
pub struct OrderList {
    /// Orders.
    pub orders: Vec<Order>,
    /// What the pack would order as things stand.
    pub proposals: Vec<OrderProposal>,
}
