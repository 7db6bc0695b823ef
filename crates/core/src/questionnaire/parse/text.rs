//! A text with its translations.

use serde_json::{Map, Value};

use super::{Place, Reader, extensions};
use crate::language::Text;

const TRANSLATION: &str = "http://hl7.org/fhir/StructureDefinition/translation";

impl Reader {
    /// The text at this key and its translations, which FHIR keeps at the key with `_` before it (R4 JSON, primitives).
    pub(super) fn text(&mut self, object: &Map<String, Value>, key: &str, at: Place) -> Text {
        let mut text = Text::default();
        if let Some(words) = self.string(object, key, at) {
            text.0.insert(self.language.clone(), words);
        }
        let Some(Value::Object(beside)) = object.get(&format!("_{key}")) else { return text };
        for translation in extensions(beside, TRANSLATION) {
            match translated(translation) {
                Some((language, _)) if text.0.contains_key(language) => {
                    self.fault(at, format!("{key} is translated into {language} twice: keep one"));
                }
                Some((language, words)) => {
                    text.0.insert(language.to_owned(), words.to_owned());
                }
                None => self.fault(
                    at,
                    format!(
                        "a translation of {key} needs an extension `lang` (valueCode) and one `content` (valueString)"
                    ),
                ),
            }
        }
        text
    }
}

fn translated(translation: &Map<String, Value>) -> Option<(&str, &str)> {
    let language = extensions(translation, "lang").next()?.get("valueCode")?.as_str()?;
    let content = extensions(translation, "content").next()?;
    // R4 says valueString; later versions of the extension also allow markdown.
    let words = content.get("valueString").or_else(|| content.get("valueMarkdown"))?.as_str()?;
    Some((language, words))
}
