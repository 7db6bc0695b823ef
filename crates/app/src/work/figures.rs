//! The recorder of figures gathers samples until somebody asks; where nobody does, they must not pile up.

use std::time::Duration;

use crate::channels::operations::recorder;

const EVERY: Duration = Duration::from_secs(5);

pub(super) async fn tidy() {
    let Some(recorder) = recorder() else { return };
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tick.tick().await;
        recorder.run_upkeep();
    }
}
