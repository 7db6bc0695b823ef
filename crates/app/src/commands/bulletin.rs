//! `bulletin`: the figures of a period.

use pratique_core::bulletin::Period;

use super::CommandFault;
use super::opening::{Absent, Place, port_meant};
use super::output::Out;
use crate::bulletin::{Told, view};
use crate::failure::Failure;
use crate::house::local_date;
use crate::lookups::bulletin;
use crate::words::Words;

/// As what it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Form {
    /// Plain text.
    #[default]
    Text,
    /// A page of its own.
    Html,
    /// One JSON object.
    Json,
}

/// The period's figures: flights by category, passengers quarantined, samples collected, tests completed
///
/// Every number is counted from what was recorded. Also beside a running server.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  pratique bulletin --from 2026-11-24 --to 2026-11-24\n  \
                        pratique bulletin --from 2026-11-01 --to 2026-11-30 --language zh-Hans --format html > november.html")]
pub struct Bulletin {
    /// The first day, on the port's clock
    #[arg(long, value_name = "DATE")]
    from: String,
    /// The last day
    #[arg(long, value_name = "DATE")]
    to: String,
    /// The language of text and HTML, as a BCP 47 tag
    #[arg(long, value_name = "TAG", default_value = "en")]
    language: String,
    /// As what it is written
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// The port's UN/LOCODE; may be left out where there is only one
    #[arg(long, value_name = "PORT")]
    at: Option<String>,
    #[command(flatten)]
    place: Place,
}

impl Bulletin {
    pub(super) async fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        let words = Words::named(&self.language).ok_or_else(|| {
            let known: Vec<&str> = Words::languages().into_iter().map(|(tag, _)| tag).collect();
            let why = format!("there are no words for --language {:?}; it takes {}", self.language, known.join(", "));
            CommandFault::Nothing(why)
        })?;
        let app = self.place.open(Absent::Refuse).await?;
        let code = port_meant(&app, self.at.as_deref())?;
        let port = app.house.port(&code).ok_or(Failure::NotFound)?;
        let period = Period::read(&self.from, &self.to, &port.zone(), local_date(port, app.now()));
        let period = period.map_err(Failure::Invalid)?;
        let issue = bulletin::of(&app, port, &period).await?;
        let told = Told::of(words, port, &issue);
        match self.format {
            Form::Text => out.line(told.text().trim_end()),
            Form::Html => out.line(told.html().trim_end()),
            Form::Json => out.json(&view(port, &issue)),
        }
    }
}
