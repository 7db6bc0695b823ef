//! A filter: JSON Lines in, one answer a line out, in order. What is wrong with one line is that line's answer and stops nothing.

use std::io::{BufRead, BufReader, Read};

use serde_json::{Value, json};

use super::CommandFault;
use super::output::Out;

/// The longest line taken. No pass or zone has a hundredth of it, and hostile input must stay cheap.
const LINE_BYTES_MAX: u64 = 1 << 20;

/// Why a line has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFault {
    /// Stable code.
    pub code: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

impl LineFault {
    /// A fault of a line.
    pub fn new(code: &'static str, message: impl ToString) -> Self {
        LineFault { code, message: message.to_string() }
    }

    /// As it stands in an answer.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({"code": self.code, "message": self.message})
    }
}

/// Answers every line of standard input.
///
/// # Errors
/// Standard input or output.
pub fn filter(out: &mut Out, answer: impl FnMut(&Value) -> Result<Value, LineFault>) -> Result<(), CommandFault> {
    each(&mut BufReader::new(std::io::stdin().lock()), out, answer)
}

fn each<R: Read>(
    input: &mut BufReader<R>,
    out: &mut Out,
    mut answer: impl FnMut(&Value) -> Result<Value, LineFault>,
) -> Result<(), CommandFault> {
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        if input.by_ref().take(LINE_BYTES_MAX + 1).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let is_whole = line.ends_with(b"\n") || line.len() as u64 <= LINE_BYTES_MAX;
        let answered = if is_whole {
            parse(&line, number).and_then(|value| answer(&value))
        } else {
            skip_line(input)?;
            let why = format!("line {number} has more than the {LINE_BYTES_MAX} bytes that a line may have");
            Err(LineFault::new("too-long", why))
        };
        match answered {
            Ok(value) => out.json(&value)?,
            Err(fault) => {
                out.json(&json!({"error": {"code": fault.code, "message": fault.message, "line": number}}))?
            }
        }
        // Whoever types, or pipes line by line, sees each answer at once; a file is answered in blocks.
        if input.buffer().is_empty() {
            out.flush()?;
        }
    }
    Ok(())
}

/// One line; `number` is its own in the input, from 1.
fn parse(line: &[u8], number: u64) -> Result<Value, LineFault> {
    if line.trim_ascii().is_empty() {
        return Err(LineFault::new(
            "not-json",
            format!("line {number} is an empty line; one JSON object a line is expected"),
        ));
    }
    let value: Value = serde_json::from_slice(line).map_err(|e| not_json(&e, line, number))?;
    match value {
        Value::Object(_) => Ok(value),
        _ => Err(LineFault::new("not-an-object", format!("line {number}: one JSON object a line is expected"))),
    }
}

/// The parser counts from where it was set down, so its own place says nothing but the column.
fn not_json(error: &serde_json::Error, line: &[u8], number: u64) -> LineFault {
    let said = error.to_string();
    let what = said.split(" at line ").next().unwrap_or(&said);
    let place = match error.is_eof() {
        // What breaks off does so at the end of its line.
        true => line.trim_ascii_end().len(),
        false => error.column(),
    };
    let why = format!("line {number}, column {place}: not a JSON value: {what}; one object a line is expected");
    LineFault::new("not-json", why)
}

fn skip_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let held = input.fill_buf()?;
        let (used, done) = match held.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (held.len(), held.is_empty()),
        };
        input.consume(used);
        if done {
            return Ok(());
        }
    }
}

/// A member that must be a text.
///
/// # Errors
/// It is missing or something else.
pub fn text<'a>(line: &'a Value, member: &str) -> Result<&'a str, LineFault> {
    maybe_text(line, member)?.ok_or_else(|| LineFault::new("missing", format!("`{member}` is missing")))
}

/// A member that may be left out or `null`.
///
/// # Errors
/// It is no text.
pub fn maybe_text<'a>(line: &'a Value, member: &str) -> Result<Option<&'a str>, LineFault> {
    match line.get(member) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(LineFault::new("not-text", format!("`{member}` must be a text"))),
    }
}

/// The instant of `at`: RFC 3339, or a date, which means its first instant in UTC; `now` if it is left out.
///
/// # Errors
/// It is neither.
pub fn instant(line: &Value, now: jiff::Timestamp) -> Result<jiff::Timestamp, LineFault> {
    let Some(text) = maybe_text(line, "at")? else { return Ok(now) };
    let of_date = || text.parse::<jiff::civil::Date>().ok()?.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok();
    text.parse::<jiff::Timestamp>().ok().or_else(|| of_date().map(|zoned| zoned.timestamp())).ok_or_else(|| {
        LineFault::new("not-a-time", "`at` must be an instant as 2026-11-24T08:00:00Z, or a date as 2026-11-24")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Sink(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn answers(input: &[u8]) -> Vec<Value> {
        let sink = Sink::default();
        let echo = |line: &Value| text(line, "a").map(|a| json!({ "a": a }));
        each(&mut BufReader::new(input), &mut Out::to(sink.clone()), echo).unwrap();
        let written = sink.0.lock().unwrap().clone();
        String::from_utf8(written).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn a_bad_line_is_answered_in_its_place_and_stops_nothing() {
        let long = vec![b'x'; LINE_BYTES_MAX as usize + 10];
        let input =
            [b"{\"a\":\"1\"}\nnope\n\n\xff\n[1]\n{\"a\":2}\n{}\n".as_slice(), &long, b"\n{\"a\":\"last\"}"].concat();
        let told: Vec<String> = answers(&input)
            .iter()
            .map(|answer| answer.pointer("/error/code").unwrap_or(&answer["a"]).as_str().unwrap().to_owned())
            .collect();
        let expected =
            ["1", "not-json", "not-json", "not-json", "not-an-object", "not-text", "missing", "too-long", "last"];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_bad_line_is_told_by_its_number_in_the_input() {
        let told = answers(b"{\"a\":\"1\"}\n\n  \nnope\n{\"a\":\n[1]\n{\"a\":2}\n");
        let said = |at: usize| told[at]["error"]["message"].as_str().unwrap();
        for (at, words) in [
            (1, "line 2 is an empty line"),
            (2, "line 3 is an empty line"),
            (3, "line 4, column 2: "),
            (4, "line 5, column 5: "),
            (5, "line 6: one JSON object"),
        ] {
            assert!(said(at).starts_with(words), "{}", said(at));
            assert_eq!(told[at]["error"]["line"], at + 1);
        }
        assert_eq!(told[6]["error"]["line"], 7, "what is wrong with its members too");
    }

    #[test]
    fn an_instant_may_be_a_date() {
        let now = jiff::Timestamp::UNIX_EPOCH;
        assert_eq!(instant(&json!({}), now), Ok(now));
        assert_eq!(instant(&json!({"at": "1970-01-01"}), jiff::Timestamp::MAX), Ok(now));
        assert_eq!(instant(&json!({"at": "soon"}), now).unwrap_err().code, "not-a-time");
    }
}
