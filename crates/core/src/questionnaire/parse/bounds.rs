//! The limits of an answer, from the standard's elements and extensions.

use serde_json::{Map, Value};

use super::{Place, Reader, choice_of_type, extensions};
use crate::questionnaire::bounds::{Bounds, DateBound};
use crate::questionnaire::kind::{self, Kind};

const BASE: &str = "http://hl7.org/fhir/StructureDefinition/";

impl Reader {
    pub(super) fn bounds(&mut self, object: &Map<String, Value>, kind: Kind, at: Place) -> Bounds {
        let mut bounds = Bounds {
            length_max: self.typed(object, "maxLength", at, "a whole number from 0", count),
            length_min: self.count(object, "minLength", at),
            count_min: self.count(object, "minOccurs", at),
            count_max: self.count(object, "maxOccurs", at),
            decimals_max: self.count(object, "maxDecimalPlaces", at),
            ..Bounds::default()
        };
        if let Some(limit) = self.limit(object, "minValue", kind, at) {
            (bounds.number_min, bounds.date_min) = limit;
        }
        if let Some(limit) = self.limit(object, "maxValue", kind, at) {
            (bounds.number_max, bounds.date_max) = limit;
        }
        if extensions(object, &format!("{BASE}regex")).next().is_some() {
            self.fault(at, "regex is not read, since its cost cannot be bounded: use options or lengths");
        }
        bounds
    }

    fn count(&mut self, object: &Map<String, Value>, name: &str, at: Place) -> Option<usize> {
        let extension = extensions(object, &format!("{BASE}{name}")).next()?;
        if !extension.contains_key("valueInteger") {
            self.fault(at, format!("{name} needs a valueInteger"));
        }
        self.typed(extension, "valueInteger", at, "a whole number from 0", count)
    }

    fn limit(
        &mut self,
        object: &Map<String, Value>,
        name: &str,
        kind: Kind,
        at: Place,
    ) -> Option<(Option<f64>, Option<DateBound>)> {
        let extension = extensions(object, &format!("{BASE}{name}")).next()?;
        let limit = match (kind, choice_of_type(extension, "value")) {
            (Kind::Integer | Kind::Decimal, Some(("Integer" | "Decimal", value))) => Some((value.as_f64(), None)),
            (Kind::Date, Some(("Date", Value::String(date)))) => {
                kind::read_date(date).map(|date| (None, Some(DateBound::Fixed(date))))
            }
            (Kind::Date, None) => expression(extension).and_then(DateBound::read).map(|bound| (None, Some(bound))),
            _ => None,
        };
        if limit.is_none_or(|limit| limit == (None, None)) {
            self.fault(
                at,
                format!(
                    "{name} must be a valueInteger or valueDecimal on a number, a valueDate on a date, or there, in \
                     _valueDate, a cqf-expression such as today() or today() - 14 days"
                ),
            );
        }
        limit
    }
}

/// The FHIRPath expression that stands in for a date (R4 extension cqf-expression; structured data capture writes
/// cqf-calculatedValue).
fn expression(extension: &Map<String, Value>) -> Option<&str> {
    let beside = extension.get("_valueDate")?.as_object()?;
    let calculated = ["cqf-expression", "cqf-calculatedValue"]
        .iter()
        .find_map(|name| extensions(beside, &format!("{BASE}{name}")).next())?;
    calculated.get("valueExpression")?.get("expression")?.as_str()
}

fn count(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|count| usize::try_from(count).ok())
}
