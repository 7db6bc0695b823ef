//! What the system does: load, decide in the core, one `Change`. No HTTP here; every channel calls the same action.

mod password;

pub mod deed;
pub mod handed;
pub mod listed;
pub mod person;
pub mod write;

pub mod accept_handover;
pub mod amend;
pub mod answer_handover;
pub mod answer_obligation;
pub mod ask_boarding;
pub mod confirm;
pub mod decide;
pub mod declare;
pub mod decline_handover;
pub mod deliver;
pub mod draft;
pub mod escalate;
pub mod hand_in_manifest;
pub mod hand_over;
pub mod import_schedule;
pub mod inspect_flight;
pub mod judge_match;
pub mod look;
pub mod move_flight;
pub mod purge;
pub mod scan;
pub mod sign_in_wechat;
pub mod staff;
pub mod subscribe;
pub mod trace;
pub mod turn_key;
pub mod withdraw;
pub mod withdraw_handover;
