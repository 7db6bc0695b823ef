//! A folder for one test.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

static COUNT: AtomicU64 = AtomicU64::new(0);

/// A new empty folder, gone when this is dropped.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes the folder under the system's place for temporary files.
    ///
    /// # Panics
    /// If it cannot be made: no test can run then.
    #[must_use]
    pub fn new() -> Self {
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("pratique-test-{}-{n}", std::process::id()));
        // What an earlier run with the same process number left behind is nobody's.
        let _ = std::fs::remove_dir_all(&path);
        #[expect(clippy::expect_used, reason = "a test without a folder must fail, loudly")]
        std::fs::create_dir_all(&path).expect("a folder for temporary files");
        Folder(path)
    }

    /// A path in the folder.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.0
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind in the place for temporary files harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
