//! The root key: 32 bytes in a file apart from the database, readable by its owner alone. All other keys are derived from it
//! or wrapped under it, so that a stolen database or backup says nothing of anybody.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use zeroize::Zeroizing;

use super::seal::{self, SealError};
use crate::rng::Rng;
use crate::secret_file::{self, To};

/// The file's name in the data folder.
const FILE: &str = "root.key";

/// The root key, and, derived once, the key that wraps persons' keys, since every declaration needs that one.
pub struct Root {
    key: Zeroizing<[u8; 32]>,
    wrapping: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for Root {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Root")
    }
}

/// Why the root key cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum RootError {
    /// The file cannot be read or written.
    #[error("the root key {}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It holds something else.
    #[error("{} is not a root key: 64 hexadecimal digits are expected. Restore it from its own backup; a new one cannot open what the old one sealed", .0.display())]
    Shape(PathBuf),
    /// Others can read it.
    #[error("{} can be read by others; run chmod 400 on it", .0.display())]
    Open(PathBuf),
}

struct Len32;

impl KeyType for Len32 {
    fn len(&self) -> usize {
        32
    }
}

impl Root {
    /// The root key of a data folder, made on the first call.
    ///
    /// # Errors
    /// [`RootError`]; an existing file is never written over.
    pub fn open(folder: &Path, rng: &Rng) -> Result<Self, RootError> {
        if let Some(found) = Root::found(folder)? {
            return Ok(found);
        }
        let root = Root::fresh(rng);
        root.keep(folder)?;
        Ok(root)
    }

    /// The root key of a data folder, if it has one.
    ///
    /// # Errors
    /// [`RootError`].
    pub fn found(folder: &Path) -> Result<Option<Self>, RootError> {
        let path = folder.join(FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                check_mode(&path)?;
                parse(text.trim()).map(|key| Some(Root::new(key))).ok_or(RootError::Shape(path))
            }
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(RootError::Io { path, source }),
        }
    }

    /// A new root key, which lies in no file yet.
    #[must_use]
    pub fn fresh(rng: &Rng) -> Self {
        Root::new(Zeroizing::new(rng.bytes()))
    }

    /// Writes a new root key into a data folder: before anything is sealed under it.
    ///
    /// # Errors
    /// [`RootError::Io`], also where there is one already: it is never written over.
    pub fn keep(&self, folder: &Path) -> Result<(), RootError> {
        let path = folder.join(FILE);
        let written = std::fs::create_dir_all(folder).and_then(|()| self.write(&path));
        written.map_err(|source| RootError::Io { path, source })
    }

    /// A root key of these bytes, for tests and the demo's throw-away store.
    #[must_use]
    pub fn of(bytes: [u8; 32]) -> Self {
        Root::new(Zeroizing::new(bytes))
    }

    fn new(key: Zeroizing<[u8; 32]>) -> Self {
        let mut root = Root { key, wrapping: Zeroizing::new([0; 32]) };
        root.wrapping = Zeroizing::new(root.derive("wrap"));
        root
    }

    fn write(&self, path: &Path) -> std::io::Result<()> {
        use std::os::unix::fs::OpenOptionsExt;
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o400).open(path)?;
        writeln!(file, "{}", crate::ledger::hex(&self.key[..]))?;
        // Without the folder's own sync a power cut can take the new file's name with it (F2).
        file.sync_all()?;
        path.parent().map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all())
    }

    /// A key for one purpose (HKDF-SHA-256, RFC 5869); purposes never share one.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut key = [0; 32];
        let info = [purpose.as_bytes()];
        let filled = Salt::new(HKDF_SHA256, b"pratique root 1")
            .extract(&self.key[..])
            .expand(&info, Len32)
            .and_then(|okm| okm.fill(&mut key));
        // HKDF gives up to 255 hashes; one is asked for.
        debug_assert!(filled.is_ok());
        key
    }

    /// Wraps a secret for the database; `what` names it and must be the same at unwrapping.
    ///
    /// # Errors
    /// [`SealError`] if the library has no memory.
    pub fn wrap(&self, what: &str, secret: &[u8], rng: &Rng) -> Result<Vec<u8>, SealError> {
        seal::seal(&self.wrapping, what.as_bytes(), secret, rng)
    }

    /// Unwraps what [`Root::wrap`] made.
    ///
    /// # Errors
    /// [`SealError`] if it was altered, or wrapped under another root or name.
    pub fn unwrap(&self, what: &str, wrapped: &[u8]) -> Result<Vec<u8>, SealError> {
        seal::open(&self.wrapping, what.as_bytes(), wrapped)
    }
}

fn check_mode(path: &Path) -> Result<(), RootError> {
    let open = secret_file::is_open(path, To::GroupAndOthers);
    match open.map_err(|source| RootError::Io { path: path.to_owned(), source })? {
        true => Err(RootError::Open(path.to_owned())),
        false => Ok(()),
    }
}

fn parse(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let mut bytes = Zeroizing::new([0; 32]);
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_key_is_made_once_readable_by_its_owner_alone_and_found_again() {
        let folder = std::env::temp_dir().join(format!("pratique-root-{}", std::process::id()));
        let rng = Rng::repeatable(1);
        let first = Root::open(&folder, &rng).unwrap().derive("x");
        assert_eq!(Root::open(&folder, &rng).unwrap().derive("x"), first);
        assert_ne!(Root::open(&folder, &rng).unwrap().derive("y"), first);

        use std::os::unix::fs::PermissionsExt;
        let file = folder.join(FILE);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(Root::open(&folder, &rng), Err(RootError::Open(_))));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_wrapped_secret_opens_under_its_own_name_alone() {
        let (root, rng) = (Root::of([1; 32]), Rng::repeatable(1));
        let wrapped = root.wrap("signing key", b"secret", &rng).unwrap();
        assert_eq!(root.unwrap("signing key", &wrapped).unwrap(), b"secret");
        assert!(root.unwrap("another", &wrapped).is_err());
        assert!(Root::of([2; 32]).unwrap("signing key", &wrapped).is_err());
    }
}
