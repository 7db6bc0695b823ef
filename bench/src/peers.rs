//! Independent programs beside ours, on their own codes and on the same zones: the folder of peers, where there is one.
//! Each runs as a program of its own and prints `name value unit/cpu-s`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use pratique_formats::mrz;

use crate::run::Run;
use crate::table::{Line, Pairs, median};

/// An EU digital COVID certificate, as `dgc` and `cwt` verify them.
const HCERT: &str = "certificates/eu_dcc/AT/1.json";
/// Zones that are read where the peers brought none.
const ZONES: usize = 1000;

/// The folder of peers and where they are installed.
struct Peers {
    folder: PathBuf,
    work: PathBuf,
}

/// Verifications a second of others beside our `rate`, and zones a second.
pub fn measure(run: &Run, rate: f64) -> Vec<Line> {
    let peers = Peers::find(run);
    let file = peers.as_ref().map(|peers| peers.work.join("samples/mrz.txt"));
    let zones = zones(file.as_deref());
    let mut lines = Vec::new();
    let Some(peers) = peers else {
        let rate = median(&(0..run.rounds).map(|_| read_all(&zones)).collect::<Vec<_>>());
        let line = Line::value("MRZ read, one core", format!("{} a second", crate::table::rounded(rate)));
        lines.push(Line { beside: "skipped: there is no folder of peers".into(), ..line });
        return lines;
    };
    for (name, program, args) in peers.verifiers() {
        lines.extend(peers.beside(run, "pass verify, ES256, one core", name, &program, &args, || rate));
    }
    for (name, program, args) in peers.readers() {
        lines.extend(peers.beside(run, "MRZ read, one core", name, &program, &args, || read_all(&zones)));
    }
    lines
}

type Peer = (&'static str, PathBuf, Vec<String>);

impl Peers {
    fn find(run: &Run) -> Option<Self> {
        let folder = std::env::var("PRATIQUE_PEERS").map_or_else(|_| PathBuf::from("../shared/peers"), PathBuf::from);
        if !folder.join("setup.sh").is_file() {
            run.say(&format!("skipped: peers (there is no {}/setup.sh)", folder.display()));
            return None;
        }
        let (folder, work) = (folder.canonicalize().ok()?, run.folder.join("peers"));
        std::fs::create_dir_all(&work).ok()?;
        let work = work.canonicalize().ok()?;
        if !work.join("samples/mrz.txt").is_file() {
            run.say("installing the peers from their registries, once: some minutes");
            let done = Command::new("bash").arg("setup.sh").current_dir(&folder).env("PEERS_WORK", &work).status();
            if !done.is_ok_and(|status| status.success()) {
                run.say("skipped: peers (they could not be installed)");
                return None;
            }
        }
        Some(Peers { folder, work })
    }

    fn verifiers(&self) -> Vec<Peer> {
        let data = std::env::var("PRATIQUE_TEST_DATA").map_or_else(|_| PathBuf::from("../shared/data"), PathBuf::from);
        let file = data.join(HCERT).canonicalize().unwrap_or_else(|_| self.work.join("samples/hcert.json"));
        let file = file.display().to_string();
        vec![
            ("dgc 0.0.7, on an EU certificate", self.rust(), vec!["dgc".into(), file.clone()]),
            ("PyPI cwt 3.3, on an EU certificate", self.python(), vec!["hcert_py.py".into(), "cwt".into(), file]),
        ]
    }

    fn readers(&self) -> Vec<Peer> {
        let file = self.work.join("samples/mrz.txt").display().to_string();
        vec![
            ("crate mrz 0.9", self.rust(), vec!["mrz".into(), file.clone()]),
            ("crate mrz-parser 0.3", self.rust(), vec!["mrz-parser".into(), file.clone()]),
            ("npm mrz 5.0", "node".into(), vec!["node_peers.mjs".into(), "mrz".into(), file.clone()]),
            ("PyPI mrz 0.6", self.python(), vec!["mrz_py.py".into(), file]),
        ]
    }

    fn rust(&self) -> PathBuf {
        self.work.join("rs/release/rust_peers")
    }

    fn python(&self) -> PathBuf {
        self.work.join("py/bin/python")
    }

    /// Our rate and a peer's, in turns; each of the peer's is itself the median of five.
    fn beside(
        &self,
        run: &Run,
        measure: &str,
        name: &str,
        program: &Path,
        args: &[String],
        ours: impl Fn() -> f64,
    ) -> Option<Line> {
        let mut pairs = Pairs::default();
        // Each takes seconds for its five: as many turns as make a spread.
        for _ in 0..run.rounds.min(3) {
            let mut command = Command::new(program);
            command.args(args).current_dir(&self.folder).env("PEERS_NODE_MODULES", self.work.join("js"));
            let said = command.output().ok().filter(|output| output.status.success());
            let rate = said.and_then(|output| rate(&String::from_utf8_lossy(&output.stdout)));
            let Some(rate) = rate else {
                run.say(&format!("skipped: {name} (it does not run)"));
                return None;
            };
            pairs.add(ours(), rate);
        }
        Some(Line::pairs(measure, "a second", &pairs, name))
    }
}

/// The value of `name value unit/cpu-s …`.
fn rate(said: &str) -> Option<f64> {
    said.split_whitespace().nth(1)?.parse().ok()
}

fn zones(file: Option<&Path>) -> Vec<String> {
    let text = file.and_then(|file| std::fs::read_to_string(file).ok());
    let given = text.map(|text| {
        let lines: Vec<&str> = text.lines().collect();
        lines.chunks_exact(2).map(|pair| pair.join("\n")).collect::<Vec<_>>()
    });
    let specimen = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    given.unwrap_or_else(|| vec![specimen.to_owned(); ZONES])
}

/// Zones a second.
fn read_all(zones: &[String]) -> f64 {
    let today = jiff::civil::date(2026, 11, 24);
    let (start, mut done) = (Instant::now(), 0_usize);
    while start.elapsed().as_secs_f64() < 1.0 {
        for zone in zones {
            assert!(mrz::read(std::hint::black_box(zone), today).is_ok_and(|read| read.valid));
        }
        done += zones.len();
    }
    done as f64 / start.elapsed().as_secs_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peers_line_is_read_by_its_second_word() {
        assert_eq!(rate("mrz-py 12345.6 parse/cpu-s (min 1 max 2)\n"), Some(12345.6));
        assert_eq!(rate("FAILED"), None);
    }

    #[test]
    fn the_zones_that_we_bring_can_be_read() {
        assert!(read_all(&zones(None)) > 0.0);
    }
}
