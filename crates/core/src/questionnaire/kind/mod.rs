//! The kinds of question: one file and one line of the register each.

use jiff::civil::Date;
use serde_json::Value;

use super::error::Problem;
use super::item::Item;

/// What a kind of question is: how FHIR names it, and how one value of it is read.
pub(super) struct Spec {
    /// `Questionnaire.item.type`.
    pub item_type: &'static str,
    /// The `answerValueSet` that makes it this kind.
    pub value_set: Option<&'static str>,
    /// The types of `value[x]` that answer it.
    pub fhir_types: &'static [&'static str],
    /// One value (never blank) to its canonical form.
    pub check: fn(&Item, &Value, Date) -> Result<Value, Problem>,
    /// What a page's form sent, as the JSON value that the API would send.
    pub read_field: fn(&str) -> Value,
    /// Whether options may be given.
    pub chooses: bool,
    /// Whether answers have an order that conditions and limits can use.
    pub ordered: bool,
}

impl Spec {
    /// A question answered by words, to be changed where a kind differs.
    const WORDS: Spec = Spec {
        item_type: "string",
        value_set: None,
        fhir_types: &["String"],
        check: group::refuse,
        read_field: |text| Value::String(text.to_owned()),
        chooses: false,
        ordered: false,
    };
}

/// Makes the register: the modules, the enum and the way from one to the other, so that a kind cannot be half added.
macro_rules! register {
    ($($(#[$doc:meta])* $name:ident => $module:ident;)+) => {
        $(mod $module;)+

        /// What an item asks for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Kind {
            $($(#[$doc])* $name,)+
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Kind] = &[$(Kind::$name),+];

            pub(super) fn spec(self) -> &'static Spec {
                match self {
                    $(Kind::$name => &$module::SPEC,)+
                }
            }

            /// The name of the kind, as templates and the `expected` of an error use it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Kind::$name => stringify!($module),)+
                }
            }
        }
    };
}

register! {
    /// Items that belong together.
    Group => group;
    /// A text to be read.
    Display => display;
    /// Yes or no.
    Boolean => boolean;
    /// One line.
    String => string;
    /// Several lines.
    Text => text;
    /// A whole number.
    Integer => integer;
    /// A number.
    Decimal => decimal;
    /// A day of the calendar.
    Date => date;
    /// One (or, repeating, some) of the options.
    Choice => choice;
    /// One of the options, or own words.
    OpenChoice => open_choice;
    /// A country or territory.
    Country => country;
}

impl Kind {
    /// The kind that FHIR's type and value set mean.
    pub(super) fn read(item_type: &str, value_set: Option<&str>) -> Option<Kind> {
        // A canonical may carry a version after a bar (R4 canonical).
        let value_set = value_set.map(|url| url.split('|').next().unwrap_or(url));
        Kind::ALL.iter().copied().find(|kind| {
            let spec = kind.spec();
            spec.item_type == item_type && spec.value_set == value_set
        })
    }
}

pub(super) use date::read as read_date;
