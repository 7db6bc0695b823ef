//! Why a command ended without doing what it was asked: one line that says what, where and what to do.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use pratique_store::{Location, StoreError};

use crate::failure::Failure;
use crate::house::HouseError;
use crate::keys::RootError;
use crate::messenger::MessengerFault;
use crate::rng::NoEntropy;
use crate::scenarios::ScenarioFault;
use crate::serve::ServeError;
use crate::tls::TlsFault;
use crate::unread;
use crate::wechat::WechatFault;
use crate::words::Words;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CommandFault {
    /// An action refused or failed.
    #[error("{}", in_words(.0))]
    Failure(#[from] Failure),
    /// The store.
    #[error("{}", of_store(.0))]
    Store(#[from] StoreError),
    /// The store cannot be reached.
    #[error("{location} {why}; {}", to_reach(location))]
    Away {
        /// Where it should be.
        location: Location,
        /// In which way it is not there.
        why: String,
    },
    /// Ports or packs.
    #[error("the configuration cannot be used: {0}")]
    House(#[from] HouseError),
    /// The root key.
    #[error("{0}")]
    Root(#[from] RootError),
    /// No randomness.
    #[error("{0}")]
    NoEntropy(#[from] NoEntropy),
    /// A file named on the command line.
    #[error("{}: {why}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and what to do.
        why: String,
    },
    /// A scenario of the hall.
    #[error("{0}")]
    Scenario(#[from] ScenarioFault),
    /// There is nothing under that name.
    #[error("{0}")]
    Nothing(String),
    /// The server.
    #[error("{0}")]
    Serve(#[from] ServeError),
    /// The server's own TLS.
    #[error("{0}")]
    Tls(#[from] TlsFault),
    /// The ways to persons.
    #[error("{0}")]
    Messenger(#[from] MessengerFault),
    /// The WeChat mini-program.
    #[error("{0}")]
    Wechat(#[from] WechatFault),
    /// Everything was printed already; the exit code alone says that something is wrong.
    #[error("")]
    Told,
    /// Standard input or output.
    #[error("cannot read or write: {0}")]
    Output(#[from] std::io::Error),
}

impl CommandFault {
    /// A file that cannot be used.
    pub fn file(path: &Path, why: impl ToString) -> Self {
        CommandFault::File { path: path.to_owned(), why: why.to_string() }
    }

    /// A file that cannot be read, with what it should be.
    pub fn unread(path: &Path, error: &std::io::Error, expected: &str) -> Self {
        CommandFault::file(path, format!("{}; name {expected}", unread::why(error)))
    }

    /// The text of a file, or why it cannot be read and what it should be.
    ///
    /// # Errors
    /// [`CommandFault::File`].
    pub fn text(path: &Path, expected: &str) -> Result<String, CommandFault> {
        std::fs::read_to_string(path).map_err(|error| CommandFault::unread(path, &error, expected))
    }

    /// A store that cannot be opened, with its place.
    pub fn unopened(location: &Location, error: StoreError) -> Self {
        match (error, location) {
            (StoreError::Unavailable { why, .. }, Location::Postgres(_)) => {
                CommandFault::Away { location: location.clone(), why: format!("does not answer: {why}") }
            }
            (StoreError::Unavailable { why, .. }, _) => {
                CommandFault::Away { location: location.clone(), why: format!("cannot be opened: {why}") }
            }
            (other, _) => CommandFault::Store(other),
        }
    }

    /// Whoever read our output has enough.
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, CommandFault::Output(e) if e.kind() == ErrorKind::BrokenPipe)
    }

    /// The line on standard error.
    pub fn say(&self) {
        if !matches!(self, CommandFault::Told) {
            use std::io::Write;
            // If standard error is gone too there is nobody left to tell.
            let _ = writeln!(std::io::stderr(), "pratique: {self}");
        }
    }
}

/// What makes a store answer again.
pub(super) fn to_reach(location: &Location) -> &'static str {
    match location {
        Location::Postgres(_) => "start PostgreSQL there, or name another place with --database",
        _ => "see that it is a file that this user may read and write, or name another place with --data or --database",
    }
}

/// What to do about a file that holds what no store does.
pub(super) const TO_MEND: &str =
    "restore a backup into another place (`pratique restore`), or name the right file with --data or --database";

/// A store's error as whoever sits at the machine is told it: they send no requests.
fn of_store(error: &StoreError) -> String {
    match error {
        StoreError::Unavailable { why, .. } => {
            format!("the store is not available ({why}); see that it runs, then do this again")
        }
        StoreError::Damaged { .. } => format!("{error}; {TO_MEND}. `pratique doctor` looks at it"),
        other => other.to_string(),
    }
}

/// A failure on one line; field errors with their options instead of pointers.
fn in_words(failure: &Failure) -> String {
    let faults = match failure {
        Failure::Invalid(faults) => faults,
        Failure::Store(error) => return of_store(error),
        other => return other.to_string(),
    };
    let words = Words::of("en");
    let line = |fault: &pratique_core::field::FieldError| {
        format!("{}: {}", fault.pointer.trim_start_matches('/'), words.error(&fault.code, &fault.params))
    };
    faults.iter().map(line).collect::<Vec<_>>().join("; ")
}
