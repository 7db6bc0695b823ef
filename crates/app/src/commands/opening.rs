//! Which store a command works on, and how it is opened beside a running server.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use pratique_store::{Location, Store};

use super::CommandFault;
use crate::app::{App, Config, Load, Traffic};
use crate::clock::Clock;
use crate::failure::Failure;
use crate::house::House;
use crate::keys::Root;
use crate::rng::Rng;

/// The embedded store's file in the data folder.
const FILE: &str = "pratique.db";

/// Where store, root key, ports and packs are.
#[derive(Debug, Clone, clap::Args)]
pub struct Place {
    /// The store: a file, `sqlite:PATH` or `postgres://USER@HOST/NAME`. Left out: DIR/pratique.db
    #[arg(long, value_name = "URL", env = "PRATIQUE_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// The folder of the root key and of the embedded store
    #[arg(long, value_name = "DIR", env = "PRATIQUE_DATA", default_value = "data")]
    pub data: PathBuf,
    /// A folder with your own `ports/` and `packs/`; what it does not have stays as built in
    #[arg(long, value_name = "DIR", env = "PRATIQUE_CONFIG")]
    pub config: Option<PathBuf>,
}

/// What to do where there is no store yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// Make it: the command is one by which an installation begins.
    Make,
    /// Say so: a mistyped folder must not look like an empty store.
    Refuse,
}

impl Place {
    /// Where the store is.
    ///
    /// # Errors
    /// Text that is no address.
    pub fn location(&self) -> Result<Location, CommandFault> {
        match &self.database {
            Some(url) => Ok(url.parse()?),
            None => Ok(Location::Sqlite(self.data.join(FILE))),
        }
    }

    /// Ports and packs.
    ///
    /// # Errors
    /// The file that cannot be used.
    pub fn house(&self) -> Result<House, CommandFault> {
        Ok(match &self.config {
            Some(folder) if !folder.is_dir() => {
                return Err(CommandFault::file(
                    folder,
                    "there is no such folder; --config names one with ports/ or packs/",
                ));
            }
            Some(folder) => House::of_folder(folder)?,
            None => House::built_in()?,
        })
    }

    /// Refuses to go on where there is no store, or makes the data folder. A store elsewhere needs a folder that is there: a
    /// mistyped one must not come to be.
    ///
    /// # Errors
    /// No store at the place, with what to do.
    pub fn there(&self, absent: Absent) -> Result<Location, CommandFault> {
        let location = self.location()?;
        if let Location::Sqlite(path) = &location {
            if absent == Absent::Refuse && !path.exists() {
                let why = "there is no store here; run `pratique serve` or `pratique migrate` first, or name \
                           another place with --data or --database";
                return Err(CommandFault::file(path, why));
            }
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && **folder != self.data);
            if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
                let why = "there is no such folder; make it first, or name another place with --database";
                return Err(CommandFault::file(folder, why));
            }
        }
        if absent == Absent::Make {
            private(&self.data)?;
        }
        Ok(location)
    }

    /// Opens the store for the command line.
    ///
    /// # Errors
    /// What is missing, with what to do.
    pub async fn open(&self, absent: Absent) -> Result<Arc<App>, CommandFault> {
        let house = self.house()?;
        let location = self.there(absent)?;
        if absent == Absent::Make && is_new(&location) {
            migrate(&location, Clock::System.now()).await?;
        }
        let config = Config {
            database: location,
            data: self.data.clone(),
            secure: false,
            traffic: Traffic::default(),
            load: Load::default(),
            webhook_hosts: Vec::new(),
            opened_by: "command line".to_owned(),
        };
        self.app(config, house, absent).await
    }

    /// Opens the application with what was chosen. A root key is made only where a store may be, and only once the store is open:
    /// nothing is left behind by a command that failed.
    ///
    /// # Errors
    /// What is missing, with what to do.
    pub async fn app(&self, config: Config, house: House, absent: Absent) -> Result<Arc<App>, CommandFault> {
        let (rng, location) = (Rng::from_machine()?, config.database.clone());
        let kept = Root::found(&self.data)?;
        let is_new = kept.is_none();
        // Where there are no keys yet there is nothing to open: then any root does for looking.
        let root = kept.unwrap_or_else(|| Root::fresh(&rng));
        match App::open(config, Clock::System, rng, root, house).await {
            // The store's keys are wrapped under another one: a new one must not take its place.
            Err(Failure::Key(_)) if is_new => {
                let why = "the root key is missing, and the store's keys are wrapped under it; put its copy here, or name \
                           its folder with --data";
                Err(CommandFault::file(&self.data.join("root.key"), why))
            }
            Ok(app) if is_new && absent == Absent::Make => {
                app.root.keep(&self.data)?;
                Ok(app)
            }
            Err(Failure::Store(error)) => Err(CommandFault::unopened(&location, error)),
            other => Ok(other?),
        }
    }
}

/// Brings a store's schema up to this program's, making it if there is none; answers the versions before and after.
///
/// # Errors
/// The store's, with its place.
pub async fn migrate(location: &Location, now: Timestamp) -> Result<(i64, i64), CommandFault> {
    let migrated = Store::migrate(location, now.as_millisecond()).await;
    migrated.map_err(|error| CommandFault::unopened(location, error))
}

/// A port of this installation, as typed.
///
/// # Errors
/// There is none of that code: those that there are.
pub fn known_port(app: &App, typed: &str) -> Result<String, CommandFault> {
    let code = typed.trim().to_ascii_uppercase();
    let known: Vec<&str> = app.house.ports().map(|port| port.code.as_str()).collect();
    if known.contains(&code.as_str()) {
        return Ok(code);
    }
    let why = format!("there is no port {typed:?} here; --at takes one of: {}", known.join(", "));
    Err(CommandFault::Nothing(why))
}

/// The port that was typed, or the only one there is.
///
/// # Errors
/// As [`known_port`].
pub fn port_meant(app: &App, typed: Option<&str>) -> Result<String, CommandFault> {
    let mut ports = app.house.ports();
    match (typed, ports.next(), ports.next()) {
        (None, Some(only), None) => Ok(only.code.clone()),
        (typed, ..) => known_port(app, typed.unwrap_or_default()),
    }
}

/// A folder for its owner alone, where there is none yet.
fn private(folder: &Path) -> Result<(), CommandFault> {
    use std::os::unix::fs::DirBuilderExt;
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|e| CommandFault::file(folder, e))
}

/// An embedded store that has no file yet.
fn is_new(location: &Location) -> bool {
    matches!(location, Location::Sqlite(path) if !path.exists())
}
