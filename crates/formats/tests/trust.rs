//! The trust file: both editions, carried by hand and over a network.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at what must not be")]

mod invented_port;

use invented_port::{House, PORT, at, claims};
use pratique_formats::pass::{Algorithm, Signer, Tier, Verdict, verify};
use pratique_formats::trust::{Jwk, RevokedKey, Trust, TrustError, TrustFile, sign};
use proptest::prelude::*;

fn served(house: &House) -> String {
    sign(&house.file, &[&house.signer]).unwrap()
}

#[test]
fn a_file_reads_back_as_it_was_written() {
    let mut house = House::new(Algorithm::Es256);
    house.revoke_key("2026-11-24T09:00:00Z");
    house.file.revoke_pass(&claims().cti);
    let json = house.file.to_json();
    assert_eq!(serde_json::from_str::<TrustFile>(&json).unwrap(), house.file);
    let trust = Trust::read(&json).unwrap();
    assert!(trust.is_revoked(&claims().cti));
    assert_eq!(trust.key(house.signer.kid(), PORT).unwrap().revoked_from, Some(at("2026-11-24T09:00:00Z")));
    assert_eq!(trust.opening(PORT).count(), 1);
}

#[test]
fn the_file_is_a_jwk_set_that_others_can_read() {
    let house = House::new(Algorithm::Es256);
    let json: serde_json::Value = serde_json::from_str(&served(&house)).unwrap();
    let key = &json["keys"][0];
    for (member, value) in [("kty", "EC"), ("crv", "P-256"), ("alg", "ES256"), ("use", "sig"), ("iss", PORT)] {
        assert_eq!(key[member], value);
    }
    assert_eq!(key["kid"].as_str().map(str::len), Some(6));
    assert_eq!((key["x"].as_str().map(str::len), key["y"].as_str().map(str::len)), (Some(43), Some(43)));
}

#[test]
fn the_served_edition_never_holds_an_opening_key() {
    let house = House::new(Algorithm::Es256);
    assert!(!house.file.opening.is_empty());
    let served = served(&house);
    assert!(!served.contains("opening") && !served.contains(&house.file.opening[0].key));
    assert_eq!(Trust::read(&served).unwrap().opening(PORT).count(), 0);
    assert_eq!(house.trust().renewed(&served).unwrap().opening(PORT).count(), 1, "the checkpoint keeps its own");
}

#[test]
fn a_checkpoint_learns_of_a_new_key_and_a_revoked_one_from_an_edition_that_a_known_key_signed() {
    for algorithm in [Algorithm::Es256, Algorithm::EdDsa] {
        let mut house = House::new(algorithm);
        let checkpoint = house.trust();
        let next = Signer::from_seed(algorithm, &[2; 32]).unwrap();
        house.file.keys.push(Jwk::of(PORT, next.verifying_key()));
        house.revoke_key("2026-11-24T08:00:00Z");
        let served = sign(&house.file, &[&next, &house.signer]).unwrap();
        let renewed = checkpoint.renewed(&served).unwrap();
        assert!(renewed.knows(next.kid()));
        let seen = verify(&renewed, &house.issue(), None, at("2026-11-24T12:00:00Z"));
        assert_eq!((seen.verdict, seen.tier), (Verdict::Revoked, Some(Tier::Amber)));
    }
}

#[test]
fn a_revoked_key_cannot_bring_itself_back() {
    let mut house = House::new(Algorithm::Es256);
    let pardon = served(&house);
    house.revoke_key("2026-11-24T08:00:00Z");
    assert!(matches!(house.trust().renewed(&pardon), Err(TrustError::Unsigned)));
}

#[test]
fn an_edition_signed_by_a_stranger_is_refused() {
    let house = House::new(Algorithm::Es256);
    let stranger = Signer::from_seed(Algorithm::Es256, &[2; 32]).unwrap();
    let served = sign(&house.file, &[&stranger]).unwrap();
    assert!(matches!(house.trust().renewed(&served), Err(TrustError::Unsigned)));
}

#[test]
fn an_edition_altered_on_the_way_is_refused_or_not_believed() {
    let house = House::new(Algorithm::Es256);
    let mut json: serde_json::Value = serde_json::from_str(&served(&house)).unwrap();
    // Beside the signed payload nothing counts.
    json["keys"] = serde_json::json!([]);
    assert!(house.trust().renewed(&json.to_string()).unwrap().knows(house.signer.kid()));
    let payload = json["signed"]["payload"].as_str().unwrap().to_owned();
    json["signed"]["payload"] = format!("{}A{}", &payload[..40], &payload[41..]).into();
    assert_ne!(json["signed"]["payload"], payload);
    assert!(matches!(house.trust().renewed(&json.to_string()), Err(TrustError::Unsigned)));
}

#[test]
fn an_older_edition_is_refused_however_well_it_is_signed() {
    let mut house = House::new(Algorithm::Es256);
    let old = served(&house);
    house.file.issued_at = at("2026-11-24T00:00:01Z");
    assert!(matches!(house.trust().renewed(&old), Err(TrustError::Older { .. })));
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_its_place() {
    let house = House::new(Algorithm::Es256);
    let key = house.file.keys[0].clone();
    let with = |change: &dyn Fn(&mut TrustFile)| {
        let mut file = house.file.clone();
        change(&mut file);
        Trust::of(&file).unwrap_err().to_string()
    };
    let second = |jwk: Jwk| with(&move |file| file.keys.push(jwk.clone()));
    assert!(second(key.clone()).contains("keys[1]: this issuer's kid stands twice"));
    let other = Jwk { iss: "CNSHA".into(), ..key };
    assert!(second(Jwk { kid: "01020304".into(), ..other.clone() }).contains("kid is six characters"));
    assert!(second(Jwk { x: other.y.clone().unwrap(), ..other.clone() }).contains("x and y are no key"));
    assert!(second(Jwk { alg: Algorithm::EdDsa, ..other.clone() }).contains("do not go together"));
    assert!(second(Jwk { use_: "enc".into(), ..other }).contains("use is not sig"));
    let stray = RevokedKey::of("CNSHA", house.signer.kid(), at("2026-11-24T00:00:00Z"));
    assert!(with(&move |file| file.revoked.push(stray.clone())).contains("revoked[0]: no key of this issuer"));
    assert!(with(&|file| file.revoked_passes.push("x".into())).contains("revoked_passes[0]"));
    assert!(with(&|file| file.opening[0].key.push('A')).contains("opening[0]"));
    assert!(Trust::read("{}").unwrap_err().to_string().contains("pratique keys export"));
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let house = House::new(Algorithm::Es256);
    let shown = format!("{:?} {:?} {:?}", house.file, house.sealing, house.signer);
    assert!(!shown.contains(&house.file.opening[0].key) && !shown.contains(&house.file.opening[0].tag_key));
}

proptest! {
    #[test]
    fn no_text_panics(text in ".{0,200}") {
        let house = House::new(Algorithm::Es256);
        let _ = Trust::read(&text);
        let _ = house.trust().renewed(&text);
    }
}
