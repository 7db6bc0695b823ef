//! Rust files that no `mod` line reaches: the compiler never sees them, so they rot.

use crate::finding::Finding;
use crate::rust::{Source, Token};
use crate::tree::Tree;
use std::collections::BTreeSet;

/// Every Rust file below a crate that is neither a root of it nor reached from one.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<String> = tree.rust.iter().filter(|s| is_root(tree, &s.path)).map(|s| s.path.clone()).collect();
    while let Some(path) = open.pop() {
        let source = tree.rust.iter().find(|source| source.path == path);
        if let Some(source) = source.filter(|_| reached.insert(path.clone())) {
            open.extend(children(tree, source));
        }
    }
    let dead = tree.rust.iter().filter(|source| !reached.contains(&source.path));
    dead.map(|source| {
        Finding::file(&source.path, "no `mod` line reaches this file", "name it in its parent, or remove it")
    })
    .collect()
}

/// Roots that cargo finds by itself, and those that a manifest names.
fn is_root(tree: &Tree, path: &str) -> bool {
    let Some((home, inside)) = home(tree, path) else { return false };
    let alone = |folder: &str| {
        inside.strip_prefix(folder).is_some_and(|rest| !rest.contains('/') || rest.split_once('/').is_some_and(main_of))
    };
    matches!(inside.as_str(), "src/lib.rs" | "src/main.rs" | "build.rs")
        || ["src/bin/", "tests/", "examples/", "benches/"].into_iter().any(alone)
        || tree.file(&format!("{home}Cargo.toml")).is_some_and(|file| named_in(&file.text, &inside))
}

fn main_of(parts: (&str, &str)) -> bool {
    parts.1 == "main.rs"
}

fn named_in(manifest: &str, inside: &str) -> bool {
    manifest.lines().any(|line| line.trim().starts_with("path") && line.contains(&format!("\"{inside}\"")))
}

/// The folder of the nearest manifest above a file (empty or ending in `/`), and the rest of the path.
fn home(tree: &Tree, path: &str) -> Option<(String, String)> {
    let mut end = path.rfind('/')?;
    loop {
        let folder = &path[..=end];
        if tree.file(&format!("{folder}Cargo.toml")).is_some() {
            return Some((folder.into(), path[end + 1..].into()));
        }
        end = path[..end].rfind('/')?;
    }
}

/// Where the modules that a file declares may stand.
fn children(tree: &Tree, source: &Source) -> Vec<String> {
    let (folder, name) = source.path.rsplit_once('/').unwrap_or(("", &source.path));
    let stem = name.trim_end_matches(".rs");
    let owns_folder = stem == "mod" || is_root(tree, &source.path);
    let below = if owns_folder { folder.to_owned() } else { format!("{folder}/{stem}") };
    let mut found = Vec::new();
    for module in declared(source) {
        found.push(format!("{below}/{module}.rs"));
        found.push(format!("{below}/{module}/mod.rs"));
    }
    // `#[path = "…"]` names a file by itself.
    let named = source.literals.iter().filter(|literal| literal.text.ends_with(".rs"));
    found.extend(named.map(|literal| normal(&format!("{folder}/{}", literal.text))));
    found
}

/// Names in `mod name;`. Where a macro writes the line (`mod $name;`), every word of the file may be the name.
fn declared(source: &Source) -> Vec<&str> {
    let after_mod = |window: &[Token]| window[0].word() == Some("mod");
    if source.tokens.windows(2).any(|window| after_mod(window) && window[1].is('$')) {
        return source.tokens.iter().filter_map(Token::word).collect();
    }
    let lines = source.tokens.windows(3).filter(|window| after_mod(window) && window[2].is(';'));
    lines.filter_map(|window| window[1].word()).collect()
}

/// A path with its `..` and `.` taken out.
pub fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dead(files: &[(&str, &str)]) -> Vec<String> {
        let mut all = vec![("c/Cargo.toml", "[[bin]]\npath = \"targets/one.rs\"\n")];
        all.extend(files);
        check(&Tree::of(&all)).into_iter().map(|finding| finding.path).collect()
    }

    #[test]
    fn a_file_that_nobody_names_is_dead() {
        let files = [
            ("c/src/lib.rs", "mod a;\n// mod gone;\n"),
            ("c/src/a/mod.rs", "pub mod b;"),
            ("c/src/a/b.rs", "mod c;"),
            ("c/src/a/b/c.rs", ""),
            ("c/src/gone.rs", "mod deeper;"),
            ("c/src/gone/deeper.rs", ""),
        ];
        assert_eq!(dead(&files), ["c/src/gone.rs", "c/src/gone/deeper.rs"]);
    }

    #[test]
    fn cargo_s_own_roots_are_alive() {
        let files = [
            ("c/src/main.rs", ""),
            ("c/src/bin/two.rs", ""),
            ("c/tests/story.rs", "mod rig;"),
            ("c/tests/rig/mod.rs", ""),
            ("c/tests/big/main.rs", "mod part;"),
            ("c/tests/big/part.rs", ""),
            ("c/targets/one.rs", ""),
            ("c/targets/two.rs", ""),
        ];
        assert_eq!(dead(&files), ["c/targets/two.rs"]);
    }

    #[test]
    fn a_register_made_by_a_macro_names_its_files() {
        let text = "macro_rules! register { ($($name:ident)+) => { $(mod $name;)+ } }\nregister! { date }";
        assert_eq!(dead(&[("c/src/lib.rs", text), ("c/src/date.rs", ""), ("c/src/gone.rs", "")]), ["c/src/gone.rs"]);
    }

    #[test]
    fn a_path_attribute_names_a_file() {
        let files = [("c/src/lib.rs", "#[path = \"../odd/place.rs\"]\nmod place;"), ("c/odd/place.rs", "")];
        assert_eq!(dead(&files), Vec::<String>::new());
    }
}
