//! Whether this server can do its work: what a load balancer asks before it sends anybody here.

use serde::Serialize;

use crate::app::App;

/// One thing that must be so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// `store`, `schema` or `keys`.
    pub name: &'static str,
    /// It is so.
    pub ok: bool,
    /// What is wrong, and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl Check {
    fn of(name: &'static str, result: Result<(), String>) -> Self {
        Check { name, ok: result.is_ok(), why: result.err() }
    }
}

/// Every check.
pub async fn checks(app: &App) -> Vec<Check> {
    let store = app.store.generation().await.map(drop).map_err(|e| e.to_string());
    let schema = app.store.fits().await.map_err(|e| e.to_string());
    let ring = app.ring();
    let lacking: Vec<String> =
        app.house.ports().filter_map(|p| ring.port(&p.code).err()).map(|e| e.to_string()).collect();
    let keys = if lacking.is_empty() { Ok(()) } else { Err(lacking.join("; ")) };
    vec![Check::of("store", store), Check::of("schema", schema), Check::of("keys", keys)]
}
