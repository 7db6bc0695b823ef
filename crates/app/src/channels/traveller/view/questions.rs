//! A page of questions: the trip, a person, how to reach them, or one section of the form. All are the same page.

use askama::Template;
use jiff::civil::Date;
use pratique_core::declaration::Declare;
use pratique_core::field::FieldError;
use pratique_core::questionnaire::{Questionnaire, Visible};
use serde_json::Value;

use super::super::draft;
use super::super::own::{self, Own};
use super::super::step::{Person, Step, before, steps};
use crate::page::asked::Asker;
use crate::page::{Element, Shell, Summary};

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
    /// The questions.
    pub elements: Vec<Element>,
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
        let (key, elements) = match step {
            Step::Trip => ("trip", fields(&shell, own::TRIP, Person::Declarer, body, today, tells)),
            Step::Contact => ("contact", fields(&shell, own::CONTACT, Person::Declarer, body, today, tells)),
            Step::You(Person::Declarer) => ("you", fields(&shell, own::PERSON, Person::Declarer, body, today, tells)),
            Step::You(person) => {
                let mut elements = fields(&shell, own::PERSON, *person, body, today, tells);
                elements.extend(fields(&shell, own::COMPANION, *person, body, today, tells));
                ("companion", elements)
            }
            Step::Section(person, link_id) => ("section", section(&shell, *person, link_id, body, form, today, tells)?),
            Step::Companions | Step::Check => return None,
        };
        let back = before(&steps(form, body, today), step)
            .map_or_else(|| shell.before_first().to_owned(), |step| step.address());
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
            summary: Summary::of(words, &elements),
            elements,
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
    list.iter().map(|own| own.field(shell.words, &person.base(), body, &faults)).collect()
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
) -> Option<Vec<Element>> {
    let route = person.route(form, body, today);
    let shown = route.section(link_id)?;
    let at = person.answers_at();
    let answers = Value::Object(person.answers(body));
    let asker = Asker { words: shell.words, at: &at, tells, answers: &answers };
    let mut elements = asker.elements(opened(shown));
    // Rows that are a section of their own stand under the page's heading.
    if let ([Element::Rows(rows)], true) = (elements.as_mut_slice(), shown.item.repeats) {
        rows.legend.clear();
        rows.hint = None;
    }
    Some(elements)
}

/// A plain group opens into its members; a question or a repeating group stands as it is.
fn opened<'v, 'q>(shown: &'v Visible<'q>) -> &'v [Visible<'q>] {
    match shown.rows.as_slice() {
        [members] if !shown.item.repeats => members,
        _ => std::slice::from_ref(shown),
    }
}
