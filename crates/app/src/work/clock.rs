//! The machine's clock is looked at every second, whether anybody asks for the time or not: a jump is on record, and ends when the
//! clock comes back, or when an administrator says that it is right as it is now.

use std::sync::Arc;
use std::time::Duration;

use crate::actions::clock::record;
use crate::app::App;
use crate::failure::Failure;
use crate::lookups::clock::said;

const EVERY: Duration = Duration::from_secs(1);
/// 1 while the clock is in doubt.
pub const DOUBT: &str = "pratique_clock_in_doubt";

/// What the last look found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// Nobody has looked since the start.
    Nothing,
    /// It is believed.
    Believed,
    /// It is in doubt; so often somebody had confirmed it by then.
    InDoubt(usize),
}

pub(super) async fn watch(app: Arc<App>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut known = Known::Nothing;
    loop {
        tick.tick().await;
        match look(&app, known).await {
            Ok(found) => known = found,
            // Tried again in a second.
            Err(failure) => tracing::debug!(%failure, "what is known of the clock cannot be put on record"),
        }
    }
}

async fn look(app: &App, known: Known) -> Result<Known, Failure> {
    let mut doubt = app.clock.doubt();
    if let (Some(_), Known::InDoubt(before)) = (doubt, known) {
        let confirmed = said(app).await?.confirmed;
        // Of several servers with clocks of their own, it is about those that say the same.
        if confirmed.len() > before && confirmed.iter().any(|at| app.clock.says(*at)) {
            app.clock.believe();
            doubt = app.clock.doubt();
        }
    }
    metrics::gauge!(DOUBT).set(u8::from(doubt.is_some()));
    match (doubt, known) {
        (None, Known::Believed) | (Some(_), Known::InDoubt(_)) => Ok(known),
        (Some(_), _) => {
            let before = said(app).await?.confirmed.len();
            record(app, doubt).await?;
            Ok(Known::InDoubt(before))
        }
        (None, Known::InDoubt(_)) => record(app, None).await.map(|()| Known::Believed),
        (None, Known::Nothing) => {
            // A server that starts believes its clock: what was in doubt before is over.
            for _ in 0..said(app).await?.doubts {
                record(app, None).await?;
            }
            Ok(Known::Believed)
        }
    }
}
