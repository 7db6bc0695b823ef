//! What the system does: load, decide in the core, one `Change`. No HTTP here; every channel calls the same action.

mod password;

pub mod deed;
pub mod listed;
pub mod order_deed;
pub mod person;
pub mod write;

pub mod amend;
pub mod answer_obligation;
pub mod ask_boarding;
pub mod change_order;
pub mod classify;
pub mod close;
pub mod confirm;
pub mod decide;
pub mod declare;
pub mod dispose;
pub mod draft;
pub mod end_order;
pub mod examine;
pub mod give_order;
pub mod hand_in_manifest;
pub mod import_schedule;
pub mod inspect_flight;
pub mod investigate;
pub mod judge_match;
pub mod look;
pub mod move_flight;
pub mod order_sample;
pub mod purge;
pub mod scan;
pub mod serve_order;
pub mod sign_in_wechat;
pub mod staff;
pub mod take_next;
pub mod try_call;
pub mod turn_key;
pub mod withdraw;
