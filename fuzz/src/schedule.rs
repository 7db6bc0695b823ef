//! A port's schedule, as a spreadsheet may write it: every line has a place, and one that has a name has it for ever.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pratique_core::flight::FlightId;
use pratique_formats::schedule_csv as csv;

const FILE: &str = "flight,date,origin,scheduled_arrival,actual_arrival,category,status\n\
CA938,2026-11-24,LHR,2026-11-24T06:00:00Z,,international,scheduled\nCA112,,HKG,2026-11-24T01:00,2026-11-24T00:40,hmt,\n";

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    vec![FILE.into(), format!("\u{feff}{}", FILE.replace('\n', "\r\n")).into()]
}

/// The file, and the flight that each line is about.
pub fn schedule_csv(data: &[u8]) {
    let Ok(lines) = csv::read(data) else { return };
    assert!(lines.is_sorted_by(|one, next| one.number < next.number), "two lines in one place");
    for row in lines.into_iter().filter_map(|line| line.row.ok()) {
        let Ok(id) = row.id("CNPEK", &TimeZone::UTC) else { continue };
        assert_eq!(id.to_string().parse::<FlightId>().as_ref(), Ok(&id), "a name is read back");
        let _ = row.form.check(id, &TimeZone::UTC, false, Timestamp::UNIX_EPOCH);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seeds_are_sound() {
        for seed in seeds() {
            let rows = csv::read(&seed).unwrap().into_iter().map(|line| line.row.unwrap());
            let ids: Vec<_> = rows.map(|row| row.id("CNPEK", &TimeZone::UTC).unwrap().to_string()).collect();
            assert_eq!(ids, ["CA938-2026-11-24-CNPEK", "CA112-2026-11-24-CNPEK"]);
        }
    }
}
