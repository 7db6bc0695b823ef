//! Who was erased, kept apart from the store: `DIR/erased`, a line for each, numbers that name nobody. A backup of before brings
//! them back, keys and all, for as long as its keys' file is kept; a restore reads this file and erases them again.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use pratique_core::id::Id;
use pratique_store::Order;

use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// So many are written at a time.
const PAGE: u32 = 1_000;

/// The file's name in the folder of the root key.
pub const FILE: &str = "erased";

/// Where it lies.
#[must_use]
pub fn place(data: &Path) -> PathBuf {
    data.join(FILE)
}

/// One line: when, epoch milliseconds, and who.
type Line = (i64, Id);

/// Adds everybody who was erased since its last line; answers how many. Done after every erasing, and when a server starts: what
/// a crash kept out of the file is in the store.
///
/// # Errors
/// The store's; the file's.
pub async fn export(app: &App) -> Result<usize, Failure> {
    let path = place(&app.config.data);
    let known = if path.exists() { read(&path).map_err(|e| told(&path, &e))? } else { Vec::new() };
    let from = known.last().map_or(i64::MIN, |(at, _)| *at);
    let mut count = 0;
    let mut after = None;
    loop {
        let page = app.store.entries(ledger::ERASED, from..i64::MAX, after, PAGE, Order::Ascending).await?;
        let new: Vec<Line> =
            page.iter().map(|entry| (entry.sort, entry.id)).filter(|line| !known.contains(line)).collect();
        append(&path, &new).map_err(|e| told(&path, &e))?;
        count += new.len();
        match page.last() {
            Some(last) if page.len() == PAGE as usize => after = Some(*last),
            _ => return Ok(count),
        }
    }
}

fn told(path: &Path, error: &std::io::Error) -> Failure {
    Failure::bug(format!("{}: {error}; a restore could bring back who was erased", path.display()))
}

fn append(path: &Path, lines: &[Line]) -> std::io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let mut file = OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
    let text: String = lines.iter().map(|(at, id)| format!("{at} {id}\n")).collect();
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Everybody in such a file. A last line that a crash cut off is passed over: it is written again from the store.
///
/// # Errors
/// The file's.
pub fn read(path: &Path) -> std::io::Result<Vec<Line>> {
    let mut lines = Vec::new();
    for line in BufReader::new(File::open(path)?).lines() {
        let line = line?;
        let parsed = line.split_once(' ').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
        lines.extend(parsed);
    }
    Ok(lines)
}
