//! Channels: HTTP in, page or JSON out. Parse, call an action or a lookup, render. The route table is here; each channel owns
//! its folder and one line.

pub mod api;
pub mod booth;
pub mod checkpoint;
pub mod desk;
pub mod flights;
pub mod hall;
pub mod inbox;
pub mod kiosk;
pub mod laboratory;
pub mod load;
pub mod obligations;
pub mod operations;
pub mod orders;
pub mod paper;
pub mod staff;
pub mod supervision;
pub mod traveller;
pub mod web;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use utoipa_axum::router::OpenApiRouter;

use crate::actions::staff::Roll;
use crate::app::App;

/// What every handler shares.
#[derive(Debug)]
pub struct Web {
    /// The application.
    pub app: Arc<App>,
    /// Who is signed in.
    pub roll: Roll,
    /// How often each address declared and proved.
    pub addresses: web::pace::Addresses,
    /// Pictures of passes made lately.
    pub pictures: api::pictures::Pictures,
    /// The trust file as last signed.
    pub trust: operations::trust::Served,
    /// What supervisors are told as it changes.
    pub flows: supervision::Flows,
    /// How many requests are worked on at once.
    pub gate: Arc<load::Gate>,
    /// What comes and is not worked on yet.
    pub arrivals: load::Arrivals,
}

impl Web {
    /// Around an application.
    #[must_use]
    pub fn of(app: Arc<App>) -> Self {
        Web {
            gate: load::Gate::of(&app),
            arrivals: load::Arrivals::default(),
            app,
            roll: Roll::default(),
            addresses: Default::default(),
            pictures: Default::default(),
            trust: Default::default(),
            flows: Default::default(),
        }
    }
}

/// Every address that the OpenAPI document describes.
pub fn register() -> OpenApiRouter<Arc<Web>> {
    api::routes().merge(operations::routes())
}

/// The pages of staff: a form that comes when its session has run out is kept.
fn consoles(web: &Arc<Web>) -> Router<Arc<Web>> {
    let pages = checkpoint::routes().merge(obligations::routes()).merge(flights::routes()).merge(hall::routes());
    let pages = pages.merge(desk::routes()).merge(orders::routes()).merge(paper::routes()).merge(supervision::routes());
    let pages = pages.merge(booth::routes()).merge(laboratory::routes()).merge(inbox::routes());
    pages.layer(from_fn_with_state(Arc::clone(web), staff::kept::keep))
}

/// Every address that the server answers.
pub fn router(app: Arc<App>) -> Router {
    let web = Arc::new(Web::of(app));
    let (described, _) = register().split_for_parts();
    let pages = Router::new()
        .merge(described)
        .merge(staff::routes())
        .merge(consoles(&web))
        .merge(traveller::routes())
        .merge(kiosk::routes())
        .fallback(web::missing::missing)
        .method_not_allowed_fallback(web::no_such_method::no_such_method)
        // Of every form: ten people with everything filled in come to half of it. What takes a file says so itself.
        .layer(DefaultBodyLimit::max(web::body::JSON_BYTES_MAX))
        .layer(from_fn_with_state(Arc::clone(&web), kiosk::guard))
        .layer(from_fn_with_state(Arc::clone(&web), traveller::remember))
        .layer(from_fn_with_state(Arc::clone(&web), web::device::greet));
    let pages =
        web::compress::compressed(pages).layer(from_fn_with_state(Arc::clone(&web), operations::observe::observe));
    // Outermost, so that an answer that came too late, or found no room, is protected like any other.
    load::gated(pages, &web).layer(from_fn_with_state(Arc::clone(&web), web::headers::protect)).with_state(web)
}
