//! Keys: the root that wraps all others, the ring of signing and sealing keys, the sealing of personal data, blind indexes.

pub mod blind;
pub mod decoy;
pub mod ring;
pub mod root;
pub mod seal;

pub use blind::{BlindIndex, Indexes};
pub use decoy::Decoy;
pub use ring::{KeyRecord, KeyRing, KeyUse, PortKeys};
pub use root::{Root, RootError};
pub use seal::{PersonKey, SealError};
