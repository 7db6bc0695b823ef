//! How long one person takes, as a distribution that a planner can give by two figures: the mean, and how much it varies.

use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1, Gamma, LogNormal};
use serde::{Deserialize, Serialize};

use super::clock::SECOND_MS;
use super::scenario::BadScenario;

/// The shape of a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Always the mean.
    Fixed,
    /// Memoryless; varies by as much as its mean. What the textbook formulas assume.
    Exponential,
    /// Skewed with a long tail: most are quick, a few take long. What desks look like.
    #[default]
    Lognormal,
    /// Skewed with a shorter tail.
    Gamma,
}

/// A distribution of times.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its shape.
    #[serde(default)]
    pub shape: Shape,
    /// Mean, in seconds.
    pub mean_s: f64,
    /// Standard deviation over mean; only for `lognormal` and `gamma`.
    #[serde(default = "half")]
    pub cv: f64,
}

fn half() -> f64 {
    0.5
}

/// The longest mean that is taken: six hours.
const MEAN_S_MAX: f64 = 21_600.0;

impl Service {
    /// Is it one that can be drawn from?
    ///
    /// # Errors
    /// [`BadScenario`], naming the field under `field`.
    pub fn check(&self, field: &str) -> Result<(), BadScenario> {
        if !(0.0..=MEAN_S_MAX).contains(&self.mean_s) {
            let why = format!("{} is no mean time; write seconds from 0 to {MEAN_S_MAX}", self.mean_s);
            return Err(BadScenario::at(format!("{field}.mean_s"), why));
        }
        if !(0.01..=5.0).contains(&self.cv) {
            let why = format!("{} does not fit; write the standard deviation over the mean, from 0.01 to 5", self.cv);
            return Err(BadScenario::at(format!("{field}.cv"), why));
        }
        Ok(())
    }

    /// One time, in milliseconds.
    #[must_use]
    pub fn draw_ms(&self, rng: &mut ChaCha8Rng) -> i64 {
        (self.draw_s(rng) * SECOND_MS as f64).round() as i64
    }

    fn draw_s(&self, rng: &mut ChaCha8Rng) -> f64 {
        let (mean, square) = (self.mean_s, self.cv * self.cv);
        if mean <= 0.0 {
            return 0.0;
        }
        let drawn = match self.shape {
            Shape::Fixed => None,
            Shape::Exponential => Some(mean * <Exp1 as Distribution<f64>>::sample(&Exp1, rng)),
            // Mean and variance of the logarithm, by the moments (Law, Simulation Modeling and Analysis, 6.2.2).
            Shape::Lognormal => {
                let sigma_square = square.ln_1p();
                LogNormal::new(mean.ln() - sigma_square / 2.0, sigma_square.sqrt()).ok().map(|of| of.sample(rng))
            }
            Shape::Gamma => Gamma::new(1.0 / square, mean * square).ok().map(|of| of.sample(rng)),
        };
        drawn.unwrap_or(mean)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn every_shape_has_the_mean_and_the_spread_that_it_was_given() {
        let mut rng = ChaCha8Rng::seed_from_u64(7);
        for (shape, cv, expected_cv) in [
            (Shape::Fixed, 0.5, 0.0),
            (Shape::Exponential, 0.5, 1.0),
            (Shape::Lognormal, 0.8, 0.8),
            (Shape::Gamma, 0.3, 0.3),
        ] {
            let service = Service { shape, mean_s: 480.0, cv };
            let drawn: Vec<f64> = (0..40_000).map(|_| service.draw_ms(&mut rng) as f64 / 1_000.0).collect();
            let mean = drawn.iter().sum::<f64>() / drawn.len() as f64;
            let variance = drawn.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / drawn.len() as f64;
            assert!((mean - 480.0).abs() < 8.0, "{shape:?}: mean {mean}");
            assert!((variance.sqrt() / mean - expected_cv).abs() < 0.03, "{shape:?}: {}", variance.sqrt() / mean);
        }
    }

    #[test]
    fn what_cannot_be_drawn_from_is_named() {
        let service = |mean_s, cv| Service { shape: Shape::Gamma, mean_s, cv };
        assert_eq!(service(-1.0, 0.5).check("lane.service").unwrap_err().field, "lane.service.mean_s");
        assert_eq!(service(f64::NAN, 0.5).check("lane.service").unwrap_err().field, "lane.service.mean_s");
        assert_eq!(service(9.0, 0.0).check("lane.service").unwrap_err().field, "lane.service.cv");
        assert!(service(0.0, 0.5).check("x").is_ok());
    }
}
