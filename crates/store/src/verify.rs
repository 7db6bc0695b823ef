//! Proving the audit unaltered: every chain is walked and computed anew.

use std::collections::BTreeMap;

use pratique_core::id::Id;

use crate::audit::{BEGINNING, CHAIN_OPENED, Link};
use crate::error::StoreError;
use crate::statement as sql;
use crate::store::Store;

/// How many records are read at once.
const PAGE: u32 = 1000;

/// The newest record of every chain at one moment. Kept outside the database, it proves later that no tail was cut.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Checkpoint {
    /// One head a chain, ordered by writer.
    pub heads: Vec<ChainHead>,
}

/// The newest record of one chain.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ChainHead {
    /// Whose chain.
    pub writer: Id,
    /// Its newest record's number.
    pub n: i64,
    /// That record's hash, hexadecimal.
    pub hash: String,
}

/// The first record of a chain that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Broken {
    /// Whose chain.
    pub writer: Id,
    /// The record's number.
    pub n: i64,
    /// What is wrong with it.
    pub why: &'static str,
}

/// What walking the audit found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct AuditReport {
    /// How many chains there are.
    pub chains: usize,
    /// How many records were found whole.
    pub records: u64,
    /// The first broken record of each chain that has one.
    pub broken: Vec<Broken>,
    /// Whether an outside checkpoint was compared. Without one, records cut off at a chain's end, or whole chains taken
    /// away, cannot be excluded; with one, they cannot be up to the checkpoint.
    pub checkpoint: bool,
}

impl AuditReport {
    /// Whether nothing was found altered.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.broken.is_empty()
    }
}

impl Store {
    /// The newest record of every chain, to be kept outside the database.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn checkpoint(&self) -> Result<Checkpoint, StoreError> {
        let found = self.engine.read(sql::AUDIT_HEADS, Vec::new()).await?;
        let head = |mut record: crate::value::Record| {
            Ok(ChainHead { writer: record.id(0)?, n: record.int(1)?, hash: hexadecimal(&record.array::<32>(2)?) })
        };
        Ok(Checkpoint { heads: found.into_iter().map(head).collect::<Result<_, StoreError>>()? })
    }

    /// Walks every chain and names the first broken record of each.
    ///
    /// # Errors
    /// What the engine says; a broken record is no error but the report's content.
    pub async fn verify_audit(&self, checkpoint: Option<&Checkpoint>) -> Result<AuditReport, StoreError> {
        let kept = checkpoint.map(|kept| kept.heads.as_slice()).unwrap_or_default();
        let mut heads: BTreeMap<Id, Option<&ChainHead>> = kept.iter().map(|head| (head.writer, Some(head))).collect();
        for head in self.checkpoint().await?.heads {
            heads.entry(head.writer).or_insert(None);
        }
        let mut report =
            AuditReport { chains: heads.len(), records: 0, broken: Vec::new(), checkpoint: checkpoint.is_some() };
        for (writer, kept) in heads {
            let mut walk = Walk { n: 0, hash: BEGINNING, kept };
            let why = self.walk(writer, &mut walk).await?;
            report.records += u64::try_from(walk.n).unwrap_or_default();
            report.broken.extend(why.map(|why| Broken { writer, n: walk.n + 1, why }));
        }
        Ok(report)
    }

    async fn walk(&self, writer: Id, walk: &mut Walk<'_>) -> Result<Option<&'static str>, StoreError> {
        loop {
            let page = self.audit_range(writer, walk.n + 1, PAGE).await?;
            let last = page.len() < PAGE as usize;
            if let Some(why) = page.iter().find_map(|link| walk.step(link)) {
                return Ok(Some(why));
            }
            if last {
                return Ok(walk.ended());
            }
        }
    }
}

/// How far a chain was found whole.
struct Walk<'a> {
    n: i64,
    hash: [u8; 32],
    kept: Option<&'a ChainHead>,
}

impl Walk<'_> {
    fn step(&mut self, link: &Link) -> Option<&'static str> {
        let why = match () {
            () if link.n != self.n + 1 => Some("a record is missing here"),
            () if link.prev != self.hash => Some("it does not follow from the record before it"),
            () if link.hash != link.computed_hash() => Some("its content does not match its hash"),
            () if link.n == 1 && link.entry.action != CHAIN_OPENED => Some("the chain does not begin with its opening"),
            () if self.kept.is_some_and(|kept| kept.n == link.n && kept.hash != hexadecimal(&link.hash)) => {
                Some("it is not the record that the checkpoint saw")
            }
            () => None,
        };
        if why.is_none() {
            (self.n, self.hash) = (link.n, link.hash);
        }
        why
    }

    fn ended(&self) -> Option<&'static str> {
        let cut = self.kept.is_some_and(|kept| kept.n > self.n);
        cut.then_some("the checkpoint saw this record and it is gone: the chain's end was cut off")
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
