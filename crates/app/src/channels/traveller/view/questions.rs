//! A page of questions: the trip, a person, how to reach them, or one section of the form. All are the same page.

use askama::Template;
use jiff::civil::Date;
use pratique_core::declaration::Declare;
use pratique_core::field::FieldError;
use pratique_core::questionnaire::{Questionnaire, Visible};
use pratique_core::rules::stay_faults;
use serde_json::Value;

use super::super::draft;
use super::super::own::{self, Own};
use super::super::step::{Person, Step, before, steps};
use super::asks;
use crate::page::asked::Asker;
use crate::page::field::Instead;
use crate::page::{Control, Element, Shell, Summary};

/// One page of the way through a declaration.
#[derive(Debug, Template)]
#[template(path = "traveller/questions.html")]
pub struct Questions {
    /// The frame.
    pub shell: Shell,
    /// Where "Back" leads.
    pub back: String,
    /// Whose page it is, if not the declarer's own.
    pub caption: Option<String>,
    /// The heading.
    pub heading: String,
    /// What to know before answering.
    pub intro: Option<String>,
    /// Which part of the way this is, and of how many.
    pub part: (usize, usize),
    /// The questions.
    pub elements: Vec<Element>,
    /// The screen of each question, where a script shows one at a time.
    pub asks: Vec<usize>,
    /// The id of a question that an answer has just opened.
    pub opened: Option<String>,
    /// Whether it comes after a page that began this draft because its own was gone.
    pub begun: bool,
    /// The port, for a page that is sent after its draft is gone.
    pub port: String,
    /// What is wrong, all of it.
    pub summary: Summary,
    /// Where the form is sent.
    pub action: String,
    /// The token that proves that the form is ours.
    pub csrf: String,
}

impl Questions {
    /// The page for this step. `tells` says of which fields the errors are shown; none, on a first visit. `None` where the
    /// declaration has no such page (any more).
    #[must_use]
    pub fn of(
        shell: Shell,
        step: &Step,
        body: &Value,
        form: &Questionnaire,
        today: Date,
        tells: &dyn Fn(&str) -> bool,
    ) -> Option<Self> {
        let words = shell.words;
        let (elements, asks) = match step {
            Step::Trip | Step::Contact | Step::You(_) => own_fields(&shell, step, body, today, tells),
            Step::Section(person, link_id) => section(&shell, *person, link_id, body, form, today, tells)?,
            Step::Companions | Step::Check => return None,
        };
        let key = key_of(step);
        let way = steps(form, body, today);
        let back = before(&way, step).map_or_else(|| shell.before_first().to_owned(), |step| step.address());
        let item = match step {
            Step::Section(_, link_id) => form.find(link_id),
            _ => None,
        };
        let heading = item.map(|item| item.text(words.language()).to_owned());
        let help = item.and_then(|item| item.help(words.language())).map(str::to_owned);
        Some(Questions {
            back,
            caption: caption(&shell, step, body),
            heading: heading.filter(|text| !text.is_empty()).unwrap_or_else(|| words.t(&format!("step-{key}"))),
            intro: help.or_else(|| words.find(&format!("step-{key}-intro"), &[])),
            part: part_of(&way, step),
            summary: Summary::of(words, &elements),
            elements,
            asks,
            opened: None,
            begun: false,
            port: body.get("port").and_then(Value::as_str).unwrap_or_default().to_owned(),
            action: step.address(),
            csrf: String::new(),
            shell,
        })
    }

    /// The same with the token that proves that the form is ours.
    #[must_use]
    pub fn with_token(mut self, csrf: &str) -> Self {
        csrf.clone_into(&mut self.csrf);
        self
    }

    /// The same, going back to the check when it is done.
    #[must_use]
    pub fn returning(mut self, to_check: bool) -> Self {
        if to_check {
            self.back = Step::Check.address();
            self.action.push_str("?then=check");
            self.shell = self.shell.keeping("then=check");
        }
        self
    }

    /// The same with what is wrong with one of the trip's fields beside what the form itself can tell.
    #[must_use]
    pub fn with_fault(mut self, fault: &FieldError) -> Self {
        let words = self.shell.words;
        let fields = self.elements.iter_mut().filter_map(|element| match element {
            Element::Field(field) if field.name == fault.pointer => Some(field),
            _ => None,
        });
        for field in fields {
            let own = own::TRIP.iter().find(|own| own.pointer == fault.pointer);
            field.errors.extend(own.map(|own| own.message(words, fault)));
        }
        self.summary = Summary::of(words, &self.elements);
        self
    }

    /// The questions with their screens.
    fn screens(&self) -> impl Iterator<Item = (usize, &Element)> {
        self.asks.iter().copied().zip(&self.elements)
    }

    /// Which part of the way this is, in words.
    fn progress(&self) -> String {
        let (part, parts) = (self.part.0.to_string(), self.part.1.to_string());
        self.shell.words.with("step-part", &[("part", &part), ("parts", &parts)])
    }

    /// The names of all fields on the page.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        self.elements.iter().for_each(|element| element.names(&mut names));
        names
    }

    /// Whether nothing that is told is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.summary.is_empty()
    }
}

/// Whose page it is: on a companion's pages, their name or number.
fn caption(shell: &Shell, step: &Step, body: &Value) -> Option<String> {
    let (Step::You(Person::Companion(number)) | Step::Section(Person::Companion(number), _)) = step else {
        return None;
    };
    Some(super::companions::name_of(shell.words, body, *number))
}

/// Which part of the way a page is, and of how many. The list of companions is none: whether it comes is known only after the
/// first page, and a number that changes on the way helps nobody.
fn part_of(way: &[Step], step: &Step) -> (usize, usize) {
    let parts: Vec<&Step> = way.iter().filter(|known| **known != Step::Companions).collect();
    (parts.iter().position(|known| *known == step).map_or(1, |at| at + 1), parts.len())
}

/// The key of the page's own texts.
fn key_of(step: &Step) -> &'static str {
    match step {
        Step::Trip => "trip",
        Step::Contact => "contact",
        Step::You(Person::Declarer) => "you",
        Step::You(Person::Companion(_)) => "companion",
        _ => "section",
    }
}

/// The fields of a page that every form has, each with its screen.
fn own_fields(
    shell: &Shell,
    step: &Step,
    body: &Value,
    today: Date,
    tells: &dyn Fn(&str) -> bool,
) -> (Vec<Element>, Vec<usize>) {
    let person = step.person().unwrap_or(Person::Declarer);
    let lists: &[&'static [Own]] = match step {
        // Each of a party has a declaration of their own; an amendment changes one.
        Step::Trip if draft::amends(body).is_some() => &[own::TRIP],
        Step::Trip => &[own::TRIP, own::PARTY],
        Step::You(Person::Declarer) => &[own::PERSON],
        Step::You(_) => &[own::PERSON, own::COMPANION],
        _ => &[own::CONTACT],
    };
    let elements: Vec<_> = lists.iter().flat_map(|list| fields(shell, list, person, body, today, tells)).collect();
    let asks = asks::of_own(step, own::PERSON.len(), elements.len());
    (elements, asks)
}

/// The declaration's own fields, with what [`Declare::check`] says of them.
fn fields(
    shell: &Shell,
    list: &'static [Own],
    person: Person,
    body: &Value,
    today: Date,
    tells: &dyn Fn(&str) -> bool,
) -> Vec<Element> {
    let faults: Vec<FieldError> = faults(body, today).into_iter().filter(|fault| tells(&fault.pointer)).collect();
    let field = |own: &Own| with_help(shell, own, own.field(shell.words, &person.base(), body, &faults), body);
    list.iter().map(field).collect()
}

/// What a person has beside a field, and a clerk who keys in a paper has not: a box for a seat that is not known yet, and the
/// port's timetable for a flight.
fn with_help(shell: &Shell, own: &Own, mut element: Element, body: &Value) -> Element {
    if let Element::Field(field) = &mut element
        && let Control::Line(line) = &mut field.control
    {
        match own.name {
            "seat" => {
                let (name, text) = (format!("{}_later", field.name), shell.t("seat-later"));
                line.instead = Some(Instead { name, text, chosen: draft::is_seat_later(body, &field.name) });
            }
            "flight" if shell.kiosk.is_none() => line.proposals = Some("/declare/flights"),
            _ => {}
        }
    }
    element
}

/// What is wrong with the declaration's own fields. An issuing state that was left out is the nationality: what is wrong with
/// it then is the nationality's, and is told there alone.
#[must_use]
pub fn faults(body: &Value, today: Date) -> Vec<FieldError> {
    let mut faults = Declare::check(&draft::body(body), today).err().unwrap_or_default();
    faults.retain(|fault| !fault.pointer.ends_with(own::ISSUER) || body.pointer(&fault.pointer).is_some());
    faults
}

/// One section of the form; its own heading is the page's, so a group's members stand on the page itself.
fn section(
    shell: &Shell,
    person: Person,
    link_id: &str,
    body: &Value,
    form: &Questionnaire,
    today: Date,
    tells: &dyn Fn(&str) -> bool,
) -> Option<(Vec<Element>, Vec<usize>)> {
    let route = person.route(form, body, today);
    let shown = route.section(link_id)?;
    let at = person.answers_at();
    let answers = person.answers(body);
    let between = stay_faults(&answers, &at);
    let answers = Value::Object(answers);
    let asker = Asker { words: shell.words, at: &at, tells, answers: &answers, between: &between };
    let members = opened(shown);
    let mut elements = asker.elements(members);
    // Rows that are a section of their own stand under the page's heading.
    if let ([Element::Rows(rows)], true) = (elements.as_mut_slice(), shown.item.repeats) {
        rows.legend.clear();
        rows.hint = None;
    }
    Some((elements, asks::of_section(members)))
}

/// A plain group opens into its members; a question or a repeating group stands as it is.
fn opened<'v, 'q>(shown: &'v Visible<'q>) -> &'v [Visible<'q>] {
    match shown.rows.as_slice() {
        [members] if !shown.item.repeats => members,
        _ => std::slice::from_ref(shown),
    }
}
