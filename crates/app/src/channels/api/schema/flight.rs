//! Flights and schedules.

use utoipa::ToSchema;

/// Categories, as the bulletin counts them.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum Category {
    /// International.
    International,
    /// Hong Kong, Macao, Taiwan.
    Hmt,
    /// Cargo: crew alone.
    Cargo,
    /// Domestic leg of an international itinerary.
    DomesticTransfer,
    /// Private.
    Private,
}

/// Where a flight is.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "kebab-case")]
pub enum Status {
    /// On the schedule.
    Scheduled,
    /// In the air.
    Airborne,
    /// On block.
    Landed,
    /// Will not fly.
    Cancelled,
    /// Went elsewhere.
    Diverted,
}

/// A flight as handed in.
#[derive(Debug, ToSchema)]
#[schema(example = json!({"origin": "LHR", "scheduled_arrival": "2026-11-24T06:00:00Z", "category": "international"}))]
pub struct FlightRequest {
    /// IATA code of the origin.
    pub origin: String,
    /// RFC 3339, or local to the port without a zone.
    pub scheduled_arrival: String,
    /// The same, once known.
    pub actual_arrival: Option<String>,
    /// Its category.
    pub category: Category,
    /// Where it is; follows from the actual arrival if left out.
    pub status: Option<Status>,
}

/// A flight.
#[derive(Debug, ToSchema)]
pub struct Flight {
    /// Its id.
    pub id: String,
    /// IATA code of the origin.
    pub origin: String,
    /// Scheduled arrival.
    #[schema(format = DateTime)]
    pub scheduled_arrival: String,
    /// Actual arrival.
    #[schema(format = DateTime)]
    pub actual_arrival: Option<String>,
    /// Its category.
    pub category: Category,
    /// Where it is.
    pub status: Status,
}

/// A flight with what follows from it.
#[derive(Debug, ToSchema)]
pub struct FlightView {
    /// Its id.
    pub id: String,
    /// IATA code of the origin.
    pub origin: String,
    /// Scheduled arrival.
    #[schema(format = DateTime)]
    pub scheduled_arrival: String,
    /// Actual arrival.
    #[schema(format = DateTime)]
    pub actual_arrival: Option<String>,
    /// Its category.
    pub category: Category,
    /// Where it is.
    pub status: Status,
    /// From when on declarations for it count.
    #[schema(format = DateTime)]
    pub counts_from: String,
    /// Until when its passes are good.
    #[schema(format = DateTime)]
    pub valid_until: String,
    /// How many declarations name it.
    pub declared: u64,
}

/// A page of flights.
#[derive(Debug, ToSchema)]
pub struct FlightPage {
    /// The flights.
    pub flights: Vec<FlightView>,
    /// Where the next page starts; null at the end.
    pub next: Option<String>,
}

/// What became of a schedule.
#[derive(Debug, ToSchema)]
pub struct Imported {
    /// Flights not known before.
    pub made: usize,
    /// Flights changed.
    pub moved: usize,
    /// Flights that stood so already.
    pub unchanged: usize,
    /// Lines not taken.
    pub refused: usize,
    /// Those lines, at most 200.
    pub lines: Option<Vec<RefusedLine>>,
}

/// A line not taken.
#[derive(Debug, ToSchema)]
pub struct RefusedLine {
    /// Its number, the header being 1.
    pub line: u64,
    /// What is wrong with it.
    pub errors: Vec<super::problem::FieldProblem>,
}
