//! The laboratory: the labels of its tubes; plates, controls and calls follow.

pub mod label;

pub use label::Label;
