//! The application: what the one binary `pratique` is made of. ARCHITECTURE.md has the map of its rooms.

pub mod assets;
pub mod channels;
pub mod page;
pub mod words;
