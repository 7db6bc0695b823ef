//! The trust file: every key, which of them are revoked, and which passes were revoked before their time.

use pratique_formats::trust::TrustFile;
use pratique_store::Order;

use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// How many revoked passes are read at once.
const PAGE: u32 = 1000;

/// The file as it stands now; with the opening keys for a checkpoint.
///
/// # Errors
/// The store's.
pub async fn file(app: &App, for_checkpoint: bool) -> Result<TrustFile, Failure> {
    let mut file = TrustFile { issued_at: app.now(), ..app.ring().file(for_checkpoint) };
    for port in app.house.ports() {
        let list = ledger::revoked(&port.code);
        // What has expired needs no revoking.
        let range = app.now().as_millisecond()..i64::MAX;
        let mut after = None;
        loop {
            let page = app.store.entries(&list, range.clone(), after, PAGE, Order::Ascending).await?;
            page.iter().for_each(|entry| file.revoke_pass(&ledger::cti_of(entry.id)));
            after = page.last().copied();
            if page.len() < PAGE as usize {
                break;
            }
        }
    }
    Ok(file)
}
