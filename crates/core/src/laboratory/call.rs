//! What a well says, by its assay's cut-offs; and what the three controls say of the whole plate (journey.md 6.1; CLSI MM03).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::plate::Control;
use super::{Assay, Ct};
use crate::journey::TestResult;

/// The cycles of one well, by channel; `None` where no signal stood out.
pub type Cycles = BTreeMap<String, Option<Ct>>;

/// Reads one specimen's well.
///
/// Enough targets make a positive, also without the internal control, which a strong positive holds down. Some but too few,
/// or one in the grey zone, is inconclusive. None is a negative only if the internal control shows that there was a specimen;
/// else the test says nothing.
#[must_use]
pub fn call(assay: &Assay, cycles: &Cycles) -> TestResult {
    let seen = |id: &str| cycles.get(id).copied().flatten();
    let detected = assay.targets.iter().filter(|t| seen(&t.id).is_some_and(|ct| ct <= t.ct_max)).count();
    let grey = assay
        .targets
        .iter()
        .any(|t| seen(&t.id).is_some_and(|ct| ct > t.ct_max && t.grey_max.is_some_and(|grey| ct <= grey)));
    match detected {
        n if n >= usize::from(assay.detected_min) => TestResult::Positive,
        0 if !grey => match seen(&assay.internal.id) {
            Some(ct) if ct <= assay.internal.ct_max => TestResult::Negative,
            _ => TestResult::Invalid,
        },
        _ => TestResult::Inconclusive,
    }
}

/// What a control shows that it must not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlFault {
    /// Which control.
    pub control: Control,
    /// Which channel.
    pub channel: String,
    /// What is wrong: `missing`, `early`, `late`, `amplified`.
    pub why: ControlWhy,
}

/// What is wrong with a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ControlWhy {
    /// No signal where there must be one.
    Missing,
    /// Earlier than it can be.
    Early,
    /// Later than it may be.
    Late,
    /// A signal where there must be none: something got into the plate.
    Amplified,
}

impl ControlWhy {
    /// The stable name (`control-NAME` in `locales`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ControlWhy::Missing => "missing",
            ControlWhy::Early => "early",
            ControlWhy::Late => "late",
            ControlWhy::Amplified => "amplified",
        }
    }
}

/// What is wrong with one control; nothing if it shows what it must.
#[must_use]
pub fn control_faults(assay: &Assay, control: Control, cycles: &Cycles) -> Vec<ControlFault> {
    let seen = |id: &str| cycles.get(id).copied().flatten();
    let fault = |channel: &str, why| ControlFault { control, channel: channel.to_owned(), why };
    let internal = &assay.internal;
    match control {
        Control::Positive => {
            let range = &assay.positive_control;
            let judge = |id: &str| match seen(id) {
                None => Some(fault(id, ControlWhy::Missing)),
                Some(ct) if ct < range.ct_min => Some(fault(id, ControlWhy::Early)),
                Some(ct) if ct > range.ct_max => Some(fault(id, ControlWhy::Late)),
                Some(_) => None,
            };
            assay.targets.iter().filter_map(|t| judge(&t.id)).collect()
        }
        Control::Extraction => {
            let mut faults: Vec<_> = amplified(assay, cycles).map(|id| fault(id, ControlWhy::Amplified)).collect();
            if internal.in_extraction_control {
                match seen(&internal.id) {
                    None => faults.push(fault(&internal.id, ControlWhy::Missing)),
                    Some(ct) if ct > internal.ct_max => faults.push(fault(&internal.id, ControlWhy::Late)),
                    Some(_) => {}
                }
            }
            faults
        }
        Control::NoTemplate => {
            let mut faults: Vec<_> = amplified(assay, cycles).map(|id| fault(id, ControlWhy::Amplified)).collect();
            if seen(&internal.id).is_some() {
                faults.push(fault(&internal.id, ControlWhy::Amplified));
            }
            faults
        }
    }
}

/// In a well without a specimen any signal of a target is one too many, however late.
fn amplified<'a>(assay: &'a Assay, cycles: &'a Cycles) -> impl Iterator<Item = &'a str> {
    assay.targets.iter().map(|t| t.id.as_str()).filter(|id| cycles.get(*id).copied().flatten().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::laboratory::assay::tests::assay;
    use proptest::prelude::*;

    fn cycles(a: Option<f64>, b: Option<f64>, internal: Option<f64>) -> Cycles {
        let ct = |x: Option<f64>| x.map(|x| Ct::try_from(x).unwrap());
        [("A", a), ("B", b), ("IC", internal)].into_iter().map(|(id, x)| (id.to_owned(), ct(x))).collect()
    }

    #[test]
    fn each_well_says_what_its_cut_offs_say() {
        use TestResult::{Inconclusive, Invalid, Negative, Positive};
        for (a, b, internal, said) in [
            (Some(25.0), Some(26.0), Some(28.0), Positive),
            (Some(12.0), Some(12.5), None, Positive),
            (Some(37.0), Some(37.0), Some(30.0), Positive),
            (Some(37.01), Some(37.0), Some(30.0), Inconclusive),
            (Some(25.0), None, Some(28.0), Inconclusive),
            (Some(25.0), None, None, Inconclusive),
            (Some(38.5), None, Some(28.0), Inconclusive),
            (Some(40.01), None, Some(28.0), Negative),
            (None, Some(38.5), Some(28.0), Negative),
            (None, None, Some(35.0), Negative),
            (None, None, Some(35.01), Invalid),
            (None, None, None, Invalid),
        ] {
            assert_eq!(call(&assay(), &cycles(a, b, internal)), said, "{a:?} {b:?} {internal:?}");
        }
    }

    #[test]
    fn each_control_must_show_what_it_is_for() {
        let why = |control, cycles: &Cycles| {
            control_faults(&assay(), control, cycles).into_iter().map(|f| (f.channel, f.why)).collect::<Vec<_>>()
        };
        let one = |channel: &str, why| vec![(channel.to_owned(), why)];
        assert_eq!(why(Control::Positive, &cycles(Some(25.0), Some(26.0), None)), []);
        assert_eq!(why(Control::Positive, &cycles(Some(25.0), None, None)), one("B", ControlWhy::Missing));
        assert_eq!(why(Control::Positive, &cycles(Some(19.9), Some(26.0), None)), one("A", ControlWhy::Early));
        assert_eq!(why(Control::Positive, &cycles(Some(25.0), Some(32.1), None)), one("B", ControlWhy::Late));
        assert_eq!(why(Control::Extraction, &cycles(None, None, None)), []);
        assert_eq!(why(Control::Extraction, &cycles(Some(39.9), None, None)), one("A", ControlWhy::Amplified));
        assert_eq!(why(Control::NoTemplate, &cycles(None, None, None)), []);
        assert_eq!(why(Control::NoTemplate, &cycles(None, None, Some(34.0))), one("IC", ControlWhy::Amplified));
        let mut added = assay();
        added.internal.in_extraction_control = true;
        let faults = control_faults(&added, Control::Extraction, &cycles(None, None, None));
        assert_eq!(faults[0].why, ControlWhy::Missing);
    }

    proptest! {
        /// Whatever an instrument says, nobody is negative without a specimen shown, and nobody positive without a target.
        #[test]
        fn no_reading_is_believed_for_more_than_it_shows(
            a in proptest::option::of(0.0..45.0f64), b in proptest::option::of(0.0..45.0f64), internal in proptest::option::of(0.0..45.0f64),
        ) {
            let read = cycles(a, b, internal);
            match call(&assay(), &read) {
                TestResult::Negative => prop_assert!(internal.is_some_and(|ct| ct < 35.01)),
                TestResult::Positive => prop_assert!(a.is_some() && b.is_some()),
                TestResult::Inconclusive => prop_assert!(a.is_some() || b.is_some()),
                TestResult::Invalid => prop_assert!(!internal.is_some_and(|ct| ct <= 35.0)),
            }
        }

        /// More of a target never makes a test say less of it.
        #[test]
        fn an_earlier_cycle_never_turns_a_positive(a in 1.0..37.0f64, b in 1.0..37.0f64, earlier in 0.0..1.0f64) {
            let read = |a, b| call(&assay(), &cycles(Some(a), Some(b), Some(28.0)));
            prop_assert_eq!(read(a, b), TestResult::Positive);
            prop_assert_eq!(read(a * earlier, b), TestResult::Positive);
        }
    }
}
