//! What is due goes by itself: people whose entry ended as long ago as their purpose keeps them, and for whom nothing is owed.

use jiff::SignedDuration;
use pratique_core::journey::Refusal;
use pratique_core::retention::Purpose;
use pratique_store::Order;

use super::erase::{Ground, erase};
use super::forget_manifest;
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;

/// How many people and lists are due and not erased.
pub const DUE: &str = "pratique_erasures_due";

/// Erases up to `limit` people whose time is over; answers how many.
///
/// # Errors
/// The store's.
pub async fn erase_due(app: &App, limit: u32) -> Result<usize, Failure> {
    let mut count = 0;
    for (list, before) in lists(app) {
        let left = limit.saturating_sub(u32::try_from(count).unwrap_or(u32::MAX));
        if left == 0 {
            break;
        }
        for entry in app.store.entries(&list, i64::MIN..before, None, left, Order::Ascending).await? {
            match erase(app, &Caller::System("retention"), entry.id, Ground::Time).await {
                Ok(_) => count += 1,
                // Something came to be owed at this very moment.
                Err(Failure::Refused(Refusal::StillOwed { .. } | Refusal::KeptUntil { .. })) => {}
                // One that cannot be read must not keep all the others.
                Err(failure) => tracing::error!(%failure, "somebody whose time is over could not be erased"),
            }
        }
    }
    Ok(count)
}

/// How many people and lists of airlines are due, in all.
///
/// # Errors
/// The store's.
pub async fn due(app: &App) -> Result<u64, Failure> {
    let people = lists(app);
    let manifests: Vec<(String, i64)> =
        forget_manifest::due_before(app).into_iter().map(|(port, before)| (ledger::manifests(&port), before)).collect();
    let asked: Vec<(&str, std::ops::Range<i64>)> =
        people.iter().chain(&manifests).map(|(list, before)| (list.as_str(), i64::MIN..*before)).collect();
    Ok(app.store.count_many(&asked).await?.into_iter().sum())
}

/// Every list of a port and a purpose, with the instant before which an entry must have ended to be due.
fn lists(app: &App) -> Vec<(String, i64)> {
    let of = |port: &pratique_core::port::Port, purpose: Purpose| {
        let kept = SignedDuration::from_hours(24 * port.retention.term(purpose).days);
        (ledger::kept(&port.code, purpose.name()), (app.now() - kept).as_millisecond())
    };
    app.house.ports().flat_map(|port| Purpose::ALL.iter().map(move |purpose| of(port, *purpose))).collect()
}
