//! What a pass costs beside the bare signature, on one core. In turns, so that a busy machine slows both alike.

use std::hint::black_box;
use std::time::Instant;

use pratique_formats::pass::{self, Algorithm, Claims, Document, Sealed, SealingKey, Signer, Tier, verify};
use pratique_formats::trust::{Jwk, OpeningKey, Trust, TrustFile};

use crate::run::Run;
use crate::table::{Line, Pairs};

/// Turns of each: a turn is short, and the machine's other work long.
const ROUNDS: usize = 15;
const RUNS: u32 = 1500;
/// What `verify` must reach of the bare ES256 rate.
const VERIFY_MIN: f64 = 0.75;

/// Issue and verify; the last value is our verification rate.
pub fn measure(run: &Run) -> (Vec<Line>, f64) {
    let mut lines = Vec::new();
    let mut rate = 0.0;
    for algorithm in [Algorithm::Es256, Algorithm::EdDsa] {
        let [verified, issued] = pairs(run, algorithm);
        let name = format!("{algorithm:?}");
        let line = Line::pairs(format!("pass verify, {name}, one core"), "a second", &verified, "bare signature");
        let is_es256 = algorithm == Algorithm::Es256;
        lines.push(if is_es256 { line.at_least(VERIFY_MIN) } else { line });
        lines.push(Line::pairs(format!("pass issue, {name}, one core"), "a second", &issued, "bare signature"));
        if is_es256 {
            rate = crate::table::median(&verified.ours);
        }
    }
    (lines, rate)
}

fn a_second(mut work: impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..RUNS {
        work();
    }
    f64::from(RUNS) / start.elapsed().as_secs_f64()
}

fn pairs(run: &Run, algorithm: Algorithm) -> [Pairs; 2] {
    let signer = Signer::from_seed(algorithm, &[7; 32]).expect("a signer");
    let sealing = SealingKey::new(1, [8; 32], [9; 32]).expect("a key");
    let document = Document { number: "E12345678".into(), state: "CHN".into(), birth_date: "1974-08-12".into() };
    let issued_at = "2026-11-24T08:00:00Z".parse().expect("a time");
    let expires_at = "2026-11-26T20:00:00Z".parse().expect("a time");
    let claims = Claims { issuer: "CNPEK".into(), issued_at, expires_at, not_before: None, cti: [3; 12] };
    let sealed = Sealed { document_tag: sealing.document_tag(&document), tier: Tier::Green, flight_hash: [1; 4] };
    let issue = || pass::issue(&signer, &sealing, &claims, &sealed).expect("a pass");
    let text = issue();
    let mut file = TrustFile::new(issued_at);
    file.keys.push(Jwk::of("CNPEK", signer.verifying_key()));
    file.opening.push(OpeningKey::of("CNPEK", &sealing));
    let trust = Trust::of(&file).expect("a trust file");
    // As long as what the pass signs.
    let message = [5; 120];
    let signature = signer.sign(&message).expect("a signature");
    let [mut verified, mut issued] = [Pairs::default(), Pairs::default()];
    for _ in 0..run.rounds.max(ROUNDS) {
        let bare = a_second(|| assert!(signer.verifying_key().verifies(black_box(&message), &signature)));
        verified.add(a_second(|| drop(black_box(verify(&trust, black_box(&text), Some(&document), issued_at)))), bare);
        let bare = a_second(|| drop(black_box(signer.sign(black_box(&message)))));
        issued.add(a_second(|| drop(black_box(issue()))), bare);
    }
    [verified, issued]
}
