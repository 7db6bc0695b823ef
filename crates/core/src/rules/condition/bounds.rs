//! The bounds, all in one place. The evaluator cannot be interrupted and its parser recurses, so every one of them is
//! checked before either runs; `examples/rules_worst_case.rs` measures what they come to.

/// Length of a condition's source. The longest of the shipped pack has a fifth of this.
pub const SOURCE_BYTES_MAX: usize = 1024;
/// Tokens of a condition: bounds flat chains (`!!!…`, `1+1+…`, `a?b:c?d:…`), on which the parser recurses as deep as they
/// are long.
pub const TOKENS_MAX: usize = 256;
/// Open brackets at any one place: the parser recurses on them.
pub const NESTING_MAX: usize = 24;
/// `exists`, `all`, `exists_one`, `filter`, `map` inside one another. Two is what "a stay whose place names one of these
/// towns" needs; each level more multiplies the time by the length of a list. Two of the longest lists (50 × 50) inside one
/// another are above the budget of steps already.
pub const MACROS_NESTED_MAX: usize = 2;
/// Estimated work of one condition, in steps of the evaluator (`cost.rs`).
pub const CONDITION_STEPS_MAX: u64 = 10_000;
/// Estimated work of all conditions of a rule set together: what one assessment can cost.
pub const RULE_SET_STEPS_MAX: u64 = 10_000;
/// Rules in a rule set.
pub const RULES_MAX: usize = 100;
/// Terms in a rule set.
pub const TERMS_MAX: usize = 20;

/// Entries of a list among the facts: stays, symptoms, any repeat. The rest is cut off, and the assessment says so.
pub const LIST_MAX: usize = 50;
/// Plain values in an entry of a repeating group, those of its own repeats counted in.
pub const GROUP_MAX: usize = 16;
/// Bytes of a text among the facts.
pub const TEXT_BYTES_MAX: usize = 600;
/// Answers to a form.
pub const ANSWERS_MAX: usize = 200;
