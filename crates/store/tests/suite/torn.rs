//! F3: the end of the write-ahead log is torn or altered. The store opens at a committed prefix, whole.

use std::path::Path;

use pratique_store::testing::{Folder, id, opening};
use pratique_store::{Body, Change, Location, Store};

use crate::place::{On, Place, applied, change, write};

/// Bytes before the first frame, of a frame's header, and of a page (SQLite's file format, 4.1 and 4.2).
const HEAD: usize = 32;
const FRAME_HEAD: usize = 24;
const PAGE: usize = 4096;
const FRAME: usize = FRAME_HEAD + PAGE;
/// The frames that are torn.
const LAST: usize = 8;
/// Changes written: some into the file, the rest into the log.
const SETTLED: u64 = 4;
const LOGGED: u64 = 12;

/// A store's two files.
struct Files {
    main: Vec<u8>,
    log: Vec<u8>,
}

/// One commit each, of one or more pages.
async fn change_no(store: &Store, n: u64) {
    let sealed = vec![7; if n.is_multiple_of(3) { 6_000 } else { 200 }];
    let body = Body { owner: id(n), part: 1, person: None, sealed };
    let audit = change().audit;
    applied(store, Change { bodies: vec![body], audit, ..write(id(n), 0, "logged") }).await;
}

async fn files() -> Files {
    let place = Place::new(On::File).await;
    for n in 0..SETTLED {
        change_no(&place.store, n).await;
    }
    let Location::Sqlite(path) = &place.location else { panic!("no file") };
    place.store.close().await.unwrap();
    let store = Store::open(&place.location, opening(2)).await.unwrap();
    for n in SETTLED..SETTLED + LOGGED {
        change_no(&store, n).await;
    }
    let log = path.with_extension("db-wal");
    Files { main: std::fs::read(path).unwrap(), log: std::fs::read(log).unwrap() }
}

impl Files {
    fn frames(&self) -> usize {
        (self.log.len() - HEAD) / FRAME
    }

    /// How many commits lie wholly before this frame: their last frame says how large the file is then.
    fn commits_before(&self, frame: usize) -> u64 {
        let ends = |n: &usize| {
            let at = HEAD + n * FRAME + 4;
            self.log[at..at + 4] != [0; 4]
        };
        (0..frame).filter(ends).count() as u64
    }

    /// Opens a copy whose log is this one: how many of the changes are there. Everything about it must be whole.
    async fn opened(&self, log: &[u8], why: &str) -> u64 {
        let folder = Folder::new();
        let path = folder.path("pratique.db");
        std::fs::write(&path, &self.main).unwrap();
        std::fs::write(path.with_extension("db-wal"), log).unwrap();
        let store = Store::open(&Location::Sqlite(path.clone()), opening(3)).await.unwrap();
        let mut there = Vec::new();
        for n in 0..SETTLED + LOGGED {
            let row = store.row(id(n)).await.unwrap().is_some();
            assert_eq!(store.bodies(id(n)).await.unwrap().len(), usize::from(row), "{why}: half a change {n}");
            there.push(row);
        }
        let count = there.iter().filter(|there| **there).count();
        assert!(there[..count].iter().all(|there| *there), "{why}: no prefix: {there:?}");
        assert!(store.verify_audit(None).await.unwrap().is_whole(), "{why}: the audit chain");
        change_no(&store, 1_000).await;
        drop(store);
        assert_eq!(checked(&path), "ok", "{why}");
        count as u64
    }
}

fn checked(path: &Path) -> String {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.pragma_query_value(None, "integrity_check", |row| row.get(0)).unwrap()
}

/// Places in a frame: all of its header, and its page in steps; of the last frame more.
fn places(is_last: bool) -> impl Iterator<Item = usize> {
    (0..FRAME_HEAD).chain((FRAME_HEAD..FRAME).step_by(if is_last { 11 } else { 251 }))
}

#[tokio::test(flavor = "multi_thread")]
async fn f3_a_log_cut_anywhere_opens_at_a_committed_prefix() {
    let files = files().await;
    let frames = files.frames();
    assert!(frames > LAST && files.commits_before(frames) == LOGGED, "{frames} frames");
    let mut cuts = 0;
    for frame in frames - LAST..frames {
        let kept = SETTLED + files.commits_before(frame);
        for at in places(frame + 1 == frames) {
            let end = HEAD + frame * FRAME + at;
            assert_eq!(files.opened(&files.log[..end], &format!("cut at {end}")).await, kept, "cut at {end}");
            cuts += 1;
        }
    }
    assert_eq!(files.opened(&files.log, "as it was").await, SETTLED + LOGGED);
    println!("{cuts} cuts of the last {LAST} frames");
}

#[tokio::test(flavor = "multi_thread")]
async fn f3_a_bit_that_flips_anywhere_in_the_log_opens_at_a_committed_prefix() {
    let files = files().await;
    let frames = files.frames();
    let mut flips = 0;
    for frame in frames - LAST..frames {
        let kept = SETTLED + files.commits_before(frame);
        for at in places(frame + 1 == frames) {
            let place = HEAD + frame * FRAME + at;
            let mut log = files.log.clone();
            log[place] ^= 1 << (place % 8);
            assert_eq!(files.opened(&log, &format!("flip at {place}")).await, kept, "flip at {place}");
            flips += 1;
        }
    }
    // The log's own header: without it nothing of the log counts, and the file alone is whole. Four bytes of it say nothing that
    // is needed: how often the log began anew.
    for place in (0..HEAD).filter(|place| !(12..16).contains(place)) {
        let mut log = files.log.clone();
        log[place] ^= 1 << (place % 8);
        assert_eq!(files.opened(&log, &format!("header {place}")).await, SETTLED, "header {place}");
        flips += 1;
    }
    println!("{flips} flips");
}
