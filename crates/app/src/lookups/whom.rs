//! Whom an act is about: named by the journey, by a scan of the person's pass, or by what is owed for them.

use pratique_core::id::Id;
use serde::{Deserialize, Serialize};

use super::{obligation, scan};
use crate::app::App;
use crate::failure::Failure;

/// A person as a station names them; one of the three is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Whom {
    /// The journey.
    pub journey: Option<String>,
    /// A scan of their pass.
    pub scan_id: Option<String>,
    /// Something that is owed for them.
    pub obligation: Option<String>,
}

impl Whom {
    /// By the journey.
    #[must_use]
    pub fn journey(id: Id) -> Self {
        Whom { journey: Some(id.to_string()), ..Whom::default() }
    }
}

/// The journey.
///
/// # Errors
/// [`Failure::Invalid`] where nobody is named, [`Failure::NotFound`] where nobody is there.
pub async fn find(app: &App, whom: &Whom) -> Result<Id, Failure> {
    match whom {
        Whom { journey: Some(journey), .. } => journey.parse().map_err(|_| Failure::field("/journey", "not-a-uuid")),
        Whom { scan_id: Some(scan), .. } => {
            let scan: Id = scan.parse().map_err(|_| Failure::field("/scan_id", "not-a-uuid"))?;
            let record = scan::read(app, scan).await?;
            record.and_then(|(record, _)| record.journey).ok_or(Failure::NotFound)
        }
        Whom { obligation: Some(name), .. } => obligation::parse_name(name).map(|(journey, _)| journey),
        _ => Err(Failure::field("/journey", "required")),
    }
}
