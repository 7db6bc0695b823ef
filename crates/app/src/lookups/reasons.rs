//! Reasons in words: notices, the rules that hit, refusals with their figures.

use pratique_core::journey::advice::Advice;
use pratique_core::journey::{Journey, ReasonRef, Refusal};
use pratique_core::rules::Tier;

use crate::app::App;
use crate::verdict::{JudgedBy, ReasonAnswer};
use crate::words::Words;

/// How the ids of our own reasons begin, which are no pack's.
const OWN: &str = "pratique:";

/// Notices and rules, weightiest first.
pub fn all<'a>(
    app: &App,
    notices: impl Iterator<Item = (&'a str, Advice)>,
    journey: Option<&Journey>,
    language: &str,
) -> Vec<ReasonAnswer> {
    let words = Words::of(language);
    // The tier speaks through its rules.
    let mut reasons: Vec<ReasonAnswer> = notices
        .filter(|(code, _)| *code != "tier")
        .map(|(code, advice)| ReasonAnswer {
            kind: "notice".to_owned(),
            code: code.to_owned(),
            advice,
            text: words.t(&format!("notice-{code}")),
        })
        .collect();
    reasons.extend(journey.map(|j| rules(app, j, language)).unwrap_or_default());
    reasons.sort_by_key(|r| std::cmp::Reverse(r.advice));
    reasons
}

/// The rules that hit, in the words of the pack that judged, our own reasons in ours; of a pack that is gone, their ids.
#[must_use]
pub fn rules(app: &App, journey: &Journey, language: &str) -> Vec<ReasonAnswer> {
    let Some(standing) = journey.triage.standing() else { return Vec::new() };
    let (pack, words) = (app.house.pack(&standing.input.pack), Words::of(language));
    let text = |rule: &str| {
        let known = pack.and_then(|p| p.pack.rules.rules.iter().find(|r| r.id == rule));
        let own = || rule.strip_prefix(OWN).and_then(|own| words.find(&format!("reason-{own}"), &[]));
        known.map(|r| r.reason.get(language).to_owned()).or_else(own).unwrap_or_else(|| rule.to_owned())
    };
    let reason = |r: &ReasonRef| {
        // Our own reasons stand in clear: they say nothing of anybody's health. A pack's rule is a token.
        let rule =
            if r.rule.starts_with(OWN) { Some(r.rule.as_str()) } else { app.reason_key.open(&app.house, &r.rule) };
        let (code, text) = match rule {
            Some(rule) => (rule.to_owned(), text(rule)),
            None => ("gone".to_owned(), words.t("reason-gone")),
        };
        let advice = if r.tier == Tier::Green { Advice::Clear } else { Advice::Refer };
        ReasonAnswer { kind: "rule".to_owned(), code, advice, text }
    };
    standing.input.reasons.iter().map(reason).collect()
}

/// The versions of the rules and of the pack that gave the tier and its reasons.
#[must_use]
pub fn judged_by(journey: &Journey) -> Option<JudgedBy> {
    let input = &journey.triage.standing()?.input;
    Some(JudgedBy { rules: input.rules.clone(), pack: input.pack.clone() })
}

/// The same in words.
#[must_use]
pub fn judged(judged_by: &JudgedBy, words: Words) -> String {
    let JudgedBy { rules, pack } = judged_by;
    let (pack, version) = pack.split_once('@').unwrap_or((pack, ""));
    words.with("judged-by", &[("rules", rules), ("pack", pack), ("version", version)])
}

/// A refusal in words, with its figures: where and when a pass was used, from when on one can confirm.
#[must_use]
pub fn refusal(refusal: &Refusal, words: Words) -> String {
    let key = format!("refusal-{}", refusal.code());
    match refusal {
        Refusal::UsedUp(used) => {
            let at = used.at.to_string();
            words.with(&key, &[("station", &used.station), ("at", &at), ("by", &used.by)])
        }
        Refusal::TooEarly { counts_from } => words.with(&key, &[("from", &counts_from.to_string())]),
        Refusal::KeptUntil { until } => words.with(&key, &[("until", &until.to_string())]),
        _ => words.t(&key),
    }
}

#[cfg(test)]
mod tests {
    use pratique_core::journey::Elsewhere;
    use pratique_core::journey::triage::CHANGED_ANSWERS;
    use pratique_core::rules::CUT;

    use super::*;

    #[test]
    fn our_own_reasons_have_words_in_every_language() {
        for (tag, _) in Words::languages() {
            let against = Elsewhere::ALL.map(Refusal::Elsewhere);
            for refused in against.iter().chain([&Refusal::ScanTooOld]) {
                assert!(!refusal(refused, Words::of(tag)).contains('\u{27e6}'), "{tag}: {refused}");
            }
            for id in [CUT, CHANGED_ANSWERS] {
                let own = id.strip_prefix(OWN).unwrap();
                assert!(Words::of(tag).find(&format!("reason-{own}"), &[]).is_some(), "{tag}: {id}");
            }
        }
    }
}
