//! Where a request comes from. Behind a proxy that the operator has named, the address that the proxy tells; otherwise the
//! socket's, whatever a header says: anybody can write a header.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::app::App;
use crate::channels::Web;

/// The address that a request comes from, if it came over a network at all.
#[derive(Debug, Clone, Copy)]
pub struct Address(pub Option<IpAddr>);

impl FromRequestParts<Arc<Web>> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Infallible> {
        Ok(Address::of(parts, &web.app))
    }
}

impl Address {
    /// Of a request.
    #[must_use]
    pub fn of(parts: &Parts, app: &App) -> Self {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
        Address(peer.map(|peer| told(peer, &parts.headers, &app.config.traffic.trusted_proxies)))
    }
}

/// Both headers are read; where they differ one of them is the sender's own, and the proxy's address counts.
fn told(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    let first_stranger =
        |way: Vec<Option<IpAddr>>| match way.into_iter().rev().find(|a| !a.is_some_and(|a| trusted.contains(&a))) {
            Some(address) => address,
            None => Some(peer),
        };
    let by_x = has(headers, "x-forwarded-for").then(|| first_stranger(x_forwarded_for(headers)));
    let by_standard = has(headers, "forwarded").then(|| first_stranger(forwarded(headers)));
    match (by_x, by_standard) {
        (Some(address), None) | (None, Some(address)) => address.unwrap_or(peer),
        (Some(one), Some(other)) if one == other => one.unwrap_or(peer),
        _ => peer,
    }
}

fn has(headers: &HeaderMap, name: &str) -> bool {
    headers.contains_key(name)
}

/// Every element of a header that is a list, also over several lines; what is no text is an element that says nothing.
fn elements<'h>(headers: &'h HeaderMap, name: &'static str) -> impl Iterator<Item = &'h str> {
    headers.get_all(name).iter().flat_map(|value| value.to_str().unwrap_or_default().split(','))
}

fn x_forwarded_for(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    elements(headers, "x-forwarded-for").map(node).collect()
}

/// `for=` of each element (RFC 7239, 4): an address, with a port perhaps; an obfuscated name tells nothing.
fn forwarded(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let of = |element: &str| {
        let pairs = element.split(';').filter_map(|pair| pair.split_once('='));
        let mut named = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for")).map(|(_, value)| value);
        named.next_back().and_then(|value| node(value.trim().trim_matches('"')))
    };
    elements(headers, "forwarded").map(of).collect()
}

/// `192.0.2.60`, `192.0.2.60:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`.
fn node(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let read =
        bare.unwrap_or(text).parse::<IpAddr>().or_else(|_| text.parse::<SocketAddr>().map(|with_port| with_port.ip()));
    read.ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, headers: &[(&'static str, &'static str)]) -> String {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        let trusted = ["10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
        told(peer.parse().unwrap(), &map, &trusted).to_string()
    }

    #[test]
    fn a_named_proxy_is_believed_and_nobody_else() {
        let x = "x-forwarded-for";
        assert_eq!(seen("203.0.113.9", &[(x, "192.0.2.1")]), "203.0.113.9");
        assert_eq!(seen("10.0.0.1", &[(x, "192.0.2.1")]), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
        // What the sender wrote stands to the left of what the proxies added.
        assert_eq!(seen("10.0.0.1", &[(x, "198.51.100.7, 192.0.2.1, 10.0.0.2")]), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", &[(x, "198.51.100.7"), (x, "192.0.2.1")]), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", &[(x, "192.0.2.1, rubbish")]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[(x, "::ffff:192.0.2.1")]), "192.0.2.1");
    }

    #[test]
    fn the_standard_header_is_read_in_all_its_spellings() {
        for (value, expected) in [
            ("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60"),
            ("For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"),
            ("for=198.51.100.7, for=192.0.2.43:8080", "192.0.2.43"),
            ("for=unknown", "10.0.0.1"),
            ("for=_hidden, for=10.0.0.2", "10.0.0.1"),
        ] {
            assert_eq!(seen("10.0.0.1", &[("forwarded", value)]), expected, "{value}");
        }
    }

    #[test]
    fn two_headers_that_differ_are_both_left_aside() {
        let both = |x, standard| seen("10.0.0.1", &[("x-forwarded-for", x), ("forwarded", standard)]);
        assert_eq!(both("192.0.2.1", "for=192.0.2.1"), "192.0.2.1");
        assert_eq!(both("192.0.2.1", "for=198.51.100.7"), "10.0.0.1");
    }
}
