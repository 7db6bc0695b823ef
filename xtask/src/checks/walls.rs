//! The walls between the rooms, by the paths that their code names.

use crate::finding::Finding;
use crate::rust::{Source, Token};
use crate::tree::Tree;

/// What the code of a room may not name.
struct Wall {
    /// A folder, from the root.
    room: &'static str,
    /// Paths; what is inside them is meant too.
    forbidden: &'static [&'static str],
    /// Methods, by name.
    methods: &'static [&'static str],
    cure: &'static str,
}

const PURE: &str = "this crate is pure: take the value as an argument, and leave I/O, time and chance to crates/app";

const AMBIENT: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::time::SystemTime",
    "std::time::Instant",
    "tokio",
    "axum",
    "hyper",
    "reqwest",
    "rusqlite",
    "tokio_postgres",
    "deadpool_postgres",
    "rand",
    "getrandom",
    "uuid::Uuid::new_v4",
    "uuid::Uuid::now_v7",
    "uuid::Uuid::now_v1",
    "uuid::Uuid::now_v6",
    "jiff::Timestamp::now",
    "jiff::ZonedDateTime::now",
    "jiff::tz::TimeZone::system",
    "jiff::tz::TimeZone::try_system",
    // `SystemRandom` alone may be named, since signing takes one; what draws from it may not.
    "aws_lc_rs::rand::fill",
    "aws_lc_rs::rand::generate",
    "aws_lc_rs::rand::SecureRandom",
    "std::hash::RandomState",
    "std::collections::hash_map::RandomState",
    "std::io::stdin",
    "pratique_store",
];

const HTTP: &[&str] =
    &["axum", "axum_extra", "http", "hyper", "tower", "tower_http", "askama", "crate::channels", "pratique::channels"];

const WALLS: &[Wall] = &[
    Wall { room: "crates/core/src/", forbidden: AMBIENT, methods: &[], cure: PURE },
    Wall { room: "crates/core/src/", forbidden: &["pratique_formats"], methods: &[], cure: "the core knows no format" },
    Wall { room: "crates/formats/src/", forbidden: AMBIENT, methods: &[], cure: PURE },
    Wall {
        room: "crates/store/src/",
        forbidden: &["pratique_formats", "axum", "askama"],
        methods: &[],
        cure: "store and formats do not know each other: let crates/app carry the bytes between them",
    },
    Wall {
        room: "crates/app/src/",
        forbidden: &["rusqlite", "tokio_postgres", "deadpool_postgres"],
        methods: &[],
        cure: "only crates/store talks to a database: add the query there",
    },
    Wall {
        room: "crates/app/src/actions/",
        forbidden: HTTP,
        methods: &[],
        cure: "actions know no HTTP: let the channel parse and render, and hand over plain values",
    },
    Wall {
        room: "crates/app/src/channels/",
        forbidden: &["pratique_store"],
        methods: &[],
        cure: "channels write through actions and read through lookups",
    },
    Wall {
        room: "crates/app/src/lookups/",
        forbidden: HTTP,
        methods: &[],
        cure: "lookups know no HTTP: return plain values and let the channel render them",
    },
    Wall {
        room: "crates/app/src/lookups/",
        forbidden: &["pratique_store::Change", "pratique_store::change", "crate::actions"],
        methods: &["apply"],
        cure: "lookups only read: what writes is an action",
    },
];

/// Every breach of a wall outside test code.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let pairs = tree.rust.iter().flat_map(|source| WALLS.iter().map(move |wall| (source, wall)));
    pairs
        .filter(|(source, wall)| source.path.starts_with(wall.room))
        .flat_map(|(source, wall)| paths(source, wall).chain(methods(source, wall)))
        .collect()
}

fn paths<'a>(source: &'a Source, wall: &'a Wall) -> impl Iterator<Item = Finding> + 'a {
    let used = source.paths.iter().filter(|used| !source.is_test(used.line));
    used.filter(|used| wall.forbidden.iter().any(|room| used.is_in(room)))
        .map(|used| Finding::at(&source.path, used.line, format!("`{}` behind the wall", used.path), wall.cure))
}

fn methods<'a>(source: &'a Source, wall: &'a Wall) -> impl Iterator<Item = Finding> + 'a {
    let calls = source.tokens.windows(3).filter(|call| call[0].is('.') && call[2].is('('));
    calls
        .filter(|call| call[1].word().is_some_and(|name| wall.methods.contains(&name)))
        .map(|call: &[Token]| call[1].line)
        .filter(|line| !source.is_test(*line))
        .map(|line| Finding::at(&source.path, line, "a call of a method behind the wall", wall.cure))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&Tree::of(&[(path, text)])).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn the_core_reads_no_files_and_no_clock() {
        let text = "use std::{collections::BTreeMap,\n fs};\nlet t = std::time::SystemTime::now();\n";
        assert_eq!(lines("crates/core/src/pack.rs", text), [2, 3]);
        assert_eq!(lines("crates/app/src/pack.rs", text), []);
    }

    #[test]
    fn the_core_may_do_in_its_tests_what_it_may_not_do_elsewhere() {
        let text = "#[cfg(test)]\nmod tests {\n use std::fs;\n}\nuse std::fs;\n";
        assert_eq!(lines("crates/core/src/pack.rs", text), [5]);
    }

    #[test]
    fn formats_and_store_do_not_know_each_other() {
        assert_eq!(lines("crates/formats/src/pass.rs", "use pratique_store::Change;\n"), [1]);
        assert_eq!(lines("crates/store/src/change.rs", "use pratique_formats::pass;\n"), [1]);
        assert_eq!(lines("crates/app/src/app.rs", "use pratique_store::Store; use pratique_formats::pass;\n"), []);
    }

    #[test]
    fn actions_know_no_http_by_whatever_road() {
        let path = "crates/app/src/actions/declare.rs";
        for text in ["use axum::Json;", "use super::super::channels::api;", "use crate::{channels, app};"] {
            assert_eq!(lines(path, text), [1], "{text}");
        }
    }

    #[test]
    fn channels_never_touch_the_store() {
        assert_eq!(lines("crates/app/src/channels/api/mod.rs", "fn f(s: &pratique_store::Store) {}\n"), [1]);
        assert_eq!(lines("crates/app/src/channels/api/mod.rs", "// pratique_store::Store\nuse crate::lookups;\n"), []);
    }

    #[test]
    fn lookups_only_read() {
        assert_eq!(lines("crates/app/src/lookups/flights.rs", "fn f() {\n store.apply(change);\n}\n"), [2]);
        assert_eq!(lines("crates/app/src/actions/flights.rs", "fn f() {\n store.apply(change);\n}\n"), []);
    }
}
