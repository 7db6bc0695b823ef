//! The bulletin of a period: every number is a count of what stands on a list within the period, read through the list's own
//! index, so that it costs as much as the period holds and not as much as the years do.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::Timestamp;
use pratique_core::bulletin::{Bulletin, Day, Figure, Period};
use pratique_core::flight::Category;
use pratique_core::port::Port;

use crate::app::App;
use crate::failure::Failure;
use crate::ledger;

/// The bulletin of a period, all of it in one snapshot.
///
/// # Errors
/// The store's.
pub async fn of(app: &App, port: &Port, period: &Period) -> Result<Bulletin, Failure> {
    let mut counts = Counts::default();
    counts.ask_flights(port, &period.span);
    Figure::ALL.iter().for_each(|figure| counts.ask_figure(port, *figure, &period.span));
    let is_told = (2..=Bulletin::DAYS_TOLD_MAX).contains(&period.days());
    let days = if is_told { period.each_day(&port.zone()) } else { Vec::new() };
    for day in &days {
        Figure::OF_WORK.iter().for_each(|figure| counts.ask_figure(port, *figure, &day.span));
    }
    let mut counts = counts.read(app).await?;
    Ok(Bulletin {
        port: port.code.clone(),
        from: period.from,
        to: period.to,
        counted_at: app.now(),
        flights: take(&mut counts, Category::ALL),
        figures: take(&mut counts, Figure::ALL),
        days: days.iter().map(|day| Day { date: day.from, figures: take(&mut counts, Figure::OF_WORK) }).collect(),
    })
}

/// Counts to be read together, in the order in which they were asked for.
#[derive(Debug, Default)]
pub struct Counts(Vec<(String, Range<i64>)>);

impl Counts {
    /// Flights that came, each category of [`Category::ALL`].
    pub fn ask_flights(&mut self, port: &Port, span: &Range<Timestamp>) {
        Category::ALL.iter().for_each(|category| self.ask(ledger::came(&port.code, category.name()), span));
    }

    /// A figure.
    pub fn ask_figure(&mut self, port: &Port, figure: Figure, span: &Range<Timestamp>) {
        self.0.push((ledger::figure(&port.code, figure.name()), ledger::ticks(span)));
    }

    /// Any list that is sorted by time.
    pub fn ask(&mut self, list: String, span: &Range<Timestamp>) {
        self.0.push((list, millis(span)));
    }

    /// The counts.
    ///
    /// # Errors
    /// The store's.
    pub async fn read(self, app: &App) -> Result<std::vec::IntoIter<u64>, Failure> {
        let asked: Vec<_> = self.0.iter().map(|(list, range)| (list.as_str(), range.clone())).collect();
        Ok(app.store.count_many(&asked).await?.into_iter())
    }
}

/// The next counts, one for each of these.
pub fn take<K: Ord, const N: usize>(counts: &mut impl Iterator<Item = u64>, keys: [K; N]) -> BTreeMap<K, u64> {
    keys.into_iter().zip(counts).collect()
}

/// A span as lists are sorted.
#[must_use]
pub fn millis(span: &Range<Timestamp>) -> Range<i64> {
    span.start.as_millisecond()..span.end.as_millisecond()
}
