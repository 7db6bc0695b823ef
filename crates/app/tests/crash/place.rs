//! The installation that is killed: its folder, its database, its process.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use pratique_store::Location;
use pratique_store::testing::Durable;

use super::layer::Layer;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery staple";

/// What the rig runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The installation.
pub struct Place {
    pub folder: PathBuf,
    database: Option<String>,
    pub postgres: Option<Durable>,
    /// What stands between its programs and their disk and clock.
    pub layer: Option<Layer>,
    /// How much of the disk is kept for what cannot wait.
    pub reserve_mib: u32,
}

impl Place {
    pub fn open(engine: Engine, folder: &Path) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        Self::with(folder, (engine == Engine::Postgres).then(|| Durable::in_folder(&folder.join("pg"))))
    }

    /// The same on a PostgreSQL that runs already.
    pub fn with(folder: &Path, postgres: Option<Durable>) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let database = postgres.as_ref().map(|server| match server.database("crash") {
            Location::Postgres(url) => url,
            other => panic!("not PostgreSQL: {other}"),
        });
        Place { folder: folder.to_owned(), database, postgres, layer: None, reserve_mib: 0 }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pratique"));
        command.args(args).env("PRATIQUE_DATA", self.data()).env_remove("PRATIQUE_CONFIG");
        match &self.database {
            Some(url) => command.env("PRATIQUE_DATABASE", url),
            None => command.env_remove("PRATIQUE_DATABASE"),
        };
        if let Some(layer) = &self.layer {
            layer.before(&mut command);
        }
        command
    }

    /// The folder of its store and its root key.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Runs a command to its end; whether it worked, and what it printed.
    pub fn ended(&self, args: &[&str]) -> (bool, String) {
        let output = self.command(args).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs a command to its end; what it printed.
    pub fn run(&self, args: &[&str]) -> String {
        let output = self.command(args).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{args:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
        text
    }

    /// Adds somebody who signs in with [`PASSWORD`].
    pub fn person(&self, name: &str, role: &str) {
        let mut command = self.command(&["user", "add", name, "--role", role, "--at", "CNPEK", "--password-stdin"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "{PASSWORD}").unwrap();
        assert!(child.wait().unwrap().success());
    }

    /// Starts the server; `crash_at` names the point at which it is to die by itself.
    pub fn serve(&self, crash_at: Option<&str>) -> Server {
        let log = OpenOptions::new().create(true).append(true).open(self.folder.join("log")).unwrap();
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0", "--per-address", "0"]);
        command.stdout(Stdio::piped()).stderr(log).env_remove("PRATIQUE_CRASH_AT").env("PRATIQUE_LOG", "warn");
        command.env("PRATIQUE_RESERVE_MIB", self.reserve_mib.to_string());
        if let Some(point) = crash_at {
            command.env("PRATIQUE_CRASH_AT", point);
        }
        let started = Instant::now();
        let mut child = command.spawn().unwrap();
        let mut said = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        while !said.lines().any(|line| line.starts_with("Listening on ")) {
            assert!(out.read_line(&mut said).unwrap() > 0, "it never listened: {said}");
        }
        let address = said.lines().find_map(|line| line.strip_prefix("Listening on ")).unwrap().to_owned();
        Server { child, address, started }
    }
}

/// A running server.
pub struct Server {
    child: Child,
    pub address: String,
    started: Instant,
}

impl Server {
    /// Waits until it is ready to serve; how long it took since it was started.
    pub async fn ready(&self, since: Option<Instant>) -> Duration {
        let client = reqwest::Client::new();
        let since = since.unwrap_or(self.started);
        while since.elapsed() < Duration::from_secs(30) {
            let asked = client.get(format!("{}/readyz", self.address)).timeout(Duration::from_secs(2)).send().await;
            if asked.is_ok_and(|answer| answer.status().is_success()) {
                return since.elapsed();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("not ready within 30 s");
    }

    /// Holds it as it is, and goes on: nothing is done or sent in between.
    pub fn held<T>(&self, work: impl FnOnce() -> T) -> T {
        let signal = |name: &str| {
            let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap();
            assert!(sent.success(), "{name}");
        };
        signal("-STOP");
        let stat = format!("/proc/{}/stat", self.child.id());
        // A thread that writes just now finishes that call first.
        while !std::fs::read_to_string(&stat).unwrap().contains(") T ") {
            std::thread::sleep(Duration::from_millis(1));
        }
        let done = work();
        signal("-CONT");
        done
    }

    /// Whether it has died.
    pub fn is_dead(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// SIGKILL, unless it has died already.
    pub fn kill(&mut self) {
        // It may die by itself in this very moment.
        let _ = self.child.kill();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
