//! What the system does: load, decide in the core, one `Change`. No HTTP here; every channel calls the same action.

mod password;

pub mod deed;
pub mod listed;
pub mod many;
pub mod person;
mod plate_row;
pub mod write;

pub mod amend;
pub mod amend_result;
pub mod answer_obligation;
pub mod ask_boarding;
pub mod build_plate;
pub mod collect_sample;
pub mod confirm;
pub mod decide;
pub mod declare;
pub mod draft;
pub mod give_up_sample;
pub mod hand_in_manifest;
pub mod import_run;
pub mod import_schedule;
pub mod inspect_flight;
pub mod judge_match;
pub mod label_sample;
pub mod look;
pub mod move_flight;
pub mod move_samples;
pub mod order_sample;
pub mod purge;
pub mod read_test;
pub mod reject_plate;
pub mod release_result;
pub mod scan;
pub mod sign_in_wechat;
pub mod staff;
pub mod turn_key;
pub mod withdraw;
