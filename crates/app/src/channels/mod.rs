//! Channels: HTTP in, page or JSON out. Parse, call an action or a lookup, render. The route table is here; each channel owns
//! its folder and one line.

pub mod traveller;
pub mod web;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;

use crate::actions::staff::Roll;
use crate::app::App;

/// What every handler shares.
#[derive(Debug)]
pub struct Web {
    /// The application.
    pub app: Arc<App>,
    /// Who is signed in.
    pub roll: Roll,
}

/// Every address that the server answers.
pub fn router(app: Arc<App>) -> Router {
    let web = Arc::new(Web { app, roll: Roll::default() });
    Router::new()
        .fallback(web::missing::missing)
        .layer(from_fn_with_state(Arc::clone(&web), web::headers::protect))
        .with_state(web)
}
