//! Samples: ordered, labelled from a scanned pass, taken, sent. The laboratory's part is in `laboratory`.

use std::sync::Arc;

use axum::body::Body as Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use pratique_core::access::Act;
use serde::Deserialize;
use serde_json::json;

use super::answer::{Answer, send, show};
use super::schema::{
    CollectRequest as CollectSchema, Label as LabelSchema, LabelRequest as LabelSchemaRequest,
    NotSampledRequest as NotSchema, Problem as ProblemSchema, SampleOrderRequest, SampleOrdered, SampleState,
    Tube as TubeSchema, TubePage, TubesMoved, TubesRequest as TubesSchema,
};
use crate::actions::collect_sample::{self, CollectRequest, NotSampledRequest};
use crate::actions::label_sample::{self, LabelRequest};
use crate::actions::move_samples::{self, TubesRequest};
use crate::actions::order_sample::{self, OrderRequest};
use crate::channels::Web;
use crate::channels::web::{Asked, Body, Language, Machine, Named, OnceKey, Problem};
use crate::failure::Failure;
use crate::lookups::page::{PAGE_MAX, cursor_text, read_cursor};
use crate::lookups::sample::{self, Tube, Which};

/// Which tubes, and where in the list.
#[derive(Debug, Default, Deserialize)]
pub struct Listed {
    state: Option<String>,
    test: Option<String>,
    after: Option<String>,
}

/// Order a sample
///
/// For officers and medical officers. One person has at most one sample that is still to be taken.
#[utoipa::path(
    post,
    path = "/samples",
    tag = "samples",
    security(("bearer" = [])),
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = SampleOrderRequest,
    responses(
        (status = 201, description = "Ordered", body = SampleOrdered),
        (status = 403, description = "For officers and medical officers", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such person", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "`sample-owed`: one is to be taken already; or the entry has ended", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "Neither a journey nor a scan", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn order(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let request: OrderRequest = body.read()?;
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        order_sample::order_sample(&web.app, &machine.0, &request, once).await
    };
    send(reply.await, words)
}

/// Tubes by where they are
///
/// Oldest first; no person is named. A page may be short or empty while `next` is there: go on until it is not.
#[utoipa::path(
    get,
    path = "/samples",
    tag = "samples",
    security(("bearer" = [])),
    params(
        ("state" = Option<String>, Query, description = "Where the sample is: `ordered`, `labelled`, `collected`, `sent`, `missing`"),
        ("test" = Option<String>, Query, description = "Where its test stands: `queued`, `on-plate`, `read`"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page", body = TubePage),
        (status = 403, description = "Not this role", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No such state, or not a cursor of ours", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Asked(listed): Asked<Listed>,
) -> Answer {
    let page = async {
        let port = machine.port()?;
        machine.0.may(Act::SeeSamples, port)?;
        let which = match (&listed.state, &listed.test) {
            (Some(state), None) => Which::Custody(state),
            (None, Some(test)) => Which::Test(test),
            _ => return Err(Failure::field("/state", "required")),
        };
        let after = listed.after.as_deref().map(read_cursor).transpose()?;
        let (tubes, next) = sample::listed(&web.app, port, which, after, PAGE_MAX).await?;
        let shown: Vec<_> = tubes.iter().map(sample::view).collect();
        Ok(json!({ "tubes": shown, "next": next.as_ref().map(cursor_text) }))
    };
    show(page.await, words)
}

/// One tube
#[utoipa::path(
    get,
    path = "/samples/{label}",
    tag = "samples",
    security(("bearer" = [])),
    params(
        ("label" = String, Path, description = "The tube's label, `#` left off", example = "7GQ2M4XK9"),
    ),
    responses(
        (status = 200, description = "Where it is, and its tests", body = TubeSchema),
        (status = 403, description = "Not this role", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such tube here", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn read(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(label): Named,
) -> Answer {
    let tube = async {
        let (place, journey) = sample::find(&web.app, &machine.0, Act::SeeSamples, &label).await?;
        let found = place.of(&journey).ok_or(Failure::NotFound)?;
        Ok(sample::view(&Tube::of(place.journey, &journey, found)))
    };
    show(tube.await, words)
}

/// Label a tube
///
/// Only from a scan of the person's pass at a booth within the last 15 minutes, and with the consent that they gave. A label printed
/// before for the same sample is void.
#[utoipa::path(
    post,
    path = "/samples/labels",
    tag = "samples",
    security(("bearer" = [])),
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = LabelSchemaRequest,
    responses(
        (status = 201, description = "A label to print", body = LabelSchema),
        (status = 403, description = "For samplers", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "`no-such-sample`: none was ordered", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "The scan is too old, of another place, or not good; or another consent is in force", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn label(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let request: LabelRequest = body.read()?;
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        label_sample::label_sample(&web.app, &machine.0, machine.port()?, &request, once).await
    };
    send(reply.await, words)
}

/// A label as a picture
///
/// A bar code (Code 128) of the nine characters, and the letters.
#[utoipa::path(
    get,
    path = "/samples/{label}/label.svg",
    tag = "samples",
    security(("bearer" = [])),
    params(
        ("label" = String, Path, description = "The tube's label, `#` left off", example = "7GQ2M4XK9"),
    ),
    responses(
        (status = 200, description = "SVG", body = String, content_type = "image/svg+xml"),
        (status = 403, description = "For samplers", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 404, description = "No such tube here", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn picture(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(label): Named,
) -> Answer {
    let picture = async {
        let (place, _) = sample::find(&web.app, &machine.0, Act::Collect, &label).await?;
        pratique_formats::label::svg(place.label.trim_start_matches('#'), 40).map_err(Failure::bug)
    };
    let picture = picture.await.map_err(|failure| Problem::new(failure, words))?;
    let mut response = Response::new(Bytes::from(picture));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    Ok(response)
}

/// A sample was taken
///
/// The label is what was scanned back from the tube in the sampler's hand: it must be the one printed for the person in the chair.
#[utoipa::path(
    post,
    path = "/samples/{label}/collect",
    tag = "samples",
    security(("bearer" = [])),
    params(
        ("label" = String, Path, description = "The tube's label, `#` left off", example = "7GQ2M4XK9"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = CollectSchema,
    responses(
        (status = 200, description = "Taken", body = SampleState),
        (status = 403, description = "For samplers", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "`wrong-tube`: this tube is another's, or its label is void; `sample-elsewhere`", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "The scan is too old, of another place, or not good; or no such specimen", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn collect(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    Named(label): Named,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let request: CollectRequest = body.read()?;
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        collect_sample::collect_sample(&web.app, &machine.0, machine.port()?, &label, &request, once).await
    };
    send(reply.await, words)
}

/// A sample was not taken
///
/// The person does not agree, or it cannot be done. A medical officer then says what follows.
#[utoipa::path(
    post,
    path = "/samples/not-sampled",
    tag = "samples",
    security(("bearer" = [])),
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = NotSchema,
    responses(
        (status = 200, description = "Written down", body = SampleState),
        (status = 403, description = "For samplers", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 409, description = "`sample-elsewhere`: none is to be taken", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "As for a label; or no such reason", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn not_sampled(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let request: NotSampledRequest = body.read()?;
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        collect_sample::not_sampled(&web.app, &machine.0, machine.port()?, &request, once).await
    };
    send(reply.await, words)
}

/// Hand tubes to the courier
///
/// What is wrong with one tube does not hold up the others: each is answered for.
#[utoipa::path(
    post,
    path = "/samples/parcels",
    tag = "samples",
    security(("bearer" = [])),
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "Makes the request repeatable for 72 hours"),
    ),
    request_body = TubesSchema,
    responses(
        (status = 200, description = "What became of each", body = TubesMoved),
        (status = 403, description = "For samplers", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 422, description = "No tubes, too many, or no parcel", body = ProblemSchema, content_type = "application/problem+json"),
        (status = 401, description = "No valid token", body = ProblemSchema, content_type = "application/problem+json"),
    )
)]
pub async fn send_parcel(
    State(web): State<Arc<Web>>,
    Language(words): Language,
    machine: Machine,
    key: OnceKey,
    body: Body,
) -> Answer {
    let reply = async {
        let request: TubesRequest = body.read()?;
        let once = key.once(&web.app, &machine.0.name(), &body.bytes);
        move_samples::send_samples(&web.app, &machine.0, machine.port()?, (&request, words), once).await
    };
    send(reply.await, words)
}
