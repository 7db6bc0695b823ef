//! Those who were declared along with somebody: names and codes, for the declarer. Their answers are their own.

use pratique_core::code::ShortCode;
use pratique_core::declaration::COMPANIONS_MAX;
use pratique_core::id::Id;
use pratique_store::Order;

use super::journey;
use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// One of them.
#[derive(Debug, Clone)]
pub struct Member {
    /// Their journey.
    pub id: Id,
    /// Their name, as a screen shows it.
    pub name: String,
    /// Their short code.
    pub code: ShortCode,
}

/// Everybody declared along with the declarer, in the order in which they were named. Who was erased is left out.
///
/// # Errors
/// The store's.
pub async fn of(app: &App, declarer: Id) -> Result<Vec<Member>, Failure> {
    let most = u32::try_from(COMPANIONS_MAX).map_err(Failure::bug)?;
    let list = ledger::party_of(declarer);
    let listed = app.store.entries(&list, i64::MIN..i64::MAX, None, most, Order::Ascending).await?;
    let mut members = Vec::new();
    for entry in listed {
        match journey::dossier(app, entry.id).await {
            Ok(dossier) => members.push(Member {
                id: entry.id,
                name: dossier.content.traveller.name.line(),
                code: dossier.code.parse().map_err(Failure::bug)?,
            }),
            Err(Failure::Sealed(_) | Failure::NotFound) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(members)
}
