//! The traveller's pages: choose port and language, declare, check, the pass; find it again, amend, withdraw, confirm.

pub mod draft;
pub mod form;
pub mod own;
pub mod place;
pub mod step;
pub mod typed;
pub mod view;

pub mod hand;
pub mod received;
pub mod trouble;

mod check;
mod find;
mod flights;
mod held;
mod later;
mod notices;
mod party;
mod pass;
mod posted;
mod remember;
mod start;
mod walk;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::Web;
use super::web::wait;
use crate::assets;

pub use held::WHY as WHY_HELD;
pub use remember::remember;

/// The traveller's addresses.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/", get(start::first))
        .route("/declare", get(start::go_on).post(start::begin))
        .route("/declare/check", get(check::show).post(check::send))
        .route("/declare/companions", get(party::show).post(party::take))
        .route("/declare/later", get(later::show).post(later::take))
        .route("/declare/resume", get(later::ask).post(later::resume))
        .route("/declare/flights", get(flights::propose))
        .route("/declare/{page}", get(walk::show).post(walk::take))
        .route("/declare/answers/{link_id}", get(walk::show).post(walk::take))
        .route("/declare/companions/{number}/{page}", get(walk::show).post(walk::take))
        .route("/declare/companions/{number}/answers/{link_id}", get(walk::show).post(walk::take))
        .route("/pass/{code}", get(pass::show))
        .route("/pass/{code}/amend", post(pass::amend))
        .route("/pass/{code}/withdraw", get(pass::ask_withdraw).post(pass::withdraw))
        .route("/pass/{code}/confirm", post(pass::confirm))
        .route("/pass/{code}/held", get(held::show).post(held::wish))
        .route("/pass/{code}/held.json", get(held::download))
        .route("/find", get(find::ask).post(find::find))
        .route(wait::ADDRESS, get(wait::show))
        .route("/help", get(notices::help))
        .route("/privacy", get(notices::privacy))
        .route("/privacy/{version}", get(notices::privacy_of))
        .route("/about", get(notices::about))
        .route("/assets/{name}", get(assets::serve))
}
