//! What screens and answers ask; read-only. To see a person is a write and goes through `actions::look`.

pub mod custody;
pub mod decision;
pub mod declaration;
pub mod desk;
pub mod elsewhere;
pub mod findings;
pub mod flight;
pub mod inquiry;
pub mod inspection;
pub mod journey;
pub mod manifest;
pub mod note;
pub mod obligation;
pub mod order;
pub mod own_sample;
pub mod page;
pub mod party;
pub mod plate;
pub mod readiness;
pub mod reasons;
pub mod sample;
pub mod scan;
pub mod trust;
pub mod verdict;
pub mod whom;
