//! The traveller's pages: choose port and language, declare, check, the pass; find it again, amend, withdraw, confirm.

pub mod draft;
pub mod form;
pub mod own;
pub mod place;
pub mod step;
pub mod typed;
pub mod view;
