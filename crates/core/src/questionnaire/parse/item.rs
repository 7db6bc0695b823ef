//! One item and what it holds.

use serde_json::{Map, Value};

use super::{DEPTH_MAX, ITEMS_MAX, Place, Reader, extensions};
use crate::language::Text;
use crate::questionnaire::item::Item;
use crate::questionnaire::kind::Kind;

const ITEM_CONTROL: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";

impl Reader {
    /// The items of a form or group; help texts are left to their parent.
    pub(super) fn children(&mut self, object: &Map<String, Value>, at: Place, depth: usize) -> Vec<Item> {
        let given = self.objects(object, "item", at);
        if depth > DEPTH_MAX && !given.is_empty() {
            self.fault(at, format!("groups are nested deeper than {DEPTH_MAX}: flatten the form"));
            return Vec::new();
        }
        let mut items = Vec::new();
        for (n, object) in given.into_iter().enumerate().filter(|(_, object)| !is_help(object)) {
            self.items += 1;
            if self.items > ITEMS_MAX {
                if self.items == ITEMS_MAX + 1 {
                    self.fault(at, format!("the form has more than {ITEMS_MAX} items: shorten it"));
                }
                break;
            }
            let pointer = format!("{}/item/{n}", at.pointer);
            let link_id = object.get("linkId").and_then(Value::as_str);
            items.extend(self.item(object, Place { pointer: &pointer, link_id }, depth));
        }
        items
    }

    fn item(&mut self, object: &Map<String, Value>, at: Place, depth: usize) -> Option<Item> {
        self.refuse_modifiers(object, at);
        let Some(link_id) = at.link_id.filter(|link_id| is_link_id(link_id)) else {
            self.fault(at, "an item needs a linkId of 1 to 64 characters without space or control characters");
            return None;
        };
        self.unique(link_id, at);
        let kind = self.kind(object, at)?;
        let (conditions, behaviour) = self.conditions(object, at);
        let mut item = Item {
            required: self.boolean(object, "required", at),
            repeats: self.boolean(object, "repeats", at),
            bounds: self.bounds(object, kind, at),
            options: self.options(object, kind, at),
            conditions,
            behaviour,
            text: self.text(object, "text", at),
            help: self.help(object, at),
            ..Item::bare(kind, link_id.to_owned())
        };
        self.before.insert(link_id.to_owned(), (item.clone(), self.rows.clone()));
        self.fits_together(&item, at);
        if kind == Kind::Group {
            item.children = self.group(object, &item, at, depth);
        } else if object.get("item").and_then(Value::as_array).is_some_and(|inner| inner.iter().any(is_no_help)) {
            self.fault(at, "only groups hold items: put them beside this one, with enableWhen (a help text may stay)");
        }
        Some(item)
    }

    fn group(&mut self, object: &Map<String, Value>, item: &Item, at: Place, depth: usize) -> Vec<Item> {
        if item.repeats {
            self.rows.push(item.link_id.clone());
        }
        let children = self.children(object, at, depth + 1);
        if item.repeats {
            self.rows.pop();
        }
        if children.is_empty() {
            self.fault(at, "a group holds at least one item (R4 constraint que-1)");
        }
        children
    }

    fn kind(&mut self, object: &Map<String, Value>, at: Place) -> Option<Kind> {
        let item_type = self.string(object, "type", at).unwrap_or_default();
        let value_set = object.get("answerValueSet").and_then(Value::as_str);
        let kind = Kind::read(&item_type, value_set);
        if kind.is_none() {
            let known = Kind::read(&item_type, None).is_some();
            let message = match value_set {
                Some(value_set) if known => format!(
                    "the value set {value_set} is not known here: list the options as answerOption, or, for countries, use \
                     http://hl7.org/fhir/ValueSet/iso3166-1-3 on a choice"
                ),
                _ => format!(
                    "the type {item_type:?} cannot be asked here: use group, display, boolean, string, text, integer, \
                     decimal, date, choice or open-choice"
                ),
            };
            self.fault(at, message);
        }
        kind
    }

    /// What R4's constraints forbid in combination.
    fn fits_together(&mut self, item: &Item, at: Place) {
        if item.kind == Kind::Display && (item.required || item.repeats) {
            self.fault(at, "a display text is neither required nor repeated (R4 constraint que-6)");
        }
        if !item.repeats && item.bounds.count_max.is_some_and(|most| most > 1) {
            self.fault(at, "maxOccurs above 1 needs repeats: true");
        }
        if item.kind == Kind::Country && !item.options.is_empty() {
            self.fault(at, "answerOption and answerValueSet exclude each other (R4 constraint que-4)");
        }
    }

    /// The help text among the item's own items.
    fn help(&mut self, object: &Map<String, Value>, at: Place) -> Option<Text> {
        let inner = object.get("item")?.as_array()?;
        let mut found = inner.iter().enumerate().filter_map(|(n, inner)| Some((n, inner.as_object()?)));
        let (n, help) = found.find(|(_, inner)| is_help(inner))?;
        let pointer = format!("{}/item/{n}", at.pointer);
        let at = Place { pointer: &pointer, link_id: help.get("linkId").and_then(Value::as_str) };
        if found.any(|(_, inner)| is_help(inner)) {
            self.fault(at, "there is more than one help text: make them one");
        }
        if let Some(link_id) = at.link_id {
            self.unique(link_id, at);
            let row = self.rows.clone();
            self.before.insert(link_id.to_owned(), (Item::bare(Kind::Display, link_id.to_owned()), row));
        }
        Some(self.text(help, "text", at))
    }

    fn unique(&mut self, link_id: &str, at: Place) {
        if self.before.contains_key(link_id) {
            self.fault(at, "another item has this linkId: they are unique in a form (R4 constraint que-2)");
        }
    }
}

/// A display text whose item control is `help` belongs to the item that holds it.
fn is_help(object: &Map<String, Value>) -> bool {
    let control = extensions(object, ITEM_CONTROL).filter_map(|extension| extension.get("valueCodeableConcept"));
    let mut codings = control.filter_map(|concept| concept.get("coding")?.as_array()).flatten();
    object.get("type").and_then(Value::as_str) == Some("display")
        && codings.any(|coding| coding.get("code").and_then(Value::as_str) == Some("help"))
}

fn is_no_help(value: &Value) -> bool {
    !value.as_object().is_some_and(is_help)
}

fn is_link_id(link_id: &str) -> bool {
    (1..=64).contains(&link_id.chars().count()) && !link_id.chars().any(|c| c.is_control() || c.is_whitespace())
}
