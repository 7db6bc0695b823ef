//! What a person is told of their own samples, in kind words: where the newest is, and what it says once it is final. Only after
//! they have proven who they are; never in the pass, never in a log.

use pratique_core::journey::sample::State;
use pratique_core::journey::{Journey, Sample, test};
use serde_json::{Value, json};

use crate::words::Words;

/// One sample as its person is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSample {
    /// A stable name (`own-sample-NAME` in `locales`).
    pub state: &'static str,
    /// The result's stable name, once it is final.
    pub result: Option<&'static str>,
    /// What it means and what happens next.
    pub text: String,
}

/// The newest sample; nothing if none was ordered.
#[must_use]
pub fn newest(journey: &Journey, words: Words) -> Option<OwnSample> {
    let sample = journey.samples.last()?;
    let result = test::result_of(sample).map(|result| result.name());
    let state = if result.is_some() { "result" } else { told(sample) };
    // shows: own-result-{positive, negative, inconclusive, invalid}
    // shows: own-sample-{to-be-taken, not-taken, on-its-way, in-laboratory, again}
    let text = match result {
        Some(result) => words.t(&format!("own-result-{result}")),
        None => words.t(&format!("own-sample-{state}")),
    };
    Some(OwnSample { state, result, text })
}

/// A tube that is looked for is on its way as far as its person can do anything about it.
fn told(sample: &Sample) -> &'static str {
    match &sample.state {
        State::Ordered | State::Labelled(_) => "to-be-taken",
        State::NotSampled { .. } => "not-taken",
        State::Collected(_) | State::Sent { .. } | State::Missing { .. } => "on-its-way",
        State::Received { .. } => "in-laboratory",
        State::Rejected { .. } | State::Lost { .. } => "again",
    }
}

/// As the API shows it.
#[must_use]
pub fn view(journey: &Journey, words: Words) -> Value {
    match newest(journey, words) {
        None => Value::Null,
        Some(own) => json!({ "state": own.state, "result": own.result, "text": own.text }),
    }
}
