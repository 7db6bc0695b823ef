//! Risk rules: what the answers, the flight and the places visited say about whom an officer should see.
//!
//! A rule set is data of a pack (`rules.toml`, docs/PACKS.md). Its conditions are CEL over typed [`Facts`], bounded before
//! they are compiled (docs/adr/0003). Rules refer a person to a human being; nothing here can quarantine anybody
//! (product.md, rule 5), and what cannot be judged is amber, never green.
//!
//! ```
//! use pratique_core::rules::{Areas, Facts, RuleSet, Tier, assess};
//! let rules = RuleSet::parse(
//!     r#"
//!     version = "1"
//!     [[rule]]
//!     id = "minor"
//!     tier = "amber"
//!     when = 'age_y != null && age_y < 14'
//!     reason = { en = "A child: please look after them first." }
//!     "#,
//! )
//! .unwrap();
//! let facts = Facts { age_y: Some(9), ..Facts::default() };
//! let assessment = assess(&facts, &rules, &Areas::default(), "2026-11-24".parse().unwrap());
//! assert_eq!(assessment.tier, Tier::Amber);
//! assert_eq!(assessment.reasons[0].rule, "minor");
//! ```

mod answers;
mod areas;
mod assess;
mod condition;
mod example;
mod facts;
mod fault;
mod lint;
mod replay;
mod rule;
mod set;
mod table;
mod term;
mod tier;

pub use answers::{Answers, Unanswered, Value, Vocabulary};
pub use areas::{Areas, RiskLevel};
pub use assess::{Assessment, CUT, PackVersion, Reason, assess};
pub use condition::{BadCondition, Condition, bounds};
pub use example::{ExampleOutcome, Finding};
pub use facts::{Facts, FlightFacts, Stay, stay_faults};
pub use fault::Fault;
pub use replay::{Hits, Moves, Replay, Twice};
pub use rule::Rule;
pub use set::RuleSet;
pub use term::Term;
pub use tier::Tier;

pub(crate) use rule::stands_in;
use set::condition_of;
pub(crate) use table::parse_toml;
