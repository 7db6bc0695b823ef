//! Whose time is over is erased, in bounded batches: people first, then airlines' lists.

use std::sync::Arc;
use std::time::Duration;

use crate::actions::erase::again_all;
use crate::actions::erase_due::{DUE, due, erase_due};
use crate::actions::forget_manifest::forget_due;
use crate::app::App;
use crate::erased::{self, export};

/// Terms are days; a port's twenty thousand a day need fourteen a minute.
const EVERY: Duration = Duration::from_secs(60);
/// So many people, and so many lists, at a time: no request waits long behind them, and a day's arrivals are gone in two hours.
const AT_ONCE: u32 = 200;
const LISTS_AT_ONCE: u32 = 2;

/// Whoever was erased and is back, because a restore was cut off before it had erased everybody again, goes once more.
async fn restored(app: &App) {
    let gone = match erased::read(&erased::place(&app.config.data)) {
        Ok(gone) => gone,
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => return,
        Err(why) => return tracing::error!(%why, "the file of whoever was erased cannot be read"),
    };
    let (again, failed) = again_all(app, gone.into_iter().map(|(_, person)| person)).await;
    for failure in failed {
        tracing::error!(%failure, "somebody who was erased and is back could not be erased again");
    }
    if again > 0 {
        tracing::warn!(again, "people who were erased had been brought back, and are erased again");
    }
}

pub(super) async fn erase(app: Arc<App>) {
    restored(&app).await;
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        for (what, erased) in
            [("people", erase_due(&app, AT_ONCE).await), ("manifests", forget_due(&app, LISTS_AT_ONCE).await)]
        {
            match erased {
                Ok(0) => {}
                Ok(count) => tracing::info!(what, count, "their time is over: they are erased"),
                Err(failure) => tracing::error!(what, %failure, "whose time is over stays until the next try"),
            }
        }
        if let Err(failure) = export(&app).await {
            tracing::error!(%failure, "who was erased is not written down apart from the store");
        }
        match due(&app).await {
            Ok(left) => metrics::gauge!(DUE).set(f64::from(u32::try_from(left).unwrap_or(u32::MAX))),
            Err(failure) => tracing::warn!(%failure, "how many are due could not be counted"),
        }
    }
}
