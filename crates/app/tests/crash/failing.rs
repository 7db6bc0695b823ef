//! F6: the disk does not confirm a write, once. Nothing is acknowledged after that; the server stops itself, and what it had
//! acknowledged is there.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pratique::rng::Rng;

use super::layer::{Count, Layer, Order};
use super::ledger::Ledger;
use super::load::Door;
use super::place::{Engine, Place, Server};
use super::rig::{compare, door, set_up, under_load, whole};

/// Which sync fails, from the load's beginning on: of the log, of the file at a checkpoint, of the folder.
const NTH: [i64; 9] = [1, 2, 3, 5, 8, 20, 60, 150, 300];
/// The server ends by itself within so much.
const ENDS_MAX: Duration = Duration::from_secs(5);

async fn ended(server: &mut Server, layer: &Layer) {
    let mut failed = None;
    let began = Instant::now();
    while !server.is_dead() {
        if layer.count(Count::Failed) > 0 {
            let since = failed.get_or_insert_with(Instant::now);
            assert!(since.elapsed() < ENDS_MAX, "it goes on after a sync that failed");
        }
        assert!(began.elapsed() < Duration::from_secs(30), "so many syncs are never made");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(layer.count(Count::Failed) > 0, "it ended without a cause");
}

pub async fn nothing_is_acknowledged_after_a_failed_sync(folder: &Path) {
    let mut place = Place::open(Engine::Sqlite, folder);
    let (disk, data) = (folder.join("disk"), place.data());
    let layer = |n: i64| Layer::new(&folder.join(format!("orders-{n}")), &data, Some(&disk));
    let setup = set_up(&place, folder, || ());
    let (ledger, rng) = (Arc::new(Ledger::open(folder)), Rng::from_machine().unwrap());
    for n in NTH {
        place.layer = Some(layer(n));
        let layer = place.layer.as_ref().unwrap();
        layer.begin();
        let mut server = place.serve(None);
        server.ready(None).await;
        let from = ledger.count();
        let door = door(&server, &setup, &rng).await;
        layer.tell(Order::Fail, n);
        under_load(&door, &ledger, ended(&mut server, layer)).await;
        // What the failed sync was for never came to the disk.
        layer.cut();
        let server = place.serve(None);
        server.ready(None).await;
        let door = Door::new(&server.address, &setup.token, door.flight);
        compare(&door, &ledger, from).await;
        if Some(&n) == NTH.last() {
            whole(&door, &setup, &ledger).await;
        }
    }
    place.run(&["audit", "verify"]);
    println!("{} syncs failed, {} writes acknowledged before them, 0 lost", NTH.len(), ledger.count());
}
