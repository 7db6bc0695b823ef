//! The JSON API under `/api/v1` (contract.md). One register lists every operation; the routes and the OpenAPI document are made
//! from it together, so that neither can have what the other lacks.

mod answer;
mod cases;
mod checkpoint;
mod declarations;
mod feed;
mod flights;
mod handovers;
mod manifests;
mod obligations;
pub mod openapi;
pub mod pictures;
mod questionnaires;
mod reader;
pub mod schema;
mod wechat;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::channels::Web;

/// The register, and the pages that show it.
pub fn routes() -> OpenApiRouter<Arc<Web>> {
    let v1 = OpenApiRouter::new()
        .routes(routes!(questionnaires::questionnaire))
        .routes(routes!(declarations::declare))
        .routes(routes!(declarations::read, declarations::amend, declarations::withdraw))
        .routes(routes!(declarations::confirm))
        .routes(routes!(wechat::session))
        .routes(routes!(checkpoint::scan))
        .routes(routes!(checkpoint::decide))
        .routes(routes!(flights::list))
        .routes(routes!(flights::import))
        .routes(routes!(flights::put, flights::read))
        .routes(routes!(manifests::put))
        .routes(routes!(manifests::readiness))
        .routes(routes!(manifests::judge))
        .routes(routes!(manifests::board))
        .routes(routes!(manifests::inspect))
        .routes(routes!(obligations::list))
        .routes(routes!(obligations::acknowledge))
        .routes(routes!(obligations::answer))
        .routes(routes!(handovers::inbox))
        .routes(routes!(handovers::offer))
        .routes(routes!(handovers::read))
        .routes(routes!(handovers::accept))
        .routes(routes!(handovers::decline))
        .routes(routes!(handovers::answer))
        .routes(routes!(handovers::withdraw))
        .routes(routes!(cases::list))
        .routes(routes!(cases::contacts, cases::tie))
        .routes(routes!(feed::feed))
        .routes(routes!(feed::subscribe, feed::subscriptions))
        .routes(routes!(feed::unsubscribe));
    OpenApiRouter::with_openapi(openapi::frame())
        .nest("/api/v1", pictures::with_route(v1))
        .routes(routes!(openapi::document))
        .route("/api", axum::routing::get(reader::page))
}
