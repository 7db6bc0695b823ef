//! The COSE working group's examples against our envelope: what should verify does, what should fail does.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at what must not be")]

mod test_data;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use pratique_formats::pass::cose::Sign1;
use pratique_formats::pass::{Algorithm, VerifyingKey};
use serde_json::Value;
use test_data::test_data;

/// `COSE_Sign1` messages that should verify and that we refuse, each for a reason.
const REFUSED: [(&str, &str); 2] = [
    ("ecdsa-sig-02", "ES384: a pass is signed with ES256 or EdDSA"),
    ("sign-pass-01", "its algorithm stands in the unprotected header, where nothing signs it"),
];

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn examples() -> Vec<(String, Value)> {
    let Some(root) = test_data("hostile/cose") else { return vec![] };
    let folders = std::fs::read_dir(root).unwrap().map(|folder| folder.unwrap().path());
    let files = folders.filter(|path| path.is_dir()).flat_map(|path| std::fs::read_dir(path).unwrap());
    let read = |path: std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
    };
    files.map(|file| read(file.unwrap().path())).collect()
}

/// `None` for a key that no pass is signed with. The CWT examples give it in hexadecimal.
fn key(jwk: &Value) -> Option<VerifyingKey> {
    let bytes = |name: &str| match jwk[format!("{name}_hex")].as_str() {
        Some(text) => hex(text),
        None => BASE64_URL_SAFE_NO_PAD.decode(jwk[name].as_str().unwrap_or_default()).unwrap(),
    };
    match jwk["crv"].as_str()? {
        "P-256" => VerifyingKey::from_bytes(Algorithm::Es256, &[vec![4], bytes("x"), bytes("y")].concat()).ok(),
        "Ed25519" => VerifyingKey::from_bytes(Algorithm::EdDsa, &bytes("x")).ok(),
        _ => None,
    }
}

#[test]
fn the_working_groups_signed_messages_verify_and_its_broken_ones_do_not() {
    let (mut verified, mut failed) = (0, 0);
    for (name, example) in examples() {
        let Some(input) = example["input"].get("sign0") else { continue };
        let message = hex(example["output"]["cbor"].as_str().unwrap());
        let external = hex(input["external"].as_str().unwrap_or_default());
        let holds = Sign1::parse(&message)
            .is_ok_and(|envelope| key(&input["key"]).is_some_and(|key| envelope.is_signed_by(&key, &external)));
        let refused = REFUSED.iter().find(|(refused, _)| *refused == name);
        if let Some((_, reason)) = refused {
            println!("{name}: {reason}");
        }
        assert_eq!(holds, example["fail"] != true && refused.is_none(), "{name}");
        if holds { verified += 1 } else { failed += 1 }
    }
    // ecdsa-sig-01, eddsa-sig-01, sign-pass-02 and the signed CWT; three broken ones and two refused ones.
    assert!((verified, failed) == (4, 5) || examples().is_empty(), "{verified} verified, {failed} did not");
}

#[test]
fn what_is_signed_for_one_use_does_not_verify_for_another() {
    let with_external = |example: &Value| example["input"]["sign0"]["external"].is_string();
    for (name, example) in examples().into_iter().filter(|(_, example)| with_external(example)) {
        let message = hex(example["output"]["cbor"].as_str().unwrap());
        let key = key(&example["input"]["sign0"]["key"]).unwrap();
        assert!(!Sign1::parse(&message).unwrap().is_signed_by(&key, &[]), "{name}: its external data are left out");
    }
}

#[test]
fn every_other_kind_of_cose_message_is_refused_by_its_tag() {
    for (name, example) in examples() {
        if example["input"].get("sign0").is_none() {
            let message = hex(example["output"]["cbor"].as_str().unwrap());
            assert!(Sign1::parse(&message).is_err(), "{name}");
        }
    }
}

#[test]
fn the_cbor_examples_never_panic_whether_they_are_read_or_not() {
    let Some(path) = test_data("hostile/cbor/appendix_a_part.json") else { return };
    let examples: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    for example in examples.as_array().unwrap() {
        let item = hex(example["hex"].as_str().unwrap());
        // As the payload's one value, under the tag and array of an envelope, and bare.
        let _ = Sign1::parse(&item);
        let _ = Sign1::parse(&[&[0xd2, 0x84, 0x40, 0xa1, 0x00][..], &item, &[0x40, 0x40]].concat());
    }
}
