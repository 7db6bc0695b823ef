//! `match`: are two records the same person?

use pratique_core::identity::matching::{Identity, compare};
use pratique_core::identity::name::{NAME_CHARS_MAX, clean};
use pratique_core::identity::{BirthDate, Name, Sex};
use serde_json::Value;

use super::CommandFault;
use super::lines::{LineFault, filter, maybe_text};
use super::output::Out;

/// Say whether two records are the same person: JSON Lines in, one answer a line out.
///
/// A line has two identities, `a` and `b`: a name, and what else is known of `birth_date`, `nationality`, `sex`, `document`,
/// `flight`, `seat`. The answer has a score from 0 to 1, a verdict (`same`, `review`, `different`) and every reason.
#[derive(Debug, clap::Args)]
#[command(after_help = r#"Example:
  echo '{"a":{"name":"王小明","birth_date":"1988-03-02"},"b":{"name":{"primary":"WANG","secondary":"XIAOMING"},
  "birth_date":"1988-03-02"}}' | tr -d '\n' | pratique match"#)]
pub struct Match {}

impl Match {
    #[expect(clippy::unused_self, reason = "every command has the same shape")]
    pub(super) fn run(&self, out: &mut Out) -> Result<(), CommandFault> {
        filter(out, answer)
    }
}

fn answer(line: &Value) -> Result<Value, LineFault> {
    let found = compare(&identity(line, "a")?, &identity(line, "b")?);
    serde_json::to_value(&found).map_err(|e| LineFault::new("bug", e))
}

fn identity(line: &Value, member: &str) -> Result<Identity, LineFault> {
    let value = line.get(member).filter(|v| v.is_object());
    let value =
        value.ok_or_else(|| LineFault::new("missing", format!("`{member}` must be an object: one identity")))?;
    let text = |name: &str| maybe_text(value, name).map(|text| text.map(str::trim).filter(|text| !text.is_empty()));
    let not = |name: &str, how: &str| LineFault::new("not-an-identity", format!("`{member}.{name}` {how}"));
    let birth_date = text("birth_date")?.map(|t| t.parse::<BirthDate>().map_err(|e| not("birth_date", &e.to_string())));
    let sex = text("sex")?.map(|t| Sex::parse(t).ok_or_else(|| not("sex", "must be M, F or X")));
    Ok(Identity {
        name: name(value, member)?,
        birth_date: birth_date.transpose()?,
        nationality: text("nationality")?.map(str::to_ascii_uppercase),
        sex: sex.transpose()?,
        documents: document(value, member)?.into_iter().collect(),
        flight: text("flight")?.map(|t| t.replace(' ', "").to_ascii_uppercase()),
        seat: text("seat")?.map(str::to_owned),
    })
}

fn name(value: &Value, member: &str) -> Result<Name, LineFault> {
    let fault = |what: &str| LineFault::new("not-a-name", format!("`{member}.name` {what}"));
    let part = |text: &str| match clean(text, NAME_CHARS_MAX) {
        Ok(text) => Ok(Some(text).filter(|text| !text.is_empty())),
        Err(_) => Err(fault(&format!("is longer than {NAME_CHARS_MAX} characters, or holds hidden ones"))),
    };
    match value.get("name") {
        Some(Value::String(text)) => {
            let primary = part(text)?.ok_or_else(|| fault("is empty"))?;
            Ok(Name { primary, secondary: None, native: None })
        }
        Some(Value::Object(parts)) => {
            let at = |key: &str| parts.get(key).and_then(Value::as_str).map_or(Ok(None), part);
            let (primary, secondary, native) = (at("primary")?, at("secondary")?, at("native")?);
            let (primary, secondary) = match (primary, secondary) {
                (None, Some(only)) => (only, None),
                (Some(primary), secondary) => (primary, secondary),
                (None, None) => (native.clone().ok_or_else(|| fault("has neither `primary` nor `native`"))?, None),
            };
            Ok(Name { primary, secondary, native })
        }
        _ => Err(fault("must be a text, or an object with `primary`, `secondary`, `native`")),
    }
}

/// A number alone, or with its issuing state.
fn document(value: &Value, member: &str) -> Result<Option<(String, Option<String>)>, LineFault> {
    match value.get("document") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(number)) => Ok(Some((number.clone(), None))),
        Some(document @ Value::Object(_)) => {
            let issuer = maybe_text(document, "issuer")?.filter(|issuer| !issuer.trim().is_empty());
            Ok(maybe_text(document, "number")?.map(|number| (number.to_owned(), issuer.map(str::to_owned))))
        }
        Some(_) => Err(LineFault::new("not-a-document", format!("`{member}.document` must be a number or an object"))),
    }
}
