//! Whether this server can do its work: what a load balancer asks before it sends anybody here.

use serde::Serialize;

use crate::app::App;
use crate::clock::Doubt;

/// One thing that must be so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// `store`, `schema`, `keys`, `room` or `clock`.
    pub name: &'static str,
    /// It is so.
    pub ok: bool,
    /// What is wrong, and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Without it nothing goes. Where it is false, reading and scanning go on, and another server would fare no better.
    #[serde(skip)]
    pub stops: bool,
}

impl Check {
    fn of(name: &'static str, result: Result<(), String>) -> Self {
        Check { name, ok: result.is_ok(), why: result.err(), stops: true }
    }

    /// What must be so for new declarations alone.
    fn hampers(name: &'static str, result: Result<(), String>) -> Self {
        Check { stops: false, ..Check::of(name, result) }
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
    let room = match app.store.is_full() {
        true => {
            Err("the disk is full: declarations are refused, nothing is lost. Free some room, no restart is needed"
                .into())
        }
        false => Ok(()),
    };
    let clock = match app.clock.doubt() {
        Some(Doubt { off_s }) => Err(format!(
            "the machine's clock jumped by {off_s} s and is not followed: no passes are issued. Set it right; or, if it is right, \
             run `pratique clock confirm`"
        )),
        None => Ok(()),
    };
    vec![
        Check::of("store", store),
        Check::of("schema", schema),
        Check::hampers("keys", keys),
        Check::hampers("room", room),
        Check::hampers("clock", clock),
    ]
}
