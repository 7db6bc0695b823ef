//! Named points at which a test lets the process die, as by a power switch: no destructor runs, nothing is flushed. They exist
//! in debug builds alone; a release build has none of this.
//!
//! `PRATIQUE_CRASH_AT=written:17` dies when `written` is passed for the 17th time. The points of a batch, in order: `judged`
//! (looked at, nothing written), `written` (on SQLite: everything but the commit; PostgreSQL gets both in one round trip),
//! `committed` (durable, nobody told), `answered` (some of the callers told).

/// Passes a point.
#[cfg(debug_assertions)]
pub(crate) fn point(name: &str) {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    static WHERE: OnceLock<Option<(String, AtomicU64)>> = OnceLock::new();
    let wish = WHERE.get_or_init(|| {
        let wish = std::env::var("PRATIQUE_CRASH_AT").ok()?;
        let (name, times) = wish.split_once(':')?;
        Some((name.to_owned(), AtomicU64::new(times.parse().ok()?)))
    });
    if let Some((wished, left)) = wish
        && wished == name
        && left.fetch_sub(1, Ordering::Relaxed) == 1
    {
        std::process::abort();
    }
}

/// Passes a point, of which a release build knows nothing.
#[cfg(not(debug_assertions))]
pub(crate) fn point(_: &str) {}
