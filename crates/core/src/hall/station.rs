//! The stations of the hall, in the order in which people come to them (product.md, Port).

use serde::{Deserialize, Serialize};

/// A station where people queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Station {
    /// Self-service kiosk: those who have not declared.
    Kiosk,
    /// Checkpoint lane: everybody.
    Lane,
    /// Inquiry desk: those who are referred.
    Inquiry,
    /// Sampling booth: those who are sampled.
    Sampling,
}

impl Station {
    /// All, in the order of the way through the hall.
    pub const ALL: [Station; 4] = [Station::Kiosk, Station::Lane, Station::Inquiry, Station::Sampling];

    /// Its place in that order.
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Station::Kiosk => "kiosk",
            Station::Lane => "lane",
            Station::Inquiry => "inquiry",
            Station::Sampling => "sampling",
        }
    }
}
