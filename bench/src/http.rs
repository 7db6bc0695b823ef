//! Over HTTP, in processes of their own: declarations beside the bare echo, an open-model load, a million journeys beside none,
//! memory, the first page.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use pratique_store::testing::Durable;
use serde_json::{Value, json};

use crate::place::{Engine, Heard, Place, Server, drop_database, echo, load};
use crate::run::Run;
use crate::table::{Line, Pairs, median, rounded};

/// Flights of the measured day.
const FLIGHTS: usize = 40;
/// Clients that are measured one after the other.
const CLIENTS: [u32; 3] = [1, 16, 64];
/// Where memory must stay under, MiB.
const MEMORY_MIB_MAX: f64 = 256.0;
/// The longest that 99 of 100 scans may take at half load.
const SCAN_P99_MS_MAX: f64 = 20.0;

/// A running server with a day's flights and an officer's token.
pub struct Port {
    pub place: Place,
    pub server: Server,
    pub token: String,
    pub flights: String,
    binary: PathBuf,
}

impl Port {
    /// Opens one; what is in the folder stays. `name` tells the databases of one PostgreSQL apart.
    pub fn open(run: &Run, engine: Engine, postgres: Option<&Durable>, name: &str) -> Self {
        let folder = run.folder.join(format!("{}-{name}", engine.name()));
        let database = postgres.map(|server| (server, name));
        let place = Place::new(&run.binary, folder, database);
        let server = place.serve();
        // A filled place is opened again by every run: its users have been there before.
        let run_id = run.started_s;
        let token = place.token(&format!("officer-{run_id}"), "officer");
        let planner = place.token(&format!("planner-{run_id}"), "planner");
        let flights = schedule(&server.address, &planner, &run.today);
        Port { place, server, token, flights, binary: run.binary.clone() }
    }

    /// `pratique load` on it.
    pub fn load(&self, args: &[&str]) -> crate::place::Load {
        let mut all: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
        all.extend(["--flight".to_owned(), self.flights.clone()]);
        load(&self.binary, &self.server.address, Some(&self.token), &all)
    }

    /// Stops it and drops all that it kept.
    fn forget(self, postgres: Option<&Durable>, name: &str) {
        let folder = self.place.folder.clone();
        drop(self);
        let _ = std::fs::remove_dir_all(folder);
        if let Some(server) = postgres {
            drop_database(server, name);
        }
    }

    fn declaring(&self, clients: u32, window: &str) -> Heard {
        self.load(&["--declare-clients", &clients.to_string(), "--for", window, "--warm-up", "0.5"])
            .declare
            .unwrap_or_default()
    }

    fn scanning(&self, clients: u32, window: &str) -> Heard {
        self.load(&["--scan-clients", &clients.to_string(), "--for", window, "--warm-up", "0.5"])
            .scan
            .unwrap_or_default()
    }
}

/// Puts the day's flights on the schedule; their numbers, joined by commas.
fn schedule(address: &str, token: &str, today: &str) -> String {
    let numbers: Vec<String> = (0..FLIGHTS).map(|n| format!("CA{}", 900 + n)).collect();
    let put = |number: &String| {
        let body: Value =
            json!({"origin": "FRA", "scheduled_arrival": format!("{today}T15:00:00Z"), "category": "international"});
        let url = format!("{address}/api/v1/flights/{number}-{today}-CNPEK");
        (url, body)
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let client = reqwest::Client::new();
        for (url, body) in numbers.iter().map(put) {
            let answer = client.put(&url).bearer_auth(token).json(&body).send().await.expect("an answer");
            let status = answer.status();
            assert!(status.is_success(), "{url}: {status} {}", answer.text().await.unwrap_or_default());
        }
    });
    numbers.join(",")
}

/// Everything over HTTP on one engine, on an empty store.
pub fn declarations(run: &Run, engine: Engine, postgres: Option<&Durable>) -> Vec<Line> {
    let name = format!("day{}", run.started_s);
    let port = Port::open(run, engine, postgres, &name);
    let floor = echo();
    let target = if engine == Engine::Sqlite { 0.50 } else { 0.55 };
    let mut lines = Vec::new();
    for clients in CLIENTS {
        let (mut pairs, mut ours, mut theirs, mut cpu) = (Pairs::default(), Vec::new(), Vec::new(), Pairs::default());
        for turn in 0..run.rounds {
            let ([declared, declared_cpu], [echoed, echoed_cpu]) = in_turn(
                turn,
                || with_cpu(&port.server, || port.declaring(clients, &run.window)),
                || with_cpu(&floor, || echoing(run, &floor, clients)),
                |(heard, cpu)| [heard, Heard { a_second: cpu, ..Heard::default() }],
            );
            pairs.add(declared.a_second, echoed.a_second);
            cpu.add(declared_cpu.a_second, echoed_cpu.a_second);
            ours.push(declared);
            theirs.push(echoed);
        }
        let measure = format!("HTTP declare, {}, {clients} clients", engine.name());
        let line = Line::pairs(&measure, "a second", &pairs, "bare echo");
        lines.push(if clients == 64 { line.at_least(target) } else { line });
        let p = |heard: &[Heard], of: fn(&Heard) -> f64| median(&heard.iter().map(of).collect::<Vec<_>>());
        lines.push(Line {
            beside: format!("{:.1} / {:.1} ms (bare echo)", p(&theirs, |h| h.p50_ms), p(&theirs, |h| h.p99_ms)),
            ..Line::value("… p50 / p99", format!("{:.1} / {:.1} ms", p(&ours, |h| h.p50_ms), p(&ours, |h| h.p99_ms)))
        });
        let [us, floor_us] = [&cpu.ours, &cpu.beside].map(|values| median(values));
        lines.push(Line {
            beside: format!("{floor_us:.0} µs (bare echo)"),
            ..Line::value("… the server's CPU for each", format!("{us:.0} µs"))
        });
    }
    lines.extend(half_load(run, engine, &port));
    let peak = port.server.peak_mib();
    let memory = Line::value(format!("resident memory at the most, {}", engine.name()), format!("{peak:.0} MiB"));
    lines.push(memory.at_most(peak, MEMORY_MIB_MAX));
    if engine == Engine::Sqlite {
        lines.extend(first_page(&port.server.address));
    }
    port.forget(postgres, &name);
    lines
}

/// Runs both, the first one first in even turns: so that neither always meets the warmer machine.
fn in_turn<A, T>(turn: usize, ours: impl FnOnce() -> A, beside: impl FnOnce() -> A, read: fn(A) -> T) -> (T, T) {
    if turn.is_multiple_of(2) {
        let ours = read(ours());
        (ours, read(beside()))
    } else {
        let beside = read(beside());
        (read(ours()), beside)
    }
}

/// What was heard, and the microseconds of CPU that the server used for each.
fn with_cpu(server: &Server, work: impl FnOnce() -> Heard) -> (Heard, f64) {
    let before = server.cpu_s();
    let heard = work();
    // The half second before the window is work too: counted by the same rate.
    let requests = heard.done as f64 + heard.a_second * 0.5;
    (heard, (server.cpu_s() - before) * 1e6 / requests)
}

fn echoing(run: &Run, floor: &Server, clients: u32) -> Heard {
    let args = ["--declare-clients", &clients.to_string(), "--for", &run.window, "--warm-up", "0.5"].map(str::to_owned);
    load(&run.binary, &floor.address, None, &args).declare.unwrap_or_default()
}

/// Declarations and scans at half of what both together reach.
fn half_load(run: &Run, engine: Engine, port: &Port) -> Vec<Line> {
    let both = ["--declare-clients", "32", "--scan-clients", "32", "--for", &run.window, "--warm-up", "0.5"];
    let (mut declared, mut scanned, mut reached) = (Vec::new(), Vec::new(), [Vec::new(), Vec::new()]);
    for _ in 0..run.rounds {
        let full = port.load(&both);
        let rates = [full.declare.unwrap_or_default().a_second, full.scan.unwrap_or_default().a_second];
        let [declare, scan] = rates.map(|rate| format!("{:.0}/s", rate / 2.0));
        let half = port.load(&["--declare", &declare, "--scan", &scan, "--for", &run.window]);
        reached[0].push(rates[0]);
        reached[1].push(rates[1]);
        declared.push(half.declare.unwrap_or_default());
        scanned.push(half.scan.unwrap_or_default());
    }
    let [declares, scans] = reached.map(|rates| median(&rates));
    let of = |heard: &[Heard], p: fn(&Heard) -> f64| median(&heard.iter().map(p).collect::<Vec<_>>());
    let told = |name: &str, heard: &[Heard], full: f64| {
        let p99 = of(heard, |h| h.p99_ms);
        let line = Line {
            beside: format!("half of {} a second", rounded(full)),
            ..Line::value(
                format!("{name} at half load, {}, p50 / p99", engine.name()),
                format!("{:.1} / {p99:.1} ms", of(heard, |h| h.p50_ms)),
            )
        };
        (line, p99)
    };
    let (declare, _) = told("declare", &declared, declares);
    let (scan, p99) = told("scan", &scanned, scans);
    vec![declare, scan.at_most(p99, SCAN_P99_MS_MAX)]
}

/// A store that holds a million journeys beside an empty one.
pub fn million(run: &Run, engine: Engine, postgres: Option<&Durable>) -> Vec<Line> {
    forget_if_old(run, engine, postgres);
    let full = Port::open(run, engine, postgres, "million");
    let held = fill(run, &full);
    warm(&match engine {
        Engine::Sqlite => full.place.folder.clone(),
        Engine::Postgres => run.folder.join("postgres"),
    });
    let name = format!("none{}", run.started_s);
    let empty = Port::open(run, engine, postgres, &name);
    let mut lines = Vec::new();
    for (name, of) in [("declare", Port::declaring as fn(&Port, u32, &str) -> Heard), ("scan", Port::scanning)] {
        let mut pairs = Pairs::default();
        for turn in 0..run.rounds {
            let (ours, beside) = in_turn(
                turn,
                || of(&full, 64, &run.window).a_second,
                || of(&empty, 64, &run.window).a_second,
                |rate| rate,
            );
            pairs.add(ours, beside);
        }
        let measure = format!("HTTP {name}, {}, {} journeys stored", engine.name(), rounded(held as f64));
        lines.push(Line::pairs(measure, "a second", &pairs, "none stored").at_least(0.90));
    }
    empty.forget(postgres, &name);
    lines
}

/// After three days the answers that are kept for repeats go, and in a month the people: work beside what is measured.
const FILLED_H_MAX: u64 = 48;

fn forget_if_old(run: &Run, engine: Engine, postgres: Option<&Durable>) {
    let folder = run.folder.join(format!("{}-million", engine.name()));
    let filled = std::fs::metadata(folder.join("stored")).and_then(|note| note.modified());
    let age = filled.ok().and_then(|filled| filled.elapsed().ok()).unwrap_or_default();
    if age.as_secs() > FILLED_H_MAX * 3600 || !folder.join("stored").exists() {
        let _ = std::fs::remove_dir_all(&folder);
        if let Some(server) = postgres {
            drop_database(server, "million");
        }
    }
}

/// Declares through the server itself until so many are stored. The folder is kept, and the next run finds them.
fn fill(run: &Run, port: &Port) -> u64 {
    let file = port.place.folder.join("stored");
    let mut stored: u64 = std::fs::read_to_string(&file).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0);
    while stored < run.million {
        let heard =
            port.load(&["--declare-clients", "64", "--for", "10", "--warm-up", "0"]).declare.unwrap_or_default();
        stored += heard.done;
        std::fs::write(&file, stored.to_string()).expect("a note of how many");
        run.say(&format!("filling the store: {} of {} journeys", rounded(stored as f64), rounded(run.million as f64)));
    }
    // What was filled is still on its way to the disk, and would be measured with what is measured.
    let written = std::process::Command::new("sync").status().expect("sync (coreutils)");
    assert!(written.success(), "sync: {written}");
    stored
}

/// Reads every file once: a server that has run for a day has its store in memory, one that was filled yesterday and forgotten has not.
fn warm(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => warm(&path),
            // A file of the database's that went away meanwhile is none to be read.
            Ok(kind) if kind.is_file() => {
                drop(File::open(&path).and_then(|mut file| io::copy(&mut file, &mut io::sink())))
            }
            _ => {}
        }
    }
}

/// The bytes of a traveller's first page with all that it needs, as they go over the wire.
fn first_page(address: &str) -> Vec<Line> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let fetch = |path: &str| {
        let url = format!("{address}{path}");
        runtime.block_on(async {
            let client = reqwest::Client::new();
            let ask = client.get(&url).header("accept-encoding", "br").header("sec-fetch-site", "same-origin");
            let answer = ask.send().await.expect("an answer");
            assert!(answer.status().is_success(), "{url}: {}", answer.status());
            answer.bytes().await.expect("its body")
        })
    };
    let page = fetch("/");
    let plain =
        runtime.block_on(async { reqwest::get(address).await.expect("an answer").text().await.expect("a page") });
    let named = plain.split(['"', '\'']).filter(|text| text.starts_with("/assets/"));
    let assets: std::collections::BTreeSet<&str> = named.collect();
    let rest: usize = assets.iter().map(|path| fetch(path).len()).sum();
    let told = format!("{:.1} KiB", (page.len() + rest) as f64 / 1024.0);
    let line = Line::value("the first page with all that it needs, over the wire", told);
    vec![Line { beside: format!("{} B of it the page itself, {} more files", page.len(), assets.len()), ..line }]
}
