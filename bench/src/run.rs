//! One run: what is measured, how often, where.

use std::path::PathBuf;
use std::time::Duration;

/// The choices of one run.
pub struct Run {
    /// The program that is measured.
    pub binary: PathBuf,
    /// Where stores lie; what is filled stays there for the next run.
    pub folder: PathBuf,
    /// Pairs of each measure.
    pub rounds: usize,
    /// Seconds of one side of a pair over HTTP, as `pratique load` takes them.
    pub window: String,
    /// The same at the store.
    pub store_window: Duration,
    /// How many journeys are a million.
    pub million: u64,
    /// Parts to run; all if empty.
    pub only: Vec<String>,
    /// A short run, to see that it works: it writes no report.
    pub is_quick: bool,
    /// Today, in UTC.
    pub today: String,
    /// When it began, seconds since 1970: names what only this run needs.
    pub started_s: i64,
}

impl Run {
    /// From the environment that the Makefile sets: ONLY, BENCH_QUICK, BENCH_FOLDER, PRATIQUE_BIN.
    #[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
    pub fn of_environment() -> Self {
        let setting = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        let folder = |name: &str| setting(name).map(PathBuf::from);
        let quick = setting("BENCH_QUICK").is_some();
        let now = jiff::Timestamp::now();
        Run {
            binary: folder("PRATIQUE_BIN")
                .expect("PRATIQUE_BIN names the program that is measured; `make bench` sets it"),
            folder: folder("BENCH_FOLDER").unwrap_or_else(|| std::env::temp_dir().join("pratique-bench")),
            rounds: if quick { 3 } else { 5 },
            window: if quick { "2" } else { "3" }.to_owned(),
            store_window: Duration::from_secs(if quick { 1 } else { 2 }),
            million: if quick { 20_000 } else { 1_000_000 },
            only: setting("ONLY").map(|only| only.split([',', ' ']).map(str::to_owned).collect()).unwrap_or_default(),
            is_quick: quick,
            today: now.strftime("%F").to_string(),
            started_s: now.as_second(),
        }
    }

    /// Is this part asked for?
    pub fn wants(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == part)
    }

    /// How far it is, on standard error.
    pub fn say(&self, text: &str) {
        eprintln!("bench: {text}");
    }
}
