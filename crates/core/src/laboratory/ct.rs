//! A threshold cycle: the cycle at which a target's signal first stands out (MIQE guidelines, Bustin et al. 2009, where it is
//! called Cq). Kept in hundredths, so that two readings of one file are equal and a cut-off is one number and not two.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A threshold cycle, 0 to 100, in hundredths of a cycle.
///
/// ```
/// use pratique_core::laboratory::Ct;
/// assert_eq!("23.4567".parse::<Ct>().unwrap().to_string(), "23.46");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Ct(u16);

/// A text or a number is no cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a threshold cycle is a number from 0 to 100, as in 23.46")]
pub struct BadCt;

impl TryFrom<f64> for Ct {
    type Error = BadCt;

    fn try_from(cycles: f64) -> Result<Self, BadCt> {
        if (0.0..=100.0).contains(&cycles) { Ok(Ct((cycles * 100.0).round() as u16)) } else { Err(BadCt) }
    }
}

impl From<Ct> for f64 {
    fn from(ct: Ct) -> f64 {
        f64::from(ct.0) / 100.0
    }
}

impl fmt::Display for Ct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl FromStr for Ct {
    type Err = BadCt;

    /// Digits with at most one point: no sign, no exponent, no decimal comma, which would be a thousand's elsewhere.
    fn from_str(text: &str) -> Result<Self, BadCt> {
        let text = text.trim();
        let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && text.bytes().any(|b| b.is_ascii_digit());
        if !plain || text.len() > 32 {
            return Err(BadCt);
        }
        text.parse::<f64>().map_err(|_| BadCt)?.try_into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_cycle_is_refused() {
        for text in ["", ".", "NaN", "inf", "-1", "1e3", "23,4", "100.01", "1.2.3", "Undetermined"] {
            assert_eq!(text.parse::<Ct>(), Err(BadCt), "{text}");
        }
        assert_eq!(Ct::try_from(f64::NAN), Err(BadCt));
    }

    proptest! {
        #[test]
        fn a_cycle_is_read_back(hundredths in 0u16..=10_000) {
            let ct = Ct(hundredths);
            prop_assert_eq!(ct.to_string().parse(), Ok(ct));
            let json = serde_json::to_string(&ct).unwrap();
            prop_assert_eq!(serde_json::from_str::<Ct>(&json).unwrap(), ct);
        }
    }
}
