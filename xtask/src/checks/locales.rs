//! The texts of the interface and of the packs: the same keys in every language, none unused, none missing.

use crate::finding::Finding;
use crate::rust::Source;
use crate::tree::{File, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// Where the interface's own texts stand.
const INTERFACE: &[&str] = &["locales/", "crates/app/locales/"];
/// Who shows them.
const SHOWS: &str = "crates/app/";
/// Functions and filters that take a key as their first argument: `text("declare-title")`.
const CALLS: &[&str] = &["text(", "text_with(", "t(", "tr("];

/// A key, and where each language first has it.
type Keys<'a> = BTreeMap<String, (&'a File, usize)>;

/// Keys that a language lacks, that nothing shows, and that are shown but stand nowhere.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut interface = Keys::new();
    for (folder, languages) in folders(tree) {
        findings.extend(uneven(&folder, &languages));
        if INTERFACE.contains(&folder.as_str()) {
            interface.extend(languages.into_values().flatten());
        }
    }
    if !interface.is_empty() {
        findings.extend(unused(tree, &interface));
        findings.extend(missing(tree, &interface));
    }
    findings
}

/// Every folder of texts, with the keys of each language: `<folder>/<language>.ftl` or `<folder>/<language>/*.ftl`.
fn folders(tree: &Tree) -> BTreeMap<String, BTreeMap<String, Keys<'_>>> {
    let mut folders: BTreeMap<String, BTreeMap<String, Keys<'_>>> = BTreeMap::new();
    for file in tree.files.iter().filter(|file| file.extension() == "ftl") {
        let Some((folder, language)) = place(&file.path) else { continue };
        let keys = folders.entry(folder).or_default().entry(language).or_default();
        keys.extend(messages(&file.text).into_iter().map(|(key, line)| (key, (file, line))));
    }
    folders
}

fn place(path: &str) -> Option<(String, String)> {
    let start = ["locales/", "texts/"].into_iter().find_map(|name| Some(path.find(name)? + name.len()))?;
    let language = path[start..].split('/').next()?.trim_end_matches(".ftl");
    Some((path[..start].into(), language.into()))
}

/// Messages and terms of a Fluent file, and attributes as `key.attribute`, each with its line.
fn messages(text: &str) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    let mut message = String::new();
    for (index, line) in text.lines().enumerate() {
        let Some((name, _)) = line.split_once('=') else { continue };
        let name = name.trim_end();
        if let Some(attribute) = name.trim_start().strip_prefix('.').filter(|name| is_key(name)) {
            found.push((format!("{message}.{attribute}"), index + 1));
        } else if is_key(name.trim_start_matches('-')) {
            message = name.into();
            found.push((name.into(), index + 1));
        }
    }
    found
}

fn is_key(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Keys that one language of a folder has and another lacks.
fn uneven(folder: &str, languages: &BTreeMap<String, Keys<'_>>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for keys in languages.values() {
        for (key, (file, line)) in keys {
            let lacking: Vec<_> = languages.iter().filter(|(_, keys)| !keys.contains_key(key)).collect();
            let names: Vec<_> = lacking.iter().map(|(language, _)| language.as_str()).collect();
            if !names.is_empty() {
                let what = format!("`{key}` is missing in {}", names.join(", "));
                findings.push(Finding::at(&file.path, *line, what, format!("translate it in {folder}")));
            }
        }
    }
    findings
}

fn unused(tree: &Tree, keys: &Keys<'_>) -> Vec<Finding> {
    let mentioned = mentions(tree);
    let dead = keys.iter().filter(|(key, _)| !is_mentioned(&mentioned, key));
    dead.map(|(key, (file, line))| {
        Finding::at(&file.path, *line, format!("nothing shows `{key}`"), "show it, or remove it in every language")
    })
    .collect()
}

/// Every quoted word of the app and every reference inside the texts.
fn mentions(tree: &Tree) -> BTreeSet<String> {
    let rust = tree.rust.iter().filter(|source| source.path.starts_with(SHOWS)).flat_map(shown_by);
    let templates = tree.under("crates/app/templates/").flat_map(|file| file.text.split(['"', '\'']).map(Into::into));
    let said = tree.under(SHOWS).filter(|file| file.extension() == "rs").flat_map(said_by);
    let texts = tree.files.iter().filter(|file| file.extension() == "ftl");
    let references =
        texts.flat_map(|file| file.text.split('{').skip(1)).filter_map(|rest| rest.split(['}', '(']).next());
    rust.chain(templates).chain(said).chain(references.map(|name| name.trim().to_owned())).collect()
}

/// Keys whose beginning is no literal are named in a comment beside the code that shows them: `// shows: help-{…}, about-{…}`.
fn said_by(file: &File) -> impl Iterator<Item = String> {
    let comments = file.text.lines().filter_map(|line| line.trim().strip_prefix("// shows: "));
    comments.flat_map(|list| list.split(", ")).map(str::to_owned)
}

fn shown_by(source: &Source) -> impl Iterator<Item = String> {
    source.literals.iter().filter(|literal| !source.is_test(literal.line)).map(|literal| literal.text.clone())
}

/// A key counts as shown by its own name, by a `format!("tier-{…}")` that begins it, or by one of its attributes.
fn is_mentioned(mentioned: &BTreeSet<String>, key: &str) -> bool {
    let begins = |mention: &String| {
        let head = mention.split('{').next().unwrap_or_default();
        head.len() < mention.len() && head.ends_with(['-', '.']) && key.starts_with(head)
    };
    mentioned.contains(key) || mentioned.iter().any(begins)
}

/// Keys that the app asks for by name and no text has.
fn missing(tree: &Tree, keys: &Keys<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let shows = tree.under(SHOWS).filter(|file| matches!(file.extension(), "rs" | "html"));
    for file in shows {
        let source = tree.rust.iter().find(|source| source.path == file.path);
        for (index, line) in file.text.lines().enumerate() {
            // A test may ask for what is not there, to see what happens.
            if source.is_some_and(|source| source.is_test(index + 1)) {
                continue;
            }
            for key in asked_for(line).filter(|key| !keys.contains_key(*key)) {
                let what = format!("no text has the key `{key}`");
                findings.push(Finding::at(&file.path, index + 1, what, "write it in every language"));
            }
        }
    }
    findings
}

fn asked_for(line: &str) -> impl Iterator<Item = &str> {
    let calls = CALLS.iter().flat_map(move |call| line.match_indices(call).map(move |(at, _)| (at, call.len())));
    let whole = calls.filter(move |(at, _)| !line[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
    whole
        .filter_map(move |(at, length)| line[at + length..].strip_prefix('"')?.split('"').next())
        .filter(|key| is_key(key) && key.contains('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn no_texts_no_findings() {
        assert_eq!(found(&[("crates/app/src/a.rs", "text(\"a-b\")")]), Vec::<String>::new());
    }

    #[test]
    fn a_comment_can_name_what_is_shown_under_a_name_made_at_run_time() {
        let texts = [("locales/en.ftl", "help-1-title = A\n"), ("locales/zh-Hans.ftl", "help-1-title = 甲\n")];
        let code = "// shows: help-{…}, about-{…}\nw.find(&format!(\"{name}-{n}-title\"))\n";
        assert_eq!(found(&[texts[0], texts[1], ("crates/app/src/a.rs", code)]), Vec::<String>::new());
        assert_eq!(found(&[texts[0], texts[1], ("crates/app/src/a.rs", "fn a() {}\n")]).len(), 1);
    }

    #[test]
    fn every_language_has_every_key() {
        let files = [
            ("packs/x/texts/en.ftl", "# a comment = no key\na-b = A\n  .hint = H\nc = C\n"),
            ("packs/x/texts/zh-Hans.ftl", "a-b = 甲\n"),
        ];
        let found = found(&files);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("packs/x/texts/en.ftl:3: `a-b.hint` is missing in zh-Hans"), "{found:?}");
        assert!(found[1].starts_with("packs/x/texts/en.ftl:4: `c` is missing in zh-Hans"), "{found:?}");
    }

    #[test]
    fn a_text_that_nothing_shows_is_dead() {
        let files = [
            (
                "locales/en.ftl",
                "in-rust = A {-brand}\nin-page = B {other}\ntier-red = C\nother = D\n-brand = E\ndead = F\n",
            ),
            ("crates/app/src/a.rs", "f(\"in-rust\"); format!(\"tier-{tier}\"); // \"dead\"\n"),
            ("crates/app/templates/a.html", "{{ t(\"in-page\") }}"),
        ];
        assert_eq!(found(&files).len(), 1);
        assert!(found(&files)[0].starts_with("locales/en.ftl:6: nothing shows `dead`"));
    }

    #[test]
    fn a_key_that_is_asked_for_stands_somewhere() {
        let files = [
            ("locales/en/main.ftl", "in-rust = A\n"),
            ("crates/app/src/a.rs", "text(\"in-rust\");\ncontext(\"not-a-key\");\ntext(\"gone-away\")\n"),
        ];
        assert_eq!(found(&files).len(), 1);
        assert!(found(&files)[0].starts_with("crates/app/src/a.rs:3: no text has the key `gone-away`"));
    }
}
