//! Where a field's name leads in the declaration, and what is asked there. Names that no page of ours has lead nowhere.

use pratique_core::declaration::COMPANIONS_MAX;
use pratique_core::questionnaire::{Bounds, Item, Questionnaire};

use super::own::{self, Own};

/// One step into the JSON. A pointer alone does not tell a linkId `1` from the second row, so the form's items do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A member of an object.
    Key(String),
    /// An element of an array.
    Index(usize),
}

/// What stands at a place.
#[derive(Debug)]
pub enum Slot<'f> {
    /// One of the declaration's own fields.
    Own(&'static Own),
    /// A question (or the rows) of the form.
    Asked(&'f Item),
}

/// A place in the declaration.
#[derive(Debug)]
pub struct Place<'f> {
    /// The way there.
    pub tokens: Vec<Token>,
    /// What is there.
    pub slot: Slot<'f>,
}

impl<'f> Place<'f> {
    /// The place that a pointer means.
    #[must_use]
    pub fn find(form: &'f Questionnaire, pointer: &str) -> Option<Self> {
        let (mut tokens, rest, own): (_, _, &[&'static [Own]]) = match companion(pointer) {
            Some((number, rest)) => {
                let tokens = vec![Token::Key("companions".to_owned()), Token::Index(number)];
                (tokens, rest, &[own::PERSON, own::COMPANION, own::COMPANION_SEAT_LATER])
            }
            None => (Vec::new(), pointer, &[own::TRIP, own::SEAT_LATER, own::PARTY, own::PERSON, own::CONTACT]),
        };
        if let Some(found) = own.iter().copied().flatten().find(|own| own.pointer == rest) {
            tokens.extend(rest.split('/').skip(1).map(|key| Token::Key(key.to_owned())));
            return Some(Place { tokens, slot: Slot::Own(found) });
        }
        let inner = rest.strip_prefix("/answers/")?;
        tokens.push(Token::Key("answers".to_owned()));
        let item = descend(form.items(), inner, &mut tokens)?;
        Some(Place { tokens, slot: Slot::Asked(item) })
    }

    /// Whether it takes an answer of its own: groups and words to read do not.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        match self.slot {
            Slot::Own(_) => true,
            Slot::Asked(item) => item.is_question(),
        }
    }
}

/// The companion that a pointer is about, and the pointer within them.
#[must_use]
pub fn companion(pointer: &str) -> Option<(usize, &str)> {
    let inner = pointer.strip_prefix("/companions/")?;
    let (number, _) = inner.split_once('/')?;
    let rest = &inner[number.len()..];
    number.parse().ok().filter(|number| *number < COMPANIONS_MAX).map(|number| (number, rest))
}

/// Follows a pointer through the items: a repeating group's name is followed by the number of the row.
fn descend<'f>(mut items: &'f [Item], pointer: &str, tokens: &mut Vec<Token>) -> Option<&'f Item> {
    let mut parts = pointer.split('/').map(|part| part.replace("~1", "/").replace("~0", "~")).peekable();
    loop {
        let part = parts.next()?;
        let item = items.iter().find(|item| item.link_id == part)?;
        tokens.push(Token::Key(part));
        if item.is_rows()
            && let Some(number) = parts.next()
        {
            tokens.push(Token::Index(number.parse().ok().filter(|number| *number < Bounds::COUNT_MAX)?));
        } else if !item.is_rows() && item.repeats && parts.peek().is_some() {
            return None;
        }
        if parts.peek().is_none() {
            return Some(item);
        }
        items = &item.children;
    }
}
