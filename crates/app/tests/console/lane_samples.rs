//! What the lane's pages are rendered from in the samples.

use pratique::channels::checkpoint::scripts::Scripts;
use pratique::channels::checkpoint::verdict::Button;

pub fn button(value: &'static str, key: &'static str) -> Button {
    Button { value, text: value.to_owned(), key, first: key == "F3" }
}

/// Everything that the console's scripts can be told, or nothing of it.
pub fn scripts(full: bool) -> Scripts {
    let decoder = ("/assets/d.js".to_owned(), "/assets/d.wasm".to_owned());
    Scripts {
        style: "/assets/lane.css".into(),
        addresses: vec!["/assets/lane.js".into()],
        join_ms: 3000,
        by_itself: full,
        decoder: full.then_some(decoder),
    }
}
