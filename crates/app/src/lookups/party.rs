//! Those who were declared along with somebody, for the declarer. Their answers are their own.

use pratique_core::declaration::COMPANIONS_MAX;
use pratique_core::id::Id;
use pratique_store::Order;

use super::declaration::{self, Opened};
use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// Everybody declared along with the declarer, in the order in which they were named. Who was erased is left out.
///
/// # Errors
/// The store's.
pub async fn of(app: &App, declarer: Id) -> Result<Vec<Opened<'_>>, Failure> {
    let most = u32::try_from(COMPANIONS_MAX).map_err(Failure::bug)?;
    let list = ledger::party_of(declarer);
    let listed = app.store.entries(&list, i64::MIN..i64::MAX, None, most, Order::Ascending).await?;
    let mut members = Vec::new();
    for entry in listed {
        match declaration::open(app, entry.id).await {
            Ok(opened) => members.push(opened),
            Err(Failure::Sealed(_) | Failure::NotFound) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(members)
}
