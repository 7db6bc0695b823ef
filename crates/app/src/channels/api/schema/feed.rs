//! What departments hear.

use utoipa::ToSchema;

/// One event: ids and codes alone.
#[derive(Debug, ToSchema)]
pub struct FeedEvent {
    /// Its id, the same each time that it comes.
    pub id: String,
    /// `handover.offered`, `handover.accepted`, `handover.declined`, `handover.answered`, `handover.withdrawn`,
    /// `result.released`, `result.amended`, `order.served` or `order.ended`.
    #[schema(rename = "type")]
    pub kind: String,
    /// When it happened.
    #[schema(format = DateTime)]
    pub timestamp: String,
    /// About what.
    pub data: FeedData,
}

/// What an event is about.
#[derive(Debug, ToSchema)]
pub struct FeedData {
    /// The handover by which the department may know: `GET /handovers/{id}` has the person.
    pub handover: String,
    /// The journey.
    pub journey: String,
    /// Of `handover.answered`.
    pub report: Option<String>,
    /// Of a result: the sample's number in the journey.
    pub sample: Option<u32>,
    /// `positive`, `negative`, `inconclusive` or `invalid`.
    pub result: Option<String>,
    /// 1, and one more for each amendment.
    pub version: Option<u32>,
    /// Of an order: its number in the journey.
    pub order: Option<u32>,
    /// What is ordered.
    pub measure: Option<String>,
}

/// A page of the feed.
#[derive(Debug, ToSchema)]
pub struct FeedPage {
    /// What happened.
    pub events: Vec<FeedEvent>,
    /// Where to go on; null only before the first event.
    pub next: Option<String>,
}

/// A subscription as sent.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"url": "https://receiver.example.cn/pratique"}))]
pub struct SubscribeRequest {
    /// Where to: public and `https`, or a host that this server was told of.
    pub url: String,
    /// `whsec_` and 24 to 64 bytes in base64; a new one is made, if it is left out.
    pub secret: Option<String>,
}

/// A subscription as it was made.
#[derive(Debug, ToSchema)]
pub struct Subscribed {
    /// Its id.
    pub id: String,
    /// Where to.
    pub url: String,
    /// The secret; it is shown this once.
    pub secret: String,
}

/// A subscription.
#[derive(Debug, ToSchema)]
pub struct Subscription {
    /// Its id.
    pub id: String,
    /// Where to.
    pub url: String,
    /// Who subscribed.
    pub by: String,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
}

/// A department's subscriptions.
#[derive(Debug, ToSchema)]
pub struct SubscriptionList {
    /// All of them.
    pub subscriptions: Vec<Subscription>,
}

/// A subscription that has ended.
#[derive(Debug, ToSchema)]
pub struct SubscriptionEnded {
    /// Its id.
    pub id: String,
    /// When it ended.
    #[schema(format = DateTime)]
    pub ended_at: Option<String>,
}
