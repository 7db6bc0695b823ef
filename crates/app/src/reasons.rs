//! Which rules hit, as a journey keeps it: a rule's id is health data ("fever"), so the row and the events hold an opaque token
//! in its place (security.md 2.6). A token is 8 random bytes of the journey's own and the first 8 bytes of a keyed hash over
//! them and the rule's id. The key is derived from the root key, outside the database; and because each journey has random bytes
//! of its own, the same rule looks different for two people, so that a stolen database cannot even be counted.
//!
//! Whoever holds the key reads a token by hashing every rule of the packs: a few dozen hashes, no read of the store. Within one
//! journey the same rule keeps its token, which is how the core knows a new reason from an old one.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use pratique_core::journey::{ReasonRef, TriageInput};
use pratique_core::rules::{Assessment, CUT};

use crate::app::App;
use crate::house::House;
use crate::keys::Root;
use crate::rng::Rng;

/// Bytes of a token that are random, and bytes of it that are the hash.
const HALF: usize = 8;

/// The key of the tokens.
#[derive(Debug)]
pub struct ReasonKey(hmac::Key);

impl ReasonKey {
    /// The key of this root.
    #[must_use]
    pub fn of(root: &Root) -> Self {
        ReasonKey(hmac::Key::new(hmac::HMAC_SHA256, &root.derive("reason tokens")))
    }

    /// The reasons of an assessment as the journey keeps them. `before` is what it kept so far: its random bytes stay.
    #[must_use]
    pub fn seal(&self, rng: &Rng, assessment: &Assessment, before: Option<&TriageInput>) -> Vec<ReasonRef> {
        let own = before.and_then(|input| input.reasons.iter().find_map(|r| read(&r.rule))).map(|(salt, _)| salt);
        let salt = own.unwrap_or_else(|| rng.bytes());
        let token = |rule: &str| BASE64_URL_SAFE_NO_PAD.encode([salt, self.hash(&salt, rule)].concat());
        assessment.reasons.iter().map(|r| ReasonRef { rule: token(&r.rule), tier: r.tier }).collect()
    }

    /// The id of the rule behind a token, if a pack of this house has it.
    #[must_use]
    pub fn open<'h>(&self, house: &'h House, token: &str) -> Option<&'h str> {
        let (salt, hash) = read(token)?;
        let ids = house.packs().flat_map(|pack| &pack.pack.rules.rules).map(|rule| rule.id.as_str());
        std::iter::once(CUT).chain(ids).find(|id| self.hash(&salt, id) == hash)
    }

    fn hash(&self, salt: &[u8; HALF], rule: &str) -> [u8; HALF] {
        let mut cut = [0; HALF];
        cut.copy_from_slice(&hmac::sign(&self.0, &[salt.as_slice(), rule.as_bytes()].concat()).as_ref()[..HALF]);
        cut
    }
}

fn read(token: &str) -> Option<([u8; HALF], [u8; HALF])> {
    let bytes: [u8; 2 * HALF] = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()?;
    let (salt, hash) = bytes.split_first_chunk::<HALF>()?;
    Some((*salt, hash.try_into().ok()?))
}

/// What the journey keeps of an assessment. `before` is what it kept of the last one.
#[must_use]
pub fn triage(app: &App, assessment: &Assessment, before: Option<&TriageInput>) -> TriageInput {
    TriageInput {
        tier: assessment.tier,
        reasons: app.reason_key.seal(&app.rng, assessment, before),
        rules: assessment.rules_version.clone(),
        pack: format!("{}@{}", assessment.pack.id, assessment.pack.version),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pratique_core::language::Text;
    use pratique_core::rules::{PackVersion, Reason, Tier};

    fn assessment(rules: &[&str]) -> Assessment {
        let reason = |rule: &&str| Reason { rule: (*rule).to_owned(), tier: Tier::Red, text: Text::default() };
        Assessment {
            tier: Tier::Red,
            reasons: rules.iter().map(reason).collect(),
            rules_version: "1".into(),
            pack: PackVersion { id: "respiratory".into(), version: "1".into() },
        }
    }

    #[test]
    fn a_rule_keeps_its_token_in_one_journey_and_has_another_in_the_next() {
        let (house, rng) = (House::built_in().unwrap(), Rng::repeatable(1));
        let key = ReasonKey::of(&Root::of([1; 32]));
        let input = |before: Option<&TriageInput>, rules: &[&str]| TriageInput {
            tier: Tier::Red,
            reasons: key.seal(&rng, &assessment(rules), before),
            rules: "1".into(),
            pack: "respiratory@1".into(),
        };
        let first = input(None, &["contact-case"]);
        let second = input(Some(&first), &["cluster", "contact-case", CUT]);
        let other = input(None, &["contact-case"]);
        assert_eq!(first.reasons[0], second.reasons[1]);
        assert_ne!(first.reasons[0], other.reasons[0]);
        let opened: Vec<_> = second.reasons.iter().map(|r| key.open(&house, &r.rule)).collect();
        assert_eq!(opened, [Some("cluster"), Some("contact-case"), Some(CUT)]);
        assert_eq!(ReasonKey::of(&Root::of([2; 32])).open(&house, &first.reasons[0].rule), None);
        assert_eq!(key.open(&house, "contact-case"), None);
    }
}
