//! The one table: each line a measure, what we reach, what stands beside it, and whether the target is met.

use serde::Serialize;

/// What a line is held against.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum Target {
    /// The ratio of ours to what stands beside, at least.
    Ratio(f64),
    /// Our own value, at most.
    AtMost(f64),
}

/// A line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// What was measured.
    pub measure: String,
    /// Ours, with its unit.
    pub ours: String,
    /// What stands beside it.
    pub beside: String,
    /// The median ratio, and the smallest and largest of all pairs.
    pub ratio: Option<[f64; 3]>,
    /// The number that a target is about, where it is not the ratio.
    pub value: Option<f64>,
    /// The target.
    pub target: Option<Target>,
}

impl Line {
    /// A value of ours alone.
    pub fn value(measure: impl Into<String>, ours: impl Into<String>) -> Self {
        let (measure, ours) = (measure.into(), ours.into());
        Line { measure, ours, beside: String::new(), ratio: None, value: None, target: None }
    }

    /// Two rates, taken in turns.
    pub fn pairs(measure: impl Into<String>, unit: &str, pairs: &Pairs, beside: &str) -> Self {
        let [ours, other] = [&pairs.ours, &pairs.beside].map(|values| rounded(median(values)));
        Line {
            beside: format!("{other} {unit} ({beside})"),
            ratio: Some(pairs.ratio()),
            ..Line::value(measure, format!("{ours} {unit}"))
        }
    }

    /// The same, held against a ratio.
    pub fn at_least(mut self, ratio: f64) -> Self {
        self.target = Some(Target::Ratio(ratio));
        self
    }

    /// The same, its value held against a limit.
    pub fn at_most(mut self, value: f64, limit: f64) -> Self {
        (self.value, self.target) = (Some(value), Some(Target::AtMost(limit)));
        self
    }

    /// Is the target met? `None` where there is none.
    pub fn is_met(&self) -> Option<bool> {
        match self.target? {
            Target::Ratio(least) => self.ratio.map(|[median, ..]| median >= least),
            Target::AtMost(most) => self.value.map(|value| value <= most),
        }
    }

    fn cells(&self) -> [String; 6] {
        let ratio = self.ratio.map(|[middle, low, high]| format!("{middle:.2} ({low:.2}–{high:.2})"));
        let target = self.target.map(|target| match target {
            Target::Ratio(least) => format!("≥ {least:.2}"),
            Target::AtMost(most) => format!("≤ {most}"),
        });
        let met = self.is_met().map(|met| if met { "yes" } else { "NO" });
        [
            self.measure.clone(),
            self.ours.clone(),
            self.beside.clone(),
            ratio.unwrap_or_default(),
            target.unwrap_or_default(),
            met.unwrap_or_default().to_owned(),
        ]
    }
}

/// Two measures taken in turns, pair by pair.
#[derive(Debug, Clone, Default)]
pub struct Pairs {
    /// Ours.
    pub ours: Vec<f64>,
    /// What stands beside.
    pub beside: Vec<f64>,
}

impl Pairs {
    /// Adds a pair.
    pub fn add(&mut self, ours: f64, beside: f64) {
        self.ours.push(ours);
        self.beside.push(beside);
    }

    /// Median, smallest and largest ratio of all pairs.
    pub fn ratio(&self) -> [f64; 3] {
        let ratios: Vec<f64> = self.ours.iter().zip(&self.beside).map(|(ours, beside)| ours / beside).collect();
        let (low, high) = ratios.iter().fold((f64::MAX, f64::MIN), |(low, high), r| (low.min(*r), high.max(*r)));
        [median(&ratios), low, high]
    }
}

/// The middle value, the mean of two.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => (sorted[n / 2 - 1] + sorted[n / 2]) / 2.0,
    }
}

/// A number for people: three or four digits that mean something.
pub fn rounded(value: f64) -> String {
    let digits = value.abs().log10().floor();
    match digits {
        d if d >= 3.0 => {
            let whole = (value / 10.0_f64.powf(d - 2.0)).round() * 10.0_f64.powf(d - 2.0);
            let text = format!("{whole:.0}");
            let split = text.len().saturating_sub(3);
            if split == 0 { text } else { format!("{},{}", thousands(&text[..split]), &text[split..]) }
        }
        d if d >= 2.0 => format!("{value:.0}"),
        d if d >= 1.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

fn thousands(text: &str) -> String {
    match text.len().saturating_sub(3) {
        0 => text.to_owned(),
        split => format!("{},{}", thousands(&text[..split]), &text[split..]),
    }
}

const HEAD: [&str; 6] = ["measure", "ours", "beside", "ratio (all pairs)", "target", "met"];

/// The table for a terminal.
pub fn plain(lines: &[Line]) -> String {
    let rows: Vec<[String; 6]> =
        std::iter::once(HEAD.map(str::to_owned)).chain(lines.iter().map(Line::cells)).collect();
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let line = |row: &[String; 6]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}", width = *width));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The table in Markdown.
pub fn markdown(lines: &[Line]) -> String {
    let row = |cells: [String; 6]| format!("| {} |", cells.join(" | "));
    let head = [row(HEAD.map(str::to_owned)), "|---|---|---|---|---|---|".to_owned()];
    head.into_iter().chain(lines.iter().map(|line| row(line.cells()))).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_the_median_of_pairs_and_not_the_ratio_of_medians() {
        let mut pairs = Pairs::default();
        for (ours, beside) in [(80.0, 100.0), (10.0, 10.0), (300.0, 400.0)] {
            pairs.add(ours, beside);
        }
        assert_eq!(pairs.ratio(), [0.8, 0.75, 1.0]);
        let line = Line::pairs("x", "a second", &pairs, "y");
        assert_eq!(line.clone().at_least(0.8).is_met(), Some(true));
        assert_eq!(line.clone().at_least(0.81).is_met(), Some(false));
        assert_eq!(line.is_met(), None);
        assert_eq!(Line::value("x", "y").at_most(20.1, 20.0).is_met(), Some(false));
    }

    #[test]
    fn numbers_keep_three_digits() {
        let told = [1_234_567.0, 12_345.0, 999.4, 45.67, 1.234].map(rounded);
        assert_eq!(told, ["1,230,000", "12,300", "999", "45.7", "1.23"]);
    }

    #[test]
    fn both_forms_of_the_table_have_every_line() {
        let lines = [Line::value("memory", "80 MiB").at_most(80.0, 256.0)];
        assert!(markdown(&lines).ends_with("| memory | 80 MiB |  |  | ≤ 256 | yes |"));
        assert_eq!(plain(&lines).lines().count(), 2);
    }
}
