//! The way through a declaration: one page after another, derived from what is drafted and never stored, so that going back,
//! reloading and coming again tomorrow are all the same thing.

use jiff::civil::Date;
use pratique_core::questionnaire::{Questionnaire, Route, route};
use serde_json::{Map, Value};

use super::draft;

/// Whose page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// The one who declares.
    Declarer,
    /// Somebody declared with them, by number.
    Companion(usize),
}

/// One page of the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Flight, date, seat.
    Trip,
    /// Who the person is.
    You(Person),
    /// How to reach the declarer.
    Contact,
    /// A section of the form, by linkId.
    Section(Person, String),
    /// Who travels with the declarer.
    Companions,
    /// Everything once more, to be sent.
    Check,
}

impl Person {
    /// The pointer of the person in the declaration.
    #[must_use]
    pub fn base(self) -> String {
        match self {
            Person::Declarer => String::new(),
            Person::Companion(number) => format!("/companions/{number}"),
        }
    }

    /// The pointer of their answers.
    #[must_use]
    pub fn answers_at(self) -> String {
        format!("{}/answers", self.base())
    }

    /// Their answers so far.
    #[must_use]
    pub fn answers(self, draft: &Value) -> Map<String, Value> {
        draft.pointer(&self.answers_at()).and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// The sections that they are asked.
    #[must_use]
    pub fn route<'q>(self, form: &'q Questionnaire, draft: &Value, today: Date) -> Route<'q> {
        route(form, &self.answers(draft), today)
    }
}

impl Step {
    /// The address of the page.
    #[must_use]
    pub fn address(&self) -> String {
        let of = |person: &Person| match person {
            Person::Declarer => "/declare".to_owned(),
            Person::Companion(number) => format!("/declare/companions/{number}"),
        };
        match self {
            Step::Trip => "/declare/trip".to_owned(),
            Step::You(person) => format!("{}/you", of(person)),
            Step::Contact => "/declare/contact".to_owned(),
            Step::Section(person, link_id) => format!("{}/answers/{}", of(person), escaped(link_id)),
            Step::Companions => "/declare/companions".to_owned(),
            Step::Check => "/declare/check".to_owned(),
        }
    }

    /// Whose page it is, if it is about a person.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        match self {
            Step::You(person) | Step::Section(person, _) => Some(*person),
            _ => None,
        }
    }

    /// Whether the field with this pointer is on the page.
    #[must_use]
    pub fn owns(&self, pointer: &str) -> bool {
        let within =
            |head: &str| pointer.strip_prefix(head).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        match self {
            Step::Trip => within("/trip") || pointer == "/party",
            Step::You(person) => {
                let base = person.base();
                within(&format!("{base}/traveller"))
                    || (*person != Person::Declarer
                        && ["relation", "seat", "seat_later"].iter().any(|f| within(&format!("{base}/{f}"))))
            }
            Step::Contact => within("/contact"),
            Step::Section(person, link_id) => {
                within(&format!("{}/{}", person.answers_at(), link_id.replace('~', "~0").replace('/', "~1")))
            }
            Step::Companions => pointer == "/companions",
            Step::Check => pointer == "/attested",
        }
    }
}

/// Every page that there is for this draft, in order.
#[must_use]
pub fn steps(form: &Questionnaire, body: &Value, today: Date) -> Vec<Step> {
    let sections = |person: Person| {
        let route = person.route(form, body, today);
        route.sections.iter().map(|shown| Step::Section(person, shown.item.link_id.clone())).collect::<Vec<_>>()
    };
    let mut steps = vec![Step::Trip, Step::You(Person::Declarer), Step::Contact];
    steps.extend(sections(Person::Declarer));
    // Each of a party has a declaration of their own; an amendment changes one. Whoever said that they travel alone is not asked
    // again; the check still offers it.
    if draft::amends(body).is_none() && (draft::companions(body) > 0 || !draft::is_alone(body)) {
        steps.push(Step::Companions);
    }
    for number in 0..draft::companions(body) {
        let person = Person::Companion(number);
        steps.push(Step::You(person));
        steps.extend(sections(person));
    }
    steps.push(Step::Check);
    steps
}

/// The page after this one. After the last page of a companion comes the list of them again: there may be one more. After the
/// list comes the check.
#[must_use]
pub fn after(steps: &[Step], step: &Step) -> Step {
    let next = steps.iter().position(|known| known == step).and_then(|at| steps.get(at + 1));
    match (step.person(), next) {
        (_, None) => Step::Check,
        _ if *step == Step::Companions => Step::Check,
        (Some(Person::Companion(number)), Some(next)) if next.person() != Some(Person::Companion(number)) => {
            Step::Companions
        }
        (_, Some(next)) => next.clone(),
    }
}

/// The page before this one; none before the first.
#[must_use]
pub fn before(steps: &[Step], step: &Step) -> Option<Step> {
    let at = steps.iter().position(|known| known == step)?;
    match step {
        // From the check one goes back to the list of companions, and from a companion too.
        Step::Check | Step::You(Person::Companion(_)) if steps.contains(&Step::Companions) => Some(Step::Companions),
        _ => steps.get(at.checked_sub(1)?).cloned(),
    }
}

/// A linkId as one part of an address (RFC 3986, 2.3: only these need no escape).
fn escaped(link_id: &str) -> String {
    link_id.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}
