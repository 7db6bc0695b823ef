//! Standard output as commands use it: buffered JSON lines, or a table where a person reads.

use std::io::{BufWriter, Write};

use serde::Serialize;
use serde_json::Value;

use super::CommandFault;

/// How an answer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// JSON, one value a line.
    #[default]
    Json,
    /// Columns for a person.
    Table,
}

/// Where answers go.
pub struct Out(Box<dyn Write>);

impl Out {
    /// Standard output.
    #[must_use]
    pub fn stdout() -> Self {
        Out(Box::new(BufWriter::new(std::io::stdout())))
    }

    /// Anything else that can be written to.
    #[cfg(test)]
    pub fn to(sink: impl Write + 'static) -> Self {
        Out(Box::new(sink))
    }

    /// One JSON value on a line.
    ///
    /// # Errors
    /// A closed pipe, a full disk.
    pub fn json(&mut self, value: &impl Serialize) -> Result<(), CommandFault> {
        serde_json::to_writer(&mut self.0, value).map_err(std::io::Error::from)?;
        Ok(self.0.write_all(b"\n")?)
    }

    /// One line of text.
    ///
    /// # Errors
    /// As [`Out::json`].
    pub fn line(&mut self, text: &str) -> Result<(), CommandFault> {
        Ok(writeln!(self.0, "{text}")?)
    }

    /// Rows of JSON objects: a line each, or a table of the named members.
    ///
    /// # Errors
    /// As [`Out::json`].
    pub fn rows(&mut self, format: Format, columns: &[&str], rows: &[Value]) -> Result<(), CommandFault> {
        match format {
            Format::Json => rows.iter().try_for_each(|row| self.json(row)),
            Format::Table => table(columns, rows).iter().try_for_each(|line| self.line(line)),
        }
    }

    /// Hands everything on.
    ///
    /// # Errors
    /// As [`Out::json`].
    pub fn flush(&mut self) -> Result<(), CommandFault> {
        Ok(self.0.flush()?)
    }
}

fn cell(row: &Value, column: &str) -> String {
    match row.get(column) {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(list)) => list.iter().map(said).collect::<Vec<_>>().join(", "),
        Some(other) => other.to_string(),
    }
}

/// A value within a list, without the quotation marks of JSON.
fn said(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Columns padded to their widest cell, the last one left as it is.
fn table(columns: &[&str], rows: &[Value]) -> Vec<String> {
    let head: Vec<String> = columns.iter().map(|name| name.replace('_', " ")).collect();
    let body = rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect::<Vec<_>>());
    let all: Vec<Vec<String>> = std::iter::once(head).chain(body).collect();
    let width = |at: usize| all.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}", width = *width));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    all.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_table_lines_up_whatever_it_holds() {
        let rows = [json!({"name": "王小明", "at_ms": 5}), json!({"name": "x", "role": "officer", "at_ms": null})];
        assert_eq!(
            table(&["name", "role", "at_ms"], &rows),
            ["name  role     at ms", "王小明            5", "x     officer"]
        );
    }
}
