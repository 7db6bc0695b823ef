//! The one source of randomness: seeded by the machine, or by a number so that tests and the demo repeat.

use std::sync::Mutex;

use pratique_core::code::ShortCode;
use pratique_core::id::Id;
use pratique_core::laboratory::Label;
use rand::{Rng as _, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// A generator that all of the app shares (ChaCha20; RFC 8439's cipher as rand_chacha has it).
pub struct Rng(Mutex<ChaCha20Rng>);

/// The machine has no randomness to give.
#[derive(Debug, thiserror::Error)]
#[error("the machine's random generator does not answer; nothing can be signed without it")]
pub struct NoEntropy;

impl std::fmt::Debug for Rng {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rng")
    }
}

impl Rng {
    /// Seeded by the machine.
    ///
    /// # Errors
    /// [`NoEntropy`].
    #[expect(clippy::disallowed_methods, reason = "the one place that draws the machine's random bytes")]
    pub fn from_machine() -> Result<Self, NoEntropy> {
        let mut seed = [0; 32];
        aws_lc_rs::rand::fill(&mut seed).map_err(|_| NoEntropy)?;
        Ok(Rng(Mutex::new(ChaCha20Rng::from_seed(seed))))
    }

    /// Seeded by a number: never for a store that holds real people.
    #[must_use]
    pub fn repeatable(seed: u64) -> Self {
        Rng(Mutex::new(ChaCha20Rng::seed_from_u64(seed)))
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        // A poisoned lock means that another thread panicked between two draws: the generator itself is whole.
        let mut rng = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        rng.fill_bytes(&mut bytes);
        bytes
    }

    /// A new identifier of this instant.
    pub fn id(&self, now: jiff::Timestamp) -> Id {
        Id::v7(now.as_millisecond(), self.bytes())
    }

    /// A new tube's label.
    pub fn label(&self) -> Label {
        let mut bits = [0; 8];
        bits[..5].copy_from_slice(&self.bytes::<5>());
        Label::from_random(u64::from_le_bytes(bits))
    }

    /// A new short code.
    pub fn code(&self) -> ShortCode {
        ShortCode::from_random(u64::from_le_bytes(self.bytes()))
    }
}
