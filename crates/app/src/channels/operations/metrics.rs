//! Figures for Prometheus. They say how busy a port is and which of its officers conflict, which is nobody else's business: they
//! are given to this machine itself, and elsewhere to an administrator's token. A proxy on the same machine is not this machine:
//! what carries a forwarding header needs the token.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Response};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use pratique_core::access::Act;

use crate::channels::Web;
use crate::channels::load::told;
use crate::channels::web::{Language, Machine, Problem};
use crate::failure::Failure;
use crate::sockets;

/// Seconds: from a read in memory to what a person notices, and the limit.
const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 10.0];
/// What the gate holds.
const IN_FLIGHT: &str = "pratique_in_flight";
const IN_FLIGHT_LIMIT: &str = "pratique_in_flight_limit";
const WAITING: &str = "pratique_waiting";
const STREAMS: &str = "pratique_streams";
/// What a proxy adds (RFC 7239 and its elders).
const FORWARDED: [HeaderName; 3] =
    [header::FORWARDED, HeaderName::from_static("x-forwarded-for"), HeaderName::from_static("x-real-ip")];

/// The process's one recorder, made on first use; `None` if something else took that place.
pub fn recorder() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let install = || {
        let latency = Matcher::Full(super::observe::SECONDS.to_owned());
        let builder = PrometheusBuilder::new().set_buckets_for_metric(latency, &SECONDS).ok()?;
        let handle = builder.install_recorder().ok()?;
        metrics::describe_counter!(super::observe::REQUESTS, "Requests by route, method and status");
        metrics::describe_histogram!(super::observe::SECONDS, "Seconds to answer, by route and method");
        metrics::describe_counter!("pratique_conflicts_total", "Changes decided again, by action");
        metrics::describe_counter!(
            crate::actions::escalate::ESCALATIONS,
            "Overdue obligations carried up, by kind and rung"
        );
        metrics::describe_counter!(
            crate::actions::deliver::WEBHOOKS,
            "Webhooks by outcome: delivered, retried, given-up"
        );
        metrics::describe_counter!(
            crate::actions::tell::MESSAGES,
            "Messages to persons by way, and by outcome: sent, retried, failed"
        );
        metrics::describe_counter!(crate::actions::erase::ERASED, "People erased, by purpose and ground");
        metrics::describe_counter!(
            crate::actions::forget_manifest::MANIFESTS_FORGOTTEN,
            "Airlines' lists forgotten when their time was over"
        );
        metrics::describe_gauge!(crate::actions::erase_due::DUE, "People and lists that are due and not erased");
        metrics::describe_counter!(crate::proofs::WRONG, "Wrong proofs of travellers");
        metrics::describe_gauge!(crate::proofs::ALARM, "1 while there are more wrong proofs than people mistype");
        metrics::describe_gauge!(crate::work::clock::DOUBT, "1 while the clock is in doubt and no pass is issued");
        metrics::describe_gauge!(crate::work::room::FULL, "1 while the disk is full");
        metrics::describe_counter!(told::SHED, "Requests sent away because more came than can be worked on, by class");
        metrics::describe_gauge!(IN_FLIGHT, "Requests that are worked on");
        metrics::describe_gauge!(IN_FLIGHT_LIMIT, "How many of them there may be just now");
        metrics::describe_gauge!(WAITING, "Requests that wait for room");
        metrics::describe_gauge!(STREAMS, "Answers that go on by themselves");
        metrics::describe_gauge!(sockets::OPEN, "Connections");
        metrics::describe_counter!(sockets::CLOSED, "Connections closed or not taken, by the limit that was reached");
        metrics::describe_gauge!(crate::work::OUTBOX_DUE, "Messages that are due and not delivered");
        Some(handle)
    };
    RECORDER.get_or_init(install).as_ref()
}

/// Figures for Prometheus
///
/// For this machine itself, without a proxy in between, or with an administrator's token.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "operations",
    responses(
        (status = 200, description = "Requests and seconds by route, conflicts by action", body = String, content_type = "text/plain"),
        (status = 401, description = "From elsewhere, and no valid token", body = crate::channels::api::schema::Problem, content_type = "application/problem+json"),
        (status = 403, description = "From elsewhere, and not an administrator", body = crate::channels::api::schema::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn metrics(State(web): State<Arc<Web>>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let words = Language::of(&parts).0;
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    if !is_here(peer, &parts.headers) {
        let allowed = match Machine::from_request_parts(&mut parts, &web).await {
            Err(problem) => Err(problem),
            Ok(machine) => {
                let may = machine.port().and_then(|port| Ok(machine.0.may(Act::Administer, port)?));
                may.map_err(|failure| Problem::new(failure, words))
            }
        };
        if let Err(problem) = allowed {
            return problem.into_response();
        }
    }
    let standing = web.gate.standing();
    metrics::gauge!(IN_FLIGHT).set(standing.under_way as f64);
    metrics::gauge!(IN_FLIGHT_LIMIT).set(standing.limit.floor());
    metrics::gauge!(WAITING).set(standing.waiting as f64);
    metrics::gauge!(STREAMS).set(standing.streams as f64);
    match recorder() {
        Some(handle) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], handle.render()).into_response(),
        None => Problem::new(Failure::NotFound, words).into_response(),
    }
}

fn is_here(peer: Option<SocketAddr>, headers: &HeaderMap) -> bool {
    let through_proxy = FORWARDED.iter().any(|name| headers.contains_key(name));
    peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback()) && !through_proxy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_through_a_proxy_is_not_from_here() {
        let local = Some("127.0.0.1:9".parse().unwrap());
        let mut headers = HeaderMap::new();
        assert!(is_here(local, &headers));
        assert!(is_here(Some("[::ffff:127.0.0.1]:9".parse().unwrap()), &headers));
        assert!(!is_here(Some("10.0.0.7:9".parse().unwrap()), &headers));
        assert!(!is_here(None, &headers));
        headers.insert("x-forwarded-for", "127.0.0.1".parse().unwrap());
        assert!(!is_here(local, &headers));
    }
}
