//! Files with secrets: who else on this machine can read them.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Whom a file must be closed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// Everybody but its owner.
    GroupAndOthers,
    /// Everybody but its owner and its group, through which a certificate's key is given to servers.
    Others,
}

/// Is the file open to them?
///
/// # Errors
/// The file cannot be looked at.
pub fn is_open(file: &Path, to: To) -> std::io::Result<bool> {
    let bits = match to {
        To::GroupAndOthers => 0o077,
        To::Others => 0o007,
    };
    Ok(std::fs::metadata(file)?.permissions().mode() & bits != 0)
}
