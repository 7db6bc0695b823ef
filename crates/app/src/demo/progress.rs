//! How far the loading is: a bar on a terminal, a plain line now and then elsewhere.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

/// Plain lines are written every so many steps of the whole.
const LINES: u64 = 10;

/// Where progress is shown.
#[derive(Debug, Default)]
pub struct Progress {
    bar: Option<ProgressBar>,
    is_loud: bool,
    done: AtomicU64,
    total: AtomicU64,
}

impl Progress {
    /// On standard error.
    #[must_use]
    pub fn on_stderr() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{msg:30} {bar:40} {pos}/{len} {elapsed}");
            ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Progress { bar, is_loud: true, ..Progress::default() }
    }

    /// Nowhere.
    #[must_use]
    pub fn silent() -> Self {
        Progress::default()
    }

    /// There are so many steps.
    pub fn begin(&self, total: u64) {
        self.total.store(total, Ordering::Relaxed);
        if let Some(bar) = &self.bar {
            bar.set_length(total);
            bar.set_message("Loading a day at Beijing T3D");
        }
    }

    /// One more is done.
    pub fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let total = self.total.load(Ordering::Relaxed).max(1);
        match &self.bar {
            Some(bar) => bar.set_position(done),
            None if self.is_loud && (done * LINES / total) != ((done - 1) * LINES / total) => {
                eprintln!("Loading a day at Beijing T3D: {} %", done * 100 / total);
            }
            None => {}
        }
    }

    /// All is done.
    pub fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
