//! The traveller's pages from outside: every template rendered from samples in every language, and forms written into drafts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its own functions too"
)]

mod forms;
mod html;
mod locales;
mod reading;
mod samples;

use pratique::words::Words;

/// Written to the tests' folder of the target directory, so that people can look at them too.
#[test]
fn every_page_is_sound_in_every_language() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).unwrap();
    let mut wrong = Vec::new();
    for (language, _) in Words::languages() {
        for (name, page) in samples::pages(language) {
            assert!(page.contains(&format!("<html lang=\"{language}\" dir=\"ltr\">")), "{name}");
            wrong.extend(html::faults(&page).into_iter().map(|fault| format!("{name} ({language}): {fault}")));
            std::fs::write(folder.join(format!("{name}.{language}.html")), page).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_people_typed_is_shown_as_text_and_never_as_markup() {
    let pages = samples::pages("en");
    assert!(pages.iter().any(|(_, page)| page.contains("Wang &#60;b&#62;")));
    assert!(pages.iter().all(|(_, page)| !page.contains("Wang <b>") && !page.contains("\"spells\"")));
}

#[test]
fn a_page_weighs_less_than_its_budget() {
    // experience.md 3.8: ten KiB a page as transferred; text such as this is packed to a fifth.
    for (name, page) in samples::pages("en") {
        assert!(page.len() < 50 * 1024, "{name}: {} bytes", page.len());
    }
}
