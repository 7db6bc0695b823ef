//! What queueing theory says of the simplest hall, M/M/c: people who come by chance, `c` posts, memoryless service (Erlang
//! 1917; Kleinrock, Queueing Systems I, 3.5). The model is checked against it, and a plan begins from it.

/// The share of people who have to wait (Erlang's C formula) with `posts` posts at an offered load of `load` Erlang; 1 where
/// the queue grows for ever.
#[must_use]
pub fn waits(posts: u32, load: f64) -> f64 {
    if load >= f64::from(posts) {
        return 1.0;
    }
    // B, the share turned away from a hall without a queue, by its recursion, which neither overflows nor cancels.
    let blocked = (1..=posts).fold(1.0, |blocked, post| load * blocked / (f64::from(post) + load * blocked));
    let posts = f64::from(posts);
    blocked / (1.0 - load / posts * (1.0 - blocked))
}

/// The mean wait in seconds, of all people, those who do not wait too; nothing where the queue grows for ever.
///
/// ```
/// use pratique_core::hall::erlang::mean_wait_s;
/// // One post, half busy: the mean wait is one service (M/M/1).
/// assert_eq!(mean_wait_s(1, 0.5 / 60.0, 60.0), Some(60.0));
/// ```
#[must_use]
pub fn mean_wait_s(posts: u32, per_s: f64, service_s: f64) -> Option<f64> {
    let load = per_s * service_s;
    let spare = f64::from(posts) - load;
    (spare > 0.0).then(|| waits(posts, load) * service_s / spare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_gives_the_values_of_the_tables() {
        // Erlang C at 8 Erlang and 10 posts, and at 20 Erlang and 22 posts (published tables, four places).
        assert!((waits(10, 8.0) - 0.4092).abs() < 5e-5, "{}", waits(10, 8.0));
        assert!((waits(2, 1.0) - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!((waits(3, 3.0), mean_wait_s(3, 3.0, 1.0)), (1.0, None));
    }
}
