//! Every code that the house gives has words in every language.

use pratique::words::Words;
use pratique_core::field;
use pratique_core::journey::Shown;
use pratique_core::questionnaire::Code;

/// Every text of a file, by its key.
fn keys(text: &str) -> Vec<&str> {
    let names = text.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key);
    names.filter(|key| key.starts_with(|c: char| c.is_ascii_lowercase())).collect()
}

fn files() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect()
}

#[test]
fn a_file_in_the_folder_is_a_language() {
    let mut tags: Vec<_> = files().into_iter().map(|(tag, _)| tag).collect();
    tags.sort();
    assert_eq!(tags, Words::languages().into_iter().map(|(tag, _)| tag.to_owned()).collect::<Vec<_>>());
    assert!(tags.contains(&"en".to_owned()) && tags.contains(&"zh-Hans".to_owned()));
}

#[test]
fn every_language_has_every_text_once_and_of_its_own() {
    let files = files();
    let english = &files.iter().find(|(tag, _)| tag == "en").unwrap().1;
    for (tag, text) in &files {
        assert_eq!(keys(text), keys(english), "{tag}: the same keys in the same order");
    }
}

#[test]
fn every_code_has_words() {
    let errors = field::CODES.iter().copied().chain(Code::ALL.iter().map(|code| code.as_str()));
    let states = Shown::ALL.iter().flat_map(|s| [format!("state-{}", s.name()), format!("state-{}-text", s.name())]);
    let wanted: Vec<String> = errors.map(|code| format!("error-{code}")).chain(states).chain(refusals()).collect();
    for (tag, text) in files() {
        let has = keys(&text);
        let lacking: Vec<_> = wanted.iter().filter(|key| !has.contains(&key.as_str())).collect();
        assert!(lacking.is_empty(), "{tag} lacks {lacking:?}");
    }
}

/// The codes as the core's source gives them: the enum's variants carry data, so there is no list of them.
fn refusals() -> Vec<String> {
    let source = include_str!("../../../core/src/journey/refusal.rs");
    let codes: Vec<_> = source
        .lines()
        .filter(|line| line.trim_start().starts_with("Refusal::") && line.contains("=> \""))
        .filter_map(|line| line.split('"').nth(1))
        .map(|code| format!("refusal-{code}"))
        .collect();
    assert!(codes.len() >= 16, "the codes of refusals were not found: {codes:?}");
    codes
}

#[test]
fn an_error_counts_in_the_plural_of_its_language() {
    let params = |max: &str| [("max".to_owned(), max.to_owned())].into();
    let english = Words::of("en");
    assert_eq!(english.error("too-many", &params("1")), "Give at most 1 answer.");
    assert_eq!(english.error("too-many", &params("3")), "Give at most 3 answers.");
    assert_eq!(english.error("too-many-decimals", &params("1")), "Round it to one digit after the point.");
    assert_eq!(Words::of("zh-CN").error("too-many", &params("3")), "请最多填写 3 项。");
}
