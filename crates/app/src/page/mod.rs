//! What pages are made of, whoever they are for: the shell around them, fields and groups of fields, errors, times in words.
//!
//! A page is a struct with a template of the same name under `templates/`. Pages work without scripts, and hold no style and
//! no script of their own, so that the content security policy can forbid both.

pub mod answer;
pub mod asked;
pub mod chart;
pub mod element;
pub mod field;
pub mod mishap;
pub mod nonce;
pub mod noticed;
pub mod order_text;
pub mod said;
pub mod shell;
pub mod summary;
pub mod when;

pub use answer::{see, shown};
pub use element::{Element, Group, Row, Rows};
pub use field::{Control, Field, Line, Pick};
pub use mishap::Mishap;
pub use shell::{AtKiosk, AtLane, Shell};
pub use summary::Summary;
