//! A privacy notice in one language, with the port's own numbers where it says how long.

use pratique_core::notice::Notice;
use pratique_core::port::Port;
use pratique_core::retention::Purpose;

use crate::words::Words;

/// One heading with what stands under it.
#[derive(Debug, Clone)]
pub struct NoticePart {
    /// The heading.
    pub title: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// What is kept, and for how long; empty where the notice says nothing of it here.
    pub terms: Vec<(String, String)>,
}

/// The parts of a notice as a port shows it.
#[must_use]
pub fn parts(words: Words, notice: &Notice, port: &Port) -> Vec<NoticePart> {
    let language = words.language();
    let part = |part: &pratique_core::notice::Part| NoticePart {
        title: part.title.get(language).to_owned(),
        paragraphs: part.text.get(language).split("\n\n").map(str::to_owned).collect(),
        terms: if part.terms { terms(words, port) } else { Vec::new() },
    };
    notice.parts.iter().map(part).collect()
}

/// What is kept for what, and for how many days.
fn terms(words: Words, port: &Port) -> Vec<(String, String)> {
    let days = |days: i64| words.with("kept-days", &[("days", &days.to_string())]);
    // shows: kept-for-{unused, entry, sampled, contact, case}
    let purposes = Purpose::ALL
        .iter()
        .map(|purpose| (words.t(&format!("kept-for-{}", purpose.name())), days(port.retention.term(*purpose).days)));
    let lists = (words.t("kept-for-manifest"), days(port.retention.manifest_days));
    let drafts = (words.t("kept-for-draft"), days(port.retention.draft_days));
    purposes.chain([lists, drafts]).collect()
}
