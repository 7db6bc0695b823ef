//! The picture of a pass.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at what must not be")]

mod invented_port;

use invented_port::House;
use pratique_formats::pass::Algorithm;
use pratique_formats::qr::Qr;

#[test]
fn a_pass_is_drawn_with_its_quiet_zone_and_a_title_for_screen_readers() {
    let qr = Qr::encode(&House::new(Algorithm::Es256).issue()).unwrap();
    let side = 17 + 4 * qr.version() + 8;
    let svg = qr.svg("Health pass <of> A & B\u{1}");
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "));
    assert!(svg.contains(&format!("viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" role=\"img\"")));
    assert!(svg.contains("<title>Health pass &lt;of&gt; A &amp; B\u{fffd}</title>"));
    assert!(svg.len() < 24_000, "{} bytes", svg.len());
}

#[test]
fn a_text_too_long_for_any_qr_code_is_refused() {
    assert!(Qr::encode(&"A".repeat(5000)).is_err());
}
