//! A figure by quarter of an hour, by hour or by day as a drawing (SVG) with words for whoever does not see it. Its numbers stand in the table
//! beside it. It has no style of its own: lines take the colour of the text, so it fits every scheme.

use std::fmt::Write;

use askama::Template;

/// The drawing's field, in its own units.
const LEFT: f64 = 56.0;
const RIGHT: f64 = 632.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 120.0;
/// At most so many times below it.
const TICKS_MAX: usize = 8;

/// A drawing.
#[derive(Debug, Clone, Template)]
#[template(path = "components/chart.html")]
pub struct Chart {
    /// The id that title and description are found by.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// The most, and when, in words.
    pub about: String,
    /// The line, as a path.
    pub line: String,
    /// The area below it.
    pub area: String,
    /// The top of the scale.
    pub most: String,
    /// Times below: where, and which.
    pub ticks: Vec<(String, String)>,
}

impl askama::filters::HtmlSafe for Chart {}

impl Chart {
    /// Of a figure of every step, with what the step is called below it; the scale ends at `top`, or at the largest value. A
    /// step that is still to come has no value, and the line ends before it.
    #[must_use]
    pub fn of<T>(
        id: String,
        (title, about): (String, String),
        steps: &[T],
        (from, value): (impl Fn(&T) -> String, impl Fn(&T) -> Option<f64>),
        top: Option<(f64, &str)>,
    ) -> Self {
        let largest = steps.iter().filter_map(&value).fold(0.0, f64::max);
        let (scale, most) =
            top.map_or((largest.max(1.0), figure(largest.max(1.0))), |(top, text)| (top, text.to_owned()));
        let across = |at: usize| LEFT + (RIGHT - LEFT) * at as f64 / steps.len().max(1) as f64;
        let up = |value: f64| BOTTOM - (BOTTOM - TOP) * (value / scale).min(1.0);
        let mut line = String::new();
        for (at, value) in steps.iter().map_while(&value).enumerate() {
            let (y, begin) = (up(value), if at == 0 { "M" } else { "L" });
            // Writing to a string cannot fail.
            let _ = write!(line, "{begin}{:.1} {y:.1}H{:.1}", across(at), across(at + 1));
        }
        let area = if line.is_empty() { String::new() } else { format!("{line}V{BOTTOM}H{LEFT}Z") };
        let apart = steps.len().div_ceil(TICKS_MAX).max(1);
        let ticks = steps.iter().enumerate().step_by(apart);
        let ticks = ticks.map(|(at, step)| (format!("{:.1}", across(at)), from(step))).collect();
        Chart { id, title, about, line, area, most, ticks }
    }
}

/// Without decimals where there are none.
fn figure(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    rounded.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_step_for_every_quarter_and_touches_the_top_at_its_most() {
        let day: Vec<u32> = (0..20).collect();
        let chart = Chart::of(
            "x".into(),
            ("t".into(), "a".into()),
            &day,
            (u32::to_string, |at: &u32| Some(f64::from(*at))),
            None,
        );
        assert_eq!(chart.line.matches('H').count(), 20);
        assert!(chart.line.starts_with("M56.0 120.0H") && chart.line.ends_with("12.0H632.0"), "{}", chart.line);
        assert_eq!((chart.most.as_str(), chart.ticks.len()), ("19", 7));
        let html = chart.render().unwrap();
        assert!(html.contains("role=\"img\"") && html.contains("<title id=\"x-title\">t</title>"));
    }

    #[test]
    fn what_is_still_to_come_is_not_drawn_as_nothing() {
        let so_far = |at: &u32| (*at < 6).then_some(1.0);
        let chart = Chart::of("x".into(), (String::new(), String::new()), &[0, 6, 7], (u32::to_string, so_far), None);
        assert_eq!((chart.line.as_str(), chart.ticks.len()), ("M56.0 12.0H248.0", 3));
        assert_eq!(chart.area, "M56.0 12.0H248.0V120H56Z");
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        let chart =
            Chart::of("x".into(), (String::new(), String::new()), &[], (u32::to_string, |_: &u32| Some(1.0)), None);
        assert_eq!((chart.line.as_str(), chart.area.as_str()), ("", ""));
    }
}
