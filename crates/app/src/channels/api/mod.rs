//! The JSON API under `/api/v1` (contract.md). One register lists every operation; the routes and the OpenAPI document are made
//! from it together, so that neither can have what the other lacks.

mod answer;
mod cases;
mod checkpoint;
mod declarations;
mod desk;
mod feed;
mod flights;
mod handovers;
mod held;
mod journeys;
mod laboratory;
mod manifests;
mod obligations;
pub mod openapi;
mod orders;
pub mod pictures;
mod questionnaires;
mod reader;
mod samples;
pub mod schema;
mod supervision;
mod wechat;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::channels::Web;

/// The register, and the pages that show it.
pub fn routes() -> OpenApiRouter<Arc<Web>> {
    let v1 = OpenApiRouter::new()
        .routes(routes!(questionnaires::questionnaire))
        .routes(routes!(questionnaires::investigation))
        .routes(routes!(declarations::declare))
        .routes(routes!(declarations::read, declarations::amend, declarations::withdraw))
        .routes(routes!(declarations::confirm))
        .routes(routes!(held::read))
        .routes(routes!(held::ask))
        .routes(routes!(wechat::session))
        .routes(routes!(checkpoint::scan))
        .routes(routes!(checkpoint::decide))
        .routes(routes!(checkpoint::undo))
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
        .routes(routes!(desk::examine))
        .routes(routes!(desk::investigate))
        .routes(routes!(orders::give))
        .routes(routes!(orders::serve))
        .routes(routes!(orders::change))
        .routes(routes!(orders::end))
        .routes(routes!(orders::list))
        .routes(routes!(journeys::class))
        .routes(routes!(journeys::disposition))
        .routes(routes!(journeys::close))
        .routes(routes!(handovers::inbox))
        .routes(routes!(handovers::offer))
        .routes(routes!(handovers::read))
        .routes(routes!(handovers::accept))
        .routes(routes!(handovers::decline))
        .routes(routes!(handovers::answer))
        .routes(routes!(handovers::withdraw))
        .routes(routes!(cases::list))
        .routes(routes!(cases::contacts, cases::tie))
        .routes(routes!(supervision::summary))
        .routes(routes!(supervision::flow))
        .routes(routes!(supervision::bulletin))
        .routes(routes!(feed::feed))
        .routes(routes!(feed::subscribe, feed::subscriptions))
        .routes(routes!(feed::unsubscribe))
        .merge(samples())
        .merge(laboratory());
    OpenApiRouter::with_openapi(openapi::frame())
        .nest("/api/v1", pictures::with_route(v1))
        .routes(routes!(openapi::document))
        .route("/api", axum::routing::get(reader::page))
}

fn samples() -> OpenApiRouter<Arc<Web>> {
    OpenApiRouter::new()
        .routes(routes!(samples::order, samples::list))
        .routes(routes!(samples::label))
        .routes(routes!(samples::not_sampled))
        .routes(routes!(samples::send_parcel))
        .routes(routes!(samples::read))
        .routes(routes!(samples::picture))
        .routes(routes!(samples::collect))
}

fn laboratory() -> OpenApiRouter<Arc<Web>> {
    OpenApiRouter::new()
        .routes(routes!(laboratory::receive))
        .routes(routes!(laboratory::reject))
        .routes(routes!(laboratory::lose))
        .routes(routes!(laboratory::custody_figures))
        .routes(routes!(laboratory::build, laboratory::plates))
        .routes(routes!(laboratory::plate_read))
        .routes(routes!(laboratory::plate_reject))
        .routes(routes!(laboratory::plate_release))
        .routes(routes!(laboratory::import))
        .routes(routes!(laboratory::review))
        .routes(routes!(laboratory::release))
        .routes(routes!(laboratory::amend))
}
