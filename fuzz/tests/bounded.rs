//! Each fuzz target for a bounded number of runs, the same ones each time: seeds, the kept corpus, and mutations of both.

#![allow(clippy::unwrap_used, reason = "a test may stop at what must not be")]

use std::path::Path;

use pratique_fuzz::{TARGETS, Target};

const RUNS: usize = 15_000;

/// Marsaglia's xorshift: repeatable, and good enough to pick places.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 1).unwrap_or_default() % limit.max(1)
    }

    fn mutate(&mut self, data: &mut Vec<u8>, other: &[u8]) {
        let at = self.below(data.len() + 1);
        match (self.below(7), data.get_mut(at)) {
            (0, Some(byte)) => *byte ^= 1 << self.below(8),
            (1, Some(byte)) => *byte = [0, 0xff, 0x7f, 0x80, b'<', b'"', 0x9f, 0x5f][self.below(8)],
            (2, _) => data.truncate(at),
            (3, Some(_)) => drop(data.remove(at)),
            (4, _) => data.insert(at, u8::try_from(self.below(256)).unwrap()),
            (5, _) => data.extend_from_within(at..),
            _ => data.extend_from_slice(&other[self.below(other.len() + 1)..]),
        }
        data.truncate(5_000);
    }
}

fn inputs(target: &Target) -> Vec<Vec<u8>> {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
    let mut files: Vec<_> = std::fs::read_dir(kept).into_iter().flatten().map(|file| file.unwrap().path()).collect();
    files.sort();
    (target.seeds)().into_iter().chain(files.iter().map(|file| std::fs::read(file).unwrap())).collect()
}

#[test]
fn no_decoder_panics_on_a_bounded_number_of_mutations() {
    for target in TARGETS {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        let inputs = inputs(target);
        assert!(!inputs.is_empty(), "{} has no seed", target.name);
        inputs.iter().for_each(|input| (target.run)(input));
        for _ in 0..RUNS {
            let mut data = inputs[dice.below(inputs.len())].clone();
            for _ in 0..=dice.below(4) {
                let other = dice.below(inputs.len());
                dice.mutate(&mut data, &inputs[other]);
            }
            (target.run)(&data);
        }
    }
}

#[test]
fn every_target_has_its_libfuzzer_file() {
    for target in TARGETS {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz_targets").join(target.name).with_extension("rs");
        assert!(file.exists(), "{} is missing", file.display());
    }
}
