//! What stands on one screen where scripts run: one question, or a few that a person answers in one go. A page of questions is
//! the same without: the numbers only say what a script shows together.

use pratique_core::questionnaire::{Kind, Visible};

use super::super::step::Step;

/// Yes-or-no questions that stand on one screen: more would have to be scrolled for on a telephone.
const TOGETHER_MAX: usize = 5;

/// How many of a person's fields are on the screen of the document; those that follow are what is printed of the person.
const DOCUMENT_FIELDS: usize = 2;

/// The screens of the declaration's own fields, a number for each of them: the document, then who it belongs to, then (of a
/// companion) how they travel. A trip and an address are one thing each.
#[must_use]
pub fn of_own(step: &Step, of_person: usize, count: usize) -> Vec<usize> {
    let screen = |at: usize| match step {
        Step::You(_) if at < DOCUMENT_FIELDS => 1,
        Step::You(_) if at < of_person => 2,
        Step::You(_) => 3,
        _ => 1,
    };
    (0..count).map(screen).collect()
}

/// The screens of a section. Yes-or-no questions that everybody is asked stand together, also where a question lies between
/// them that an answer opens: it has its own screen after them, so that nobody is asked the others twice. Words to read stand
/// with what follows them.
#[must_use]
pub fn of_section(shown: &[Visible<'_>]) -> Vec<usize> {
    let mut last = 0;
    let mut together = (0, 0);
    let mut open = false;
    let screens = shown.iter().map(|one| {
        let plain = one.item.kind == Kind::Boolean && one.item.conditions.is_empty();
        if one.item.kind == Kind::Display {
            last += usize::from(!open);
            open = true;
            return last;
        }
        if plain && !open && (1..TOGETHER_MAX).contains(&together.1) {
            together.1 += 1;
            return together.0;
        }
        last += usize::from(!open);
        open = false;
        if plain {
            together = (last, 1);
        }
        last
    });
    screens.collect()
}
