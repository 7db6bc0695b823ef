//! How many posts of a station are open, by time of day.

use serde::{Deserialize, Serialize};

use super::clock::{DAY_MS, HORIZON_MS, QUARTER_MS, time_of_day};
use super::scenario::BadScenario;

/// More than any hall has.
pub const POSTS_MAX: u32 = 1_000;

/// As a scenario's file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "a number of posts, or a list of shifts as [{ from = \"06:00\", posts = 22 }]")]
pub enum PostsForm {
    /// The same all day.
    Always(u32),
    /// By shift; before the first one of a day the last one goes on.
    Shifts(Vec<Shift>),
}

/// From when on how many are open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Time of day, `06:00`.
    pub from: String,
    /// How many.
    pub posts: u32,
}

/// Open posts by time of day, the same every day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posts(Vec<(i64, u32)>);

impl PostsForm {
    /// Reads it.
    ///
    /// # Errors
    /// [`BadScenario`] at `field`.
    pub fn check(&self, field: &str) -> Result<Posts, BadScenario> {
        let shifts = match self {
            PostsForm::Always(posts) => vec![(0, *posts)],
            PostsForm::Shifts(shifts) => shifts
                .iter()
                .enumerate()
                .map(|(at, shift)| Ok((time_of_day(&shift.from, &format!("{field}[{at}].from"))?, shift.posts)))
                .collect::<Result<Vec<_>, _>>()?,
        };
        if shifts.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
            return Err(BadScenario::at(field, "the shifts must stand in the order of the day, each time once"));
        }
        match shifts.iter().map(|(_, posts)| *posts).max() {
            None | Some(0) => Err(BadScenario::at(field, "at least one post must be open at some time of the day")),
            Some(most) if most > POSTS_MAX => {
                Err(BadScenario::at(field, format!("{most} posts are more than the {POSTS_MAX} that the model takes")))
            }
            Some(_) => Ok(Posts(shifts)),
        }
    }
}

impl Posts {
    /// The same all day.
    #[must_use]
    pub fn always(posts: u32) -> Self {
        Posts(vec![(0, posts)])
    }

    /// How many are open at this instant.
    #[must_use]
    pub fn at(&self, at_ms: i64) -> u32 {
        let time = at_ms.rem_euclid(DAY_MS);
        let running = self.0.iter().rev().find(|(from, _)| *from <= time);
        running.or(self.0.last()).map_or(0, |(_, posts)| *posts)
    }

    /// The most that are ever open.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.0.iter().map(|(_, posts)| *posts).max().unwrap_or(0)
    }

    /// When their number changes, until the model's end.
    pub fn changes(&self) -> impl Iterator<Item = i64> + '_ {
        let days = 0..HORIZON_MS / DAY_MS;
        days.flat_map(|day| self.0.iter().map(move |(from, _)| day * DAY_MS + from)).filter(|_| self.0.len() > 1)
    }

    /// Post-milliseconds open in the quarter of an hour that begins here.
    #[must_use]
    pub fn open_ms(&self, quarter_from_ms: i64) -> i64 {
        let end = quarter_from_ms + QUARTER_MS;
        let inside = self.changes().filter(|at| (quarter_from_ms + 1..end).contains(at));
        let edges: Vec<i64> = std::iter::once(quarter_from_ms).chain(inside).chain([end]).collect();
        edges.windows(2).map(|span| i64::from(self.at(span[0])) * (span[1] - span[0])).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hall::clock::MINUTE_MS;

    fn shifts(of: &[(&str, u32)]) -> Result<Posts, BadScenario> {
        let shift = |(from, posts): &(&str, u32)| Shift { from: (*from).to_owned(), posts: *posts };
        PostsForm::Shifts(of.iter().map(shift).collect()).check("lane.posts")
    }

    #[test]
    fn the_last_shift_goes_on_past_midnight() {
        let posts = shifts(&[("06:00", 20), ("22:05", 8)]).unwrap();
        let at = |hour: i64| posts.at(hour * 60 * MINUTE_MS);
        assert_eq!((at(3), at(6), at(21), at(23), at(27), at(30)), (8, 20, 20, 8, 8, 20));
        assert_eq!(posts.open_ms(22 * 60 * MINUTE_MS), 5 * MINUTE_MS * 20 + 10 * MINUTE_MS * 8);
        assert_eq!((posts.most(), Posts::always(3).at(-1), Posts::always(3).changes().count()), (20, 3, 0));
    }

    #[test]
    fn shifts_that_cannot_be_are_named() {
        assert!(shifts(&[("06:00", 1), ("06:00", 2)]).unwrap_err().why.contains("order of the day"));
        assert!(shifts(&[]).unwrap_err().why.contains("at least one post"));
        assert!(shifts(&[("06:00", 0)]).is_err() && shifts(&[("06:00", 5_000)]).is_err());
        assert_eq!(shifts(&[("6", 1)]).unwrap_err().field, "lane.posts[0].from");
    }
}
