//! Several lines of text.

use super::{Spec, string};
use crate::questionnaire::plain_text::Lines;

pub(super) const SPEC: Spec = Spec {
    item_type: "text",
    check: |item, value, today| string::words(item, value, today, Lines::Many),
    chooses: true,
    ..Spec::WORDS
};
