//! Passwords: kept as argon2id hashes, and compared in the same time whether there is such a person or not.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::failure::Failure;

/// Hashing a password takes 19 MiB and as much CPU as 300 verified passes: two at a time (limits.md C).
static HASHING: Semaphore = Semaphore::const_new(2);

/// The hash of a password that somebody is to sign in with.
///
/// # Errors
/// The program stops.
pub async fn hash(password: String) -> Result<String, Failure> {
    let _turn = HASHING.acquire().await.map_err(Failure::bug)?;
    tokio::task::spawn_blocking(move || Argon2::default().hash_password(password.as_bytes()).map(|h| h.to_string()))
        .await
        .map_err(Failure::bug)?
        .map_err(Failure::bug)
}

/// Does the password fit? Without a hash the same work is done on a hash that nothing fits, so that time tells nothing.
///
/// # Errors
/// The program stops.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool, Failure> {
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$cHJhdGlxdWUtbm9ib2R5$YjF5m0uJ0l3o9b2Yw5p0yY9mZr8m1gk0h0Zt6m9l3uE";
    let _turn = HASHING.acquire().await.map_err(Failure::bug)?;
    tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let fits = PasswordHash::new(&hash)
            .map(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
            .unwrap_or(false);
        fits && known
    })
    .await
    .map_err(Failure::bug)
}
