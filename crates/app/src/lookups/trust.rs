//! What offline checkpoints fetch: the public keys, which of them are revoked, and which passes are.

use jiff::Timestamp;
use pratique_formats::trust::{self, TrustFile};
use pratique_store::Order;

use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

const PAGE: u32 = 1000;

/// The public trust file of this instant, with every revoked pass that is still in date.
///
/// # Errors
/// The store's.
pub async fn file(app: &App) -> Result<TrustFile, Failure> {
    let now = app.now();
    // Made anew each time it is signed: a checkpoint takes no file older than the one it has.
    let mut file = TrustFile { issued_at: now, ..app.ring().file(false) };
    for port in app.house.ports() {
        revoked(app, &port.code, now, &mut file).await?;
    }
    Ok(file)
}

async fn revoked(app: &App, port: &str, now: Timestamp, file: &mut TrustFile) -> Result<(), Failure> {
    let (list, in_date) = (ledger::revoked(port), now.as_millisecond()..i64::MAX);
    let mut after = None;
    loop {
        let page = app.store.entries(&list, in_date.clone(), after, PAGE, Order::Ascending).await?;
        for entry in &page {
            file.revoke_pass(&ledger::cti_of(entry.id));
        }
        match page.last() {
            Some(last) if page.len() == PAGE as usize => after = Some(*last),
            _ => return Ok(()),
        }
    }
}

/// A file, signed by every key that may sign.
///
/// # Errors
/// The cryptographic library's.
pub fn signed(app: &App, file: &TrustFile) -> Result<String, Failure> {
    trust::sign(file, &app.ring().signers()).map_err(Failure::bug)
}
