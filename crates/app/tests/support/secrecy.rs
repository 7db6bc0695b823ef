//! What is known of the invented people stands in no address and no log line. Every page that any test is shown is searched for
//! it, and every line that is logged meanwhile, so whatever a test walks through is held to that without asking for it.

use std::sync::{Mutex, PoisonError};

/// What is searched for: enough of the people of [`super::people`] and of what tests type for them to be told apart from chance.
const KNOWN: [&str; 17] = [
    "E12345678",
    "E87654321",
    "A01234567",
    "PAB123456",
    "231458907",
    "Okafor",
    "Ngozi",
    "Garcia",
    "Eriksson",
    "李娜",
    "1988-03-02",
    "2019-07-21",
    "1979-12-30",
    "1995-05-05",
    "13800000000",
    "138 0000 0000",
    "@example",
];

static LEAKED: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn known(text: &str) -> Option<&'static str> {
    let (text, bare) = (text.to_lowercase(), text.replace("%20", " ").replace(['-', '+'], " "));
    KNOWN.into_iter().find(|known| {
        let known = known.to_lowercase();
        text.contains(&known) || bare.to_lowercase().contains(&known.replace('-', " "))
    })
}

/// Looks at a line of the log.
pub fn logged(line: &str) {
    // Milliseconds have many digits, which chance makes a telephone number of now and then.
    if let Some(known) = known(line.split(" ms=").next().unwrap_or_default()) {
        LEAKED.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{known} is in the log: {line}"));
    }
}

/// Every address of an answer: where it leads, what it links to, fetches, and sends its forms to.
pub fn addresses<'a>(html: &'a str, headers: &'a reqwest::header::HeaderMap) -> Vec<&'a str> {
    let told = ["location", "refresh", "link", "content-location"].map(|name| headers.get(name));
    let told = told.into_iter().flatten().filter_map(|value| value.to_str().ok());
    let named = |name: &'static str| html.split(name).skip(1).filter_map(|rest| rest.split('"').next());
    let marks = [" href=\"", " action=\"", " formaction=\"", " src=\"", " data-flow=\"", "url="];
    told.chain(marks.into_iter().flat_map(named)).filter(|address| !address.starts_with("tel:")).collect()
}

/// Holds an answer, and the log up to now.
#[track_caller]
pub fn hold(html: &str, headers: &reqwest::header::HeaderMap) {
    for address in addresses(html, headers) {
        assert!(known(address).is_none(), "{:?} is in the address {address}", known(address));
    }
    let leaked = LEAKED.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert!(leaked.is_empty(), "{leaked:#?}");
}
