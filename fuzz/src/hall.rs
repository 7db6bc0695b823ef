//! A planner's own scenario and the schedule that it names.

use std::sync::LazyLock;

use pratique_core::hall::scenario::Scenario;

const SCENARIO: &str = include_str!("../../scenarios/t3d-day.toml");
const SCHEDULE: &str = "flight,date,origin,scheduled_arrival,category,status,passengers\n\
CA938,2026-11-24,LHR,2026-11-24T14:05,international,,154\nCA112,,HKG,2026-11-24T01:00:00Z,hmt,,\n";

static SOUND: LazyLock<Option<Scenario>> = LazyLock::new(|| Scenario::parse(SCENARIO).ok());

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    vec![SCENARIO.into(), SCHEDULE.into()]
}

/// The scenario; and the same bytes as the schedule of a sound one.
pub fn scenario(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = Scenario::parse(text);
    }
    if let Some(sound) = SOUND.as_ref() {
        let _ = sound.clone().take_schedule(data);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seeds_are_sound() {
        let played = SOUND.clone().unwrap().take_schedule(SCHEDULE.as_bytes()).unwrap();
        assert_eq!(played.landings.len(), 2);
    }
}
