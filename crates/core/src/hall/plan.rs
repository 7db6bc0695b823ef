//! What a promise needs: the fewest posts a station with which enough flights have everybody through in time.
//!
//! People carry their service times with them, so one post more never makes anybody's turn at that station later, and the posts
//! of one station can be searched by halving. Between stations that holds for nearly every day and is not proved, so the result
//! is trimmed once more at the end. What no number of posts can mend (the walk, the service itself) is told as such.

use serde::Serialize;

use super::clock::of_minutes;
use super::engine;
use super::interval::{Share, Spread, rounded};
use super::laboratory::Laboratory;
use super::people::{self, Crowd};
use super::posts::Posts;
use super::report::{kept_share, passages, swabs};
use super::scenario::Scenario;
use super::station::Station;

/// What one station needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Need {
    /// Which.
    pub station: Station,
    /// The most posts that the scenario ever opens.
    pub posts_now: u32,
    /// The posts that the promise needs.
    pub posts: u32,
    /// Fewer than this never do, whatever the other stations have.
    pub least: u32,
    /// The share of flights in time with one post less: how near the edge it is.
    pub kept_with_one_less: f64,
}

/// What the laboratory needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InstrumentNeed {
    /// Minutes from swab to result that are promised.
    pub result_within_min: f64,
    /// Instruments now.
    pub instruments_now: u32,
    /// Instruments that the promise needs; the most that help, where it cannot be kept.
    pub instruments: u32,
    /// Whether any number keeps it.
    pub can_be_kept: bool,
    /// The share of results in time with that number.
    pub kept: f64,
}

/// The plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// Flights that land.
    pub flights: usize,
    /// People on them.
    pub people: u64,
    /// Runs.
    pub runs: u32,
    /// The first run's seed.
    pub seed: u64,
    /// The promise: minutes from on block until the last person is through.
    pub within_min: f64,
    /// The share of flights that must keep it.
    pub promised_share: f64,
    /// Whether any number of posts keeps it.
    pub can_be_kept: bool,
    /// The share of flights that keep it with the posts of now.
    pub kept_now: Share,
    /// The same with the posts of the plan; with no queue anywhere, where it cannot be kept.
    pub kept: Share,
    /// Minutes until the last one is through, if there were no queue anywhere: no plan goes below.
    pub without_queues_min: Spread,
    /// The station that bounds: of all, the one that has least to spare, or lacks most, against the posts of now.
    pub bound_by: Option<Station>,
    /// What each station needs.
    pub needs: Vec<Need>,
    /// What the laboratory needs, where something is promised of it.
    pub laboratory: Option<InstrumentNeed>,
}

/// So many posts that nobody waits.
const NO_QUEUE: u32 = u32::MAX;

struct Search<'a> {
    scenario: &'a Scenario,
    crowds: Vec<Crowd>,
}

/// How a set of posts does: the share kept, and how late the others are, over all.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Tried {
    kept: f64,
    late_ms: i64,
}

/// Finds the fewest posts over `runs` seeds from `seed` on.
#[must_use]
pub fn plan(scenario: &Scenario, seed: u64, runs: u32) -> Plan {
    let crowds = (0..runs).map(|nth| people::draw(scenario, seed.wrapping_add(u64::from(nth)))).collect();
    let search = Search { scenario, crowds };
    let share = scenario.promise.share;
    let free = search.through(&[NO_QUEUE; 4].map(Posts::always));
    let best = kept_share(&free, scenario.within_ms());
    let posts = (best >= share).then(|| search.fewest());
    let needs = posts.as_ref().map(|(least, posts)| search.needs(least, posts)).unwrap_or_default();
    let kept = posts.as_ref().map_or(best, |(_, posts)| search.tried(posts).kept);
    let final_posts = posts.map_or([NO_QUEUE; 4], |(_, posts)| posts);
    let seen = |share| Share::seen(share, runs as usize);
    Plan {
        flights: scenario.landings.len(),
        people: scenario.passengers(),
        runs,
        seed,
        within_min: scenario.promise.within_min,
        promised_share: share,
        can_be_kept: best >= share,
        kept_now: seen(kept_share(&search.through(&scenario.posts()), scenario.within_ms())),
        kept: seen(kept),
        without_queues_min: Spread::of_minutes(free),
        bound_by: bound_by(&needs),
        needs,
        laboratory: search.laboratory(&final_posts),
    }
}

fn bound_by(needs: &[Need]) -> Option<Station> {
    let strain = |need: &Need| f64::from(need.posts) / f64::from(need.posts_now.max(1));
    needs.iter().max_by(|a, b| strain(a).total_cmp(&strain(b))).map(|need| need.station)
}

impl Search<'_> {
    /// How long each flight of each run takes.
    fn through(&self, posts: &[Posts; 4]) -> Vec<i64> {
        let of = |crowd: &Crowd| passages(crowd, &engine::run(&crowd.people, posts));
        self.crowds.iter().flat_map(of).flatten().map(|passage| passage.through_ms).collect()
    }

    fn tried(&self, posts: &[u32; 4]) -> Tried {
        let (through, within) = (self.through(&posts.map(Posts::always)), self.scenario.within_ms());
        let late_ms = through.iter().map(|through| (through - within).max(0)).sum();
        Tried { kept: kept_share(&through, within), late_ms }
    }

    fn keeps(&self, posts: &[u32; 4]) -> bool {
        self.tried(posts).kept >= self.scenario.promise.share
    }

    /// The least of each station alone, and the fewest together.
    fn fewest(&self) -> ([u32; 4], [u32; 4]) {
        let peaks = self.peaks();
        let least = Station::ALL.map(|station| self.least(station.index(), &peaks));
        let mut posts = least;
        let mut now = self.tried(&posts);
        while now.kept < self.scenario.promise.share {
            let more = (0..4).filter(|at| posts[*at] < peaks[*at]).map(|at| with(&posts, at, posts[at] + 1));
            let tried = more.map(|posts| (self.tried(&posts), posts));
            let better =
                |a: &(Tried, _), b: &(Tried, _)| a.0.kept.total_cmp(&b.0.kept).then(b.0.late_ms.cmp(&a.0.late_ms));
            match tried.max_by(better) {
                Some((tried, more)) => (now, posts) = (tried, more),
                None => break,
            }
        }
        (least, self.exchanged(self.trimmed(posts, &least), &least, &peaks))
    }

    /// Without the posts that the promise does not need, station by station.
    fn trimmed(&self, mut posts: [u32; 4], least: &[u32; 4]) -> [u32; 4] {
        for at in 0..4 {
            while posts[at] > least[at] && self.keeps(&with(&posts, at, posts[at] - 1)) {
                posts[at] -= 1;
            }
        }
        posts
    }

    /// One post more at one station, as long as it spares two or more at others: the way here went by the nearest step, which
    /// is not always the shortest way.
    fn exchanged(&self, mut posts: [u32; 4], least: &[u32; 4], peaks: &[u32; 4]) -> [u32; 4] {
        let sum = |posts: &[u32; 4]| posts.iter().sum::<u32>();
        loop {
            let more = (0..4).filter(|at| posts[*at] < peaks[*at]).map(|at| with(&posts, at, posts[at] + 1));
            let best = more.map(|more| self.trimmed(more, least)).min_by_key(sum);
            match best.filter(|best| sum(best) < sum(&posts)) {
                Some(best) => posts = best,
                None => return posts,
            }
        }
    }

    /// The most people at work at each station at once, if nobody has to wait: more posts than that stand idle.
    fn peaks(&self) -> [u32; 4] {
        let mut peaks = [0; 4];
        for crowd in &self.crowds {
            let day = engine::run(&crowd.people, &[NO_QUEUE; 4].map(Posts::always));
            for station in Station::ALL {
                let visits = day.visits.iter().filter(|visit| visit.station == station);
                let mut steps: Vec<(i64, i32)> =
                    visits.flat_map(|visit| [(visit.came_ms, 1), (visit.ended_ms.unwrap_or(i64::MAX), -1)]).collect();
                steps.sort_unstable();
                let mut busy = 0;
                let most = steps.iter().map(|(_, step)| {
                    busy += step;
                    busy
                });
                let peak = most.max().unwrap_or(0).unsigned_abs();
                peaks[station.index()] = peak.max(peaks[station.index()]);
            }
        }
        peaks
    }

    /// The fewest posts of one station while no other has a queue.
    fn least(&self, at: usize, peaks: &[u32; 4]) -> u32 {
        let (mut low, mut high) = (u32::from(peaks[at] > 0), peaks[at]);
        while low < high {
            let middle = low.midpoint(high);
            if self.keeps(&with(&[NO_QUEUE; 4], at, middle)) { high = middle } else { low = middle + 1 }
        }
        low
    }

    fn needs(&self, least: &[u32; 4], posts: &[u32; 4]) -> Vec<Need> {
        let need = |station: Station| {
            let at = station.index();
            let fewer = posts[at].checked_sub(1);
            Need {
                station,
                posts_now: self.scenario.desk(station).posts.most(),
                posts: posts[at],
                least: least[at],
                kept_with_one_less: fewer.map_or(1.0, |fewer| rounded(self.tried(&with(posts, at, fewer)).kept)),
            }
        };
        Station::ALL.map(need).to_vec()
    }

    fn laboratory(&self, posts: &[u32; 4]) -> Option<InstrumentNeed> {
        let (laboratory, promised) = (self.scenario.laboratory?, self.scenario.promise.result_within_min?);
        let posts = posts.map(Posts::always);
        let swabs_of = |crowd: &Crowd| swabs(crowd, &engine::run(&crowd.people, &posts));
        let days: Vec<Vec<i64>> =
            self.crowds.iter().map(|crowd| swabs_of(crowd).into_iter().map(|(at, _)| at).collect()).collect();
        let kept = |instruments: u32| in_time(&Laboratory { instruments, ..laboratory }, &days, of_minutes(promised));
        let plates = days.iter().map(|day| laboratory.test(day).1.len()).max().unwrap_or(0) as u32;
        // More instruments than plates cannot help.
        let (mut low, mut high) = (1, plates.max(1));
        let can_be_kept = kept(high) >= self.scenario.promise.share;
        while can_be_kept && low < high {
            let middle = low.midpoint(high);
            if kept(middle) >= self.scenario.promise.share { high = middle } else { low = middle + 1 }
        }
        Some(InstrumentNeed {
            result_within_min: promised,
            instruments_now: laboratory.instruments,
            instruments: high,
            can_be_kept,
            kept: rounded(kept(high)),
        })
    }
}

fn with(posts: &[u32; 4], at: usize, count: u32) -> [u32; 4] {
    let mut posts = *posts;
    posts[at] = count;
    posts
}

/// The share of results released in time.
fn in_time(laboratory: &Laboratory, days: &[Vec<i64>], within_ms: i64) -> f64 {
    let all = days.iter().flat_map(|day| laboratory.test(day).0);
    let took: Vec<i64> = all.map(|one| one.result_ms - one.swab_ms).collect();
    kept_share(&took, within_ms)
}
