//! `demo`: a day to try everything on, gone when it is stopped.

use std::net::SocketAddr;
use std::path::PathBuf;

use pratique_store::{Location, Store};

use super::CommandFault;
use super::output::Out;
use super::serve::log;
use crate::app::{App, Config, Load, Traffic};
use crate::clock::Clock;
use crate::demo::guide::{self, Things};
use crate::demo::progress::Progress;
use crate::demo::{self, Scale, census, staff};
use crate::house::House;
use crate::keys::Root;
use crate::rng::Rng;
use crate::serve::is_free;

/// Serve a realistic day at Beijing Capital T3D from a fresh temporary store.
///
/// Flights, people and declarations are invented; the same seed on the same day gives the same people. The store is removed
/// at the end (Ctrl-C).
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pratique demo --listen 127.0.0.1:8080\n  pratique demo --people 200")]
pub struct Demo {
    /// The address to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080", env = "PRATIQUE_LISTEN")]
    listen: SocketAddr,
    /// The seed of people and chance
    #[arg(long, value_name = "N", default_value_t = 2020)]
    seed: u64,
    /// About how many people, for a quicker start; a full day if left out
    #[arg(long, value_name = "N")]
    people: Option<usize>,
}

impl Demo {
    pub(super) async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        is_free(self.listen)?;
        let folder = Temporary::new()?;
        let app = opened(&folder).await?;
        let scale = Scale { seed: self.seed, people: self.people };
        let loading = async {
            let lives = demo::load(&app, scale, &Progress::on_stderr()).await?;
            let census = census::take(&app, &lives).await?;
            Ok::<_, CommandFault>((lives, census))
        };
        let (lives, census) = tokio::select! {
            loaded = loading => loaded?,
            asked = stopped() => return Ok(asked?),
        };
        let token = staff::add_program(&app, demo::PORT).await?;
        let kiosk = staff::add_kiosk(&app, demo::PORT).await?;
        log("warn");
        let ready = |address| {
            let things = Things { folder: &folder.0, token: &token, kiosk: &kiosk };
            let mut lines = guide::lines(address, things, &census, &lives);
            lines.push(format!("Listening on http://{address} (Ctrl-C stops it and removes the store)"));
            // A demo whose reader went away serves on.
            let _ = lines.iter().try_for_each(|line| out.line(line)).and_then(|()| out.flush());
        };
        Ok(crate::serve::serve(app, self.listen, ready).await?)
    }
}

/// Ends when somebody asks the program to stop while it still loads; the server has its own ears.
async fn stopped() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

async fn opened(folder: &Temporary) -> Result<std::sync::Arc<App>, CommandFault> {
    let rng = Rng::from_machine()?;
    let database = Location::Sqlite(folder.0.join("pratique.db"));
    Store::migrate(&database, Clock::System.now().as_millisecond()).await?;
    let root = Root::open(&folder.0, &rng)?;
    let config = Config {
        database,
        data: folder.0.clone(),
        secure: false,
        traffic: Traffic::unlimited(),
        load: Load::default(),
        webhook_hosts: vec!["localhost".to_owned(), "127.0.0.1".to_owned()],
        opened_by: "demo".to_owned(),
    };
    Ok(App::open(config, Clock::Task, rng, root, House::built_in()?).await?)
}

/// A folder that goes away with its owner.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Result<Self, CommandFault> {
        use std::os::unix::fs::DirBuilderExt;
        let name = Rng::from_machine()?.code();
        let path = std::env::temp_dir().join(format!("pratique-demo-{name}"));
        std::fs::DirBuilder::new().mode(0o700).create(&path).map_err(|e| CommandFault::file(&path, e))?;
        Ok(Temporary(path))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Err(why) = std::fs::remove_dir_all(&self.0) {
            eprintln!("pratique: could not remove {}: {why}", self.0.display());
        }
    }
}
