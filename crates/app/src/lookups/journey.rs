//! Journeys: by id, by short code, by pass, by document.

use pratique_core::code::ShortCode;
use pratique_core::id::Id;
use pratique_core::journey::{Declaration, Journey};
use pratique_core::port::Deadlines;
use pratique_store::{Cursor, Order};

use crate::app::App;
use crate::dossier::Dossier;
use crate::failure::Failure;
use crate::keys::PersonKey;
use crate::ledger;

/// How many journeys of one document are read at once.
const SAME_DOCUMENT_PAGE: u32 = 200;

/// A journey as it was read, ready to be decided on.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Its id.
    pub id: Id,
    /// The version that was read; 0 for one that does not exist yet.
    pub version: i64,
    /// Its state.
    pub journey: Option<Journey>,
}

impl Loaded {
    /// The journey, which must be there.
    ///
    /// # Errors
    /// [`Failure::NotFound`].
    pub fn existing(&self) -> Result<&Journey, Failure> {
        self.journey.as_ref().ok_or(Failure::NotFound)
    }
}

/// A journey by its id; `journey` is `None` if there is none.
///
/// # Errors
/// The store's.
pub async fn load(app: &App, id: Id) -> Result<Loaded, Failure> {
    match app.store.row(id).await? {
        Some(row) if row.kind == ledger::JOURNEY => {
            Ok(Loaded { id, version: row.version, journey: Some(serde_json::from_str(&row.state)?) })
        }
        _ => Ok(Loaded { id, version: 0, journey: None }),
    }
}

/// Journeys by their ids, in that order; what is none is left out.
///
/// # Errors
/// The store's.
pub async fn loaded(app: &App, ids: &[Id]) -> Result<Vec<Loaded>, Failure> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = app.store.rows(ids).await?.into_iter().flatten();
    rows.map(|row| Ok(Loaded { id: row.id, version: row.version, journey: Some(serde_json::from_str(&row.state)?) }))
        .collect()
}

/// Within how long things are owed at a journey's port.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn deadlines(app: &App, id: Id) -> Result<Deadlines, Failure> {
    let port = load(app, id).await?.existing()?.port.clone();
    app.house.port(&port).map(|port| port.deadlines).ok_or(Failure::NotFound)
}

/// The journey of a short code.
///
/// # Errors
/// The store's.
pub async fn by_code(app: &App, code: &ShortCode) -> Result<Option<Id>, Failure> {
    Ok(app.store.claim(&ledger::code_claim(&app.indexes.code(code))).await?.map(|held| held.holder))
}

/// The journey of a pass.
///
/// # Errors
/// The store's.
pub async fn by_pass(app: &App, cti: &[u8; 12]) -> Result<Option<Id>, Failure> {
    Ok(app.store.claim(&ledger::cti_claim(cti)).await?.map(|held| held.holder))
}

/// Hands over every journey of a document number, newest first. All of them, page by page: were there a last one that is looked
/// at, whoever is held could push it out of sight by declaring often enough.
///
/// # Errors
/// The store's.
pub async fn each_of_document(
    app: &App,
    normal_number: &str,
    mut take: impl FnMut(Loaded) + Send,
) -> Result<(), Failure> {
    let list = ledger::document(&app.indexes.document(normal_number));
    let mut after: Option<Cursor> = None;
    loop {
        let page = app.store.entries(&list, i64::MIN..i64::MAX, after, SAME_DOCUMENT_PAGE, Order::Descending).await?;
        let ids: Vec<Id> = page.iter().map(|entry| entry.id).collect();
        loaded(app, &ids).await?.into_iter().for_each(&mut take);
        match page.last() {
            Some(last) if ids.len() as u64 == u64::from(SAME_DOCUMENT_PAGE) => after = Some(*last),
            _ => return Ok(()),
        }
    }
}

/// Is there any journey of this document number?
///
/// # Errors
/// The store's.
pub async fn is_known_document(app: &App, normal_number: &str) -> Result<bool, Failure> {
    let list = ledger::document(&app.indexes.document(normal_number));
    Ok(!app.store.entries(&list, i64::MIN..i64::MAX, None, 1, Order::Descending).await?.is_empty())
}

/// Is this declaration neither withdrawn nor replaced?
#[must_use]
pub fn is_living(journey: &Journey) -> bool {
    !matches!(journey.declaration, Declaration::Withdrawn(_) | Declaration::Superseded { .. })
}

/// Opens every dossier of a journey, oldest first: what was declared, and what it was changed to. As [`dossier`].
///
/// # Errors
/// As [`dossier`].
pub async fn dossiers(app: &App, id: Id) -> Result<Vec<Dossier>, Failure> {
    Ok(versions(app, id).await?.into_iter().map(|(_, dossier)| dossier).collect())
}

/// The same, each with the number of the event that it was sealed at.
///
/// # Errors
/// As [`dossier`].
pub async fn versions(app: &App, id: Id) -> Result<Vec<(i64, Dossier)>, Failure> {
    let key = app.person_key(id).await?;
    let open = |body: pratique_store::Body| {
        let plain = key.open(&format!("body/{}", body.part), &body.sealed)?;
        Ok((body.part, serde_json::from_slice(&plain)?))
    };
    app.store.bodies(id).await?.into_iter().map(open).collect()
}

/// Opens the newest dossier of a journey. Whoever calls this shows a person: it must be on record (`actions::look`).
///
/// # Errors
/// [`Failure::Sealed`] for an erased person; the store's.
pub async fn dossier(app: &App, id: Id) -> Result<Dossier, Failure> {
    // The key first: of an erased person nothing else is there either, and that they were erased is the answer.
    let key = app.person_key(id).await?;
    let body = app.store.latest_body(id).await?.ok_or(Failure::NotFound)?;
    let plain = key.open(&format!("body/{}", body.part), &body.sealed)?;
    Ok(serde_json::from_slice(&plain)?)
}

/// The newest dossier of a journey, or, where there is no journey or its person was erased, one of nobody: at the cost of the same
/// reads and of as much work. Answers whether it is somebody's.
///
/// # Errors
/// The store's.
pub async fn dossier_or_decoy(app: &App, id: Option<Id>) -> Result<(Dossier, bool), Failure> {
    let person = id.unwrap_or_else(|| app.rng.id(app.now()));
    let wrapped = app.store.person_key(person).await?;
    let body = app.store.latest_body(person).await?;
    let real = wrapped.zip(body).map(|(wrapped, body)| {
        let key = PersonKey::unwrap(person, Some(&wrapped), &app.root)?;
        key.open(&format!("body/{}", body.part), &body.sealed)
    });
    let (plain, is_real) = match real {
        Some(plain) => (plain?, true),
        None => (app.decoy.open(&app.root)?, false),
    };
    Ok((serde_json::from_slice(&plain)?, is_real))
}
