//! How urgent each address is: which requests go first when not all can, by the route alone. The one table; a test sees that every
//! route of the server stands in it.

use axum::http::Method;

/// How urgent a request is, from what always passes to what is sent away last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Costs no more than refusing it would: not counted.
    Free,
    /// What a traveller can do a minute later: begin and go on with a draft, change, look up. Sent away first.
    Later,
    /// A new declaration is sent, a pass is shown.
    Declare,
    /// Large files and long reckoning: of staff and airlines, few at once, and slow without anything being wrong.
    Bulk,
    /// Everything else that staff, kiosks and departments do.
    Desk,
    /// Scans, decisions and the laboratory's releases, and the pages that they are done on. Sent away last.
    Lane,
}

impl Class {
    /// Every class that is counted, the most urgent first.
    pub const COUNTED: [Class; 5] = [Class::Lane, Class::Desk, Class::Bulk, Class::Declare, Class::Later];

    /// As figures and the log call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Class::Free => "free",
            Class::Later => "later",
            Class::Declare => "declare",
            Class::Bulk => "bulk",
            Class::Desk => "desk",
            Class::Lane => "lane",
        }
    }

    /// Of a route, by its pattern; what stands nowhere in the table is no address of ours.
    #[must_use]
    pub fn of(method: &Method, route: &str) -> Option<Self> {
        let asks = method == Method::GET || method == Method::HEAD;
        // Everything begins with these two: they stand for themselves alone.
        if matches!(route, "/" | "/api") {
            return Some(Class::Later);
        }
        let fits =
            |begins: &str| route.strip_prefix(begins).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let line = TABLE.iter().find(|(begins, _, _)| fits(begins));
        line.map(|(_, read, write)| if asks { *read } else { *write })
    }
}

/// How the route begins, how urgent it is to read there, and to do something. The first line that fits counts.
const TABLE: [(&str, Class, Class); 62] = {
    use Class::{Bulk, Declare, Desk, Free, Lane, Later};
    [
        // For whoever watches the server, and what pages are made of.
        ("/livez", Free, Free),
        ("/metrics", Free, Free),
        ("/assets", Free, Free),
        ("/readyz", Lane, Lane),
        ("/.well-known/pratique/trust", Lane, Lane),
        // The lane.
        ("/api/v1/checkpoint", Lane, Lane),
        ("/checkpoint", Lane, Lane),
        ("/presence", Lane, Lane),
        ("/lock", Lane, Lane),
        // The laboratory.
        ("/api/v1/laboratory/custody", Desk, Desk),
        ("/api/v1/laboratory", Lane, Lane),
        ("/laboratory/custody", Desk, Desk),
        ("/laboratory", Lane, Lane),
        // Large files, and what reckons long.
        ("/api/v1/flights/schedule", Bulk, Bulk),
        ("/api/v1/flights/{id}/manifest", Bulk, Bulk),
        ("/flights/import", Desk, Bulk),
        ("/flights/{flight}/people/manifest", Bulk, Bulk),
        ("/hall", Bulk, Bulk),
        // Travellers. A new declaration goes before a change of an old one; a pass is shown at the gate.
        ("/api/v1/declarations/{code}", Later, Later),
        ("/api/v1/declarations", Later, Declare),
        ("/api/v1/passes", Declare, Declare),
        ("/api/v1/questionnaires", Later, Later),
        ("/api/v1/wechat", Later, Later),
        ("/declare/check", Later, Declare),
        ("/declare", Later, Later),
        ("/pass/{code}/held", Later, Later),
        ("/pass/{code}/held.json", Later, Later),
        ("/pass/{code}", Declare, Later),
        ("/find", Later, Later),
        ("/wait", Later, Later),
        ("/help", Later, Later),
        ("/privacy", Later, Later),
        ("/about", Later, Later),
        ("/api/openapi.json", Later, Later),
        // Everybody else who works here.
        ("/api/v1/ok-to-board", Desk, Desk),
        ("/api/v1/flights", Desk, Desk),
        ("/api/v1/obligations", Desk, Desk),
        ("/api/v1/examinations", Desk, Desk),
        ("/api/v1/investigations", Desk, Desk),
        ("/api/v1/orders", Desk, Desk),
        ("/api/v1/journeys", Desk, Desk),
        ("/api/v1/inbox", Desk, Desk),
        ("/api/v1/handovers", Desk, Desk),
        ("/api/v1/cases", Desk, Desk),
        ("/api/v1/supervision", Desk, Desk),
        ("/api/v1/bulletin", Desk, Desk),
        ("/api/v1/feed", Desk, Desk),
        ("/api/v1/subscriptions", Desk, Desk),
        ("/api/v1/samples", Desk, Desk),
        ("/kiosk", Desk, Desk),
        ("/console", Desk, Desk),
        ("/sign-in", Desk, Desk),
        ("/sign-out", Desk, Desk),
        ("/booth", Desk, Desk),
        ("/desk", Desk, Desk),
        ("/flights", Desk, Desk),
        ("/inbox", Desk, Desk),
        ("/obligations", Desk, Desk),
        ("/orders", Desk, Desk),
        ("/paper", Desk, Desk),
        ("/supervision", Desk, Desk),
        ("/bulletin", Desk, Desk),
    ]
};
