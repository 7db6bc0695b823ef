//! One function a decoder: hand it any bytes, and it must neither panic nor believe what it should not.
//!
//! `make fuzz` drives them with libFuzzer from `fuzz_targets/`; `tests/bounded.rs` drives each for a bounded number of
//! runs within `cargo test`. A decoder added to the house is added here, to [`TARGETS`] and to `fuzz_targets/`.

mod hall;
mod manifest;
mod pack;
mod run;
mod schedule;
mod sent;

pub use hall::scenario;
pub use manifest::{manifest_csv, paxlst};
pub use pack::{questionnaire, questionnaire_response, rules};
pub use run::instrument;
pub use schedule::schedule_csv;
pub use sent::{declaration, typed};

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::date;
use pratique_formats::mrz;
use pratique_formats::pass::{
    self, Algorithm, Claims, Document, PassError, Sealed, SealingKey, Signer, Tier, Verdict, verify,
};
use pratique_formats::trust::{Jwk, OpeningKey, Trust, TrustError, TrustFile, sign};

/// A decoder under test.
pub struct Target {
    /// As its file in `fuzz_targets/`.
    pub name: &'static str,
    /// Decodes.
    pub run: fn(&[u8]),
    /// Good inputs, from which mutations start.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target { name: "declaration", run: declaration, seeds: sent::declaration_seeds },
    Target { name: "instrument", run: instrument, seeds: run::seeds },
    Target { name: "manifest_csv", run: manifest_csv, seeds: manifest::csv_seeds },
    Target { name: "mrz", run: mrz, seeds: mrz_seeds },
    Target { name: "pass_text", run: pass_text, seeds: || vec![PORT.text.clone().into_bytes()] },
    Target { name: "pass_envelope", run: pass_envelope, seeds: || vec![PORT.envelope.clone()] },
    Target { name: "paxlst", run: paxlst, seeds: manifest::paxlst_seeds },
    Target { name: "questionnaire", run: questionnaire, seeds: || vec![pack::FORM.into()] },
    Target { name: "questionnaire_response", run: questionnaire_response, seeds: || vec![pack::RESPONSE.into()] },
    Target { name: "rules", run: rules, seeds: pack::rules_seeds },
    Target { name: "scenario", run: scenario, seeds: hall::seeds },
    Target { name: "schedule_csv", run: schedule_csv, seeds: schedule::seeds },
    Target {
        name: "trust",
        run: trust,
        seeds: || vec![PORT.file.to_json().into_bytes(), PORT.served.clone().into_bytes()],
    },
    Target { name: "typed", run: typed, seeds: sent::typed_seeds },
];

/// An invented port with one pass. Ed25519, so that the same pass is made each time.
struct Port {
    file: TrustFile,
    served: String,
    trust: Trust,
    text: String,
    envelope: Vec<u8>,
}

static PORT: LazyLock<Port> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the arguments are constants: this fails always or never")]
    port().expect("the invented port")
});

fn second(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or_default()
}

fn port() -> Result<Port, TrustError> {
    let signer = Signer::from_seed(Algorithm::EdDsa, &[7; 32])?;
    let sealing = SealingKey::new(1, [8; 32], [9; 32])?;
    let sealed = Sealed { document_tag: sealing.document_tag(&document()), tier: Tier::Green, flight_hash: [1; 4] };
    let (issued_at, expires_at) = (second(1_795_507_200), second(1_795_723_200));
    let claims = Claims { issuer: "CNPEK".into(), issued_at, expires_at, not_before: None, cti: [3; 12] };
    let text = pass::issue(&signer, &sealing, &claims, &sealed)?;
    let envelope = base45::decode(&text[pass::PREFIX.len()..]).or(Err(PassError::Malformed("its own base45")))?;
    let mut file = TrustFile::new(issued_at);
    file.keys.push(Jwk::of("CNPEK", signer.verifying_key()));
    file.opening.push(OpeningKey::of("CNPEK", &sealing));
    file.revoke_pass(&[4; 12]);
    Ok(Port { served: sign(&file, &[&signer])?, trust: Trust::of(&file)?, file, text, envelope })
}

fn document() -> Document {
    Document { number: "E12345678".into(), state: "CHN".into(), birth_date: "1974-08-12".into() }
}

/// Zones of all layouts: whatever is read can be shown, and bound to a pass.
pub fn mrz(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(read) = mrz::read(text, date(2026, 11, 24)) {
        assert!(serde_json::to_string(&read).is_ok());
        assert!(!read.valid || read.checks.all());
        let _ = mrz::encode(read.kind, &read.fields);
        let _ = pass::document_tag(&[1; 32], &Document::from(&read));
    }
}

fn mrz_seeds() -> Vec<Vec<u8>> {
    let zones = [
        "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<",
        "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
        "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<",
        "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nL8988901C4XXX4009078F9612109<<<<<<<<",
    ];
    zones.into_iter().map(|zone| zone.as_bytes().to_vec()).collect()
}

/// A pass as scanned: prefix, base45, envelope, claims, signature.
pub fn pass_text(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = pass::read(text);
    let seen = verify(&PORT.trust, text, Some(&document()), second(1_795_510_000));
    assert!(seen.verdict != Verdict::Valid || text.trim() == PORT.text, "another text is a valid pass");
    assert!(serde_json::to_string(&seen).is_ok());
}

/// The bytes within, so that mutations get past base45.
pub fn pass_envelope(data: &[u8]) {
    let _ = pass::cose::Sign1::parse(data);
    pass_text(format!("{}{}", pass::PREFIX, base45::encode(data)).as_bytes());
}

/// The trust file: no stranger's edition is ever taken.
pub fn trust(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = Trust::read(text);
    if let Ok(renewed) = PORT.trust.renewed(text) {
        // Only what the port signed: its own one key, and no other.
        assert_eq!(renewed.issued_at(), PORT.trust.issued_at());
    }
}
