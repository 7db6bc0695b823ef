//! F2: the power is cut. What is left is what was synced, and some of what was not; everything acknowledged must be in it.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pratique::app::{App, Config, Load, Traffic};
use pratique::clock::Clock;
use pratique::failure::Failure;
use pratique::house::House;
use pratique::keys::Root;
use pratique::lookups::journey::by_code;
use pratique::rng::Rng;
use pratique_core::id::Id;
use pratique_store::Location;
use pratique_store::testing::Folder;
use serde_json::Value;

use super::layer::{Count, Layer, Order};
use super::ledger::{Acknowledged, Kind, Ledger, Setup};
use super::load::Door;
use super::place::{Engine, Place, Server};
use super::rig::{compare, door, set_up, under_load, whole};

/// Starts of the server, each of which ends in a cut.
const ROUNDS: u32 = 5;
/// How long each of them works.
const WORKS: Duration = Duration::from_millis(2_500);

/// A place whose disk holds what was synced.
fn place(folder: &Path) -> Place {
    let mut place = Place::open(Engine::Sqlite, folder);
    let layer = Layer::new(&folder.join("orders"), &place.data(), Some(&folder.join("disk")));
    layer.tell(Order::Leak, 10);
    place.layer = Some(layer);
    place
}

/// What a disk held at some moment, and how much was acknowledged by then.
struct Cut {
    disk: Folder,
    acknowledged: usize,
}

/// Cuts while the server works, and one at its end. The server stands still in a cut: whatever a client has heard by then was
/// sent before.
async fn cuts(place: &Place, server: &mut Server, ledger: &Ledger) -> Vec<Cut> {
    let (began, mut cuts, layer) = (Instant::now(), Vec::new(), place.layer.as_ref().unwrap());
    let mut pause = 7;
    while began.elapsed() < WORKS {
        // Never in step with anything.
        pause = pause * 31 % 97;
        tokio::time::sleep(Duration::from_millis(20 + pause)).await;
        let disk = Folder::new();
        let cut = || {
            layer.snapshot(&disk.path("data"));
            ledger.count()
        };
        let acknowledged = tokio::task::block_in_place(|| server.held(cut));
        cuts.push(Cut { disk, acknowledged });
    }
    server.kill();
    layer.cut();
    cuts
}

/// How many of these deeds the disk has lost; an error if its store does not open as it is, or its audit chain is not whole.
async fn lost(cut: &Cut, deeds: &[Acknowledged]) -> Result<usize, String> {
    let data = cut.disk.path("data");
    let rng = Rng::from_machine().unwrap();
    let config = Config {
        database: Location::Sqlite(data.join("pratique.db")),
        data: data.clone(),
        secure: false,
        webhook_hosts: Vec::new(),
        traffic: Traffic::unlimited(),
        load: Load::unlimited(),
        opened_by: "after a power cut".into(),
    };
    let root = Root::open(&data, &rng).unwrap();
    let house = House::built_in().unwrap();
    let app =
        App::open(config, Clock::System, rng, root, house).await.map_err(|error| format!("does not open: {error}"))?;
    let mut lost = 0;
    for one in deeds {
        let is_there = is_there(&app, one).await.map_err(|error| format!("cannot be read: {error}"))?;
        lost += usize::from(!is_there);
    }
    let verified = app.store.verify_audit(None).await.map_err(|error| format!("cannot be verified: {error}"))?;
    if verified.is_whole() { Ok(lost) } else { Err(format!("audit chain: {verified:?}")) }
}

async fn is_there(app: &App, one: &Acknowledged) -> Result<bool, Failure> {
    let scan = |at: &str| one.deed.body[at].as_str().unwrap().parse::<Id>().unwrap();
    Ok(match one.deed.kind {
        Kind::Declare => {
            let answer: Value = serde_json::from_str(&one.answer).unwrap();
            let code = answer["code"].as_str().unwrap().parse().unwrap();
            by_code(app, &code).await?.is_some()
        }
        Kind::Amend => {
            let code = one.deed.path.rsplit_once('/').unwrap().1.parse().unwrap();
            let Some(id) = by_code(app, &code).await? else { return Ok(false) };
            app.store.row(id).await?.is_some_and(|row| row.version >= 2)
        }
        Kind::Scan => app.store.row(scan("scan_id")).await?.is_some(),
        Kind::Clear => app.store.row(scan("scan_id")).await?.is_some_and(|row| row.version >= 2),
    })
}

/// What the cuts of one start have left.
#[derive(Default)]
struct Left {
    cuts: usize,
    /// Acknowledged writes that a readable store does not have.
    lost: usize,
    /// What is wrong with each store that is no longer whole.
    broken: Vec<String>,
}

/// One start of the server: load, cuts, and what each of them lost.
async fn round(place: &Place, ledger: &Arc<Ledger>, setup: &Setup, rng: &Rng) -> Left {
    place.layer.as_ref().unwrap().begin();
    let mut server = place.serve(None);
    server.ready(None).await;
    let from = ledger.count();
    let door = door(&server, setup, rng).await;
    let mut made = Vec::new();
    under_load(&door, ledger, async { made = cuts(place, &mut server, ledger).await }).await;
    let (mut left, mut before) = (Left { cuts: made.len(), ..Left::default() }, from);
    for cut in &made {
        // What was acknowledged since the last cut, and some of all before it in this round.
        let since: Vec<Acknowledged> = ledger.since(from).into_iter().take(cut.acknowledged - from).collect();
        let news = before.saturating_sub(from + 50);
        match lost(cut, &since[news.min(since.len())..]).await {
            Ok(lost) => left.lost += lost,
            Err(what) => left.broken.push(what),
        }
        before = cut.acknowledged;
    }
    left
}

pub async fn nothing_is_lost(folder: &Path) {
    let place = place(folder);
    let ledger = Arc::new(Ledger::open(folder));
    let rng = Rng::from_machine().unwrap();
    let layer = place.layer.as_ref().unwrap();
    // The power is cut behind the very first command as well: the folder's files were made by it, and their names must be synced.
    layer.begin();
    let setup = set_up(&place, folder, || layer.cut());
    let mut sum = 0;
    for turn in 0..ROUNDS {
        let from = ledger.count();
        let Left { cuts, lost, broken } = round(&place, &ledger, &setup, &rng).await;
        assert_eq!(broken, [""; 0], "stores that are no longer whole, over {cuts} cuts");
        assert_eq!(lost, 0, "{lost} acknowledged writes are not on the disk, over {cuts} cuts");
        sum += cuts + 1;
        // And the last cut as a whole: served again, every answer's bytes.
        let server = place.serve(None);
        server.ready(None).await;
        let door = Door::new(&server.address, &setup.token, (String::new(), String::new()));
        compare(&door, &ledger, from).await;
        if turn + 1 == ROUNDS {
            whole(&door, &setup, &ledger).await;
        }
        drop(server);
    }
    assert!(place.run(&["audit", "verify"]).contains("true"));
    let syncs = layer.count(Count::Syncs);
    println!("{sum} power cuts, {} writes acknowledged, 0 lost; {syncs} syncs", ledger.count());
    assert!(sum >= 60 && ledger.count() > 300, "{sum} cuts, {} writes", ledger.count());
}

/// The same rig must see a server whose log is never synced: less than `synchronous=NORMAL` gives, which syncs the log before a
/// checkpoint. So what is lost may also be half a checkpoint, and with it the store (sqlite.org/howtocorrupt, 3.1).
pub async fn a_lost_sync_is_seen(folder: &Path) {
    let place = place(folder);
    let ledger = Arc::new(Ledger::open(folder));
    let layer = place.layer.as_ref().unwrap();
    layer.begin();
    let setup = set_up(&place, folder, || ());
    layer.tell(Order::Forget, 1);
    let Left { cuts, lost, broken } = round(&place, &ledger, &setup, &Rng::from_machine().unwrap()).await;
    println!(
        "without syncs of the log: {lost} acknowledged writes lost over {cuts} cuts, and the stores of these: {broken:?}"
    );
    assert!(lost > 50, "the rig does not see what was never synced: {lost}");
}
