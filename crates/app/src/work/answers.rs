//! Answers for repeats are kept 72 hours (contract.md), and not longer: some of them show a person.

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;

const EVERY: Duration = Duration::from_secs(60);
/// So many at a time, so that no request waits long behind a purge.
const AT_ONCE: u32 = 500;

pub(super) async fn purge(app: Arc<App>) {
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tick.tick().await;
        loop {
            match app.store.purge_answers(app.now().as_millisecond(), AT_ONCE, "system:purge").await {
                Ok(gone) if gone == AT_ONCE as usize => {}
                Ok(_) => break,
                Err(failure) => {
                    tracing::warn!(%failure, "answers whose time is over stay until the next try");
                    break;
                }
            }
        }
    }
}
