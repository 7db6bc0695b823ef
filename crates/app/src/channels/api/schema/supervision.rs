//! Figures.

use utoipa::ToSchema;

/// Flights that came, by category.
#[derive(Debug, ToSchema)]
pub struct FlightCounts {
    /// All of them.
    pub total: u64,
    /// International passenger flights.
    pub international: u64,
    /// Passenger flights from Hong Kong, Macao and Taiwan.
    pub hmt: u64,
    /// Cargo flights.
    pub cargo: u64,
    /// Domestic legs of international itineraries.
    pub domestic_transfer: u64,
    /// Private flights.
    pub private: u64,
}

/// What was counted.
#[derive(Debug, ToSchema)]
pub struct FigureCounts {
    /// Passengers who passed through health inspection: an officer decided on them for the first time.
    pub passengers_quarantined: u64,
    /// Crew who did.
    pub crew_quarantined: u64,
    /// Samples collected.
    pub samples_collected: u64,
    /// Tests completed: released for the first time, whatever they say.
    pub tests_completed: u64,
    /// Persons with a first positive result. Null where it may not be told.
    pub positives: Option<u64>,
    /// Persons referred to the desk. Null where it may not be told.
    pub referred: Option<u64>,
    /// Orders of isolation or observation put in force. Null where it may not be told.
    pub orders_served: Option<u64>,
    /// Handovers that a department accepted. Null where it may not be told.
    pub handovers_accepted: Option<u64>,
    /// Persons refused entry. Null where it may not be told.
    pub entry_refused: Option<u64>,
}

/// Today's flights.
#[derive(Debug, ToSchema)]
pub struct FlightsToday {
    /// On today's schedule, whatever becomes of them.
    pub scheduled: u64,
    /// Those that came.
    pub came: FlightCounts,
}

/// One hour of today.
#[derive(Debug, ToSchema)]
pub struct HourCounts {
    /// The port's clock at its beginning.
    pub from: String,
    /// Passengers who passed through health inspection.
    pub passengers_quarantined: u64,
    /// Samples collected.
    pub samples_collected: u64,
    /// Tests completed.
    pub tests_completed: u64,
}

/// One queue.
#[derive(Debug, ToSchema)]
pub struct QueueLength {
    /// `desk`, `hold`, `booth`, `orders`, `transport`, `bench`, `plate` or `release`.
    pub queue: String,
    /// How many wait.
    pub waiting: u64,
    /// Since when the first of them; of a tube in the laboratory, since it was taken.
    #[schema(format = DateTime)]
    pub since: Option<String>,
}

/// Open loops of one age.
#[derive(Debug, ToSchema)]
pub struct LoopAge {
    /// Open for so many hours at least.
    pub from_h: i64,
    /// And for less than so many; null for the oldest.
    pub to_h: Option<i64>,
    /// How many.
    pub open: u64,
}

/// Open loops of one owner.
#[derive(Debug, ToSchema)]
pub struct LoopsOf {
    /// The role that owes them.
    pub owner: String,
    /// The department, of the role `department`.
    pub department: Option<String>,
    /// How many.
    pub open: u64,
    /// Of these, those of which half of the time is gone.
    pub amber: u64,
    /// Of these, those that are overdue.
    pub red: u64,
    /// By how long they have been open.
    pub ages: Vec<LoopAge>,
    /// When the oldest was opened.
    #[schema(format = DateTime)]
    pub oldest: Option<String>,
}

/// The port as it stands.
#[derive(Debug, ToSchema)]
pub struct Supervision {
    /// The port.
    pub port: String,
    /// When it was counted.
    #[schema(format = DateTime)]
    pub at: String,
    /// Today, at the port.
    #[schema(format = Date)]
    pub day: String,
    /// Today's flights.
    pub flights: FlightsToday,
    /// Today's figures.
    pub figures: FigureCounts,
    /// Today by hour, up to the one that has begun.
    pub hours: Vec<HourCounts>,
    /// Who waits where.
    pub queues: Vec<QueueLength>,
    /// Open loops by who owes them.
    pub loops: Vec<LoopsOf>,
}

/// One day of a period.
#[derive(Debug, ToSchema)]
pub struct DayCounts {
    /// The day.
    #[schema(format = Date)]
    pub date: String,
    /// Passengers who passed through health inspection.
    pub passengers_quarantined: u64,
    /// Crew who did.
    pub crew_quarantined: u64,
    /// Samples collected.
    pub samples_collected: u64,
    /// Tests completed.
    pub tests_completed: u64,
}

/// The bulletin of a period.
#[derive(Debug, ToSchema)]
pub struct Bulletin {
    /// The port.
    pub port: String,
    /// The first day.
    #[schema(format = Date)]
    pub from: String,
    /// The last day.
    #[schema(format = Date)]
    pub to: String,
    /// The zone that its days are of.
    pub time_zone: String,
    /// When it was counted: of a period that is not over, up to then.
    #[schema(format = DateTime)]
    pub counted_at: String,
    /// Flights that came.
    pub flights: FlightCounts,
    /// What was counted.
    pub figures: FigureCounts,
    /// Members of `figures` that are null, because there is at least one and there are fewer than `few_below`.
    pub few: Vec<String>,
    /// Below this a figure of people's health is not told.
    pub few_below: u64,
    /// Every day of a period of 2 to 62 days.
    pub days: Vec<DayCounts>,
}
