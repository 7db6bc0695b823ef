//! F3, with the real program: a log whose end is cut or altered opens at a committed prefix, and `pratique audit verify` says that
//! the chain is whole. Every offset is the store's own test (`crates/store/tests/suite/torn.rs`).

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use pratique::rng::Rng;

use super::ledger::Ledger;
use super::place::{Engine, Place};
use super::rig::{door, fly, set_up, under_load};

/// Bytes of a frame: its header and a page.
const FRAME: u64 = 24 + 4096;

pub async fn a_torn_log_opens(folder: &Path) {
    let place = Place::open(Engine::Sqlite, folder);
    let mut server = place.serve(None);
    server.ready(None).await;
    let setup = set_up(&place, folder, || ());
    let rng = Rng::from_machine().unwrap();
    let door = door(&server, &setup, &rng).await;
    let ledger = Arc::new(Ledger::open(folder));
    under_load(&door, &ledger, async {
        tokio::time::sleep(Duration::from_millis(700)).await;
        server.kill();
    })
    .await;
    let kept = folder.join("kept");
    std::fs::create_dir_all(&kept).unwrap();
    let names = ["pratique.db", "pratique.db-wal"];
    for name in names {
        std::fs::copy(place.data().join(name), kept.join(name)).unwrap();
    }
    let log = std::fs::read(kept.join(names[1])).unwrap();
    let end = log.len() as u64;
    for turn in 0..10_u64 {
        let back = u64::from(u16::from_le_bytes(rng.bytes())) % (8 * FRAME);
        let at = usize::try_from(end.saturating_sub(1 + back)).unwrap();
        let mut torn = log.clone();
        if turn % 2 == 0 {
            torn.truncate(at)
        } else {
            torn[at] ^= 1 << (turn % 8)
        }
        let _ = std::fs::remove_file(place.data().join("pratique.db-shm"));
        std::fs::copy(kept.join(names[0]), place.data().join(names[0])).unwrap();
        std::fs::write(place.data().join(names[1]), torn).unwrap();
        let verified = place.run(&["audit", "verify"]);
        assert!(verified.contains("true"), "at {at} of {end}: {verified}");
        let (worked, doctor) = place.ended(&["doctor"]);
        assert!(worked, "at {at} of {end}: {doctor}");
    }
    // And it serves.
    let server = place.serve(None);
    server.ready(None).await;
    let flight = fly(&server, &setup, &rng).await;
    assert!(flight.is_some());
}
