//! The four kinds of value that both engines share: nothing, 64-bit integer, text, bytes.

use pratique_core::id::Id;

use crate::error::StoreError;

/// A value that came out of a statement, or goes into a read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Value {
    #[default]
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A value on its way into a write, borrowed from the change it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl<'a> Cell<'a> {
    pub(crate) fn id(id: &'a Id) -> Self {
        Cell::Bytes(&id.0)
    }

    pub(crate) fn maybe(id: Option<&'a Id>) -> Self {
        id.map_or(Cell::Null, Cell::id)
    }
}

impl Value {
    pub(crate) fn id(id: Id) -> Self {
        Value::Bytes(id.0.to_vec())
    }

    pub(crate) fn as_cell(&self) -> Cell<'_> {
        match self {
            Value::Null => Cell::Null,
            Value::Int(n) => Cell::Int(*n),
            Value::Text(text) => Cell::Text(text),
            Value::Bytes(bytes) => Cell::Bytes(bytes),
        }
    }
}

/// One record that a read found; columns are taken out of it by position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record(pub(crate) Vec<Value>);

impl Record {
    fn take(&mut self, at: usize) -> Value {
        self.0.get_mut(at).map(std::mem::take).unwrap_or_default()
    }

    pub(crate) fn int(&mut self, at: usize) -> Result<i64, StoreError> {
        match self.take(at) {
            Value::Int(n) => Ok(n),
            other => Err(wrong("an integer", at, &other)),
        }
    }

    pub(crate) fn text(&mut self, at: usize) -> Result<String, StoreError> {
        match self.take(at) {
            Value::Text(text) => Ok(text),
            other => Err(wrong("text", at, &other)),
        }
    }

    pub(crate) fn bytes(&mut self, at: usize) -> Result<Vec<u8>, StoreError> {
        match self.take(at) {
            Value::Bytes(bytes) => Ok(bytes),
            other => Err(wrong("bytes", at, &other)),
        }
    }

    pub(crate) fn array<const N: usize>(&mut self, at: usize) -> Result<[u8; N], StoreError> {
        let bytes = self.bytes(at)?;
        <[u8; N]>::try_from(bytes)
            .map_err(|found| StoreError::Bug(format!("column {at} has {} bytes, not {N}", found.len())))
    }

    pub(crate) fn id(&mut self, at: usize) -> Result<Id, StoreError> {
        self.array(at).map(Id)
    }

    pub(crate) fn maybe_id(&mut self, at: usize) -> Result<Option<Id>, StoreError> {
        if self.0.get(at) == Some(&Value::Null) { Ok(None) } else { self.id(at).map(Some) }
    }
}

fn wrong(wanted: &str, at: usize, found: &Value) -> StoreError {
    // Names the type alone: a value may be personal.
    let kind = match found {
        Value::Null => "nothing",
        Value::Int(_) => "an integer",
        Value::Text(_) => "text",
        Value::Bytes(_) => "bytes",
    };
    StoreError::Bug(format!("column {at} should be {wanted} and is {kind}"))
}
