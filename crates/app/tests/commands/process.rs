//! The program as a process, with a folder of its own.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use pratique_store::testing::Folder;
use serde_json::Value;

/// What a command answered.
#[derive(Debug)]
pub struct Answer {
    /// Its exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Answer {
    /// Every line of standard output as JSON.
    pub fn lines(&self) -> Vec<Value> {
        let line = |line: &str| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        self.out.lines().map(line).collect()
    }

    /// The one line of standard output.
    pub fn line(&self) -> Value {
        let mut lines = self.lines();
        assert_eq!(lines.len(), 1, "{self:?}");
        lines.remove(0)
    }

    /// It worked.
    pub fn worked(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }

    /// It ended with this code.
    pub fn code_is(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }

    /// It failed, and said so in one line that holds all of this.
    pub fn refused(self, words: &[&str]) -> Self {
        assert_eq!(self.code, 1, "{self:?}");
        assert_eq!(self.err.lines().count(), 1, "{self:?}");
        assert!(words.iter().all(|word| self.err.contains(word)), "{words:?}: {self:?}");
        self
    }
}

impl Answer {
    /// It failed and named the place; what is wrong with a file may take more than a line.
    pub fn refused_at(self, place: &str) -> Self {
        assert!(self.code == 1 && self.err.contains(place), "{place}: {self:?}");
        self
    }
}

/// An installation: a data folder, and a database elsewhere if so wished.
pub struct Place {
    pub folder: Folder,
    database: Option<String>,
}

impl Place {
    pub fn new() -> Self {
        Place { folder: Folder::new(), database: None }
    }

    pub fn on(database: &str) -> Self {
        Place { folder: Folder::new(), database: Some(database.to_owned()) }
    }

    pub fn has_own_database(&self) -> bool {
        self.database.is_some()
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.path(name).display().to_string()
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path("data")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pratique"));
        command.args(args).env("PRATIQUE_DATA", self.data()).env_remove("PRATIQUE_CONFIG");
        // What the program leaves behind in the place for temporary files shows in the test's own folder.
        command.env("TMPDIR", self.folder.root());
        match &self.database {
            Some(url) => command.env("PRATIQUE_DATABASE", url),
            None => command.env_remove("PRATIQUE_DATABASE"),
        };
        command
    }

    pub fn run(&self, args: &[&str]) -> Answer {
        self.feed(args, b"")
    }

    pub fn feed(&self, args: &[&str], input: &[u8]) -> Answer {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        // A thread of its own: a long input and a long output would wait for each other.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Answer {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Starts a command that stays, and waits until it says where it listens.
    pub fn serve(&self, args: &[&str]) -> Server {
        let mut child = self.command(args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut said = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut address = None;
        while address.is_none() && out.read_line(&mut said).unwrap() > 0 {
            let last = said.lines().last().unwrap_or_default();
            address = last.strip_prefix("Listening on ").map(|rest| rest.split(' ').next().unwrap_or(rest).to_owned());
        }
        let Some(address) = address else { panic!("it never listened: {said}") };
        Server { child, address, said }
    }
}

/// A server that runs until it is told to stop.
pub struct Server {
    child: Child,
    pub address: String,
    pub said: String,
}

impl Server {
    /// The process, for whoever asks the system about it.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal, and answers the exit code.
    pub fn stop(mut self, signal: &str) -> i32 {
        let id = self.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        self.child.wait().unwrap().code().unwrap_or(-1)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Already gone if it was stopped.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
