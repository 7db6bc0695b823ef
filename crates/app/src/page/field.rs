//! One question on a page: label, hint, what is wrong with it, and the control to answer with.
//!
//! A field's name is the RFC 6901 pointer of its value in the declaration's JSON, so that one mapping serves all forms and an
//! error finds its field by its pointer.

use askama::Template;
use pratique_core::country;

/// A question with its control.
#[derive(Debug, Clone, Template)]
#[template(path = "components/field.html")]
pub struct Field {
    /// The name under which the answer is sent.
    pub name: String,
    /// Which one it is, where several fields send answers under one name; else 0.
    pub nth: usize,
    /// The question.
    pub label: String,
    /// What helps to answer it.
    pub hint: Option<String>,
    /// What to write beside the label of a question that may be left out.
    pub optional: Option<String>,
    /// What is wrong, in words that say how to mend it.
    pub errors: Vec<String>,
    /// How it is answered.
    pub control: Control,
}

impl askama::filters::HtmlSafe for Field {}

/// How a question is answered. One variant, one template in `components/`.
#[derive(Debug, Clone)]
pub enum Control {
    /// One line.
    Line(Line),
    /// Several lines.
    Lines {
        /// What stands in it.
        value: String,
    },
    /// One of some; all are seen at once.
    Radios {
        /// The answers.
        picks: Vec<Pick>,
        /// Own words instead of an answer.
        other: Option<Other>,
    },
    /// Any number of some.
    Checks {
        /// The answers.
        picks: Vec<Pick>,
        /// Own words beside the answers.
        other: Option<Other>,
    },
    /// One of many; the first of them means that none is chosen.
    Select {
        /// The answers.
        picks: Vec<Pick>,
        /// What the browser may fill in (HTML, autofill).
        autocomplete: Option<&'static str>,
    },
    /// Several answers of the same kind, each in a control of its own, and a button for one more.
    Several {
        /// One field an answer.
        fields: Vec<Field>,
        /// The words of the button.
        add: Option<String>,
    },
}

/// One line to type in.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// What stands in it.
    pub value: String,
    /// The type, where a keyboard of its own helps: `tel`, `email`. Never `number` or `date`: they lose what was typed wrongly.
    pub kind: Option<&'static str>,
    /// The keyboard: `numeric`, `decimal`.
    pub keyboard: Option<&'static str>,
    /// What the browser may fill in (HTML, autofill).
    pub autocomplete: Option<&'static str>,
    /// About how many characters are expected: the line is as wide (5, 10, 20), or as the page.
    pub chars: Option<u8>,
    /// A document's own characters: left to right in every language, and not corrected by the keyboard.
    pub as_printed: bool,
    /// What may be ticked instead of filling the line in.
    pub instead: Option<Instead>,
    /// Where a script finds proposals for what is typed.
    pub proposals: Option<&'static str>,
}

/// A box to tick instead of an answer, sent under a name of its own.
#[derive(Debug, Clone)]
pub struct Instead {
    /// The name under which it is sent.
    pub name: String,
    /// Its words.
    pub text: String,
    /// Whether it is ticked.
    pub chosen: bool,
}

impl Instead {
    /// The id of the box.
    #[must_use]
    pub fn id(&self) -> String {
        id_of(&self.name)
    }
}

/// One answer to choose.
#[derive(Debug, Clone)]
pub struct Pick {
    /// What is sent.
    pub value: String,
    /// Its words.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Pick {
    /// For the script that finds a country by typing: the code by which browsers know its names in every language, and what
    /// people call it besides. Empty for any other answer.
    #[must_use]
    pub fn marks(&self) -> Marks {
        Marks { region: country::alpha2(&self.value), also: country::also(&self.value) }
    }
}

/// The marks of an answer that is a country.
#[derive(Debug, Template)]
#[template(
    ext = "html",
    source = "{% if let Some(region) = region %} data-c=\"{{ region }}\"{% endif %}{% if let Some(also) = also %} data-also=\"{{ also }}\"{% endif %}"
)]
pub struct Marks {
    region: Option<&'static str>,
    also: Option<&'static str>,
}

impl askama::filters::HtmlSafe for Marks {}

/// Own words, where none of the answers fits.
#[derive(Debug, Clone)]
pub struct Other {
    /// The label of the line.
    pub label: String,
    /// What stands in it.
    pub value: String,
}

/// The value of the radio button that says "in my own words"; no option of a form has it, since a blank cannot lead a code.
pub const OTHER: &str = " other";

impl Field {
    /// The id of the control, or of the first of its controls: where a link in the summary of errors leads.
    #[must_use]
    pub fn id(&self) -> String {
        match self.nth {
            0 => id_of(&self.name),
            nth => format!("{}:{}", id_of(&self.name), nth + 1),
        }
    }

    /// The id of the answer at this place: the first has the field's own.
    #[must_use]
    pub fn pick_id(&self, at: &usize) -> String {
        if *at == 0 { self.id() } else { format!("{}:{}", self.id(), at + 1) }
    }

    /// The ids that describe the control to a reader, if there are any.
    #[must_use]
    pub fn described_by(&self) -> Option<String> {
        let hint = self.hint.iter().map(|_| format!("{}:hint", self.id()));
        let error = self.errors.first().map(|_| format!("{}:error", self.id()));
        let ids: Vec<_> = hint.chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Whether it has several controls, so that a legend names them and not a label.
    #[must_use]
    pub fn is_set(&self) -> bool {
        matches!(self.control, Control::Radios { .. } | Control::Checks { .. } | Control::Several { .. })
    }
}

/// The id for a pointer: letters, digits, `.`, `_` and `-` stay, `/` is `:`, others are written as their code, so that no two
/// pointers share an id and a link needs no escapes.
#[must_use]
pub fn id_of(pointer: &str) -> String {
    let mut id = String::from("f");
    for c in pointer.chars() {
        match c {
            '/' => id.push(':'),
            c if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') => id.push(c),
            c => id.push_str(&format!("~{:x}~", u32::from(c))),
        }
    }
    id
}

#[cfg(test)]
mod tests {
    use super::id_of;

    #[test]
    fn an_id_is_plain_and_its_own() {
        assert_eq!(id_of("/trip/flight"), "f:trip:flight");
        assert_ne!(id_of("/a/b"), id_of("/a.b"));
        assert_eq!(id_of("/问 1"), "f:~95ee~~20~1");
    }
}
