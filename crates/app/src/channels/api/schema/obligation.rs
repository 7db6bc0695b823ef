//! What is owed.

use utoipa::ToSchema;

use super::checkpoint::Tier;

/// One open obligation. No person is named.
#[derive(Debug, ToSchema)]
pub struct Obligation {
    /// Its id.
    pub id: String,
    /// `examine`, `resolve-hold`, `review-correction`, `collect-sample`, `deliver-sample`, `report-result`, `conclude`,
    /// `tell-person`, `trace-contacts`, `reach-contact`, `serve-order`, `end-order`, `accept-handover`, `answer-handover`,
    /// `offer-again` or `depart`.
    pub kind: String,
    /// The role that owes it.
    pub owner: String,
    /// The journey.
    pub journey: String,
    /// The flight declared for.
    pub flight: String,
    /// When it was opened.
    #[schema(format = DateTime)]
    pub opened_at: String,
    /// Whose act opened it.
    pub opened_by: String,
    /// By when it is owed.
    #[schema(format = DateTime)]
    pub due: String,
    /// Half of the time is gone: amber; all of it: red.
    pub urgency: Tier,
    /// `open` or `acknowledged`.
    pub state: String,
    /// Who took it on.
    pub taken_by: Option<String>,
}

/// A page of what is owed.
#[derive(Debug, ToSchema)]
pub struct ObligationPage {
    /// What is owed, earliest deadline first.
    pub obligations: Vec<Obligation>,
    /// Where the next page starts; null at the end.
    pub next: Option<String>,
}

/// An answer as sent.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"outcome": "fit", "reason": "36.6 °C twice, cough since childhood"}))]
pub struct AnswerRequest {
    /// `fit`, `identity-confirmed`, `seen`, or a disposition: `release`, `home-observation`, `central-isolation`, `hospital`,
    /// `onward-transfer`, `refused-entry`.
    pub outcome: String,
    /// Why, in words. Kept sealed.
    pub reason: Option<String>,
}

/// What an acknowledgement or an answer did.
#[derive(Debug, ToSchema)]
pub struct ObligationAnswer {
    /// The obligation.
    pub id: String,
    /// `acknowledged` or `answered`.
    pub state: String,
    /// Ids of what the journey still owes.
    pub still_open: Vec<String>,
    /// Nothing is owed any more and the entry has ended.
    pub closed: bool,
}
