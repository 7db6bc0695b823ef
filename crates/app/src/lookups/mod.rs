//! What screens and answers ask; read-only. To see a person is a write and goes through `actions::look`.

pub mod case;
pub mod decision;
pub mod declaration;
pub mod elsewhere;
pub mod feed;
pub mod flight;
pub mod handover;
pub mod inspection;
pub mod journey;
pub mod manifest;
pub mod note;
pub mod obligation;
pub mod page;
pub mod party;
pub mod readiness;
pub mod reasons;
pub mod scan;
pub mod shared;
pub mod subscription;
pub mod trust;
pub mod verdict;
