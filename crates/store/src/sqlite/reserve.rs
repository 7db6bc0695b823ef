//! Room that is kept for what cannot wait. While the disk has room, a file beside the store holds some of it; once the disk is full it
//! is given back, and whatever may wait (`Change::yields`) waits until it can be taken again. So officers go on scanning and
//! deciding, on record, while declarations are refused (faults.md F5).

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::StoreError;

/// Taken again only if there is this much beside it, or the next declaration would give it back at once.
const MARGIN_BYTES: u64 = 16 << 20;

/// The file.
#[derive(Debug)]
pub(crate) struct Reserve {
    file: File,
    bytes: u64,
    is_given: AtomicBool,
}

/// Where the reserve of a store lies. Empty, it was given back.
pub(crate) fn path(store: &Path) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push("-reserve");
    PathBuf::from(name)
}

impl Reserve {
    /// Opens it, and takes it if it is not there yet. A disk that is full already starts without.
    pub(crate) fn open(store: &Path, bytes: u64) -> Result<Self, StoreError> {
        let path = path(store);
        if !path.exists() {
            // Another process may make it in this instant.
            let _ = super::private(&path);
        }
        let file = OpenOptions::new().write(true).open(&path).map_err(failure)?;
        let reserve = Reserve { file, bytes, is_given: AtomicBool::new(true) };
        let length = reserve.file.metadata().map_err(failure)?.len();
        if length == bytes {
            reserve.is_given.store(false, Ordering::Relaxed);
        } else {
            // Larger or smaller than is wanted now, or given back before a restart.
            reserve.file.set_len(0).map_err(failure)?;
            reserve.take(0);
        }
        Ok(reserve)
    }

    /// Whether it was given back, so that what may wait waits.
    pub(crate) fn is_given(&self) -> bool {
        self.is_given.load(Ordering::Relaxed)
    }

    /// Gives its room back.
    pub(crate) fn give(&self) {
        if !self.is_given.swap(true, Ordering::Relaxed) {
            match self.file.set_len(0) {
                Ok(()) => {
                    tracing::error!(bytes = self.bytes, "the disk is full: the reserve keeps scans and decisions going")
                }
                Err(error) => tracing::error!(%error, "the reserve could not be given back"),
            }
        }
    }

    /// Takes it again, if there is room for it and some more. Nobody may write meanwhile.
    pub(crate) fn take_again(&self) -> Result<(), StoreError> {
        match !self.is_given() || self.take(MARGIN_BYTES) {
            true => Ok(()),
            false => Err(StoreError::DiskFull("there is no room to take the reserve again".into())),
        }
    }

    fn take(&self, margin: u64) -> bool {
        let filled = self.fill(self.bytes + margin).and_then(|()| self.file.set_len(self.bytes));
        if filled.is_err() {
            // The next try says so again.
            let _ = self.file.set_len(0);
        }
        self.is_given.store(filled.is_err(), Ordering::Relaxed);
        filled.is_ok()
    }

    /// Written and not only lengthened: a hole in a file holds no room.
    fn fill(&self, bytes: u64) -> std::io::Result<()> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0))?;
        let chunk = vec![0x5a; 1 << 20];
        let mut left = bytes;
        while left > 0 {
            let part = left.min(chunk.len() as u64);
            file.write_all(&chunk[..usize::try_from(part).unwrap_or(chunk.len())])?;
            left -= part;
        }
        Ok(())
    }
}

fn failure(error: std::io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::StorageFull => StoreError::DiskFull(error.to_string()),
        _ => StoreError::Io(format!("the reserve: {error}")),
    }
}
