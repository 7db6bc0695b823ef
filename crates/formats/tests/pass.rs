//! The pass, from outside: what is issued verifies, what is altered never does, and nothing personal shows.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at what must not be")]

mod invented_port;

use invented_port::{House, PORT, at, claims, document};
use pratique_formats::pass::{
    self, Algorithm, CHARACTERS_MAX, Claims, Document, DocumentVerdict, NO_DOCUMENT, PassError, Sealed, SealingKey,
    Signer, Tier, Verdict, verify,
};
use pratique_formats::qr::Qr;
use pratique_formats::trust::{Jwk, Trust, TrustFile};
use proptest::prelude::*;

const BOTH: [Algorithm; 2] = [Algorithm::Es256, Algorithm::EdDsa];

#[test]
fn a_pass_says_who_issued_it_and_whose_document_it_belongs_to() {
    for algorithm in BOTH {
        let house = House::new(algorithm);
        let seen = house.verify(&house.issue());
        assert_eq!((seen.verdict, seen.document), (Verdict::Valid, DocumentVerdict::Match));
        assert_eq!(seen.issuer.as_deref(), Some(PORT));
        assert_eq!(seen.tier, Some(Tier::Amber));
        assert_eq!(seen.flight_hash, Some(pass::flight_hash("ca938-2026-11-24-cnpek")));
    }
}

#[test]
fn another_travellers_document_is_a_mismatch_and_no_document_is_unchecked() {
    let house = House::new(Algorithm::Es256);
    let text = house.issue();
    let other = Document { number: "E12345679".into(), ..document() };
    let now = at("2026-11-24T12:00:00Z");
    assert_eq!(verify(&house.trust(), &text, Some(&other), now).document, DocumentVerdict::Mismatch);
    assert_eq!(verify(&house.trust(), &text, None, now).document, DocumentVerdict::Unchecked);
}

#[test]
fn a_pass_issued_without_a_document_is_never_a_mismatch() {
    let house = House::new(Algorithm::Es256);
    let sealed = Sealed { document_tag: NO_DOCUMENT, ..house.sealed() };
    let text = pass::issue(&house.signer, &house.sealing, &claims(), &sealed).unwrap();
    assert_eq!(house.verify(&text).document, DocumentVerdict::Unchecked);
}

#[test]
fn without_an_opening_key_the_pass_is_valid_and_its_sealed_part_stays_shut() {
    let mut house = House::new(Algorithm::Es256);
    let text = house.issue();
    house.file.opening.clear();
    let seen = house.verify(&text);
    assert_eq!((seen.verdict, seen.document, seen.tier), (Verdict::Valid, DocumentVerdict::Unchecked, None));
}

#[test]
fn another_ports_opening_key_of_the_same_id_opens_nothing() {
    let mut house = House::new(Algorithm::Es256);
    let text = house.issue();
    house.file.opening[0].iss = "CNSHA".into();
    assert_eq!(house.verify(&text).tier, None);
}

#[test]
fn a_pass_is_in_date_from_its_first_second_and_not_in_its_last() {
    let house = House::new(Algorithm::EdDsa);
    let text = house.issue();
    let verdict = |when| verify(&house.trust(), &text, None, at(when)).verdict;
    assert_eq!(verdict("2026-11-24T07:59:59.999Z"), Verdict::NotYet);
    assert_eq!(verdict("2026-11-24T08:00:00Z"), Verdict::Valid);
    assert_eq!(verdict("2026-11-26T19:59:59Z"), Verdict::Valid);
    assert_eq!(verdict("2026-11-26T20:00:00Z"), Verdict::Expired);
}

#[test]
fn a_pass_may_become_valid_later_than_it_was_issued() {
    let house = House::new(Algorithm::EdDsa);
    let later = Claims { not_before: Some(at("2026-11-25T00:00:00Z")), ..claims() };
    let text = pass::issue(&house.signer, &house.sealing, &later, &house.sealed()).unwrap();
    assert_eq!(house.verify(&text).verdict, Verdict::NotYet);
    assert_eq!(pass::read(&text).unwrap().claims, later);
}

#[test]
fn a_revoked_key_takes_down_only_what_it_signed_from_then_on() {
    let mut house = House::new(Algorithm::Es256);
    let text = house.issue();
    house.revoke_key("2026-11-24T08:00:01Z");
    assert_eq!(house.verify(&text).verdict, Verdict::Valid);
    house.revoke_key("2026-11-24T08:00:00Z");
    assert_eq!(house.verify(&text).verdict, Verdict::Revoked);
}

#[test]
fn a_revoked_pass_is_revoked_even_when_it_has_expired() {
    let mut house = House::new(Algorithm::Es256);
    let text = house.issue();
    house.file.revoke_pass(&claims().cti);
    let seen = verify(&house.trust(), &text, None, at("2027-01-01T00:00:00Z"));
    assert_eq!(seen.verdict, Verdict::Revoked);
}

#[test]
fn an_unknown_key_is_said_to_be_unknown_and_proves_nothing() {
    let house = House::new(Algorithm::Es256);
    let stranger = Signer::from_seed(Algorithm::Es256, &[1; 32]).unwrap();
    let text = pass::issue(&stranger, &house.sealing, &claims(), &house.sealed()).unwrap();
    let seen = house.verify(&text);
    assert_eq!((seen.verdict, seen.issuer, seen.cti), (Verdict::UnknownIssuer, None, None));
}

#[test]
fn a_key_cannot_sign_for_another_port() {
    let house = House::new(Algorithm::Es256);
    let elsewhere = Claims { issuer: "CNSHA".into(), ..claims() };
    let text = pass::issue(&house.signer, &house.sealing, &elsewhere, &house.sealed()).unwrap();
    assert_eq!(house.verify(&text).verdict, Verdict::Forged);
}

#[test]
fn a_strangers_key_under_a_trusted_id_is_forged() {
    let house = House::new(Algorithm::Es256);
    for algorithm in BOTH {
        let stranger = Signer::from_seed(algorithm, &[1; 32]).unwrap();
        let mut file = TrustFile::new(at("2026-11-24T00:00:00Z"));
        // The trusted file gives the stranger's id to our own key: the id fits, the key (or its algorithm) does not.
        let kid = stranger.kid().to_string();
        file.keys.push(Jwk { kid, ..Jwk::of(PORT, house.signer.verifying_key()) });
        let text = pass::issue(&stranger, &house.sealing, &claims(), &house.sealed()).unwrap();
        let seen = verify(&Trust::of(&file).unwrap(), &text, None, at("2026-11-24T12:00:00Z"));
        assert_eq!(seen.verdict, Verdict::Forged);
    }
}

#[test]
fn a_signature_under_another_algorithms_name_is_forged() {
    let house = House::new(Algorithm::Es256);
    let mut bytes = base45::decode(&house.issue()[4..]).unwrap();
    assert_eq!(bytes[5], 0x26, "the algorithm stands here: -7");
    bytes[5] = 0x27;
    let text = format!("PQ1:{}", base45::encode(bytes));
    assert_eq!(house.verify(&text).verdict, Verdict::Forged);
}

#[test]
fn texts_that_are_no_pass_are_malformed_with_a_reason() {
    let house = House::new(Algorithm::Es256);
    let text = house.issue();
    let with_more = format!("PQ1:{}", base45::encode([base45::decode(&text[4..]).unwrap(), vec![0]].concat()));
    let huge = format!("PQ1:{}", "0".repeat(5000));
    for bad in ["", "PQ1:", "PQ2:ABC", "HC1:6BF", "PQ1:☃☃☃", &text.to_lowercase(), &text[..200], &with_more, &huge]
    {
        let seen = house.verify(bad);
        assert_eq!(seen.verdict, Verdict::Malformed, "{bad}");
        assert!(seen.reason.unwrap().starts_with("this is not a pass: "));
    }
}

#[test]
fn a_scanners_line_end_does_not_matter() {
    let house = House::new(Algorithm::Es256);
    assert_eq!(house.verify(&format!(" {}\r\n", house.issue())).verdict, Verdict::Valid);
}

#[test]
fn a_last_pair_that_stands_for_more_than_a_byte_is_refused_because_it_would_make_two_texts_of_one_pass() {
    // RFC 9285 section 4: the digits, and what a pair of them stands for. Found by fuzzing.
    const DIGITS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    for algorithm in BOTH {
        let house = House::new(algorithm);
        let text = house.issue();
        let (start, pair) = text.split_at(text.len() - 2);
        assert_eq!((start.len() - "PQ1:".len()) % 3, 0, "the last pair stands for one byte");
        let digit = |at: usize| DIGITS.iter().position(|digit| *digit == pair.as_bytes()[at]).unwrap();
        let byte = digit(0) + 45 * digit(1);
        for beyond in (1..).map(|n| byte + 256 * n).take_while(|value| *value < 45 * 45) {
            let other = format!("{start}{}{}", char::from(DIGITS[beyond % 45]), char::from(DIGITS[beyond / 45]));
            assert_eq!(house.verify(&other).verdict, Verdict::Malformed, "{other}");
            assert!(pass::read(&other).is_err());
        }
    }
}

#[test]
fn an_unsigned_header_is_refused_because_it_would_make_two_texts_of_one_pass() {
    let house = House::new(Algorithm::Es256);
    let mut bytes = base45::decode(&house.issue()[4..]).unwrap();
    assert_eq!(bytes[12], 0xa0, "the unprotected header stands here, empty");
    bytes.splice(12..13, [0xa1, 0x04, 0x40]);
    assert_eq!(house.verify(&format!("PQ1:{}", base45::encode(bytes))).verdict, Verdict::Malformed);
}

#[test]
fn claims_that_no_pass_can_carry_are_refused() {
    let house = House::new(Algorithm::Es256);
    let issue = |claims: Claims| pass::issue(&house.signer, &house.sealing, &claims, &house.sealed());
    for claims in [
        Claims { issuer: "Beijing".into(), ..claims() },
        Claims { issuer: "cnpek".into(), ..claims() },
        Claims { issued_at: at("1969-12-31T23:59:59Z"), ..claims() },
        Claims { expires_at: at("2106-02-07T06:28:16Z"), ..claims() },
        Claims { expires_at: claims().issued_at, ..claims() },
        Claims { not_before: Some(claims().expires_at), ..claims() },
    ] {
        assert!(matches!(issue(claims), Err(PassError::BadClaims(_))));
    }
}

#[test]
fn the_answer_in_json_has_the_words_of_the_contract() {
    let house = House::new(Algorithm::Es256);
    let json = serde_json::to_value(house.verify(&house.issue())).unwrap();
    assert_eq!(json["verdict"], "valid");
    assert_eq!(json["document"], "match");
    assert_eq!(json["issued_at"], "2026-11-24T08:00:00Z");
    assert_eq!(json["tier"], "amber");
    assert_eq!(json["cti"], "dHdlbHZlIGJ5dGVz");
    let forged = serde_json::to_value(house.verify("PQ1:")).unwrap();
    assert_eq!((&forged["verdict"], &forged["document"]), (&"malformed".into(), &"unchecked".into()));
}

prop_compose! {
    fn any_claims()(
        issuer in "[A-Z]{2}[A-Z2-9]{3}",
        issued in 0u32..u32::MAX - 1,
        validity in 1u32..,
        not_before in proptest::option::of(any::<u32>()),
        cti: [u8; 12],
    ) -> Claims {
        let second = |second: u32| jiff::Timestamp::from_second(second.into()).unwrap();
        let expires = issued.saturating_add(validity);
        // Either left out or a true difference: a pass carries `nbf` only where it differs from `iat`.
        let not_before = not_before.map(|from| from % expires).filter(|&from| from != issued);
        Claims { issuer, issued_at: second(issued), expires_at: second(expires), not_before: not_before.map(second), cti }
    }
}

prop_compose! {
    fn any_sealed()(document_tag: [u8; 8], tier in 0usize..3, flight_hash: [u8; 4]) -> Sealed {
        Sealed { document_tag, tier: [Tier::Green, Tier::Amber, Tier::Red][tier], flight_hash }
    }
}

fn trust_of(issuer: &str, signer: &Signer) -> Trust {
    let mut file = TrustFile::new(at("2026-11-24T00:00:00Z"));
    file.keys.push(Jwk::of(issuer, signer.verifying_key()));
    Trust::of(&file).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_pass_is_short_reads_back_and_is_valid_in_its_time(
        claims in any_claims(), sealed in any_sealed(), eddsa: bool, seed in 1u8.., id: u8,
    ) {
        let signer = Signer::from_seed(BOTH[usize::from(eddsa)], &[seed; 32]).unwrap_or_else(|_| {
            Signer::from_seed(Algorithm::EdDsa, &[seed; 32]).unwrap()
        });
        let sealing = SealingKey::new(id, [seed; 32], [!seed; 32]).unwrap();
        let text = pass::issue(&signer, &sealing, &claims, &sealed).unwrap();
        prop_assert!(text.len() <= CHARACTERS_MAX, "{} characters", text.len());
        prop_assert!(text.bytes().all(|b| b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".contains(&b)));
        let read = pass::read(&text).unwrap();
        prop_assert_eq!((&read.claims, read.kid, read.sealing_id), (&claims, signer.kid(), id));
        let from = claims.not_before.unwrap_or(claims.issued_at);
        prop_assert_eq!(verify(&trust_of(&claims.issuer, &signer), &text, None, from).verdict, Verdict::Valid);
    }

    #[test]
    fn a_pass_fits_version_9_at_level_m(claims in any_claims(), sealed in any_sealed()) {
        let house = House::new(Algorithm::Es256);
        let text = pass::issue(&house.signer, &house.sealing, &claims, &sealed).unwrap();
        prop_assert!(Qr::encode(&text).unwrap().version() <= 9);
    }

    #[test]
    fn what_is_no_pass_never_panics(text in "(PQ1:)?[0-9A-Z $%*+./:-]{0,300}", any in ".{0,80}") {
        let house = House::new(Algorithm::Es256);
        prop_assert_ne!(house.verify(&text).verdict, Verdict::Valid);
        prop_assert_ne!(house.verify(&any).verdict, Verdict::Valid);
    }

    #[test]
    fn the_envelope_of_any_bytes_never_panics(bytes: Vec<u8>) {
        let _ = pass::cose::Sign1::parse(&bytes);
    }
}

#[test]
fn no_single_wrong_byte_or_character_is_ever_valid() {
    for algorithm in BOTH {
        let house = House::new(algorithm);
        let (trust, now) = (house.trust(), at("2026-11-24T12:00:00Z"));
        let text = house.issue();
        let valid = |text: &str| verify(&trust, text, None, now).verdict == Verdict::Valid;
        assert!(valid(&text));
        let bytes = base45::decode(&text[4..]).unwrap();
        for at in 0..bytes.len() {
            for flip in [1, 2, 4, 8, 16, 32, 64, 128, 255] {
                let mut bytes = bytes.clone();
                bytes[at] ^= flip;
                assert!(!valid(&format!("PQ1:{}", base45::encode(bytes))), "byte {at} ^ {flip}");
            }
        }
        for at in 0..text.len() {
            for other in ["0", "A", "Z", ":", "%", "a", "é"].into_iter().filter(|other| *other != &text[at..=at]) {
                assert!(!valid(&format!("{}{other}{}", &text[..at], &text[at + 1..])), "character {at}");
            }
        }
    }
}

/// A decoder that shares nothing with ours reads the same pass.
#[test]
fn coset_reads_the_envelope_that_our_own_writer_made() {
    use coset::{CborSerializable, TaggedCborSerializable};
    let house = House::new(Algorithm::Es256);
    let bytes = base45::decode(&house.issue()[4..]).unwrap();
    let envelope = coset::CoseSign1::from_tagged_slice(&bytes).unwrap();
    assert_eq!(envelope.protected.header.key_id, house.signer.kid().0);
    let claims = coset::cwt::ClaimsSet::from_slice(envelope.payload.as_deref().unwrap()).unwrap();
    assert_eq!((claims.issuer.as_deref(), claims.cwt_id.as_deref()), (Some(PORT), Some(&b"twelve bytes"[..])));
    let key = house.signer.verifying_key();
    envelope
        .verify_signature(&[], |signature, message| key.verifies(message, signature).then_some(()).ok_or(()))
        .unwrap();
}
