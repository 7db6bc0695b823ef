//! What scripts add at the lane: scanners that type are heard without focus, a page changes without being left, sound, keys, the
//! camera. Every page works without them.

use axum::response::Response;
use pratique_core::port::Port;

use crate::assets;
use crate::channels::web::headers;

/// The addresses of the scripts, and what they need to know.
#[derive(Debug, Clone, Default)]
pub struct Scripts {
    /// The style of these pages.
    pub style: String,
    /// In the order in which they are run.
    pub addresses: Vec<String>,
    /// Milliseconds for which the console waits for the second half, pass or document.
    pub join_ms: u32,
    /// A clean pass may go on by itself here; each officer can switch that off.
    pub by_itself: bool,
    /// The camera's decoder: module and program; none in a binary that was built without it.
    pub decoder: Option<(String, String)>,
}

impl Scripts {
    /// Those of the lane.
    #[must_use]
    pub fn of_lane(port: &Port) -> Self {
        let names = ["wedge.js", "tone.js", "camera.js", "lane.js"];
        Scripts {
            style: assets::address("lane.css"),
            addresses: names.map(assets::address).into(),
            join_ms: JOIN_MS,
            by_itself: port.lanes.clear_after_ms > 0,
            decoder: assets::has_decoder()
                .then(|| (assets::address(assets::DECODER.0), assets::address(assets::DECODER.1))),
        }
    }
}

/// A pass is followed by its document within two or three seconds, or by none.
const JOIN_MS: u32 = 3000;

/// A page at which a camera may be switched on, and its decoder run.
#[must_use]
pub fn with_camera(response: Response) -> Response {
    if assets::has_decoder() { headers::for_camera(response) } else { response }
}
