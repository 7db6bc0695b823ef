//! The store's values as PostgreSQL takes and gives them.

use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use crate::plan::Sheet;
use crate::statement;
use crate::value::{Cell, Value};

type Failure = Box<dyn std::error::Error + Sync + Send>;

/// One column of a batch, as an array.
pub(crate) type Column<'a> = Box<dyn ToSql + Sync + Send + 'a>;

/// Turns a sheet's rows into one array a column.
pub(crate) fn columns<'a>(sheet: &Sheet<'a>) -> Vec<Column<'a>> {
    let width = sheet.write.width();
    let column = |(at, (_, kind)): (usize, &(&str, statement::Type))| -> Column<'a> {
        let cells = sheet.cells.iter().skip(at).step_by(width);
        match kind {
            statement::Type::Int => Box::new(cells.map(int).collect::<Vec<_>>()),
            statement::Type::Text => Box::new(cells.map(text).collect::<Vec<_>>()),
            statement::Type::Bytes => Box::new(cells.map(bytes).collect::<Vec<_>>()),
        }
    };
    sheet.write.columns.iter().enumerate().map(column).collect()
}

fn int(cell: &Cell<'_>) -> Option<i64> {
    if let Cell::Int(n) = cell { Some(*n) } else { None }
}

fn text<'a>(cell: &Cell<'a>) -> Option<&'a str> {
    if let Cell::Text(text) = cell { Some(text) } else { None }
}

fn bytes<'a>(cell: &Cell<'a>) -> Option<&'a [u8]> {
    if let Cell::Bytes(bytes) = cell { Some(bytes) } else { None }
}

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(n) => n.to_sql(kind, out),
            Value::Text(text) => text.to_sql(kind, out),
            Value::Bytes(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::TEXT | Type::BYTEA)
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Failure> {
        match *kind {
            Type::INT8 => i64::from_sql(kind, raw).map(Value::Int),
            Type::TEXT => String::from_sql(kind, raw).map(Value::Text),
            _ => Vec::<u8>::from_sql(kind, raw).map(Value::Bytes),
        }
    }

    fn from_sql_null(_: &Type) -> Result<Self, Failure> {
        Ok(Value::Null)
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::TEXT | Type::BYTEA)
    }
}
