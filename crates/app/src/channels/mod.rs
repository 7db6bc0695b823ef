//! The ways in: each channel parses what came, calls an action or a lookup, and renders the answer.

pub mod traveller;
