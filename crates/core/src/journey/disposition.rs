//! How an entry ends.

use serde::{Deserialize, Serialize};

use crate::named::named;

/// How an entry ends (product.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disposition {
    /// Free to go.
    Release,
    /// Observation at home.
    HomeObservation,
    /// Isolation at a central place.
    CentralIsolation,
    /// Hospital.
    Hospital,
    /// On to another port, in a vehicle or an aircraft, without entering here.
    OnwardTransfer,
    /// Not admitted.
    RefusedEntry,
    /// Left again.
    Departed,
    /// Closed rest of a crew that flies on.
    CrewRest,
    /// The flight went to another port.
    Diverted,
    /// Declared, or on the manifest, and not on board: the carrier confirmed it.
    NoShow,
    /// Deceased.
    Deceased,
    /// The same person under another declaration: merged with it.
    Void,
}

named!(Disposition, ALL, [
    Disposition::Release => "release",
    Disposition::HomeObservation => "home-observation",
    Disposition::CentralIsolation => "central-isolation",
    Disposition::Hospital => "hospital",
    Disposition::OnwardTransfer => "onward-transfer",
    Disposition::RefusedEntry => "refused-entry",
    Disposition::Departed => "departed",
    Disposition::CrewRest => "crew-rest",
    Disposition::Diverted => "diverted",
    Disposition::NoShow => "no-show",
    Disposition::Deceased => "deceased",
    Disposition::Void => "void",
]);

impl Disposition {
    /// Those that an answer at the desk may give.
    pub const AT_THE_DESK: [Disposition; 6] = [
        Disposition::Release,
        Disposition::HomeObservation,
        Disposition::CentralIsolation,
        Disposition::Hospital,
        Disposition::OnwardTransfer,
        Disposition::RefusedEntry,
    ];

    /// Those that the duty lead gives with evidence, without the person being examined (journey.md 6.2, rows 24 and 28).
    #[must_use]
    pub fn is_without_examination(self) -> bool {
        matches!(
            self,
            Disposition::Departed
                | Disposition::OnwardTransfer
                | Disposition::CrewRest
                | Disposition::Diverted
                | Disposition::NoShow
                | Disposition::Deceased
                | Disposition::Void
        )
    }
}
