//! Which crate may lean on which, as the manifests say it.

use crate::finding::Finding;
use crate::tree::Tree;

/// A manifest, its crate, the workspace's own crates that it may name, and crates that it may not.
struct Direction {
    manifest: &'static str,
    name: &'static str,
    own: &'static [&'static str],
    banned: &'static [&'static str],
}

const IO: &[&str] =
    &["tokio", "axum", "hyper", "reqwest", "rusqlite", "tokio-postgres", "deadpool-postgres", "rand", "getrandom"];

const DIRECTIONS: &[Direction] = &[
    Direction { manifest: "crates/core/Cargo.toml", name: "pratique-core", own: &[], banned: IO },
    Direction { manifest: "crates/formats/Cargo.toml", name: "pratique-formats", own: &["pratique-core"], banned: IO },
    Direction {
        manifest: "crates/store/Cargo.toml",
        name: "pratique-store",
        own: &["pratique-core"],
        banned: &["axum", "askama"],
    },
    Direction {
        manifest: "crates/app/Cargo.toml",
        name: "pratique",
        own: &["pratique-core", "pratique-formats", "pratique-store"],
        banned: &["rusqlite", "tokio-postgres", "deadpool-postgres"],
    },
    Direction {
        manifest: "fuzz/Cargo.toml",
        name: "pratique-fuzz",
        own: &["pratique-core", "pratique-formats"],
        banned: &[],
    },
    Direction {
        manifest: "bench/Cargo.toml",
        name: "pratique-bench",
        own: &["pratique-core", "pratique-formats", "pratique-store"],
        banned: &[],
    },
    Direction { manifest: "xtask/Cargo.toml", name: "xtask", own: &[], banned: &[] },
];

/// Dependencies against the direction core ← formats, core ← store, all ← app.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let known = DIRECTIONS.iter().filter_map(|direction| Some((direction, tree.file(direction.manifest)?)));
    known
        .flat_map(|(direction, file)| {
            let breaches = dependencies(&file.text).filter(|found| !allowed(direction, found));
            breaches.map(|found| {
                let what = format!("{} must not depend on {}", direction.manifest, found.name);
                Finding::at(&file.path, found.line, what, "move the code to the crate that may, or pass values in")
            })
        })
        .collect()
}

fn allowed(direction: &Direction, found: &Dependency<'_>) -> bool {
    // A crate may name itself, to turn a feature on for its own tests.
    let itself = found.for_tests && direction.name == found.name;
    let own = found.name.starts_with("pratique") && !direction.own.contains(&found.name) && !itself;
    // What a crate's tests lean on is their affair, as long as it is not a room of the house.
    !own && (found.for_tests || !direction.banned.contains(&found.name))
}

struct Dependency<'a> {
    name: &'a str,
    line: usize,
    for_tests: bool,
}

/// The names under every `[…dependencies]` of a manifest, and those of `[dependencies.name]`.
fn dependencies(manifest: &str) -> impl Iterator<Item = Dependency<'_>> {
    let mut section = "";
    manifest.lines().enumerate().filter_map(move |(index, line)| {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']');
            let (table, name) = section.rsplit_once('.')?;
            let found = Dependency { name, line: index + 1, for_tests: table.ends_with("dev-dependencies") };
            return table.ends_with("dependencies").then_some(found);
        }
        let end = line.find([' ', '.', '=']).filter(|end| *end > 0 && !line.starts_with('#'))?;
        let found =
            Dependency { name: &line[..end], line: index + 1, for_tests: section.ends_with("dev-dependencies") };
        section.ends_with("dependencies").then_some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(path: &str, text: &str) -> Vec<usize> {
        check(&Tree::of(&[(path, text)])).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn the_core_leans_on_nobody() {
        let text = "[package]\nname = \"x\"\n[dependencies]\nserde = \"1\"\npratique-store.workspace = true\n";
        assert_eq!(names("crates/core/Cargo.toml", text), [5]);
        assert_eq!(names("crates/core/Cargo.toml", "[dependencies.tokio]\nversion = \"1\"\n"), [1]);
        assert_eq!(names("crates/core/Cargo.toml", "[target.'cfg(unix)'.dependencies]\nrand = \"1\"\n"), [2]);
    }

    #[test]
    fn formats_and_store_lean_on_the_core_alone() {
        let text = "[dependencies]\npratique-core.workspace = true\npratique-formats.workspace = true\n";
        assert_eq!(names("crates/store/Cargo.toml", text), [3]);
        assert_eq!(names("crates/app/Cargo.toml", text), []);
    }

    #[test]
    fn tests_may_lean_on_more_but_not_on_another_room() {
        let text = "[dev-dependencies]\ntokio = \"1\"\npratique-app = \"1\"\n";
        assert_eq!(names("crates/core/Cargo.toml", text), [3]);
        let own = "[dev-dependencies]\npratique-store = { path = \".\", features = [\"testing\"] }\n";
        assert_eq!(names("crates/store/Cargo.toml", own), []);
        assert_eq!(names("crates/formats/Cargo.toml", own), [2]);
    }
}
