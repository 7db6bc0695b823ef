//! Where the public test data lie.

use std::path::{Path, PathBuf};

/// A path within the public test data, or `None` (said plainly) where there is none.
pub fn test_data(path: &str) -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = std::env::var_os("PRATIQUE_TEST_DATA").map_or_else(|| here.join("../../../shared/data"), PathBuf::from);
    let found = root.join(path);
    if found.exists() {
        return Some(found);
    }
    println!("skipped: no test data at {}", found.display());
    None
}
