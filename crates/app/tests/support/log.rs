//! Everything that is logged while tests run, to be searched.

use std::io;
use std::sync::{Mutex, Once};

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Kept;

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        super::secrecy::logged(&String::from_utf8_lossy(bytes));
        LINES.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Keeps all lines of all levels of ours, and down to debug of everybody else's.
pub fn start() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let filter = tracing_subscriber::EnvFilter::new("debug,pratique=trace,pratique_store=trace");
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(|| Kept).init();
    });
}

/// What was logged so far.
pub fn lines() -> String {
    String::from_utf8_lossy(&LINES.lock().unwrap()).into_owned()
}
