//! What a pass costs beside the bare signature: `cargo run --release -p pratique-formats --example pass_speed`.
//!
//! Prints medians over interleaved rounds, so that a busy machine slows both alike.

use std::hint::black_box;
use std::time::Instant;

use pratique_formats::pass::{
    self, Algorithm, Claims, Document, PassError, Sealed, SealingKey, Signer, Tier, cose::Sign1, verify,
};
use pratique_formats::trust::{Jwk, OpeningKey, Trust, TrustFile};

const ROUNDS: usize = 15;
const RUNS: u32 = 1500;

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn time_us(mut work: impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..RUNS {
        work();
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(RUNS)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for algorithm in [Algorithm::Es256, Algorithm::EdDsa] {
        measure(algorithm)?;
    }
    Ok(())
}

fn measure(algorithm: Algorithm) -> Result<(), Box<dyn std::error::Error>> {
    let signer = Signer::from_seed(algorithm, &[7; 32])?;
    let sealing = SealingKey::new(1, [8; 32], [9; 32])?;
    let document = Document { number: "E12345678".into(), state: "CHN".into(), birth_date: "1974-08-12".into() };
    let issued_at = "2026-11-24T08:00:00Z".parse()?;
    let expires_at = "2026-11-26T20:00:00Z".parse()?;
    let claims = Claims { issuer: "CNPEK".into(), issued_at, expires_at, not_before: None, cti: [3; 12] };
    let sealed = Sealed { document_tag: sealing.document_tag(&document), tier: Tier::Green, flight_hash: [1; 4] };
    let issue = || pass::issue(&signer, &sealing, &claims, &sealed);
    let text = issue()?;
    let mut file = TrustFile::new(issued_at);
    file.keys.push(Jwk::of("CNPEK", signer.verifying_key()));
    file.opening.push(OpeningKey::of("CNPEK", &sealing));
    let trust = Trust::of(&file)?;
    let message = [5; 120];
    let signature = signer.sign(&message)?;
    let envelope = base45::decode(&text[pass::PREFIX.len()..])?;

    let mut columns: [Vec<f64>; 6] = Default::default();
    for _ in 0..ROUNDS {
        let round = [
            time_us(|| assert!(signer.verifying_key().verifies(black_box(&message), &signature))),
            time_us(|| drop(black_box(verify(&trust, black_box(&text), Some(&document), issued_at)))),
            time_us(|| drop(black_box(base45::decode(black_box(&text[4..]))))),
            time_us(|| drop(black_box(Sign1::parse(black_box(&envelope))))),
            time_us(|| drop(black_box(signer.sign(black_box(&message))))),
            time_us(|| drop(black_box::<Result<String, PassError>>(issue()))),
        ];
        columns.iter_mut().zip(round).for_each(|(column, time)| column.push(time));
    }
    let [bare, whole, base45, parse, sign, issued] = columns.map(median);
    println!("{algorithm:?}, {} characters, us an operation, medians of {ROUNDS}", text.len());
    println!("  verify: bare {bare:.1}, pass with document {whole:.1}: {:.0} % of the bare rate", 100.0 * bare / whole);
    println!("  of which base45 {base45:.1}, taking the envelope apart {parse:.2}");
    println!("  issue: bare {sign:.1}, pass {issued:.1}: {:.0} % of the bare rate", 100.0 * sign / issued);
    Ok(())
}
