//! Who was erased, kept apart from the store: `DIR/erased`, a line for each, numbers that name nobody. A backup of before brings
//! them back, keys and all, for as long as its keys' file is kept; a restore reads this file and erases them again.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use pratique_core::id::Id;
use pratique_store::{Change, Entry, Order};

use crate::actions::write::audit;
use crate::app::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::ledger;

/// So many are written at a time.
const PAGE: u32 = 1_000;
/// Keys' files of backups live for seven days (security.md 2.6); twice that and a day is remembered here.
const REMEMBERED_DAYS: i64 = 15;
/// Lines are dropped when the oldest is twice as old, so that the file is written anew every other week and not every minute.
const OLDEST_DAYS: i64 = 30;
/// The last lines, among which those of the overlap are; more than that are written twice, which does no harm.
const TAIL_BYTES: u64 = 4 * 1024 * 1024;
/// An erasure is timed before it is committed: one that another process began earlier may come after the last line.
const OVERLAP_MS: i64 = 24 * 3_600_000;

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
    let known: HashSet<Line> = tail(&path).map_err(|e| told(&path, &e))?.into_iter().collect();
    let from = known.iter().map(|(at, _)| *at).max().map_or(i64::MIN, |last| last - OVERLAP_MS);
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
            _ => break,
        }
    }
    forget(app, &path).await?;
    Ok(count)
}

/// What no backup can bring back any more is dropped, from the file and from the store's list.
async fn forget(app: &App, path: &Path) -> Result<(), Failure> {
    let before = |days: i64| (app.now() - SignedDuration::from_hours(24 * days)).as_millisecond();
    shorten(path, before(OLDEST_DAYS), before(REMEMBERED_DAYS)).map_err(|e| told(path, &e))?;
    let old = app.store.entries(ledger::ERASED, i64::MIN..before(OLDEST_DAYS), None, PAGE, Order::Ascending).await?;
    if old.is_empty() {
        return Ok(());
    }
    let detail = format!("{{\"rows\":{}}}", old.len());
    let change = Change {
        label: "forget-erased",
        remove: old.iter().map(|at| Entry { list: ledger::ERASED.to_owned(), sort: at.sort, id: at.id }).collect(),
        audit: vec![audit(&Caller::System("retention"), "forget-erased", None, &detail, app.now())],
        ..Change::default()
    };
    app.store.apply(change).await.map(drop).map_err(Failure::from)
}

fn told(path: &Path, error: &std::io::Error) -> Failure {
    Failure::bug(format!("{}: {error}; a restore could bring back who was erased", path.display()))
}

fn append(path: &Path, lines: &[Line]) -> std::io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let mut file = OpenOptions::new().create(true).read(true).append(true).mode(0o600).open(path)?;
    // A line that a crash cut off must not swallow the next.
    let mut last = [b'\n'];
    if file.metadata()?.len() > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    let start = if last == [b'\n'] { "" } else { "\n" };
    file.write_all(format!("{start}{}", text(lines)).as_bytes())?;
    file.sync_all()
}

fn text(lines: &[Line]) -> String {
    lines.iter().map(|(at, id)| format!("{at} {id}\n")).collect()
}

/// Writes the file anew without old lines, once the oldest is old enough.
fn shorten(path: &Path, oldest: i64, kept: i64) -> std::io::Result<()> {
    if !path.exists() {
        return Ok(());
    }
    let mut first = String::new();
    BufReader::new(File::open(path)?).read_line(&mut first)?;
    if line(&first).is_none_or(|(at, _)| at >= oldest) {
        return Ok(());
    }
    let part = path.with_extension("part");
    let lines: Vec<Line> = read(path)?.into_iter().filter(|(at, _)| *at >= kept).collect();
    let mut file = OpenOptions::new().create(true).write(true).truncate(true).mode(0o600).open(&part)?;
    file.write_all(text(&lines).as_bytes())?;
    file.sync_all()?;
    std::fs::rename(part, path)
}

/// The last lines; none where there is no file yet.
fn tail(path: &Path) -> std::io::Result<Vec<Line>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL_BYTES)))?;
    let mut end = String::new();
    file.read_to_string(&mut end)?;
    Ok(end.lines().filter_map(line).collect())
}

/// Everybody in such a file. A last line that a crash cut off is passed over: it is written again from the store.
///
/// # Errors
/// The file's.
pub fn read(path: &Path) -> std::io::Result<Vec<Line>> {
    let mut lines = Vec::new();
    for text in BufReader::new(File::open(path)?).lines() {
        lines.extend(line(&text?));
    }
    Ok(lines)
}

fn line(text: &str) -> Option<Line> {
    let (at, id) = text.trim_end().split_once(' ')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pratique_store::testing::Folder;

    #[test]
    fn what_is_too_old_is_dropped_and_a_broken_last_line_is_passed_over() {
        let folder = Folder::new();
        let path = folder.path("erased");
        assert!(tail(&path).unwrap().is_empty());
        let lines: Vec<Line> = (1..=5).map(|n| (n, Id([u8::try_from(n).unwrap(); 16]))).collect();
        append(&path, &lines[..3]).unwrap();
        append(&path, &lines[3..]).unwrap();
        assert_eq!((tail(&path).unwrap(), read(&path).unwrap()), (lines.clone(), lines.clone()));
        shorten(&path, 1, 4).unwrap();
        assert_eq!(read(&path).unwrap().len(), 5, "the oldest is not old enough");
        shorten(&path, 2, 4).unwrap();
        assert_eq!(read(&path).unwrap(), lines[3..]);
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b"6 0190a5f2-7c31").unwrap();
        assert_eq!(tail(&path).unwrap(), lines[3..]);
        append(&path, &lines[..1]).unwrap();
        assert_eq!(read(&path).unwrap().len(), 3, "a broken line does not swallow the next");
    }
}
