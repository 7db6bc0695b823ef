//! Forged passes (faults.md F25): whatever is made of real passes, none that the port did not sign is ever valid, and each is told
//! why it is not. `cargo test --release -p pratique-formats --test forged -- --ignored` makes a million.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at what must not be")]

mod invented_port;

use std::collections::{BTreeMap, BTreeSet};

use coset::{CoseSign1, TaggedCborSerializable};
use invented_port::{House, PORT, at, claims, document};
use jiff::SignedDuration;
use pratique_formats::pass::{self, Algorithm, Claims, Signer, Verdict, verify};
use pratique_formats::trust::{Jwk, Trust};

/// SplitMix64 (Steele, Lea and Flood, 2014): the same forgeries in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.roll() % end as u64) as usize
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// How a pass is forged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Forgery {
    WrongKey,
    StrangersId,
    OtherAlgorithm,
    ExtraCbor,
    OtherPort,
    Expired,
    Future,
    Bits,
    Characters,
    CutOff,
    Spliced,
}

use Forgery::{
    Bits, Characters, CutOff, Expired, ExtraCbor, Future, OtherAlgorithm, OtherPort, Spliced, StrangersId, WrongKey,
};

const ALL: [Forgery; 11] =
    [WrongKey, StrangersId, OtherAlgorithm, ExtraCbor, OtherPort, Expired, Future, Bits, Characters, CutOff, Spliced];

impl Forgery {
    /// What it may be told; altered bytes may become anything but valid.
    fn told(self) -> &'static [Verdict] {
        match self {
            WrongKey | OtherPort => &[Verdict::Forged],
            StrangersId => &[Verdict::UnknownIssuer],
            OtherAlgorithm => &[Verdict::Forged, Verdict::Malformed],
            Expired => &[Verdict::Expired],
            Future => &[Verdict::NotYet],
            CutOff => &[Verdict::Malformed],
            ExtraCbor | Bits | Characters | Spliced => &[Verdict::Malformed, Verdict::UnknownIssuer, Verdict::Forged],
        }
    }
}

/// A port that signs with keys of both algorithms, and its real passes.
struct Mint {
    houses: [House; 2],
    strangers: [Signer; 2],
    trust: Trust,
    real: Vec<String>,
}

const REAL: usize = 64;

impl Mint {
    fn new() -> Self {
        let houses = [House::new(Algorithm::Es256), House::new(Algorithm::EdDsa)];
        let mut file = houses[0].file.clone();
        file.keys.push(Jwk::of(PORT, houses[1].signer.verifying_key()));
        let strangers = [Algorithm::Es256, Algorithm::EdDsa].map(|which| Signer::from_seed(which, &[1; 32]).unwrap());
        let mut mint = Mint { houses, strangers, trust: Trust::of(&file).unwrap(), real: Vec::new() };
        for n in 0..REAL {
            let cti = [n as u8 + 1; 12];
            mint.real.push(mint.issued(n, Claims { cti, ..claims() }));
        }
        mint
    }

    fn issued(&self, which: usize, claims: Claims) -> String {
        let house = &self.houses[which % 2];
        pass::issue(&house.signer, &house.sealing, &claims, &house.sealed()).unwrap()
    }

    fn verdict(&self, text: &str) -> pass::Verification {
        verify(&self.trust, text, Some(&document()), at("2026-11-24T12:00:00Z"))
    }

    /// A forgery of this kind; sometimes it comes out as the real pass that it was made of.
    fn forge(&self, kind: Forgery, dice: &mut Dice) -> String {
        let n = dice.below(REAL);
        let real = &self.real[n];
        let bytes = || base45::decode(&real[pass::PREFIX.len()..]).unwrap();
        let elapsed = SignedDuration::from_mins(1 + dice.below(400_000) as i64);
        match kind {
            WrongKey => signed_by(&self.strangers[n % 2], &bytes()),
            StrangersId => {
                let house = &self.houses[n % 2];
                pass::issue(&self.strangers[n % 2], &house.sealing, &claims(), &house.sealed()).unwrap()
            }
            OtherAlgorithm => other_algorithm(bytes(), dice),
            ExtraCbor => extra(bytes(), dice),
            OtherPort => self.issued(n, Claims { issuer: dice.of(&["CNSHA", "CNCAN", "JPTYO"]).into(), ..claims() }),
            Expired => {
                let expires_at = at("2026-11-24T12:00:00Z") - elapsed;
                self.issued(n, Claims { issued_at: expires_at - elapsed, expires_at, ..claims() })
            }
            Future => {
                let issued_at = at("2026-11-24T12:00:00Z") + elapsed;
                self.issued(n, Claims { issued_at, expires_at: issued_at + elapsed, ..claims() })
            }
            Bits => flipped(bytes(), dice),
            Characters => characters(real, dice),
            CutOff => real[..dice.below(real.len())].to_owned(),
            Spliced => spliced(&bytes(), &self.real[dice.below(REAL)], dice),
        }
    }
}

fn text(bytes: Vec<u8>) -> String {
    format!("{}{}", pass::PREFIX, base45::encode(bytes))
}

/// The same pass under the same key's id, signed by somebody else.
fn signed_by(stranger: &Signer, bytes: &[u8]) -> String {
    let mut envelope = CoseSign1::from_tagged_slice(bytes).unwrap();
    envelope.signature = stranger.sign(&envelope.tbs_data(&[])).unwrap().to_vec();
    text(envelope.to_tagged_vec().unwrap())
}

/// Another algorithm's name in the protected header: EdDSA for ES256 and back, `none`, a keyed hash, others.
fn other_algorithm(mut bytes: Vec<u8>, dice: &mut Dice) -> String {
    // -7 and -8 stand in the sixth byte (`a_signature_under_another_algorithms_name_is_forged`).
    let was = bytes[5];
    let others: Vec<u8> = [0x26, 0x27, 0x00, 0x05, 0x06, 0x04, 0x22, 0x28].into_iter().filter(|b| *b != was).collect();
    bytes[5] = dice.of(&others);
    if dice.below(2) == 0 {
        let end = bytes.len() - 64;
        let (signed, signature) = bytes.split_at_mut(end);
        // As if the port's public bytes were the key of a keyed hash: any bytes of the attacker's own do.
        signature.iter_mut().zip(signed.iter().cycle()).for_each(|(byte, own)| *byte = own ^ dice.roll() as u8);
    }
    text(bytes)
}

/// More CBOR: behind it, before it, in the middle of it, another map as the unprotected header.
fn extra(mut bytes: Vec<u8>, dice: &mut Dice) -> String {
    let items: [&[u8]; 8] = [
        &[0x00],
        &[0xf6],
        &[0xa0],
        &[0x40],
        &[0xa1, 0x04, 0x40],
        &[0xa1, 0x01, 0x26],
        &[0x9f, 0xff],
        &[0x1b, 255, 255, 255, 255, 255, 255, 255, 255],
    ];
    let more = dice.of(&items);
    match dice.below(4) {
        0 => bytes.extend(more),
        1 => drop(bytes.splice(0..0, more.iter().copied())),
        2 => drop(bytes.splice(12..13, more.iter().copied())),
        _ => {
            let place = dice.below(bytes.len());
            drop(bytes.splice(place..place, more.iter().copied()));
        }
    }
    text(bytes)
}

fn flipped(mut bytes: Vec<u8>, dice: &mut Dice) -> String {
    for _ in 0..=dice.below(8) {
        let place = dice.below(bytes.len());
        bytes[place] ^= 1 << dice.below(8);
    }
    text(bytes)
}

fn characters(real: &str, dice: &mut Dice) -> String {
    const SIGNS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let mut signs = real.as_bytes().to_vec();
    for _ in 0..=dice.below(4) {
        let place = pass::PREFIX.len() + dice.below(signs.len() - pass::PREFIX.len());
        match dice.below(3) {
            0 => signs[place] = dice.of(SIGNS),
            1 => signs.insert(place, dice.of(SIGNS)),
            _ => drop(signs.remove(place)),
        }
    }
    String::from_utf8(signs).unwrap()
}

/// The front of one and the end of another: the claims of one under the signature of the other above all.
fn spliced(one: &[u8], other: &str, dice: &mut Dice) -> String {
    let other = base45::decode(&other[pass::PREFIX.len()..]).unwrap();
    let end = if dice.below(2) == 0 { 64 } else { 1 + dice.below(one.len().min(other.len()) - 1) };
    text([&one[..one.len() - end], &other[other.len() - end..]].concat())
}

fn forge(count: usize) {
    let (mint, mut dice) = (Mint::new(), Dice(25));
    let real: BTreeSet<&str> = mint.real.iter().map(String::as_str).collect();
    assert!(mint.real.iter().all(|text| mint.verdict(text).verdict == Verdict::Valid), "the real ones are valid");
    let mut told: BTreeMap<(Forgery, String), usize> = BTreeMap::new();
    let mut made = 0;
    while made < count {
        let kind = ALL[made % ALL.len()];
        let text = mint.forge(kind, &mut dice);
        // What came out as it went in is no forgery; a scanner may add blanks around a pass.
        if real.contains(text.trim()) {
            continue;
        }
        let seen = mint.verdict(&text);
        assert!(kind.told().contains(&seen.verdict), "{kind:?} is told {:?}: {text:?}", seen.verdict);
        assert_eq!(seen.reason.is_some(), seen.verdict == Verdict::Malformed, "{text:?}");
        // What is not proven is not said.
        let proven = matches!(seen.verdict, Verdict::Expired | Verdict::NotYet);
        assert_eq!(
            (seen.issuer.is_some(), seen.cti.is_some(), seen.tier.is_some()),
            (proven, proven, proven),
            "{text:?}"
        );
        *told.entry((kind, format!("{:?}", seen.verdict))).or_default() += 1;
        made += 1;
    }
    println!("{made} forged, 0 accepted: {told:#?}");
}

#[test]
fn f25_of_thirty_thousand_forged_passes_none_is_accepted_and_each_is_told_why() {
    forge(30_000);
}

#[test]
#[ignore = "a minute or two in a release build"]
fn f25_of_a_million_forged_passes_none_is_accepted() {
    forge(1_000_000);
}
