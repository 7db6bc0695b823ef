//! Dated risk areas: which country or place counted as risky, how much, from when to when.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::{Fault, Stay};

/// How risky a place was. Ordered: the worst of several is their maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RiskLevel {
    /// Not listed.
    #[default]
    None,
    /// Listed as medium.
    Medium,
    /// Listed as high.
    High,
}

impl RiskLevel {
    /// The word used in `areas.csv` and in conditions.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            RiskLevel::None => "none",
            RiskLevel::Medium => "medium",
            RiskLevel::High => "high",
        }
    }
}

/// The risk areas of a pack, and how far back a stay counts.
///
/// ```
/// use pratique_core::rules::{Areas, RiskLevel, Stay};
/// let csv = "country,place,level,from,to,source\nUTO,,high,2026-11-01,,example\n";
/// let areas = Areas::parse(csv, 14).unwrap();
/// let stay = Stay { country: "UTO".into(), ..Stay::default() };
/// assert_eq!(areas.level(&stay, "2026-11-24".parse().unwrap()), RiskLevel::High);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Areas {
    look_back_days: u16,
    rows: Vec<Area>,
}

impl Default for Areas {
    fn default() -> Self {
        Areas { look_back_days: 14, rows: Vec::new() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Area {
    country: String,
    /// Folded; empty for the whole country.
    place: String,
    level: RiskLevel,
    from: Date,
    /// The last day, or the calendar's last if the listing still stands.
    to: Date,
    line: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    country: String,
    place: String,
    level: String,
    from: String,
    to: String,
    source: String,
}

const HEADER: [&str; 6] = ["country", "place", "level", "from", "to", "source"];
const FILE: &str = "areas.csv";

impl Areas {
    /// Reads `areas.csv`: `country,place,level,from,to,source`, lines that begin with `#` being comments. Country is
    /// ISO 3166-1 alpha-3; an empty place means the whole country, an empty `to` that the listing still stands.
    ///
    /// # Errors
    /// Every line that cannot be read, ends before it begins, or overlaps another listing of the same place.
    pub fn parse(csv: &str, look_back_days: u16) -> Result<Self, Vec<Fault>> {
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).from_reader(csv.as_bytes());
        let header_is_right = reader.headers().is_ok_and(|header| header.iter().eq(HEADER));
        if !header_is_right {
            return Err(vec![Fault::new(FILE, format!("the first line must be {}", HEADER.join(",")))]);
        }
        let (mut rows, mut faults) = (Vec::new(), Vec::new());
        let mut record = csv::StringRecord::new();
        loop {
            let read = reader.read_record(&mut record);
            let line = record.position().map_or(0, csv::Position::line);
            match read {
                Ok(false) => break,
                Ok(true) => match area(&record, line) {
                    Ok(area) => rows.push(area),
                    Err(words) => faults.push(Fault::new(format!("{FILE}, line {line}"), words)),
                },
                Err(error) => faults.push(Fault::new(FILE, error.to_string())),
            }
        }
        faults.extend(overlaps(&rows));
        if faults.is_empty() { Ok(Areas { look_back_days, rows }) } else { Err(faults) }
    }

    /// The worst level that any day of the stay within the look-back window met, its country and place taken together.
    ///
    /// What is not known counts against safety: unknown dates fill the window, an unknown place is every place of the
    /// country, an unknown country every country.
    #[must_use]
    pub fn level(&self, stay: &Stay, today: Date) -> RiskLevel {
        let first = today.checked_sub(i32::from(self.look_back_days).days()).unwrap_or(Date::MIN);
        let Some((from, to)) = stay.within((first, today)) else { return RiskLevel::None };
        let place = folded(&stay.place);
        let met = |area: &&Area| {
            (stay.country.is_empty() || area.country == stay.country)
                && area.from <= to
                && from <= area.to
                && same_place(&area.place, &place)
        };
        self.rows.iter().filter(met).map(|area| area.level).max().unwrap_or_default()
    }
}

/// Whether a stay's free text names the area: the area's words stand in it whole (`Lodi` in `Lodi, Lombardy`). Scripts that
/// write no spaces have no such words, so there the area's name anywhere in the text will do.
fn same_place(area: &str, stay: &str) -> bool {
    let unspaced = area.chars().any(|c| c >= '\u{2e80}');
    area.is_empty() || stay.is_empty() || (unspaced && stay.contains(area)) || words(stay).contains(&words(area))
}

fn words(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

fn folded(place: &str) -> String {
    place.nfkc().collect::<String>().to_lowercase()
}

fn area(record: &csv::StringRecord, line: u64) -> Result<Area, String> {
    let row: Row =
        record.deserialize(Some(&csv::StringRecord::from(HEADER.to_vec()))).map_err(|error| error.to_string())?;
    if row.country.len() != 3 || !row.country.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return Err(format!(
            "`{}` is not a country of three capital letters (ISO 3166-1 alpha-3), as in ITA",
            row.country
        ));
    }
    let level = match row.level.as_str() {
        "medium" => RiskLevel::Medium,
        "high" => RiskLevel::High,
        other => return Err(format!("`{other}` is not a level: write medium or high, or leave the line out")),
    };
    if row.source.is_empty() {
        return Err("the source is missing: who listed this place, and where can one read it?".to_owned());
    }
    let (from, to) = (date(&row.from)?, if row.to.is_empty() { Date::MAX } else { date(&row.to)? });
    if to < from {
        return Err(format!("the listing ends on {to}, before it begins on {from}"));
    }
    Ok(Area { country: row.country, place: folded(&row.place), level, from, to, line })
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("`{text}` is not a date as in 2026-11-24"))
}

/// Two listings of one place on one day: which of them holds would be an accident of their order.
fn overlaps(rows: &[Area]) -> Vec<Fault> {
    let mut sorted: Vec<&Area> = rows.iter().collect();
    sorted.sort_by(|a, b| (&a.country, &a.place, a.from).cmp(&(&b.country, &b.place, b.from)));
    let clash = |pair: &[&Area]| {
        let [a, b] = pair else { return None };
        let same = a.country == b.country && a.place == b.place && b.from <= a.to;
        let words = format!("overlaps line {}: the same place has two levels from {}", a.line, b.from);
        same.then(|| Fault::new(format!("{FILE}, line {}", b.line), words))
    };
    sorted.windows(2).filter_map(clash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(lines: &str) -> Result<Areas, Vec<Fault>> {
        Areas::parse(&format!("country,place,level,from,to,source\n{lines}"), 14)
    }

    fn stay(place: &str, from: &str, to: &str) -> Stay {
        Stay { country: "UTO".into(), place: place.into(), from: from.parse().ok(), to: to.parse().ok() }
    }

    fn level(lines: &str, stay: &Stay) -> RiskLevel {
        areas(lines).unwrap().level(stay, "2026-11-24".parse().unwrap())
    }

    #[test]
    fn the_level_is_that_of_the_days_of_the_stay() {
        let lines = "UTO,,medium,2026-11-01,2026-11-11,x\nUTO,,high,2026-11-12,2026-11-15,x\n";
        assert_eq!(level(lines, &stay("", "2026-11-11", "2026-11-11")), RiskLevel::Medium);
        assert_eq!(level(lines, &stay("", "2026-11-11", "2026-11-12")), RiskLevel::High);
        assert_eq!(level(lines, &stay("", "2026-11-16", "2026-11-20")), RiskLevel::None);
        // Left on the 9th, before the fourteen days began on the 10th.
        assert_eq!(level(lines, &stay("", "2026-11-01", "2026-11-09")), RiskLevel::None);
    }

    #[test]
    fn what_is_not_known_counts_as_the_worst() {
        let lines = "UTO,Lodi,high,2026-11-12,,x\n";
        assert_eq!(level(lines, &stay("", "", "")), RiskLevel::High);
        assert_eq!(level(lines, &Stay::default()), RiskLevel::High);
        assert_eq!(level(lines, &stay("Ｌｏｄｉ (Lombardy)", "", "")), RiskLevel::High);
        assert_eq!(level(lines, &stay("Melodia", "", "")), RiskLevel::None);
        assert_eq!(level(lines, &stay("", "", "2026-11-11")), RiskLevel::None);
    }

    #[test]
    fn overlapping_and_reversed_listings_are_faults_with_their_lines() {
        let lines = "UTO,,high,2026-11-01,,x\nUTO,,medium,2026-11-20,,x\nUTO,Lodi,high,2026-11-02,2026-11-01,x\nIT,,high,2026-11-01,,\n";
        let at: Vec<String> = areas(lines).unwrap_err().into_iter().map(|fault| fault.at).collect();
        assert_eq!(at, ["areas.csv, line 4", "areas.csv, line 5", "areas.csv, line 3"]);
    }

    #[test]
    fn a_place_within_a_listed_country_may_be_listed_besides() {
        let lines = "UTO,,medium,2026-11-01,,x\nUTO,Lodi,high,2026-11-01,,x\n";
        assert_eq!(level(lines, &stay("Lodi", "", "")), RiskLevel::High);
        assert_eq!(level(lines, &stay("Turin", "", "")), RiskLevel::Medium);
    }
}
