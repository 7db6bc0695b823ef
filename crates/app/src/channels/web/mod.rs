//! What all channels share of HTTP: who calls, in which language, once or again, cookies, the headers that protect pages, and
//! how a failure looks.

pub mod caller;
pub mod cookie;
pub mod csrf;
pub mod headers;
pub mod language;
pub mod missing;
pub mod once_key;
pub mod problem;
pub mod traveller_session;

pub use caller::{Machine, SignedIn};
pub use language::Language;
pub use once_key::OnceKey;
pub use problem::Problem;
pub use traveller_session::TravellerSession;
