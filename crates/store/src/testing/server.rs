//! A real PostgreSQL, started once a test process and stopped with it, however it ends.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::OnceCell;

use crate::location::Location;
use crate::store::Store;

const USER: &str = "pratique";
const TEMPLATE: &str = "pratique_template";
const MISSING: &str = "PostgreSQL 15 or later is not installed, and no test may pass without it: run `make test-tools`, \
    or `apt-get install postgresql`";

/// Holds the server's life line: a shell that stops the server and removes its folder when its standard input closes,
/// which happens when this process ends, even if it is killed.
const KEEPER: &str = r#"folder=$1; shift; "$@" >"$folder/log" 2>&1 & server=$!
cat >/dev/null; kill -INT $server; wait $server; rm -rf "$folder""#;

#[derive(Debug)]
struct Server {
    bin: PathBuf,
    folder: PathBuf,
    databases: AtomicU64,
    /// The pipe into the keeper stays open as long as this process lives, and no longer.
    _keeper: Child,
}

/// Starts the server at each line that it reads, and again at the next, whatever became of the one before; at the end of its
/// input it stops the server and leaves the folder as it is.
const STARTER: &str = r#"folder=$1; shift; server=
while read -r _; do "$@" >>"$folder/log" 2>&1 & server=$!; done
kill -INT $server; wait $server"#;

static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
static TEMPLATE_MADE: OnceCell<()> = OnceCell::const_new();

/// A fresh, migrated database on the test process's own PostgreSQL.
///
/// # Panics
/// If PostgreSQL is not installed or does not start: a suite that passes without it would prove nothing.
#[expect(clippy::panic, clippy::expect_used, reason = "a test without its database must fail, and say why")]
pub async fn fresh_postgres() -> Location {
    let server = match SERVER.get_or_init(Server::start) {
        Ok(server) => server,
        Err(why) => panic!("{why}"),
    };
    TEMPLATE_MADE
        .get_or_init(|| async {
            server.create("template1", TEMPLATE).expect("a template database");
            Store::migrate(&server.location(TEMPLATE), 0).await.expect("a migrated template");
        })
        .await;
    let name = format!("test_{}", server.databases.fetch_add(1, Ordering::Relaxed));
    server.create(TEMPLATE, &name).expect("a database of its own");
    server.location(&name)
}

impl Server {
    fn start() -> Result<Self, String> {
        let bin = binaries().ok_or(MISSING)?;
        let folder = said(as_nobody("mktemp").args(["-d", "/tmp/pratique-pg.XXXXXX"]))?;
        let folder = PathBuf::from(folder.trim());
        let data = folder.join("data");
        let mut initdb = as_nobody(bin.join("initdb"));
        initdb.args(["-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "-D"]).arg(&data);
        said(&mut initdb)?;
        let keeper = serve(&bin, &folder, &data)?;
        let server = Server { bin, folder, databases: AtomicU64::new(0), _keeper: keeper };
        server.wait()?;
        Ok(server)
    }

    fn wait(&self) -> Result<(), String> {
        if (0..200).any(|_| is_ready(&self.bin, &self.folder)) {
            return Ok(());
        }
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(format!("PostgreSQL did not start within 10 s:\n{log}"))
    }

    fn create(&self, template: &str, name: &str) -> Result<(), String> {
        let mut last = String::new();
        // The template's own connections may still be closing.
        for _ in 0..40 {
            let mut createdb = Command::new(self.bin.join("createdb"));
            createdb.arg("-h").arg(&self.folder).args(["-U", USER, "-T", template, name]);
            match said(&mut createdb) {
                Ok(_) => return Ok(()),
                Err(why) => last = why,
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(last)
    }

    fn location(&self, name: &str) -> Location {
        location(&self.folder, name)
    }
}

fn location(folder: &Path, name: &str) -> Location {
    let host = folder.display().to_string().replace('/', "%2F");
    Location::Postgres(format!("postgres://{USER}@{host}/{name}"))
}

/// Whether the server answers, after a moment's wait if it does not.
fn is_ready(bin: &Path, folder: &Path) -> bool {
    let mut ready = Command::new(bin.join("pg_isready"));
    let is_ready = ready.arg("-q").arg("-h").arg(folder).status().is_ok_and(|status| status.success());
    if !is_ready {
        std::thread::sleep(Duration::from_millis(50));
    }
    is_ready
}

/// A PostgreSQL as one would run it in earnest, every setting that keeps data at its default, to be killed and started again.
#[derive(Debug)]
pub struct Durable {
    bin: PathBuf,
    folder: PathBuf,
    starter: Child,
}

impl Durable {
    /// Starts one whose data stay in the folder; what is there already is opened.
    ///
    /// # Panics
    /// If PostgreSQL is not installed or does not start.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self::with(folder, |_| ())
    }

    /// The same, with its command changed at the last moment: what stands before it, for one.
    ///
    /// # Panics
    /// As [`Durable::in_folder`].
    #[must_use]
    #[expect(clippy::panic, reason = "a test without its database must fail, and say why")]
    pub fn with(folder: &Path, change: impl FnOnce(&mut Command)) -> Self {
        Self::open(folder, change).unwrap_or_else(|why| panic!("{why}"))
    }

    /// One that can be reached at a loopback address too, on the usual port, without TLS.
    ///
    /// # Panics
    /// As [`Durable::in_folder`].
    #[must_use]
    pub fn over_tcp(folder: &Path, address: &str) -> Self {
        Self::with(folder, |command| listening(command, address))
    }

    /// The same with TLS: its certificate and key, in PEM.
    ///
    /// # Panics
    /// As [`Durable::in_folder`].
    #[must_use]
    #[expect(clippy::panic, reason = "a test without its database must fail, and say why")]
    pub fn over_tls(folder: &Path, address: &str, (certificate, key): (&str, &str)) -> Self {
        Self::with(folder, |command| {
            for (name, pem) in [("server.crt", certificate), ("server.key", key)] {
                let mut write = as_nobody("sh");
                write
                    .args(["-c", "umask 077; printf %s \"$2\" >\"$1\"", "sh"])
                    .arg(folder.join("data").join(name))
                    .arg(pem);
                said(&mut write).unwrap_or_else(|why| panic!("{why}"));
            }
            listening(command, address);
            command.args(["-c", "ssl=on"]);
        })
    }

    fn open(folder: &Path, change: impl FnOnce(&mut Command)) -> Result<Self, String> {
        let bin = binaries().ok_or(MISSING)?;
        let (folder, data) = (folder.to_owned(), folder.join("data"));
        if !data.exists() {
            // Its own user owns the folder, and the socket in it; everybody may reach both.
            said(Command::new("install").args(["-d", "-m", "777"]).arg(&folder))?;
            let mut initdb = as_nobody(bin.join("initdb"));
            said(initdb.args(["-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "-D"]).arg(&data))?;
        }
        let mut postgres = as_nobody(bin.join("postgres"));
        postgres.arg("-D").arg(&data).arg("-k").arg(&folder);
        postgres.args(["-c", "listen_addresses=", "-c", "shared_buffers=64MB"]);
        let mut starter = Command::new("sh");
        starter.arg("-c").arg(STARTER).arg("sh").arg(&folder).arg(postgres.get_program()).args(postgres.get_args());
        starter.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).current_dir("/");
        change(&mut starter);
        let starter = starter.spawn().map_err(|e| format!("PostgreSQL's starter did not start: {e}"))?;
        let mut own = Durable { bin, folder, starter };
        own.start()?;
        Ok(own)
    }

    /// Kills it as a power switch would: nothing is flushed.
    ///
    /// # Panics
    /// If it does not run.
    #[expect(clippy::expect_used, reason = "a test that kills what is dead already tests nothing")]
    pub fn kill(&self) {
        let file = std::fs::read_to_string(self.folder.join("data/postmaster.pid")).expect("a running server");
        let id = file.lines().next().expect("its process");
        said(Command::new("kill").args(["-KILL", id])).expect("killed");
    }

    /// Starts it again after a kill, and waits until it answers.
    ///
    /// # Panics
    /// If it does not within ten seconds.
    #[expect(clippy::panic, reason = "a test without its database must fail, and say why")]
    pub fn start_again(&mut self) {
        self.start().unwrap_or_else(|why| panic!("{why}"));
    }

    fn start(&mut self) -> Result<(), String> {
        use std::io::Write;
        let stdin = self.starter.stdin.as_mut().ok_or("PostgreSQL's starter has no input")?;
        // What is left of the one before keeps its memory until it notices; until then a new one ends at once.
        for _ in 0..20 {
            writeln!(stdin, "start").map_err(|e| format!("PostgreSQL's starter is gone: {e}"))?;
            if (0..10).any(|_| is_ready(&self.bin, &self.folder)) {
                return Ok(());
            }
        }
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(format!("PostgreSQL did not start within 10 s:\n{log}"))
    }

    /// A database on it, made if there is none.
    ///
    /// # Panics
    /// If it cannot be made.
    #[must_use]
    #[expect(clippy::panic, reason = "a test without its database must fail, and say why")]
    pub fn database(&self, name: &str) -> Location {
        let mut createdb = Command::new(self.bin.join("createdb"));
        createdb.arg("-h").arg(&self.folder).args(["-U", USER, name]);
        match said(&mut createdb) {
            Err(why) if !why.contains("already exists") => panic!("{why}"),
            _ => location(&self.folder, name),
        }
    }
}

impl Drop for Durable {
    fn drop(&mut self) {
        drop(self.starter.stdin.take());
        // It has stopped, or it never ran.
        let _ = self.starter.wait();
    }
}

fn listening(command: &mut Command, address: &str) {
    command.arg("-c").arg(format!("listen_addresses={address}"));
}

fn serve(bin: &Path, folder: &Path, data: &Path) -> Result<Child, String> {
    let mut postgres = as_nobody(bin.join("postgres"));
    postgres.arg("-D").arg(data).arg("-k").arg(folder);
    // The tests are about behaviour: what the disk does is not theirs.
    for setting in
        ["listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=300", "shared_buffers=64MB"]
    {
        postgres.args(["-c", setting]);
    }
    let mut keeper = Command::new("sh");
    keeper.arg("-c").arg(KEEPER).arg("sh").arg(folder).arg(postgres.get_program()).args(postgres.get_args());
    keeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).current_dir("/");
    keeper.spawn().map_err(|e| format!("PostgreSQL's keeper did not start: {e}"))
}

/// The newest server binaries: Debian keeps them out of PATH.
fn binaries() -> Option<PathBuf> {
    let mut debian: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(version, bin)| *version >= 15 && bin.join("initdb").exists() && bin.join("postgres").exists())
        .collect();
    debian.sort();
    let on_path = || {
        std::env::split_paths(&std::env::var_os("PATH")?)
            .find(|bin| bin.join("initdb").exists() && bin.join("postgres").exists())
    };
    debian.pop().map(|(_, bin)| bin).or_else(on_path)
}

/// PostgreSQL refuses to run as root: then it runs as an unprivileged user.
fn as_nobody(program: impl AsRef<std::ffi::OsStr>) -> Command {
    if said(Command::new("id").arg("-u")).is_ok_and(|user| user.trim() == "0") {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]).arg(program).current_dir("/");
        command
    } else {
        Command::new(program)
    }
}

fn said(command: &mut Command) -> Result<String, String> {
    let shown = format!("{command:?}");
    let output = command.stdin(Stdio::null()).output().map_err(|e| format!("{shown}: {e}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{shown}: {}", String::from_utf8_lossy(&output.stderr)))
    }
}
