//! After a full disk: whether there is room again is tried without waiting for somebody's declaration.

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;

const EVERY: Duration = Duration::from_secs(2);
/// 1 while the disk is full.
pub const FULL: &str = "pratique_disk_full";

pub(super) async fn watch(app: Arc<App>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut was_full = false;
    loop {
        tick.tick().await;
        let is_full = app.store.is_full() && app.store.room().await.is_err();
        metrics::gauge!(FULL).set(u8::from(is_full));
        match (was_full, is_full) {
            (false, true) => {
                tracing::error!("the disk is full: nothing is taken until there is room; no restart is needed")
            }
            (true, false) => tracing::warn!("there is room on the disk again"),
            _ => {}
        }
        was_full = is_full;
    }
}
