//! Others read our passes: an independent COSE library in Python, an independent QR reader.
//!
//! What they need is installed by `make test-tools`. Where it is missing these tests fail and say so: a pass that only its
//! own issuer can read would otherwise go unseen.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at what must not be")]

mod invented_port;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use invented_port::{House, PORT};
use pratique_formats::pass::Algorithm;
use pratique_formats::qr::Qr;
use pratique_formats::trust::{OpeningKey, sign};
use serde_json::{Value, json};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(command: &mut Command, input: &[u8]) -> Output {
    let program = command.get_program().to_owned();
    let missing = |error| panic!("cannot run {}: {error}; run `make test-tools` first", program.display());
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.unwrap_or_else(missing);
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {errors}\n(`make test-tools` installs what it needs)", program.display());
    output
}

fn ask_python(asked: &Value) -> Value {
    let venv = std::env::var_os("PRATIQUE_VENV").map_or_else(|| repository().join(".venv"), PathBuf::from);
    let script = repository().join("tests/interop/verify_pass.py");
    // -B: no bytecode beside the script.
    let output = run(Command::new(venv.join("bin/python")).arg("-B").arg(script), asked.to_string().as_bytes());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The checkpoint edition, its public part signed.
fn trust(house: &House) -> Value {
    let mut trust: Value = serde_json::from_str(&sign(&house.file, &[&house.signer]).unwrap()).unwrap();
    trust["opening"] = json!([OpeningKey::of(PORT, &house.sealing)]);
    trust
}

#[test]
fn an_independent_cose_library_verifies_a_pass_opens_it_and_knows_its_document() {
    for (algorithm, number) in [(Algorithm::Es256, -7), (Algorithm::EdDsa, -8)] {
        let house = House::new(algorithm);
        let seen = ask_python(&json!({
            "pass": house.issue(),
            "trust": trust(&house),
            "document": ["E12345678", "CHN", "1974-08-12"],
        }));
        assert_eq!(seen["verified"], true, "{seen}");
        assert_eq!(seen["trust_signatures"], json!([true]));
        assert_eq!(seen["header"]["1"], number);
        assert_eq!(seen["header"]["4"].as_str().map(str::len), Some(8));
        let claims = &seen["claims"];
        assert_eq!((&claims["1"], &claims["6"], &claims["4"]), (&json!(PORT), &json!(1795507200), &json!(1795723200)));
        assert_eq!((&claims["5"], &claims["7"]), (&Value::Null, &json!("7477656c7665206279746573")));
        assert_eq!(seen["sealed"][1], 1, "amber");
        assert_eq!(seen["fits"], true);
    }
}

#[test]
fn an_independent_cose_library_refuses_a_pass_that_was_tampered_with() {
    let house = House::new(Algorithm::Es256);
    let mut bytes = base45::decode(&house.issue()[4..]).unwrap();
    let port = bytes.windows(5).position(|window| window == b"CNPEK").unwrap();
    bytes[port + 4] = b'L';
    let seen = ask_python(&json!({"pass": format!("PQ1:{}", base45::encode(bytes)), "trust": trust(&house)}));
    assert_eq!(seen["verified"], false, "{seen}");
}

#[test]
fn an_independent_qr_reader_reads_the_very_text() {
    for algorithm in [Algorithm::Es256, Algorithm::EdDsa] {
        let text = House::new(algorithm).issue();
        let svg = Qr::encode(&text).unwrap().svg("Pass 通行证 <&>");
        let png = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("pass-{algorithm:?}-{}.png", std::process::id()));
        run(Command::new("rsvg-convert").args(["--width", "400", "--output"]).arg(&png), svg.as_bytes());
        let read =
            run(Command::new("zbarimg").args(["--raw", "--quiet", "-Sdisable", "-Sqrcode.enable"]).arg(&png), b"");
        std::fs::remove_file(&png).unwrap();
        assert_eq!(String::from_utf8_lossy(&read.stdout).trim_end_matches('\n'), text);
    }
}

#[test]
fn an_independent_reader_of_bar_codes_reads_a_tubes_label() {
    for bare in ["7GQ2M4XK9", "00000000A", "ZZZZZZZZZ"] {
        let svg = pratique_formats::label::svg(bare, 40).unwrap();
        let png = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("label-{bare}-{}.png", std::process::id()));
        run(Command::new("rsvg-convert").args(["--width", "600", "--output"]).arg(&png), svg.as_bytes());
        let reader = ["--raw", "--quiet", "-Sdisable", "-Scode128.enable"];
        let read = run(Command::new("zbarimg").args(reader).arg(&png), b"");
        std::fs::remove_file(&png).unwrap();
        assert_eq!(String::from_utf8_lossy(&read.stdout).trim_end_matches('\n'), bare);
    }
}
