//! What there is to ask now: the way through a form, derived from the answers and never stored.

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::Questionnaire;
use super::walk::{Visible, walk};

/// The sections of a form that are asked, with what was given so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Route<'q> {
    /// The outermost items that are enabled, in order.
    pub sections: Vec<Visible<'q>>,
}

/// The way through the form for a person who has given these answers so far.
///
/// Every [`Visible`] carries the errors that [`check`](super::check) would tell of it, `required` for what is still empty
/// among them: a page shows them where the person has already been.
#[must_use]
pub fn route<'q>(form: &'q Questionnaire, answers: &Map<String, Value>, today: Date) -> Route<'q> {
    Route { sections: walk(form, answers, today).visible }
}

impl<'q> Route<'q> {
    /// The section with this linkId, if it is asked.
    #[must_use]
    pub fn section(&self, link_id: &str) -> Option<&Visible<'q>> {
        self.sections.iter().find(|shown| shown.item.link_id == link_id)
    }

    /// The section to show after this one; the first, after none.
    #[must_use]
    pub fn after(&self, link_id: Option<&str>) -> Option<&Visible<'q>> {
        let from = match link_id {
            Some(link_id) => self.sections.iter().position(|shown| shown.item.link_id == link_id)? + 1,
            None => 0,
        };
        self.sections.get(from)
    }

    /// The first section in which something is missing or wrong; none when all is answered.
    #[must_use]
    pub fn first_open(&self) -> Option<&Visible<'q>> {
        self.sections.iter().find(|shown| !shown.is_complete())
    }
}
