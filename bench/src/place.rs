//! The processes that are measured: a real server with its store, and the echo floor.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use pratique_store::Location;
use pratique_store::testing::Durable;
use serde_json::Value;

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub const ALL: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

    pub fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }
}

/// An installation in a folder of its own.
pub struct Place {
    binary: PathBuf,
    pub folder: PathBuf,
    database: Option<String>,
}

impl Place {
    /// `postgres` is the running database server, for that engine.
    pub fn new(binary: &Path, folder: PathBuf, postgres: Option<(&Durable, &str)>) -> Self {
        std::fs::create_dir_all(&folder).expect("a folder");
        let database = postgres.map(|(server, name)| match server.database(name) {
            Location::Postgres(url) => url,
            other => panic!("not PostgreSQL: {other}"),
        });
        Place { binary: binary.to_owned(), folder, database }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(args).env("PRATIQUE_DATA", self.folder.join("data")).env_remove("PRATIQUE_CONFIG");
        match &self.database {
            Some(url) => command.env("PRATIQUE_DATABASE", url),
            None => command.env_remove("PRATIQUE_DATABASE"),
        };
        command
    }

    /// Starts the server as it is started in earnest, its log and all; only the limit by address is off, since all load comes from one.
    pub fn serve(&self) -> Server {
        let log = File::create(self.folder.join("log")).expect("a log");
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0", "--per-address", "0"]);
        Server::start(command.stderr(log))
    }

    /// The token of a new user.
    pub fn token(&self, name: &str, role: &str) -> String {
        let args = ["user", "add", name, "--role", role, "--at", "CNPEK", "--token"];
        let output = self.command(&args).output().expect("the program");
        let said: Value = serde_json::from_slice(&output.stdout).expect("a token");
        said["token"].as_str().expect("a token").to_owned()
    }
}

/// Drops a database that only this run needed.
pub fn drop_database(server: &Durable, name: &str) {
    let Location::Postgres(url) = server.database("postgres") else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.expect("a connection");
        let _running = tokio::spawn(connection);
        let dropped = client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        dropped.expect("a dropped database");
    });
}

/// The echo floor.
pub fn echo() -> Server {
    Server::start(Command::new(std::env::current_exe().expect("this program")).arg("echo"))
}

/// A process that says where it listens.
pub struct Server {
    child: Child,
    pub address: String,
}

impl Server {
    fn start(command: &mut Command) -> Self {
        let child = command.stdout(Stdio::piped()).spawn().expect("a server");
        let mut server = Server { child, address: String::new() };
        let mut out = BufReader::new(server.child.stdout.take().expect("its output"));
        let mut line = String::new();
        while server.address.is_empty() {
            line.clear();
            assert!(out.read_line(&mut line).expect("its output") > 0, "{command:?} never listened");
            if let Some(address) = line.trim().strip_prefix("Listening on ") {
                address.clone_into(&mut server.address);
            }
        }
        server
    }

    /// Seconds of CPU that it has used.
    pub fn cpu_s(&self) -> f64 {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        // utime and stime (proc(5)), in ticks of 10 ms.
        let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
        (ticks(11) + ticks(12)) / 100.0
    }

    /// The most memory that it ever held, MiB.
    pub fn peak_mib(&self) -> f64 {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        kib.unwrap_or(f64::NAN) / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A stop by signal, so that the store is closed and a filled one can be used again.
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

/// What `pratique load` reported of one kind of request.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct Heard {
    pub done: u64,
    pub a_second: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    #[serde(default)]
    pub errors: std::collections::BTreeMap<String, u64>,
}

/// What it reported.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct Load {
    pub declare: Option<Heard>,
    pub scan: Option<Heard>,
}

/// Runs `pratique load` on a server.
pub fn load(binary: &Path, address: &str, token: Option<&str>, args: &[String]) -> Load {
    let mut command = Command::new(binary);
    command.arg("load").arg(address).args(args).arg("--json");
    match token {
        Some(token) => command.env("PRATIQUE_TOKEN", token),
        None => command.env_remove("PRATIQUE_TOKEN"),
    };
    let output = command.output().expect("the program");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{args:?}: {said}");
    let load: Load = serde_json::from_slice(&output.stdout).expect("its report");
    for heard in [&load.declare, &load.scan].into_iter().flatten() {
        // Any other error makes the rate worthless, and says that something is wrong with the server.
        let (shed, others): (Vec<_>, Vec<_>) =
            heard.errors.iter().partition(|(code, _)| code.starts_with("503 overloaded"));
        assert!(others.is_empty(), "{args:?}: {others:?}");
        shed.iter().for_each(|(_, count)| eprintln!("bench: {count} requests were sent away: the machine is too busy"));
    }
    load
}
