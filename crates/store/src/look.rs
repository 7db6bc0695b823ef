//! **Look**, judge, write: what a batch names, and what the engines found of it.

use std::collections::BTreeSet;

use pratique_core::id::Id;

use crate::audit::Head;
use crate::change::{Change, StoredAnswer};
use crate::error::StoreError;
use crate::value::Record;

/// Every row, claim key and answer key that a batch names, each once.
pub(crate) struct Named<'a> {
    pub(crate) rows: BTreeSet<Id>,
    pub(crate) claims: BTreeSet<&'a [u8]>,
    pub(crate) answers: BTreeSet<&'a [u8; 32]>,
}

pub(crate) fn named(changes: &[Change]) -> Named<'_> {
    Named {
        rows: changes.iter().flat_map(Change::touched).collect(),
        claims: changes.iter().flat_map(|change| &change.claims).map(|claim| claim.key.as_slice()).collect(),
        answers: changes.iter().filter_map(|change| change.answer.as_ref()).map(|answer| &answer.key).collect(),
    }
}

/// Reads what `statement::ANSWER_GIVEN` found.
pub(crate) fn answer(key: [u8; 32], mut record: Record) -> Result<StoredAnswer, StoreError> {
    let status = record.int(1)?;
    Ok(StoredAnswer {
        key,
        body_hash: record.array(0)?,
        status: u16::try_from(status).map_err(|_| StoreError::Bug(format!("stored status {status}")))?,
        bytes: record.bytes(2)?,
        person: record.maybe_id(3)?,
        expires_ms: record.int(4)?,
    })
}

/// Reads what `statement::AUDIT_HEAD` found.
pub(crate) fn head(mut found: Vec<Record>) -> Result<Option<Head>, StoreError> {
    found.pop().map(|mut record| Ok(Head { n: record.int(0)?, hash: record.array(1)? })).transpose()
}
